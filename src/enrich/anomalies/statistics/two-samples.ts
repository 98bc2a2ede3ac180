/** Tests of two samples: whether what is recent is still what was. */

import { chiSquareUpper, kolmogorovUpper, normalTwoSided } from './distributions.ts';
import { sorted } from './robust.ts';

export interface Outcome {
  readonly value: number;
  /** Two-sided. */
  readonly p: number;
}

/** z of the difference of two shares, with the pooled variance. */
export function twoProportions(hits: number, of: number, otherHits: number, otherOf: number): Outcome {
  const pooled = (hits + otherHits) / (of + otherOf);
  const variance = pooled * (1 - pooled) * (1 / of + 1 / otherOf);
  if (!(variance > 0)) return { value: 0, p: 1 };
  const value = (hits / of - otherHits / otherOf) / Math.sqrt(variance);
  return { value, p: normalTwoSided(value) };
}

/** Pearson's chi-square of two rows of counts over the same classes; classes that neither has are left out. */
export function chiSquare(counts: readonly number[], others: readonly number[]): Outcome {
  const total = sum(counts);
  const otherTotal = sum(others);
  let value = 0;
  let classes = 0;
  for (let index = 0; index < Math.max(counts.length, others.length); index++) {
    const seen = counts[index] ?? 0;
    const other = others[index] ?? 0;
    if (seen + other === 0) continue;
    classes++;
    const expected = ((seen + other) * total) / (total + otherTotal);
    const otherExpected = ((seen + other) * otherTotal) / (total + otherTotal);
    if (expected > 0) value += (seen - expected) ** 2 / expected;
    if (otherExpected > 0) value += (other - otherExpected) ** 2 / otherExpected;
  }
  return { value, p: classes < 2 ? 1 : chiSquareUpper(value, classes - 1) };
}

/** Population stability index: below .1 nothing has moved, above .25 much has. Empty classes count as half a record. */
export function stabilityIndex(counts: readonly number[], others: readonly number[]): number {
  const classes = Math.max(counts.length, others.length);
  const total = sum(counts) + classes / 2;
  const otherTotal = sum(others) + classes / 2;
  let index = 0;
  for (let at = 0; at < classes; at++) {
    const share = ((counts[at] ?? 0) + 0.5) / total;
    const other = ((others[at] ?? 0) + 0.5) / otherTotal;
    index += (share - other) * Math.log(share / other);
  }
  return index;
}

/** The largest distance between two empirical distributions. */
export function kolmogorovSmirnov(values: Iterable<number>, others: Iterable<number>): Outcome {
  const left = sorted(values);
  const right = sorted(others);
  if (left.length === 0 || right.length === 0) return { value: 0, p: 1 };
  let value = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const at = Math.min(left[i] ?? 0, right[j] ?? 0);
    while (i < left.length && (left[i] ?? 0) <= at) i++;
    while (j < right.length && (right[j] ?? 0) <= at) j++;
    value = Math.max(value, Math.abs(i / left.length - j / right.length));
  }
  return { value, p: kolmogorovUpper(value, left.length, right.length) };
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
