/** Bits of evidence, of the levels at which two rows compare. */

import type { Comparison, Factor, Levels } from '../compare/factor.ts';
import { isCounted, type Parameters } from './parameters.ts';

/** Rows that a value's own share counts from beside those in the table: small tables do not show how rare a value is. */
const holdersPseudo = 200;
/** No value is worth more or less than so much, however rare. */
const most = 22;

/** What is known of a pair before its bits: how it compares, and by how common values. */
export interface Compared {
  readonly levels: Levels;
  /** By factor, how common it is what they share, as `commonness`; 0 where that is not counted. */
  readonly holders: Uint8Array;
}

export function compare({ factors }: Pick<Comparison, 'factors'>, a: number, b: number, into: Compared): void {
  for (let place = 0; place < factors.length; place++) {
    const factor = factors[place];
    if (factor === undefined) break;
    const found = factor.compare(a, b, into.levels);
    into.levels[place] = found;
    into.holders[place] = isCounted(factor.levels[found]) ? commonness(factor.holders?.(a, b, found) ?? 0) : 0;
  }
}

/** A count of rows in one byte: exact up to 32, to about 3 % beyond. */
export function commonness(rows: number): number {
  if (rows <= exactly) return Math.max(0, Math.floor(rows));
  return Math.min(255, exactly + Math.round(Math.log(rows / exactly) * steps));
}

/** The count that a byte stands for. */
export function rowsWith(commonness: number): number {
  return commonness <= exactly ? commonness : exactly * Math.exp((commonness - exactly) / steps);
}

const exactly = 32;
const steps = 17;

/** Turns levels into bits. */
export class Scores {
  /** Of any two rows being the same. */
  readonly prior: number;
  readonly #factors: readonly Factor[];
  readonly #bits: readonly Float64Array[];
  readonly #sameBits: readonly Float64Array[];
  readonly #others: readonly Float64Array[];
  readonly #rows: number;
  readonly #mates: number;

  constructor(factors: readonly Factor[], parameters: Parameters, rows: number) {
    this.#factors = factors;
    this.#rows = rows;
    this.#mates = parameters.matesPerRow;
    this.#others = parameters.others;
    this.#bits = factors.map(({ levels }, place) =>
      Float64Array.from(levels, (level, at) => {
        const [same, others] = [parameters.same[place]?.[at] ?? 0, parameters.others[place]?.[at] ?? 0];
        return at === 0 || level.others === 'neutral' ? 0 : bound(Math.log2(same / others));
      }),
    );
    this.#sameBits = parameters.same.map((shares) => shares.map((share) => Math.log2(share)));
    const odds = parameters.matesPerRow / Math.max(1, rows - 1);
    this.prior = Math.log2(odds / (1 - Math.min(0.9, odds)));
  }

  /** What one factor says. */
  of(place: number, level: number, holders: number): number {
    if (holders === 0 || !isCounted(this.#factors[place]?.levels[level])) return this.#bits[place]?.[level] ?? 0;
    const general = this.#others[place]?.[level] ?? 0;
    // Of those that hold it some are its own duplicates: they do not make it common.
    const others = rowsWith(holders) - 1;
    const strangers = Math.max(others / 4, others - this.#mates);
    const share = (strangers + holdersPseudo * general) / (this.#rows - 1 + holdersPseudo);
    return bound((this.#sameBits[place]?.[level] ?? 0) - Math.log2(share));
  }

  /** What all say, from the prior on, in the order of the factors. */
  sum(levels: ArrayLike<number>, holders: ArrayLike<number>, at = 0): number {
    let bits = this.prior;
    for (let place = 0; place < this.#factors.length; place++) {
      bits += this.of(place, levels[at + place] ?? 0, holders[at + place] ?? 0);
    }
    return bits;
  }
}

function bound(bits: number): number {
  return Math.max(-most, Math.min(most, bits));
}
