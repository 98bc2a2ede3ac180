/** Many seeds on all cores. */

import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Verdict } from './judge.ts';
import type { Sabotage } from './sabotage.ts';

export interface Run {
  readonly from: number;
  readonly seeds: number;
  readonly sabotage?: Sabotage | undefined;
  /** The built `worker.ts`. */
  readonly worker: URL;
  readonly onVerdict?: (verdict: Verdict) => void;
}

/** A worker is ready after as long as so many seeds take: for few of them one does. */
const SEEDS_WORTH_A_WORKER = 4;

/** In order of seeds, whichever core had which. Rejects when one could not be played. */
export async function runSeeds({ from, seeds, sabotage, worker: file, onVerdict }: Run): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  let next = from;
  const onOneCore = () =>
    new Promise<void>((resolve, reject) => {
      const worker = fork(fileURLToPath(file), sabotage === undefined ? [] : [sabotage]);
      const goOn = () => {
        if (next < from + seeds) worker.send(next++);
        else worker.disconnect();
      };
      worker.on('message', (verdict: Verdict) => {
        verdicts.push(verdict);
        onVerdict?.(verdict);
        goOn();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}.`))));
      goOn();
    });
  const workers = Math.min(Math.ceil(seeds / SEEDS_WORTH_A_WORKER), availableParallelism());
  await Promise.all(Array.from({ length: workers }, onOneCore));
  return verdicts.toSorted((a, b) => a.seed - b.seed);
}
