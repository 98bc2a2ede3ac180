/** How right a scan is, pair by pair. */

import { type Rates, ratesOf, type Share, shareOf } from './rates.ts';
import { isTrue, type Truth } from './truth.ts';

/** A compared pair. One with a veto is never suggested, so that its probability says nothing. */
export interface JudgedPair {
  readonly a: number;
  readonly b: number;
  readonly probability: number;
  readonly veto?: string;
}

export interface PairMeasures {
  /** At a threshold. */
  readonly at: (threshold: number) => Rates;
  /** With the threshold that would have been best, had one known. */
  readonly best: Rates & { readonly threshold: number };
  /** True pairs that were compared at all. No threshold finds the others. */
  readonly blockingRecall: number;
  /** Expected calibration error in ten bins of equal width, over the compared pairs. */
  readonly ece: number;
  /** Mean squared error of the probability, over the same pairs. */
  readonly brier: number;
  /** Of the pairs from .99 on, how many are true. */
  readonly certain: Share;
  /** Pairs a person would have to look at, from .2 to .95, for each 1,000 records. */
  readonly reviewLoad: number;
}

const BINS = 10;
const CERTAIN = 0.99;
const UNCERTAIN = { from: 0.2, below: 0.95 };

/** @param pairs each once, and every one that was compared: what is left out counts as not compared */
export function measurePairs(truth: Truth, pairs: Iterable<JudgedPair>): PairMeasures {
  const found = { right: [] as number[], wrong: [] as number[] };
  const bins = Array.from({ length: BINS }, () => ({ pairs: 0, right: 0, probability: 0 }));
  let squares = 0;
  let reached = 0;
  for (const { a, b, probability, veto } of pairs) {
    const right = isTrue(truth, a, b);
    if (right) reached += 1;
    if (veto !== undefined) continue;
    (right ? found.right : found.wrong).push(probability);
    squares += (probability - (right ? 1 : 0)) ** 2;
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (bin === undefined) continue;
    bin.pairs += 1;
    bin.probability += probability;
    if (right) bin.right += 1;
  }
  // A million numbers are sorted much faster when they are known to be numbers.
  const right = Float64Array.from(found.right).sort();
  const wrong = Float64Array.from(found.wrong).sort();
  const all = right.length + wrong.length;
  const at = (threshold: number) => {
    const hits = countFrom(right, threshold);
    return ratesOf(hits, hits + countFrom(wrong, threshold), truth.pairs);
  };
  const hits = countFrom(right, CERTAIN);
  const uncertain = (sorted: Float64Array) => countFrom(sorted, UNCERTAIN.from) - countFrom(sorted, UNCERTAIN.below);
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.probability - bin.right), 0);
  return {
    at,
    best: bestOf(right, wrong, truth.pairs, at(1)),
    blockingRecall: truth.pairs === 0 ? 1 : reached / truth.pairs,
    ece: all === 0 ? 0 : off / all,
    brier: all === 0 ? 0 : squares / all,
    certain: shareOf(hits, hits + countFrom(wrong, CERTAIN)),
    reviewLoad: truth.rows === 0 ? 0 : (1000 * (uncertain(right) + uncertain(wrong))) / truth.rows,
  };
}

/** How many of the rising numbers are at least so large. */
function countFrom(rising: Float64Array, least: number): number {
  let from = 0;
  let to = rising.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rising[middle] ?? 0) < least) from = middle + 1;
    else to = middle;
  }
  return rising.length - from;
}

/** Only the probabilities of true pairs can be best: lowering it from one to the next adds nothing but wrong ones. */
function bestOf(right: Float64Array, wrong: Float64Array, all: number, strictest: Rates): PairMeasures['best'] {
  let best = { ...strictest, threshold: 1 };
  let mistakes = wrong.length;
  for (let at = right.length - 1; at >= 0; at--) {
    const threshold = right[at] ?? 0;
    // Equals are found together.
    if (right[at - 1] === threshold) continue;
    while (mistakes > 0 && (wrong[mistakes - 1] ?? 0) >= threshold) mistakes -= 1;
    const hits = right.length - at;
    const rates = ratesOf(hits, hits + wrong.length - mistakes, all);
    if (rates.f1 > best.f1) best = { ...rates, threshold };
  }
  return best;
}
