/** The windows that Redis keeps for all processes, as one of them takes slots from them and hears of them. */

import type { Clock, Random } from '../../clock.ts';
import type { SeenDay } from '../day.ts';
import { DAY_PROBE_MS, dayIsOver } from '../day.ts';
import type { Taken, Want } from '../ledger.ts';
import { INITIAL } from '../ledger.ts';
import type { BudgetName } from '../operations.ts';
import type { Ending, Seen, Slot } from '../window.ts';
import { LONGEST_ARRIVAL_MS } from '../window.ts';
import { createAsk } from './ask.ts';
import { keysOf } from './keys.ts';
import type { Known } from './known.ts';
import { BUDGETS, sizesOf, withRemaining } from './known.ts';
import type { RedisLink } from './link.ts';

/**
 * For so long after a loss what was sent before may still be in HubSpot's longest window, or about to arrive.
 * Guess: HubSpot counts a request within 5 s of its sending; it documents only that its window has 10 s.
 */
export const COLD_MS = 15_000;

/** Where no news can come from others, one looks again after this long. */
export const LONGEST_WAIT_MS = 1_000;

/**
 * A process that was not heard of for so long is no peer any more. Longer than anybody is away without all waiting for
 * it: whoever is counted out too soon has a share of its own beside the others' larger ones.
 */
const PEER_MS = 20_000;

/** Longer than the network waits for an answer. */
const LONGEST_REQUEST_MS = 110_000;

/**
 * Nothing is sent with a slot that was asked for longer ago: a process that stood still meanwhile may have lost it to
 * others. Longer than a script may take.
 */
const LATEST_START_MS = 2_500;

export interface SharedWindowsParts {
  readonly link: RedisLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  readonly dayShare: number;
  readonly isAway: () => boolean;
  /** Hears why Redis did not answer what nobody waits for. */
  readonly miss: (error: unknown) => void;
}

/** What waits for Redis rejects when it does not answer. */
export interface SharedWindows {
  /** As of the last word of Redis. */
  heard(): {
    readonly known: Known;
    readonly day: SeenDay | undefined;
    /** Undefined until Redis was heard of twice, when the others have heard of this process. */
    readonly peers: number | undefined;
  };
  /**
   * Says that this process is there, and hears how much is used.
   * @param pauseMs for how long nobody takes anything from now on
   * @returns for how many milliseconds Redis lets nobody take anything
   */
  meet(pauseMs: number): Promise<number>;
  /** Whether Redis answers. */
  reach(): Promise<void>;
  /** The others' news is old from now on. */
  forgetMeetings(): void;
  take(budget: BudgetName, want: Want): Promise<Taken>;
  freeze(budget: BudgetName, ms: number): void;
  setLimit(budget: BudgetName, limit: number): void;
  learnDay(seen: SeenDay): void;
  /** The others no longer count this process. */
  leave(): Promise<void>;
}

export function createSharedWindows(parts: SharedWindowsParts): SharedWindows {
  const { link, clock, random, dayShare, isAway, miss } = parts;
  const run = createAsk(link, clock);
  const peer = random.uuid();
  const keys = keysOf(parts.name);
  let slots = 0;
  let known: Known = withRemaining(INITIAL);
  let day: SeenDay | undefined;
  let peers: number | undefined;
  let meetings = 0;

  /** Milliseconds since; a machine that sleeps stops one clock, and a wall clock that is set the other. */
  const stopwatch = () => {
    const started = { elapsed: clock.elapsed(), now: clock.now() };
    return () => Math.max(clock.elapsed() - started.elapsed, clock.now() - started.now);
  };

  const slotOf = (budget: BudgetName, id: string, marks: readonly string[]): Slot => {
    let ended = false;
    return {
      end(ending, seen) {
        if (ended) return;
        ended = true;
        // While Redis is away the slot is held for as long as its request could have taken, which is longer.
        if (!isAway()) void end(budget, id, marks, ending, seen).catch(miss);
      },
    };
  };

  const end = (budget: BudgetName, id: string, marks: readonly string[], ending: Ending, seen: Seen = {}) => {
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

  const take = async (budget: BudgetName, { even, requestMs }: Want): Promise<Taken> => {
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
        if (late === 'slot') void end(budget, id, marks, 'not_sent').catch(miss);
      },
    );
    if (kind === 'slot' && heldUp() > LATEST_START_MS) {
      await end(budget, id, said, 'not_sent');
      return take(budget, { even, requestMs });
    }
    if (kind === 'day') return { refused: dayIsOver(dayShare) };
    if (kind !== 'slot') {
      return { waitMs: Math.min(LONGEST_WAIT_MS, Number(said[0])), ...(said[1] === '1' && { paced: true }) };
    }
    const [limit = 0, windowMs = 0, remaining = 0, count = 1, dayLimit = -1, dayUsed = 0] = said.slice(5).map(Number);
    known = { ...known, [budget]: { limit, windowMs, remaining } };
    if (meetings > 1) peers = count;
    if (dayLimit >= 0) day = { limit: dayLimit, remaining: dayLimit - dayUsed };
    return slotOf(budget, id, said);
  };

  const tell = (budget: BudgetName, what: string, one: number, two = 0) => {
    const { log, facts } = keys[budget];
    const args = [what, Math.ceil(one), Math.ceil(two), known[budget].limit, known[budget].windowMs];
    if (!isAway()) void run('tell', [log, facts, keys.day], args).catch(miss);
  };

  return {
    heard: () => ({ known, day, peers }),
    async meet(pauseMs) {
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
      return coldMs;
    },
    async reach() {
      await run('leave', [keys.peers], ['']);
    },
    forgetMeetings() {
      meetings = 0;
    },
    take,
    freeze: (budget, ms) => tell(budget, 'freeze', ms),
    setLimit(budget, limit) {
      tell(budget, 'limit', limit);
      known = { ...known, [budget]: { ...known[budget], limit } };
    },
    learnDay: (seen) => tell('burst', 'day', seen.limit, seen.limit - seen.remaining),
    async leave() {
      await run('leave', [keys.peers], [peer]);
    },
  };
}
