/** The time that a portal believes it is. */

import type { Cancel, Clock } from '../clock.ts';

/**
 * `now()` may be shifted and may stand still; `elapsed()` and `after()` are those of the real clock, but that a jump
 * forward brings timers nearer, so that what was to happen meanwhile happens.
 */
export interface PortalClock extends Clock {
  readonly frozen: boolean;
  /** Jumps to `now`, in milliseconds since the epoch, and goes on from there. */
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

interface Timer {
  /** Sets it for what is left until it is due. */
  arm(): void;
}

export function portalClock(real: Clock, { now: start, frozen: startsFrozen = false }: PortalTime = {}): PortalClock {
  let ahead = start === undefined ? 0 : start - real.now();
  let stopped = startsFrozen ? real.now() + ahead : undefined;
  const now = () => stopped ?? real.now() + ahead;
  const timers = new Set<Timer>();
  /** How far all jumps forward went together. */
  let jumped = 0;
  const set = (to: number) => {
    jumped += Math.max(0, to - now());
    ahead = to - real.now();
    if (stopped !== undefined) stopped = to;
    for (const timer of timers) timer.arm();
  };
  const after: Clock['after'] = (ms, task, options) => {
    const due = real.elapsed() + jumped + ms;
    let cancel: Cancel | undefined;
    const timer: Timer = {
      arm() {
        cancel?.();
        cancel = real.after(due - real.elapsed() - jumped, fire, options);
      },
    };
    const fire = () => {
      timers.delete(timer);
      task();
    };
    timers.add(timer);
    timer.arm();
    return () => {
      timers.delete(timer);
      cancel?.();
    };
  };
  return {
    now,
    elapsed: () => real.elapsed(),
    after,
    get frozen() {
      return stopped !== undefined;
    },
    set,
    advance: (ms) => set(now() + ms),
    freeze() {
      stopped = now();
    },
    run() {
      ahead = now() - real.now();
      stopped = undefined;
    },
    wrote() {
      if (stopped !== undefined) stopped += WRITE_MS;
    },
  };
}
