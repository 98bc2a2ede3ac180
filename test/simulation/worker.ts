/** Plays one seed after the other in a process of its own, for as long as it is sent any. */

import { SABOTAGES } from './sabotage.ts';
import { simulate } from './simulate.ts';

const sabotage = SABOTAGES.find((name) => name === process.argv[2]);

process.on('message', (seed: number) => {
  simulate(seed, sabotage).then(
    (verdict) => process.send?.(verdict),
    (cause: unknown) => {
      throw new Error(`Seed ${seed} could not be played.`, { cause });
    },
  );
});
