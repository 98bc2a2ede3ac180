import type { FakeClock } from '../fake-clock.ts';

/** Lets time pass until the promise settles, while a client and a server speak to each other in real time. */
export async function pass<T>(clock: FakeClock, promise: Promise<T>, stepMs: number): Promise<T> {
  let settled = false;
  const mark = () => {
    settled = true;
  };
  promise.then(mark, mark);
  while (!settled) await clock.advance(stepMs);
  return promise;
}
