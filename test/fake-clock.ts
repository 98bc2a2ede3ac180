/** A clock that stands still until a test lets time pass. */

import type { Clock } from '../src/clock.ts';

export interface FakeClock extends Clock {
  /** Lets `ms` milliseconds pass, one moment after the other, each followed by whatever it sets off. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until the promise settles, however long that takes. Fails when nothing is left that could settle it. */
  settle<T>(promise: Promise<T>): Promise<T>;
}

export interface FakeClockOptions {
  /** Milliseconds since the epoch; 2026-11-22T00:00:00Z if omitted. */
  readonly start?: number;
  /**
   * For code that hands work on through real timers of 0 ms, as Bottleneck does: a moment is over only when nobody has
   * looked at the clock for some of those.
   */
  readonly patient?: boolean;
}

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** More than Bottleneck needs from one job to the next. */
const PATIENCE = 8;

export function fakeClock({ start = Date.UTC(2026, 10, 22), patient = false }: FakeClockOptions = {}): FakeClock {
  let elapsed = 0;
  let looks = 0;
  const timers = new Set<Timer>();

  const quiet = async () => {
    let seen = looks;
    for (let calm = 0; calm < (patient ? PATIENCE : 3); ) {
      await (patient
        ? new Promise((resolve) => setTimeout(resolve, 0))
        : new Promise((resolve) => setImmediate(resolve)));
      calm = looks === seen ? calm + 1 : 0;
      seen = looks;
    }
  };

  const next = () => Math.min(...[...timers].map(({ at }) => at));

  const fire = (at: number) => {
    elapsed = Math.max(elapsed, at);
    for (const timer of [...timers].filter((due) => due.at <= at)) if (timers.delete(timer)) timer.task();
  };

  return {
    now: () => start + elapsed,
    elapsed() {
      looks += 1;
      return elapsed;
    },
    after(ms, task) {
      const timer = { at: elapsed + Math.max(0, ms), task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await quiet();
      for (let at = next(); at <= until; at = next()) {
        fire(at);
        await quiet();
      }
      elapsed = until;
    },
    async settle(promise) {
      const state = { settled: false };
      const mark = () => {
        state.settled = true;
      };
      promise.then(mark, mark);
      await quiet();
      while (!state.settled) {
        if (timers.size === 0) throw new Error('Nothing is scheduled that could settle the promise.');
        fire(next());
        await quiet();
      }
      return promise;
    },
  };
}
