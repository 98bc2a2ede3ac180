/** What the words of people and models count. */

import type { Judgement } from '../duplicates/types.ts';

export interface Word {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly by: 'person' | 'model';
}

/** What a model's word counts, in bits: for, and against. */
export interface Weight {
  readonly same: number;
  readonly different: number;
  /** Pairs that persons judged too, where it rests on these. */
  readonly measured?: number;
}

/** Of a model that is right in about 92 of 100 uncertain pairs: log2(.92 / .08). */
export const shippedWeight: Weight = { same: 3.5, different: -3.5 };

/** Fewer pairs that both judged say less than what is shipped. */
const ENOUGH = 20;
/** How strongly what is shipped holds against them, in pairs of each kind. */
const SHIPPED_PAIRS = 10;
const SHIPPED_RIGHT = 0.92;
const MOST_BITS = 6;

/**
 * The newest word of each about each pair: a person's stands for itself, and where there is one, no model's counts.
 * @param words the newest last
 */
export function weighed(words: readonly Word[]): readonly Judgement[] {
  const { persons, models } = newest(words);
  const weight = weightOf(words);
  return [
    ...[...persons.values()].map(({ a, b, same }) => ({ a, b, same })),
    ...[...models]
      .filter(([pair]) => !persons.has(pair))
      .map(([, { a, b, same }]) => ({ a, b, same, bits: same ? weight.same : weight.different })),
  ];
}

/** From the pairs that both judged, when there are enough. */
export function weightOf(words: readonly Word[]): Weight {
  const { persons, models } = newest(words);
  const both = [...models].flatMap(([pair, { same: said }]) => {
    const truth = persons.get(pair)?.same;
    return truth === undefined ? [] : [{ said, truth }];
  });
  if (both.length < ENOUGH) return shippedWeight;
  const saysSame = (truth: boolean, shipped: number) => {
    const of = both.filter((each) => each.truth === truth);
    return (of.filter(({ said }) => said).length + shipped * SHIPPED_PAIRS) / (of.length + SHIPPED_PAIRS);
  };
  const ofSame = saysSame(true, SHIPPED_RIGHT);
  const ofDifferent = saysSame(false, 1 - SHIPPED_RIGHT);
  // One that is worse than chance counts nothing: its word is not turned round.
  return {
    same: Math.min(MOST_BITS, Math.max(0, Math.log2(ofSame / ofDifferent))),
    different: Math.max(-MOST_BITS, Math.min(0, Math.log2((1 - ofSame) / (1 - ofDifferent)))),
    measured: both.length,
  };
}

function newest(words: readonly Word[]) {
  const persons = new Map<string, Word>();
  const models = new Map<string, Word>();
  for (const word of words) (word.by === 'person' ? persons : models).set(pairKey(word), word);
  return { persons, models };
}

export function pairKey({ a, b }: { readonly a: string; readonly b: string }): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}
