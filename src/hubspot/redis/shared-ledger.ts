/**
 * Quota that several processes share through Redis, and what is left of it while Redis is away.
 *
 * Without Redis each process keeps to its share of the limits. It does not begin with that before everything that the
 * others may have sent has left HubSpot's windows, and when Redis is back it brings along what it still holds. So the sum
 * stays within the limit as long as all processes lose Redis, and find it again, together; where only some do, HubSpot's
 * headers show each side the calls of the other.
 */

import type { Cancel, Clock, Random } from '../../clock.ts';
import type { SeenDay } from '../day.ts';
import { DAY_PROBE_MS, dayIsOver, leftOf } from '../day.ts';
import type { Ledger, LedgerState, Taken, Want } from '../ledger.ts';
import { createLedger, createWindows, INITIAL } from '../ledger.ts';
import type { BudgetName } from '../operations.ts';
import type { Ending, Seen, Slot } from '../window.ts';
import { CLOCK_MARGIN_MS, isSlot, LONGEST_ARRIVAL_MS } from '../window.ts';
import { createAsk } from './ask.ts';
import { keysOf } from './keys.ts';
import type { Known } from './known.ts';
import { BUDGETS, degradedTo, outOfReach, partOf, sizesOf, withRemaining } from './known.ts';
import type { RedisLink } from './link.ts';

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
/** A process that was not heard of for so long is no peer any more. */
const PEER_MS = 6_000;

/** For so long after a loss what was sent before may still be in HubSpot's longest window, or about to arrive. */
export const COLD_MS = 15_000;
/** In so many milliseconds everybody who was away has found Redis again. */
const RETURN_MS = 4 * BEAT_MS;

/** Where no news can come from others, one looks again after this long. */
const LONGEST_WAIT_MS = 1_000;

/** Longer than the network waits for an answer. */
const LONGEST_REQUEST_MS = 110_000;

