/** Plays one seed after the other on a thread of its own. */

import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from './simulate.ts';

parentPort?.on('message', (seed: number) => {
  simulate(seed, workerData.sabotage).then(
    (verdict) => parentPort?.postMessage(verdict),
    (cause: unknown) => {
      throw new Error(`Seed ${seed} could not be played.`, { cause });
    },
  );
});
