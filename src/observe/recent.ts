/** How often something happened lately. */

import type { Clock } from '../clock.ts';

export interface Recent {
  add(): void;
  count(): number;
}

/** Counted in parts of the span, so that it takes the same memory whatever happens. */
const PARTS = 30;

export function createRecent(clock: Clock, spanMs: number): Recent {
  const partMs = spanMs / PARTS;
  const counts = new Map<number, number>();
  const forget = () => {
    const now = Math.floor(clock.elapsed() / partMs);
    for (const part of counts.keys()) if (part <= now - PARTS) counts.delete(part);
    return now;
  };
  return {
    add() {
      const now = forget();
      counts.set(now, (counts.get(now) ?? 0) + 1);
    },
    count() {
      forget();
      return [...counts.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}
