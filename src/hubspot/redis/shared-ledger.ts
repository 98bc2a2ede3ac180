/**
 * Quota that several processes share through Redis, and what is left of it while Redis is away.
 *
 * Without Redis each process keeps to its share of the limits. It does not begin with that before everything that the
 * others may have sent has left HubSpot's windows; and when Redis is back, nobody goes on before the same holds of what
 * was sent from the shares. So the sum stays within the limit as long as all processes lose Redis, and find it again,
 * together; where only some do, HubSpot's headers show each side the calls of the other.
 */

import type { Cancel, Clock, Random } from '../../clock.ts';
import type { SeenDay } from '../day.ts';
import { DAY_PROBE_MS, dayIsOver, leftOf } from '../day.ts';
import type { Ledger, LedgerState, Taken, Want } from '../ledger.ts';
import { INITIAL } from '../ledger.ts';
import type { BudgetName } from '../operations.ts';
import type { Ending, Seen, Slot } from '../window.ts';
import { LONGEST_ARRIVAL_MS } from '../window.ts';
import { createAsk } from './ask.ts';
import { keysOf } from './keys.ts';
import type { Known } from './known.ts';
import { BUDGETS, coldFor, degradedTo, outOfReach, sizesOf, withRemaining } from './known.ts';
import type { RedisLink } from './link.ts';
import type { OwnShare } from './own-share.ts';
import { createOwnShare } from './own-share.ts';

export interface SharedLedgerOptions {
  readonly link: RedisLink;
  readonly clock: Clock;
  readonly random: Random;
  /** What the processes share: the same for all of one token. It becomes the keys' hash tag. */
  readonly name: string;
  /** How many processes share the quota while Redis is away. Omitted: as many as were seen last. */
  readonly shares?: number;
  /** See `createDay`. */
  readonly dayShare?: number;
  /** Hears when Redis is lost and found. */
  log?(message: string): void;
}

const BEAT_MS = 1_000;
/**
 * For so long after a loss what was sent before may still be in HubSpot's longest window, or about to arrive.
 * Guess: HubSpot counts a request within 5 s of its sending; it documents only that its window has 10 s.
 */
export const COLD_MS = 15_000;

/** Whoever was away has looked for Redis again after so long, however little answers. */
const RETURN_MS = 6_000;

/**
 * A process that was not heard of for so long is no peer any more. Longer than anybody is away without all waiting for
 * it: whoever is counted out too soon has a share of its own beside the others' larger ones.
 */
const PEER_MS = 20_000;

/** Whoever can miss Redis has noticed after so long. */
const LATEST_NOTICE_MS = 3_500;

/** Where no news can come from others, one looks again after this long. */
const LONGEST_WAIT_MS = 1_000;

/** Longer than the network waits for an answer. */
const LONGEST_REQUEST_MS = 110_000;

/**
 * Nothing is sent with a slot that was asked for longer ago: a process that stood still meanwhile may have lost it to
 * others. Longer than a script may take.
 */
const LATEST_START_MS = 2_500;