export function createSharedLedger(options: SharedLedgerOptions): Ledger {
  const { link, clock, random, shares, dayShare = 1 } = options;
  const run = createAsk(link, clock);
  const peer = random.uuid();
  const keys = keysOf(options.name);
  let slots = 0;
  let known: Known = withRemaining(INITIAL);
  let day: SeenDay | undefined;
  /** As of the last word of Redis; undefined until it was heard of twice, when the others have heard of this one. */
  let peers: number | undefined;
  let meetings = 0;
  let awaySince: number | undefined = clock.elapsed();
  let trouble = '';
  /** Meanwhile nobody takes anything. */
  let changing: Promise<void> | undefined = undefined;
  let alone: { readonly ledger: Ledger; readonly parts: number } | undefined;
  /** Slots taken from the own share: when each is free, as far as that is known. */
  const own = new Map<string, { readonly budget: BudgetName; freeAt: number }>();
  let stopBeat: Cancel | undefined;
  let closed = false;

  const away = (error: unknown) => {
    if (awaySince !== undefined) return;
    awaySince = clock.elapsed();
    meetings = 0;
    alone = undefined;
    trouble = error instanceof Error ? error.message : String(error);
    options.log?.(`${degraded()} (${trouble})`);
  };

  const meet = async (pauseMs: number, held: readonly (string | number)[]) => {
    const names = [keys.day, keys.peers, ...BUDGETS.flatMap((budget) => [keys[budget].log, keys[budget].facts])];
    const said = await run('meet', names, [peer, PEER_MS, pauseMs, COLD_MS, ...sizesOf(known), ...held]);
    const [count = 1, dayLimit = -1, dayUsed = 0, ...rest] = said.map(Number);
    const stateAt = (index: number) => {
      const [limit = 0, windowMs = 0, remaining = 0] = rest.slice(3 * index);
      return { limit, windowMs, remaining };
    };
    known = { burst: stateAt(0), search: stateAt(1), associations: stateAt(2) };
    day = dayLimit < 0 ? undefined : { limit: dayLimit, remaining: dayLimit - dayUsed };
    meetings += 1;
    if (meetings > 1) peers = count;
  };

  /** Brings along what is held, and makes the others who were away do the same before anybody goes on. */
  const comeBack = async () => {
    const now = clock.elapsed();
    const wasLong = awaySince !== undefined && now - awaySince >= COLD_MS && alone !== undefined;
    const held = [...own].flatMap(([id, { budget, freeAt }]) => {
      const leftMs = Number.isFinite(freeAt) ? freeAt - now : LONGEST_REQUEST_MS + known[budget].windowMs;
      return leftMs > 0 ? [BUDGETS.indexOf(budget) + 1, id, Math.ceil(leftMs)] : [];
    });
    await meet(wasLong ? RETURN_MS : 0, held);
    awaySince = undefined;
    alone = undefined;
  };

  const beat = async () => {
    try {
      if (awaySince === undefined) await meet(0, []);
      else {
        await run('leave', [keys.peers], ['']);
        changing = comeBack();
        await changing;
        options.log?.('Redis is back: quota is shared again.');
      }
    } catch (error) {
      away(error);
    } finally {
      changing = undefined;
      if (!closed) stopBeat = clock.after(BEAT_MS, () => void beat(), { background: true });
    }
  };

  /** The first meeting; whoever comes before it is over waits for it, and it takes no longer than a command. */
  let first: Promise<void> | undefined;
  const begun = () =>
    (first ??= (async () => {
      try {
        await comeBack();
      } catch (error) {
        trouble = error instanceof Error ? error.message : String(error);
        options.log?.(`${degraded()} (${trouble})`);
      } finally {
        if (!closed) stopBeat = clock.after(BEAT_MS, () => void beat(), { background: true });
      }
    })());

  // Redis

  const sharedSlot = (budget: BudgetName, id: string, marks: readonly string[]): Slot => {
    let ended = false;
    return {
      end(ending, seen) {
        if (ended) return;
        ended = true;
        // While Redis is away the slot is held for as long as its request could have taken, which is longer.
        if (awaySince === undefined) void endShared(budget, id, marks, ending, seen).catch(away);
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
        INITIAL[budget].limit,
        INITIAL[budget].windowMs,
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
    const lease = Math.ceil(Math.min(Math.max(requestMs, 0), LONGEST_REQUEST_MS)) + LONGEST_ARRIVAL_MS;
    const [kind, ...said] = await run(
      'take',
      [log, answered, facts, keys.day, keys.peers],
      [id, lease, even ? 1 : 0, INITIAL[budget].limit, INITIAL[budget].windowMs, dayShare, COLD_MS, DAY_PROBE_MS],
      ([late, ...marks]) => {
        if (late === 'slot') void endShared(budget, id, marks, 'not_sent').catch(away);
      },
    );
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

  const partsNow = () => shares ?? peers;

  const ownShare = () => {
    const parts = partsNow();
    if (parts === undefined || parts < 1) return undefined;
    if (alone?.parts !== parts) {
      const part = (budget: BudgetName) => ({ ...known[budget], limit: Math.floor(known[budget].limit / parts) });
      const sizes = { burst: part('burst'), search: part('search'), associations: part('associations') };
      const ledger = createLedger(clock, { share: dayShare, windows: createWindows(clock, sizes) });
      if (day) ledger.learnDay(day);
      alone = { ledger, parts };
    }
    return alone;
  };

  const takeAlone = async (budget: BudgetName, want: Want): Promise<Taken> => {
    const waitMs = (awaySince ?? 0) + COLD_MS - clock.elapsed();
    if (waitMs > 0) return { waitMs: Math.min(LONGEST_WAIT_MS, waitMs) };
    const share = ownShare();
    if (!share) {
      return { refused: outOfReach('how many processes share it is not known; HUBSPOT_MCP_REDIS_SHARES can say it') };
    }
    if (share.ledger.state().windows[budget].limit < 1) {
      const why = `${share.parts} processes share it, which leaves none of HubSpot's ${budget} limit to each`;
      return { refused: outOfReach(why) };
    }
    const slot = await share.ledger.take(budget, want);
    if (!isSlot(slot)) return slot;
    return ownSlot(budget, slot, share.parts);
  };

  const ownSlot = (budget: BudgetName, slot: Slot, parts: number): Slot => {
    slots += 1;
    const id = `${peer}:${slots}`;
    const held = { budget, freeAt: Number.POSITIVE_INFINITY };
    own.set(id, held);
    for (const [other, { freeAt }] of own) if (freeAt <= clock.elapsed()) own.delete(other);
    return {
      end(ending, seen) {
        if (Number.isFinite(held.freeAt)) return;
        const late = ending === 'lost' ? LONGEST_ARRIVAL_MS : 0;
        const now = clock.elapsed();
        held.freeAt = ending === 'not_sent' ? now : now + late + known[budget].windowMs + CLOCK_MARGIN_MS;
        slot.end(ending, seen && partOf(seen, parts));
        // It was brought along to Redis meanwhile, to be held for as long as its request could take.
        if (awaySince === undefined && ending !== 'lost') void endShared(budget, id, UNMARKED, ending).catch(away);
      },
    };
  };

  const degraded = (): string | undefined => {
    if (awaySince === undefined) return undefined;
    return degradedTo(partsNow());
  };

  const tell = (budget: BudgetName, what: string, ...numbers: readonly number[]) => {
    const { log, facts } = keys[budget];
    const [one = 0, two = 0] = numbers;
    const args = [what, Math.ceil(one), Math.ceil(two), INITIAL[budget].limit, INITIAL[budget].windowMs];
    if (awaySince === undefined) void run('tell', [log, facts, keys.day], args).catch(away);
  };

  return {
    async take(budget, want) {
      await begun();
      if (changing) await changing.catch(() => {});
      if (awaySince === undefined) {
        try {
          return await takeShared(budget, want);
        } catch (error) {
          away(error);
        }
      }
      return takeAlone(budget, want);
    },
    freeze(budget, ms) {
      tell(budget, 'freeze', ms);
      alone?.ledger.freeze(budget, ms);
    },
    setLimit(budget, limit) {
      tell(budget, 'limit', limit);
      known = { ...known, [budget]: { ...known[budget], limit } };
      if (alone) alone.ledger.setLimit(budget, Math.floor(limit / alone.parts));
    },
    learnDay(seen) {
      tell('burst', 'day', seen.limit, seen.limit - seen.remaining);
      alone?.ledger.learnDay(seen);
    },
    state(): LedgerState {
      const said = degraded();
      if (said === undefined) {
        const left = day && { limit: day.limit, remaining: leftOf(day.limit, day.limit - day.remaining, dayShare) };
        return { windows: known, ...(left && { day: left }) };
      }
      const share = ownShare();
      return share ? { ...share.ledger.state(), degraded: said } : { windows: withRemaining(known, 0), degraded: said };
    },
    async close() {
      closed = true;
      stopBeat?.();
      if (awaySince === undefined) await run('leave', [keys.peers], [peer]).catch(() => {});
      await link.close();
    },
  };
}

/** For a slot that was not taken in Redis: what its answer says of other users has been heard already. */
const UNMARKED: readonly string[] = ['0', '0', '0', '0', '0'];
