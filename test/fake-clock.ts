/** A clock that stands still until a test lets time pass. */

import type { Clock } from '../src/clock.ts';

export interface FakeClock extends Clock {
  /** Lets `ms` milliseconds pass, one moment after the other, each followed by whatever it sets off. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until the promise settles, however long that takes. Fails when nothing is left that could settle it. */
  settle<T>(promise: Promise<T>): Promise<T>;
}

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** Timers that run while nothing is going on; the test's own time limit is one. */
let idleTimers = 0;

/** Starts at 2026-11-22T00:00:00Z. */
export function fakeClock(start = Date.UTC(2026, 10, 22)): FakeClock {
  idleTimers = realTimers();
  let elapsed = 0;
  const timers = new Set<Timer>();

  const next = () => Math.min(...[...timers].map(({ at }) => at));

  const fire = (at: number) => {
    elapsed = Math.max(elapsed, at);
    for (const timer of [...timers].filter((due) => due.at <= at)) if (timers.delete(timer)) timer.task();
  };

  const advance = async (ms: number) => {
    const until = elapsed + ms;
    await quiet();
    for (let at = next(); at <= until; at = next()) {
      fire(at);
      await quiet();
    }
    elapsed = until;
  };

  const settle = async <T>(promise: Promise<T>): Promise<T> => {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    await quiet();
    while (!settled) {
      if (timers.size === 0) throw new Error('Nothing is scheduled that could settle the promise.');
      fire(next());
      await quiet();
    }
    return promise;
  };

  return {
    now: () => start + elapsed,
    elapsed: () => elapsed,
    after(ms, task) {
      const timer = { at: elapsed + Math.max(0, ms), task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance,
    settle,
  };
}

/**
 * Until promises have run dry, and Bottleneck as well: it hands every job on through real timers of 0 ms, which are told
 * from the test runner's own by their number.
 */
async function quiet(): Promise<void> {
  for (let calm = 0, round = 0; calm < 4 && round < 10_000; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    calm = realTimers() > idleTimers ? 0 : calm + 1;
  }
}

function realTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