export function createSharedLedger(options: SharedLedgerOptions): Ledger {
  const { link, clock, random, shares, dayShare = 1 } = options;
  const run = createAsk(link, clock);
  /** Milliseconds since; a machine that sleeps stops one clock, and a wall clock that is set the other. */
  const stopwatch = () => {
    const started = { elapsed: clock.elapsed(), now: clock.now() };
    return () => Math.max(clock.elapsed() - started.elapsed, clock.now() - started.now);
  };
  const peer = random.uuid();
  const keys = keysOf(options.name);
  let slots = 0;
  let known: Known = withRemaining(INITIAL);
  let day: SeenDay | undefined;
  /** As of the last word of Redis; undefined until it was heard of twice, when the others have heard of this one. */
  let peers: number | undefined;
  let meetings = 0;
  let awaySince: number | undefined;
  /** When Redis was looked for last, and not found. */
  let missedAt = 0;
  let coldUntil = 0;
  /** Meanwhile nobody takes anything. */
  let changing: Promise<void> | undefined = undefined;
  /** Of this time without Redis. */
  let alone: OwnShare | undefined;
  let stopBeat: Cancel | undefined;
  let closed = false;

  const partsNow = () => shares ?? peers;

  const miss = (error: unknown, lookedAt = clock.elapsed()) => {
    missedAt = lookedAt;
    if (awaySince !== undefined) return;
    awaySince = clock.elapsed();
    meetings = 0;
    alone = undefined;
    options.log?.(`${degradedTo(partsNow())} (${error instanceof Error ? error.message : String(error)})`);
  };

  const meet = async (pauseMs: number) => {
    const names = [keys.day, keys.peers, ...BUDGETS.flatMap((budget) => [keys[budget].log, keys[budget].facts])];
    const said = await run('meet', names, [peer, PEER_MS, pauseMs, COLD_MS, ...sizesOf(known)]);
    const [count = 1, dayLimit = -1, dayUsed = 0, coldMs = 0, ...rest] = said.map(Number);
    const stateAt = (index: number) => {
      const [limit = 0, windowMs = 0, remaining = 0] = rest.slice(3 * index);
      return { limit, windowMs, remaining };
    };
    known = { burst: stateAt(0), search: stateAt(1), associations: stateAt(2) };
    day = dayLimit < 0 ? undefined : { limit: dayLimit, remaining: dayLimit - dayUsed };
    meetings += 1;
    // Until all have come back, Redis knows only of those who were first.
    if (meetings > 1) peers = coldMs > 0 ? Math.max(count, peers ?? 0) : count;
    const now = clock.elapsed();
    if (coldMs > 0 && coldUntil <= now) options.log?.(coldFor(coldMs));
    coldUntil = now + coldMs;
  };

  const beat = async () => {
    const lookedAt = clock.elapsed();
    try {
      if (awaySince === undefined) await meet(0);
      else {
        // It asks for nothing, so nobody has to wait for whether Redis is there.
        await run('leave', [keys.peers], ['']);
        changing = meet(pauseAfter(lookedAt - awaySince));
        await changing;
        awaySince = undefined;
        options.log?.('Redis is back: quota is shared again.');
      }
    } catch (error) {
      miss(error, lookedAt);
    } finally {
      changing = undefined;
      if (!closed) stopBeat = clock.after(BEAT_MS, () => void beat(), { background: true });
    }
  };

  /** The first meeting; whoever comes before it is over waits for it, and it takes no longer than a command. */
  let first: Promise<void> | undefined;
  const begun = () => (first ??= beat());

  // Redis

  const sharedSlot = (budget: BudgetName, id: string, marks: readonly string[]): Slot => {
    let ended = false;
    return {
      end(ending, seen) {
        if (ended) return;
        ended = true;
        // While Redis is away the slot is held for as long as its request could have taken, which is longer.
        if (awaySince === undefined) void endShared(budget, id, marks, ending, seen).catch(miss);
      },
    };
  };

  const endShared = (budget: BudgetName, id: string, marks: readonly string[], ending: Ending, seen: Seen = {}) => {
    const { log, answered, facts } = keys[budget];
    const daily = seen.day === 'over' ? undefined : seen.day;
    return run(
      'end',
      [log, answered, facts, keys.day],
      [
        id,
        ending,
        ...marks.slice(0, 5),
        seen.limit ?? -1,
        seen.remaining ?? -1,
        seen.windowMs ?? -1,
        known[budget].limit,
        known[budget].windowMs,
        daily?.limit ?? -1,
        daily?.remaining ?? -1,
        seen.day === 'over' ? 1 : 0,
        LONGEST_ARRIVAL_MS,
        DAY_PROBE_MS,
      ],
    );
  };

  const takeShared = async (budget: BudgetName, { even, requestMs }: Want): Promise<Taken> => {
    const { log, answered, facts } = keys[budget];
    slots += 1;
    const id = `${peer}:${slots}`;
    const longest = Math.min(Math.max(requestMs, 0), LONGEST_REQUEST_MS);
    const lease = Math.ceil(LATEST_START_MS + longest + LONGEST_ARRIVAL_MS);
    const heldUp = stopwatch();
    const [kind, ...said] = await run(
      'take',
      [log, answered, facts, keys.day, keys.peers],
      [id, lease, even ? 1 : 0, known[budget].limit, known[budget].windowMs, dayShare, COLD_MS, DAY_PROBE_MS],
      ([late, ...marks]) => {
        if (late === 'slot') void endShared(budget, id, marks, 'not_sent').catch(miss);
      },
    );
    if (kind === 'slot' && heldUp() > LATEST_START_MS) {
      await endShared(budget, id, said, 'not_sent');
      return takeShared(budget, { even, requestMs });
    }
    if (kind === 'day') return { refused: dayIsOver(dayShare) };
    if (kind !== 'slot') {
      return { waitMs: Math.min(LONGEST_WAIT_MS, Number(said[0])), ...(said[1] === '1' && { paced: true }) };
    }
    const [limit = 0, windowMs = 0, remaining = 0, count = 1, dayLimit = -1, dayUsed = 0] = said.slice(5).map(Number);
    known = { ...known, [budget]: { limit, windowMs, remaining } };
    if (meetings > 1) peers = count;
    if (dayLimit >= 0) day = { limit: dayLimit, remaining: dayLimit - dayUsed };
    return sharedSlot(budget, id, said);
  };

  // The own share, while Redis is away

  const ownShare = () => {
    const parts = partsNow();
    if (parts !== undefined && parts >= 1) alone ??= createOwnShare(clock, { parts, known, day, dayShare });
    return alone;
  };

  const takeAlone = async (budget: BudgetName, want: Want): Promise<Taken> => {
    const now = clock.elapsed();
    const coldMs = (awaySince ?? 0) + COLD_MS - now;
    if (coldMs > 0) return { waitMs: Math.min(LONGEST_WAIT_MS, coldMs) };
    // After standing still Redis has to be looked for again first: it may have been back for long.
    if (now - missedAt > RETURN_MS) return { waitMs: LONGEST_WAIT_MS };
    const share = ownShare();
    if (!share) {
      return { refused: outOfReach('how many processes share it is not known; HUBSPOT_MCP_REDIS_SHARES can say it') };
    }
    return share.take(budget, want);
  };

  const degraded = (): string | undefined => {
    if (awaySince !== undefined) return degradedTo(partsNow());
    const coldMs = coldUntil - clock.elapsed();
    return coldMs > 0 ? coldFor(coldMs) : undefined;
  };

  const tell = (budget: BudgetName, what: string, ...numbers: readonly number[]) => {
    const { log, facts } = keys[budget];
    const [one = 0, two = 0] = numbers;
    const args = [what, Math.ceil(one), Math.ceil(two), known[budget].limit, known[budget].windowMs];
    if (awaySince === undefined) void run('tell', [log, facts, keys.day], args).catch(miss);
  };

  return {
    async take(budget, want) {
      await begun();
      if (changing) await changing.catch(() => {}); // Whoever changes it hears of a failure.
      if (awaySince === undefined) {
        try {
          return await takeShared(budget, want);
        } catch (error) {
          miss(error);
        }
      }
      return takeAlone(budget, want);
    },
    freeze(budget, ms) {
      tell(budget, 'freeze', ms);
      alone?.freeze(budget, ms);
    },
    setLimit(budget, limit) {
      tell(budget, 'limit', limit);
      known = { ...known, [budget]: { ...known[budget], limit } };
      alone?.setLimit(budget, limit);
    },
    learnDay(seen) {
      tell('burst', 'day', seen.limit, seen.limit - seen.remaining);
      alone?.learnDay(seen);
    },
    state(): LedgerState {
      const said = degraded();
      const because = said !== undefined && { degraded: said };
      if (awaySince === undefined) {
        const left = day && { limit: day.limit, remaining: leftOf(day.limit, day.limit - day.remaining, dayShare) };
        return { windows: known, ...(left && { day: left }), ...because };
      }
      const share = clock.elapsed() - awaySince < COLD_MS ? undefined : ownShare();
      return { ...(share ? share.state() : { windows: withRemaining(known, 0) }), ...because };
    },
    async close() {
      closed = true;
      stopBeat?.();
      if (awaySince === undefined) await run('leave', [keys.peers], [peer]).catch(() => {}); // Others forget it.
      await link.close();
    },
  };
}

/** For how long everybody waits when a process finds Redis again after so long. */
function pauseAfter(absentMs: number): number {
  // Much may have been sent from shares, and who sent it may be dead.
  if (absentMs >= COLD_MS) return RETURN_MS + COLD_MS;
  // Who lost Redis earlier, or finds it later, may just have begun with its share; it makes all wait longer.
  return absentMs >= COLD_MS - RETURN_MS - LATEST_NOTICE_MS ? RETURN_MS : 0;
}
