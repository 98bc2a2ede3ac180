import type { Clock } from '../../clock.ts';
import type { Progress } from '../demo/progress.ts';

/** What is done sooner needs no bar. */
const PATIENCE_MS = 2_000;

/** Says nothing in the first two seconds. */
export function lateProgress(progress: Progress, clock: Clock): Progress {
  const begun = clock.elapsed();
  let task: { readonly title: string; readonly total: number } | undefined;
  return {
    start(title, total) {
      progress.stop();
      task = { title, total };
    },
    at(done) {
      if (clock.elapsed() - begun < PATIENCE_MS) return;
      if (task) progress.start(task.title, task.total);
      task = undefined;
      progress.at(done);
    },
    stop: () => progress.stop(),
  };
}
