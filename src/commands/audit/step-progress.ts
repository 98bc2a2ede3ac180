import type { Progress } from '../demo/progress.ts';

/** A bar for each thing that is under way, as calls tell of them. */
export function stepProgress(progress: Progress) {
  let current = '';
  return {
    at(done: number, total = done, message = ''): void {
      const what = `${message} of ${total}`;
      if (what !== current) progress.start(message, total);
      current = what;
      progress.at(done);
    },
    stop: () => progress.stop(),
  };
}
