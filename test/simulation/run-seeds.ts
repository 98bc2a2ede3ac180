/** Many seeds on all cores. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Verdict } from './judge.ts';
import type { Sabotage } from './sabotage.ts';

export interface Run {
  readonly from: number;
  readonly seeds: number;
  readonly sabotage?: Sabotage | undefined;
  /** The built `worker.ts`. */
  readonly worker: URL;
  onVerdict?(verdict: Verdict): void;
}

/** In order of seeds, whichever core had which. */
export async function runSeeds({ from, seeds, sabotage, worker: file, onVerdict }: Run): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  let next = from;
  const onOneCore = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(file, { workerData: { sabotage } });
      const goOn = () => {
        if (next < from + seeds) worker.postMessage(next++);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', (verdict: Verdict) => {
        verdicts.push(verdict);
        onVerdict?.(verdict);
        goOn();
      });
      worker.on('error', reject);
      goOn();
    });
  await Promise.all(Array.from({ length: Math.min(seeds, availableParallelism()) }, onOneCore));
  return verdicts.toSorted((a, b) => a.seed - b.seed);
}
