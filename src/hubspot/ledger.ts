/** Where quota is counted: in this process below, or in one place for several (redis/). */

import type { Clock } from '../clock.ts';
import type { SeenDay } from './day.ts';
import { createDay, dayIsOver } from './day.ts';
import type { HubSpotError } from './errors.ts';
import type { BudgetName } from './operations.ts';
import type { QuotaWindow, Slot, Wait } from './window.ts';
import { createWindow, isSlot } from './window.ts';

export interface WindowSize {
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * HubSpot's limits for one private app on the smallest tier; headers correct them.
 * Source: developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines, compared 2026-11-22.
 */
export const INITIAL: Readonly<Record<BudgetName, WindowSize>> = {
  burst: { limit: 100, windowMs: 10_000 },
  search: { limit: 5, windowMs: 1_000 },
  associations: { limit: 100, windowMs: 10_000 },
};

/** Nothing more is to be had from asking again: the call has to end with this error. */
export interface Refused {
  readonly refused: HubSpotError;
}

export type Taken = Slot | Wait | Refused;

export interface Want {
  /** See {@link QuotaWindow.take}. */
  readonly even: boolean;
  /** Milliseconds after which the request is certainly over: a process that dies meanwhile holds its slot for no longer. */
  readonly requestMs: number;
}

/** The seam between ordering and counting. */
export interface Ledger {
  /** Everything that one call of this budget counts against, or nothing of it. */
  take(budget: BudgetName, want: Want): Taken | Promise<Taken>;
  /** No slot for `ms`, in every process that shares this ledger. */
  freeze(budget: BudgetName, ms: number): void;
  /** Corrects what was assumed before the portal's limit was known. */
  setLimit(budget: BudgetName, limit: number): void;
  /** What the account says of its day. */
  learnDay(seen: SeenDay): void;
  state(): LedgerState;
  close(): Promise<void>;
}

export interface LedgerState {
  readonly windows: Readonly<Record<BudgetName, WindowSize & { readonly remaining: number }>>;
  readonly day?: SeenDay;
  /** Why less than the whole quota can be used at the moment, for an operator; absent when all is well. */
  readonly degraded?: string;
}

export type Windows = Readonly<Record<BudgetName, QuotaWindow>>;

/** @param share see {@link createDay} */
export function createLedger(
  clock: Clock,
  { share = 1, windows = createWindows(clock, INITIAL) }: { readonly share?: number; readonly windows?: Windows } = {},
): Ledger {
  const day = createDay(clock, share);

  return {
    take(budget, { even }) {
      const slot = windows[budget].take(even);
      if (!isSlot(slot)) return slot;
      const number = day.take();
      if (number === undefined) {
        slot.end('not_sent');
        return { refused: dayIsOver(share) };
      }
      return {
        end(ending, seen) {
          slot.end(ending, seen);
          if (ending === 'not_sent') day.giveBack();
          else if (seen?.day === 'over') day.over(number);
          else if (ending === 'answered') day.answered(number, seen?.day);
        },
      };
    },
    freeze: (budget, ms) => windows[budget].freeze(ms),
    setLimit: (budget, limit) => windows[budget].setLimit(limit),
    learnDay: (seen) => day.learn(seen),
    state() {
      const known = day.state();
      return { windows: statesOf(windows), ...(known && { day: known }) };
    },
    close: async () => {},
  };
}

export function createWindows(clock: Clock, sizes: Readonly<Record<BudgetName, WindowSize>>): Windows {
  return {
    burst: createWindow(clock, sizes.burst),
    search: createWindow(clock, sizes.search),
    associations: createWindow(clock, sizes.associations),
  };
}

function statesOf({ burst, search, associations }: Windows): LedgerState['windows'] {
  return { burst: burst.state(), search: search.state(), associations: associations.state() };
}
