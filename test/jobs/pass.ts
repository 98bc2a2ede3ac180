import type { FakeClock } from '../fake-clock.ts';

/** Lets time pass until the promise settles, while a client and a server speak to each other in real time. */
export async function pass<T>(clock: FakeClock, promise: Promise<T>, stepMs: number): Promise<T> {
  const state = { settled: false };
  const mark = () => {
    state.settled = true;
  };
  promise.then(mark, mark);
  while (!state.settled) await clock.advance(stepMs);
  return promise;
}
