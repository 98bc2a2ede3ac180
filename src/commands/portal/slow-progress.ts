import type { Clock } from '../../clock.ts';
import { createProgress, type ProgressStream } from '../demo/progress.ts';

/** How far a task is, on a terminal. One that is done within two seconds says nothing. */
export interface SlowProgress {
  /** `what` is being done; another word begins another bar. */
  at(what: string, done: number, total: number): void;
  stop(): void;
}

const SLOW_MS = 2_000;

/** Silent where the stream is no terminal: programs read the portal's one line there. */
export function slowProgress(stream: ProgressStream, clock: Pick<Clock, 'elapsed'>): SlowProgress {
  const began = clock.elapsed();
  const progress = createProgress(stream);
  let shown: string | undefined;
  return {
    at(what, done, total) {
      if (stream.isTTY !== true || clock.elapsed() - began < SLOW_MS) return;
      if (shown !== what) progress.start(what, total);
      shown = what;
      progress.at(done);
    },
    stop: () => progress.stop(),
  };
}
