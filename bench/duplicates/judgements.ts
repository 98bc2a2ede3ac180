/** What somebody says of pairs who knows the truth and is wrong now and then. The same for the same seed. */

import { type Random, seededRandom } from '../../src/clock.ts';
import { SHOWN_FROM } from '../../src/commands/duplicates/result.ts';
import type { Judgement, Matcher, Pair } from '../../src/enrich/duplicates/types.ts';
import { isTrue, type Truth } from '../../src/enrich/measures/truth.ts';
import { textAt } from '../../src/enrich/table.ts';

const BINS = 10;

/** Pairs by lot, of those that people are shown, and as many of each tenth of probability as there are to be had. */
export function judgedByLot(
  { scan, table }: Matcher,
  truth: Truth,
  { judgements, wrong }: { readonly judgements: number; readonly wrong: number },
  seed: number,
): readonly Judgement[] {
  const random = seededRandom(seed);
  const bins = Array.from({ length: BINS }, (): Pair[] => []);
  for (const pair of scan.pairs) {
    if (pair.veto === undefined && pair.probability >= SHOWN_FROM)
      bins[Math.min(BINS - 1, Math.floor(pair.probability * BINS))]?.push(pair);
  }
  for (const bin of bins) shuffle(bin, random);
  const chosen: Pair[] = [];
  for (let turn = 0; chosen.length < judgements && turn < scan.pairs.length; turn++) {
    for (const bin of bins) {
      const pair = bin[turn];
      if (pair !== undefined && chosen.length < judgements) chosen.push(pair);
    }
  }
  return chosen.map(({ a, b }) => ({
    a: textAt(table.ids, a),
    b: textAt(table.ids, b),
    same: isTrue(truth, a, b) !== random.float() < wrong,
  }));
}

/** Every pair of which the scan is unsure, from .2 to .95. */
export function judgedUncertain(
  { scan, table }: Matcher,
  truth: Truth,
  { accuracy, bits }: { readonly accuracy: number; readonly bits: number },
  seed: number,
): readonly Judgement[] {
  const random = seededRandom(seed);
  return scan.pairs
    .filter(({ probability, veto }) => veto === undefined && probability >= 0.2 && probability < 0.95)
    .map(({ a, b }) => {
      const same = isTrue(truth, a, b) === random.float() < accuracy;
      return { a: textAt(table.ids, a), b: textAt(table.ids, b), same, bits: same ? bits : -bits };
    });
}

export function keyOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

function shuffle(pairs: Pair[], random: Random): void {
  for (let left = pairs.length - 1; left > 0; left--) {
    const other = Math.floor(random.float() * (left + 1));
    const [one, two] = [pairs[left], pairs[other]];
    if (one !== undefined && two !== undefined) [pairs[left], pairs[other]] = [two, one];
  }
}
