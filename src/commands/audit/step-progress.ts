import { systemClock } from '../../clock.ts';
import { lateProgress } from '../definitions/late-progress.ts';
import type { Progress } from '../demo/progress.ts';

/** A bar for each thing that is under way, as calls tell of them; none for what is soon over. */
export function stepProgress(progress: Progress) {
  let current = '';
  let bar = progress;
  return {
    at(done: number, total = done, message = ''): void {
      const what = `${message} of ${total}`;
      if (what !== current) {
        bar = lateProgress(progress, systemClock);
        bar.start(message, total);
      }
      current = what;
      bar.at(done);
    },
    stop: () => progress.stop(),
  };
}
