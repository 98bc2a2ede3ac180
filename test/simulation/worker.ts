/** Plays one seed after the other in a process of its own, for as long as it is sent any. */

import { SABOTAGES } from './sabotage.ts';
import { simulate } from './simulate.ts';

const sabotage = SABOTAGES.find((name) => name === process.argv[2]);

/** Modules that the product loads late take real time, which virtual time does not wait for: they are loaded before. */
const REHEARSALS = [0, 21];
const ready = rehearse();

async function rehearse(): Promise<void> {
  for (const seed of REHEARSALS) await simulate(seed);
}

process.on('message', (seed: number) => {
  ready
    .then(() => simulate(seed, sabotage))
    .then(
      (verdict) => process.send?.(verdict),
      (cause: unknown) => {
        throw new Error(`Seed ${seed} could not be played.`, { cause });
      },
    );
});
