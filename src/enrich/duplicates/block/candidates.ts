/** Pairs that blocking proposes, each once: from the first rule whose keys agree. */

import type { Blocks } from './blocks.ts';
import { meetIn, type RowKeys, sharedKey } from './row-keys.ts';

/** A run of one rule's blocks, small enough for many of them to be shared out among threads. */
export interface Stretch {
  readonly rule: number;
  readonly from: number;
  readonly to: number;
}

const pairsInStretch = 60_000;

/** The same whatever the number of threads. */
export function stretchesOf(blocks: readonly Blocks[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [rule, { starts }] of blocks.entries()) {
    let from = 0;
    let pairs = 0;
    for (let block = 0; block + 1 < starts.length; block++) {
      const size = (starts[block + 1] ?? 0) - (starts[block] ?? 0);
      pairs += (size * (size - 1)) / 2;
      if (pairs >= pairsInStretch || block + 2 === starts.length) {
        stretches.push({ rule, from, to: block + 1 });
        from = block + 1;
        pairs = 0;
      }
    }
  }
  return stretches;
}

/** Calls `take` with each pair of the stretch that no rule before has. */
export function candidatesIn(
  { rule, from, to }: Stretch,
  blocks: Pick<Blocks, 'rows' | 'starts' | 'blockKeys'>,
  keys: RowKeys,
  take: (a: number, b: number) => void,
): void {
  const { rows, starts, blockKeys } = blocks;
  const several = (keys.begins[rule + 1] ?? 0) - (keys.begins[rule] ?? 0) > 1;
  for (let block = from; block < to; block++) {
    const end = starts[block + 1] ?? 0;
    for (let x = starts[block] ?? 0; x < end; x++) {
      const one = rows[x] ?? 0;
      for (let y = x + 1; y < end; y++) {
        const two = rows[y] ?? 0;
        if (one === two || meetIn(keys, rule, one, two)) continue;
        const [a, b] = one < two ? [one, two] : [two, one];
        // Of several keys that two rows share only the first counts.
        if (several && sharedKey(keys, rule, a, b) !== blockKeys[block]) continue;
        take(a, b);
      }
    }
  }
}
