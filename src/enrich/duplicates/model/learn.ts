/** Expectation and maximisation, on top of what is shipped. */

import type { Comparison, Factor } from '../compare/factor.ts';
import { overlaps } from './overlap.ts';
import {
  isMates,
  othersPseudo,
  othersShipped,
  type Parameters,
  rowsPseudo,
  samePseudo,
  shipped,
} from './parameters.ts';
import { Scores } from './score.ts';

/** Pairs with the levels at which they compare: one byte for each factor, and how common what they share is. */
export interface ComparedPairs {
  readonly size: number;
  readonly levels: Uint8Array;
  readonly holders: Uint8Array;
}

const rounds = 25;
/** Rounds end when they find no more than this share of matches more or less. */
const settled = 1e-4;
/** So many candidates are looked at: more say nothing new. */
const sampled = 60_000;
/** How many rows the shipped number of duplicates counts as. */
const matesPseudo = 50;
/** Where columns may say one thing several times, more duplicates of a row are not believed: it would be a category. */
const matesAtMost = 1;

/**
 * @param candidates all pairs that blocking proposed: nearly all that are the same are among them, so that what is not
 * among them counts as different
 * @param randomPairs pairs of any rows
 */
export function learn(
  { factors, correlated = false }: Pick<Comparison, 'factors' | 'correlated'>,
  candidates: readonly ComparedPairs[],
  randomPairs: readonly ComparedPairs[],
  rows: number,
): Parameters {
  const start = shipped(factors, rows);
  const random = countedLevels(factors, randomPairs);
  const all = candidates.reduce((sum, { size }) => sum + size, 0);
  const step = Math.max(1, Math.floor(all / sampled));
  let parameters: Parameters = { ...start, others: othersFrom(factors, random, start, rows, undefined) };
  for (let round = 0; round < (all === 0 ? 0 : rounds); round++) {
    const found = expected(factors, candidates, new Scores(factors, parameters, rows), step);
    const learnt = (2 * found.matches + matesPseudo * start.matesPerRow) / (rows + matesPseudo);
    const matesPerRow = correlated ? Math.min(matesAtMost, learnt) : learnt;
    const pseudo = correlated ? Math.max(samePseudo, found.matches) : samePseudo;
    const same = start.same.map((shares, place) => blended(shares, found.same[place] ?? shares, pseudo));
    const weights = correlated
      ? overlaps(
          factors,
          candidates,
          new Scores(factors, { ...parameters, weights: start.weights }, rows),
          parameters.weights,
          step,
        )
      : start.weights;
    const moved = Math.abs(matesPerRow / parameters.matesPerRow - 1);
    parameters = {
      same,
      matesPerRow,
      weights,
      others: othersFrom(factors, random, { same, matesPerRow }, rows, found.others),
    };
    if (round > 2 && moved < settled) break;
  }
  return parameters;
}

interface Expected {
  readonly matches: number;
  /** By factor, by level: how many of the pairs that are the same, and of the others. */
  readonly same: readonly Float64Array[];
  readonly others: readonly Float64Array[];
}

function expected(
  factors: readonly Factor[],
  candidates: readonly ComparedPairs[],
  scores: Scores,
  step: number,
): Expected {
  const same = factors.map(({ levels }) => new Float64Array(levels.length));
  const others = factors.map(({ levels }) => new Float64Array(levels.length));
  let matches = 0;
  let next = 0;
  for (const { size, levels, holders } of candidates) {
    let pair = next;
    for (; pair < size; pair += step) {
      const at = pair * factors.length;
      const probability = 1 / (1 + 2 ** -scores.sum(levels, holders, at));
      matches += probability * step;
      for (let place = 0; place < factors.length; place++) {
        const level = levels[at + place] ?? 0;
        add(same[place], level, probability * step);
        add(others[place], level, (1 - probability) * step);
      }
    }
    next = pair - size;
  }
  return { matches, same, others };
}

/** By factor, by level, how many random pairs compare so; under level 0 how many can be compared. */
function countedLevels(factors: readonly Factor[], random: readonly ComparedPairs[]): readonly Float64Array[] {
  const counts = factors.map(({ levels }) => new Float64Array(levels.length));
  for (const { size, levels } of random) {
    for (let pair = 0; pair < size; pair++) {
      for (let place = 0; place < factors.length; place++) {
        const level = levels[pair * factors.length + place] ?? 0;
        if (level === 0) continue;
        add(counts[place], level, 1);
        add(counts[place], 0, 1);
      }
    }
  }
  return counts;
}

/**
 * Shares of levels among pairs that are not the same: those of random pairs, less what of these is the same. Of `mates`
 * random pairs do not show what is so rare: it is counted among the candidates.
 */
function othersFrom(
  factors: readonly Factor[],
  random: readonly Float64Array[],
  { same, matesPerRow }: Pick<Parameters, 'same' | 'matesPerRow'>,
  rows: number,
  strangers: readonly Float64Array[] | undefined,
): readonly Float64Array[] {
  const sharedByChance = Math.min(0.5, matesPerRow / Math.max(1, rows - 1));
  return factors.map(({ levels }, place) => {
    const known = random[place]?.[0] ?? 0;
    return Float64Array.from(levels, (level, found) => {
      const prior = othersShipped(level, rows);
      if (found === 0 || level.others === 'neutral') return 0;
      if (isMates(level)) {
        const pairsPseudo = (rowsPseudo * (rows - 1)) / 2;
        const pairs = (rows * (rows - 1)) / 2;
        return (prior * pairsPseudo + (strangers?.[place]?.[found] ?? prior * pairs)) / (pairsPseudo + pairs);
      }
      const count = Math.max(0, (random[place]?.[found] ?? 0) - known * sharedByChance * (same[place]?.[found] ?? 0));
      return (count + prior * othersPseudo) / (known + othersPseudo);
    });
  });
}

/** Learnt shares on top of shipped ones; level 0 stands aside. */
function blended(shares: Float64Array, counts: Float64Array, pseudo: number): Float64Array {
  let known = 0;
  for (let found = 1; found < shares.length; found++) known += counts[found] ?? 0;
  return shares.map((share, found) => (found === 0 ? 0 : ((counts[found] ?? 0) + share * pseudo) / (known + pseudo)));
}

function add(counts: Float64Array | undefined, at: number, by: number): void {
  if (counts !== undefined) counts[at] = (counts[at] ?? 0) + by;
}
