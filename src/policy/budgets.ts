/** What callers have spent of their calls, writes and rows, in rolling windows of this process. */

import type { Clock } from '../clock.ts';
import { UserError } from '../crm/user-error.ts';
import type { Budgets } from './policy.ts';

const HOUR_MS = 3_600_000;

/** A window moves in steps, so that a busy caller takes no more memory than a quiet one. */
const STEPS = 60;

interface Kind {
  readonly limit: 'callsPerHour' | 'writesPerDay' | 'rowsReadPerDay';
  readonly windowMs: number;
  readonly what: string;
}

const KINDS = {
  calls: { limit: 'callsPerHour', windowMs: HOUR_MS, what: 'calls an hour' },
  writes: { limit: 'writesPerDay', windowMs: 24 * HOUR_MS, what: 'writes a day' },
  rowsRead: { limit: 'rowsReadPerDay', windowMs: 24 * HOUR_MS, what: 'rows read a day' },
} as const satisfies Readonly<Record<string, Kind>>;

export type Spent = keyof typeof KINDS;

export interface Spending {
  /** Spends all of it or, throwing UserError `budget_spent`, nothing. */
  spend(caller: string, what: Spent, count: number): void;
  /** How many are left, `Infinity` without a limit; throws UserError `budget_spent` when none is. */
  left(caller: string, what: Spent): number;
  /** What was spent whether or not it was left, such as rows that have arrived, or writes of an earlier process. */
  note(caller: string, what: Spent, count: number, at?: number): void;
}

/** Callers beyond these share one budget: a caller that changes its name must not fill the memory. */
const MOST_CALLERS = 10_000;

export function createSpending(budgets: Budgets, clock: Pick<Clock, 'now'>): Spending {
  const spent = new Map<string, Map<number, number>>();
  const callers = new Set<string>();

  function windowOf(caller: string, what: Spent): Map<number, number> {
    const of = budgets.of === 'server' || (callers.size >= MOST_CALLERS && !callers.has(caller)) ? '' : caller;
    callers.add(of);
    const key = `${what} ${of}`;
    const found = spent.get(key) ?? new Map<number, number>();
    spent.set(key, found);
    return found;
  }

  function usedIn(window: Map<number, number>, { windowMs }: Kind): number {
    const step = windowMs / STEPS;
    let used = 0;
    for (const [at, count] of window) {
      if ((at + 1) * step + windowMs <= clock.now()) window.delete(at);
      else used += count;
    }
    return used;
  }

  function note(caller: string, what: Spent, count: number, at = clock.now()): void {
    if (budgets[KINDS[what].limit] === undefined || count === 0) return;
    const window = windowOf(caller, what);
    const place = Math.floor(at / (KINDS[what].windowMs / STEPS));
    window.set(place, (window.get(place) ?? 0) + count);
  }

  /** How many fit; throws unless so many more do. */
  function leftFor(caller: string, what: Spent, more: number): number {
    const kind = KINDS[what];
    const limit = budgets[kind.limit];
    if (limit === undefined) return Number.POSITIVE_INFINITY;
    const used = usedIn(windowOf(caller, what), kind);
    const left = Math.max(0, limit - used);
    if (more <= left) return left;
    throw new UserError(
      'budget_spent',
      `The policy of this server allows ${limit} ${kind.what}, and ${left} ${left === 1 ? 'is' : 'are'} left. Nothing was sent.`,
      {
        next:
          left > 0
            ? `Do with ${left}, wait, or ask the person who runs this server.`
            : 'Wait, or ask the person who runs this server.',
      },
    );
  }

  return {
    spend(caller, what, count) {
      leftFor(caller, what, count);
      note(caller, what, count);
    },
    left: (caller, what) => leftFor(caller, what, 1),
    note,
  };
}
