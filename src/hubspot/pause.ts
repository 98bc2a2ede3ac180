/** Waiting for a time or for news, whichever comes first. */

import type { Clock } from '../clock.ts';

export interface Pause {
  /** Counts what there has been, so that what happens just before a pause is not missed. */
  news(): number;
  wake(): void;
  /** Until somebody wakes it or `ms` are over, which may be Infinity; not at all if there is news since `known`. */
  wait(ms: number, known: number): Promise<void>;
}

/** One may wait at a time. */
export function createPause(clock: Clock): Pause {
  let news = 0;
  let end: (() => void) | undefined;

  return {
    news: () => news,
    wake() {
      news += 1;
      end?.();
    },
    wait: (ms, known) =>
      new Promise<void>((resolve) => {
        if (news !== known) return resolve();
        const done = () => {
          cancel?.();
          end = undefined;
          resolve();
        };
        const cancel = Number.isFinite(ms) ? clock.after(Math.ceil(ms), done) : undefined;
        end = done;
      }),
  };
}
