/**
 * Time that passes only when nothing is left to do, as fast as the processor allows. Bottleneck hands work on through
 * real timers of 0 ms: while virtual time runs, these are kept count of and run at once, so that a moment ends exactly
 * when they have.
 */

import type { Cancel, Clock } from '../../src/clock.ts';

export interface VirtualTime extends Clock {
  /** Lets time pass until the promise settles. Fails when nothing is left that could settle it, or after `limitMs`. */
  until<T>(promise: Promise<T>, limitMs: number): Promise<T>;
  /** Lets `ms` milliseconds pass, with everything they set off. */
  pass(ms: number): Promise<void>;
  /** Gives the process its own timers back. */
  close(): void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

/** What Bottleneck asks for is 0; Node makes 1 of it. */
const AT_ONCE_MS = 1;

export class Stuck extends Error {
  override readonly name = 'Stuck';
}

export function virtualTime(start: number): VirtualTime {
  let elapsed = 0;
  let order = 0;
  const timers = new Heap();
  const handedOn = countZeroTimers();

  const moment = async () => {
    do await new Promise<void>((resolve) => setImmediate(resolve));
    while (handedOn.pending() > 0);
  };

  /** Fires the next timer; false when there is none until then. */
  const step = (until: number): boolean => {
    for (let next = timers.peek(); next !== undefined && next.at <= until; next = timers.peek()) {
      timers.pop();
      if (next.cancelled) continue;
      elapsed = Math.max(elapsed, next.at);
      next.task();
      return true;
    }
    return false;
  };

  return {
    now: () => start + Math.floor(elapsed),
    elapsed: () => elapsed,
    after(ms, task): Cancel {
      const timer: Timer = { at: elapsed + Math.max(0, ms), order: order++, task, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
    async until(promise, limitMs) {
      const end = elapsed + limitMs;
      const state = { settled: false };
      const settle = () => {
        state.settled = true;
      };
      promise.then(settle, settle);
      await moment();
      while (!state.settled) {
        if (!step(end)) throw new Stuck(`Nothing settled it within ${limitMs} virtual ms.`);
        await moment();
      }
      return promise;
    },
    async pass(ms) {
      const end = elapsed + ms;
      await moment();
      while (step(end)) await moment();
      elapsed = end;
    },
    close: () => handedOn.restore(),
  };
}

/** Runs timers that ask for no time at once, and knows how many of them have not run. */
function countZeroTimers() {
  const real = globalThis.setTimeout;
  let pending = 0;
  const counting = (task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    if (ms > AT_ONCE_MS) return real(task, ms, ...args);
    pending += 1;
    return setImmediate(() => {
      pending -= 1;
      task(...args);
    });
  };
  Object.assign(globalThis, { setTimeout: Object.assign(counting, real) });
  return {
    pending: () => pending,
    restore: () => void Object.assign(globalThis, { setTimeout: real }),
  };
}

/** Earliest first, and in the order in which they were set. */
class Heap {
  readonly #items: Timer[] = [];

  peek(): Timer | undefined {
    return this.#items[0];
  }

  push(timer: Timer): void {
    const items = this.#items;
    items.push(timer);
    for (let place = items.length - 1; place > 0; ) {
      const parent = (place - 1) >> 1;
      if (!before(items[place], items[parent])) break;
      swap(items, place, parent);
      place = parent;
    }
  }

  pop(): void {
    const items = this.#items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return;
    items[0] = last;
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const right = left + 1;
      const child = before(items[right], items[left]) ? right : left;
      if (!before(items[child], items[place])) return;
      swap(items, place, child);
      place = child;
    }
  }
}

function before(a: Timer | undefined, b: Timer | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined && b === undefined;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(items: Timer[], a: number, b: number): void {
  const first = items[a];
  const second = items[b];
  if (first === undefined || second === undefined) return;
  items[a] = second;
  items[b] = first;
}
