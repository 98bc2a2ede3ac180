/** How much each caller has had of one budget of late, so that one that takes much leaves room to the others. */

import type { Clock } from '../clock.ts';
import type { WindowSize } from './ledger.ts';

/** A caller that wanted nothing for so long is gone. */
const PRESENT_MS = 60_000;

/**
 * The longest that one caller's burst may keep the others waiting: what has been taken in one gulp comes back in one, a
 * window later, and for that long a window that is used to its limit has nothing.
 */
const LONGEST_GAP_MS = 1_500;

/** Who calls without a name is this server for itself, which is no other caller to leave room to. */
const NOBODY = '';

export interface Shares {
  /** Counts a slot that a caller asks for; the function takes it back when there was none. */
  took(caller: string): () => void;
  /** Whether a caller has had its burst while others are present, and keeps to the even pace now. */
  isGreedy(caller: string): boolean;
}

export function createShares(clock: Clock, size: () => WindowSize): Shares {
  /** Leaky buckets: a slot fills, and time at a caller's fair rate empties. */
  const callers = new Map<string, { level: number; at: number }>();

  const present = (now: number) => {
    // In the order of their last calls.
    for (const [caller, { at }] of callers) {
      if (now - at < PRESENT_MS) break;
      callers.delete(caller);
    }
    return callers.size;
  };

  const levelOf = (caller: string, now: number) => {
    const known = callers.get(caller);
    if (!known) return 0;
    const { limit, windowMs } = size();
    return Math.max(0, known.level - ((now - known.at) * limit) / windowMs / Math.max(1, callers.size));
  };

  const fill = (caller: string, slots: number) => {
    if (caller === NOBODY) return;
    const now = clock.elapsed();
    const level = Math.max(0, levelOf(caller, now) + slots);
    callers.delete(caller);
    callers.set(caller, { level, at: now });
  };

  return {
    took(caller) {
      fill(caller, 1);
      return () => fill(caller, -1);
    },
    isGreedy(caller) {
      const now = clock.elapsed();
      const others = present(now) - (callers.has(caller) ? 1 : 0);
      if (others <= 0) return false;
      const { limit, windowMs } = size();
      // As much is left to each of the others, and to one more, as long as they are few.
      const share = Math.max(1 / (others + 2), Math.min(1, LONGEST_GAP_MS / windowMs));
      return levelOf(caller, now) >= Math.max(1, limit * share);
    },
  };
}
