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
function commonness(rows: number): number {
  if (rows <= exactly) return Math.max(0, Math.floor(rows));
  return Math.min(255, exactly + Math.round(Math.log(rows / exactly) * steps));
}

/** The count that a byte stands for. */
export function rowsWith(commonness: number): number {
  return commonness <= exactly ? commonness : exactly * Math.exp((commonness - exactly) / steps);
}

const exactly = 32;
const steps = 17;

/** Levels of a factor, at most. */
const width = 16;
/** How common a value may be, as a byte. */
const depth = 256;

/** Turns levels into bits. */
export class Scores {
  /** Of any two rows being the same. */
  readonly prior: number;
  readonly #factors: number;
  /** By factor, level, and how common what is shared is. */
  readonly #bits: Float64Array;

  constructor(factors: readonly Factor[], parameters: Parameters, rows: number) {
    const share = Math.min(0.9, parameters.matesPerRow / Math.max(1, rows - 1));
    this.prior = Math.log2(share / (1 - share));
    this.#factors = factors.length;
    this.#bits = new Float64Array(factors.length * width * depth);
    for (const [place, { levels }] of factors.entries()) {
      const weight = parameters.weights[place] ?? 1;
      for (const [at, level] of levels.entries()) {
        if (at === 0 || level.others === 'neutral') continue;
        const same = parameters.same[place]?.[at] ?? 0;
        const others = parameters.others[place]?.[at] ?? 0;
        const counted = isCounted(level);
        for (let common = 0; common < (counted ? depth : 1); common++) {
          const chance = common === 0 ? others : shareOf(common, others, parameters.matesPerRow, rows);
          this.#bits[(place * width + at) * depth + common] = weight * bound(Math.log2(same / chance));
        }
      }
    }
  }

  /** What one factor says. @param common as `commonness`; 0 where it is not counted */
  of(place: number, level: number, common: number): number {
    return this.#bits[(place * width + level) * depth + common] ?? 0;
  }

  /** What all say, from the prior on, in the order of the factors. */
  sum(levels: Uint8Array, common: Uint8Array, at = 0): number {
    let bits = this.prior;
    for (let place = 0; place < this.#factors; place++) {
      bits += this.#bits[(place * width + (levels[at + place] ?? 0)) * depth + (common[at + place] ?? 0)] ?? 0;
    }
    return bits;
  }
}

/** How often others than the row's own duplicates have what so many rows hold. */
function shareOf(common: number, general: number, matesPerRow: number, rows: number): number {
  const others = rowsWith(common) - 1;
  // Of those that hold it some are its own duplicates: they do not make it common.
  const strangers = Math.max(others / 4, others - matesPerRow);
  return (strangers + holdersPseudo * general) / (rows - 1 + holdersPseudo);
}

function bound(bits: number): number {
  return Math.max(-most, Math.min(most, bits));
}
