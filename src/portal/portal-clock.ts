/** The time that a portal believes it is. */

import type { Clock } from '../clock.ts';

/** `now()` may be shifted and may stand still; `elapsed()` and `after()` are those of the real clock. */
export interface PortalClock extends Clock {
  readonly frozen: boolean;
  /** Goes on from `now`, in milliseconds since the epoch. */
  set(now: number): void;
  advance(ms: number): void;
  /** Stands still from now on, but for one second at each write. */
  freeze(): void;
  /** Runs on from where it stands. */
  run(): void;
  /** Tells that something was written. */
  wrote(): void;
}

export interface PortalTime {
  /** Where the clock starts, in milliseconds since the epoch. Omitted: at the real time. */
  readonly now?: number;
  /** Whether it stands still, but for one second at each write. */
  readonly frozen?: boolean;
}

const WRITE_MS = 1_000;

export function portalClock(real: Clock, { now: start, frozen: startsFrozen = false }: PortalTime = {}): PortalClock {
  let ahead = start === undefined ? 0 : start - real.now();
  let stopped = startsFrozen ? real.now() + ahead : undefined;
  const now = () => stopped ?? real.now() + ahead;
  const set = (to: number) => {
    ahead = to - real.now();
    if (stopped !== undefined) stopped = to;
  };
  return {
    now,
    elapsed: () => real.elapsed(),
    after: (ms, task, options) => real.after(ms, task, options),
    get frozen() {
      return stopped !== undefined;
    },
    set,
    advance: (ms) => set(now() + ms),
    freeze() {
      stopped = now();
    },
    run() {
      set(now());
      stopped = undefined;
    },
    wrote() {
      if (stopped !== undefined) stopped += WRITE_MS;
    },
  };
}
