/** Pairs that blocking proposes, each once: from the first rule whose keys agree. */

import type { Codes } from '../features/feature.ts';
import type { Blocks } from './blocks.ts';

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
  blocks: readonly Blocks[],
  take: (a: number, b: number) => void,
): void {
  const own = blocks[rule];
  if (own === undefined) return;
  const before = blocks.slice(0, rule).map(({ keys }) => keys);
  const { keys, rows, starts, blockKeys } = own;
  const several = keys.length > 1;
  for (let block = from; block < to; block++) {
    const end = starts[block + 1] ?? 0;
    for (let x = starts[block] ?? 0; x < end; x++) {
      const one = rows[x] ?? 0;
      for (let y = x + 1; y < end; y++) {
        const two = rows[y] ?? 0;
        if (one === two || agreeInAny(before, one, two)) continue;
        const [a, b] = one < two ? [one, two] : [two, one];
        // Of several keys that two rows share only the first counts.
        if (several && firstShared(keys, a, b) !== blockKeys[block]) continue;
        take(a, b);
      }
    }
  }
}

function agreeInAny(rules: readonly (readonly Codes[])[], a: number, b: number): boolean {
  for (let rule = 0; rule < rules.length; rule++) {
    const keys = rules[rule];
    if (keys !== undefined && keys.length > 0 && firstShared(keys, a, b) !== 0) return true;
  }
  return false;
}

/** Whether any rule has the pair. */
export function isCandidate(blocks: readonly Blocks[], a: number, b: number): boolean {
  return blocks.some(({ keys }) => firstShared(keys, a, b) !== 0);
}

function firstShared(keys: readonly Codes[], a: number, b: number): number {
  for (let x = 0; x < keys.length; x++) {
    const key = keys[x]?.[a] ?? 0;
    if (key === 0) continue;
    for (let y = 0; y < keys.length; y++) if (keys[y]?.[b] === key) return key;
  }
  return 0;
}
