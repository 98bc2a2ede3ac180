/** Chance with a seed, and the distributions that portals are made of. */

import { seededRandom } from '../../src/clock.ts';

export interface Dice {
  /** 0 up to 1. */
  float(): number;
  /** A whole number from 0 up to `below`. */
  whole(below: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** By weight; the index. */
  weighted(weights: readonly number[]): number;
  normal(): number;
  gamma(shape: number): number;
  poisson(mean: number): number;
  exponential(mean: number): number;
}

export function diceOf(seed: number): Dice {
  const random = seededRandom(seed);
  const float = () => random.float();
  const normal = () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float());
  // Marsaglia & Tsang, ACM TOMS 26 (2000).
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - float()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - float()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return {
    float,
    whole: (below) => Math.floor(float() * below),
    chance: (share) => float() < share,
    pick: (from) => from[Math.floor(float() * from.length)] ?? from[0],
    weighted(weights) {
      let at = float() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => (at -= weight) < 0);
      return index < 0 ? weights.length - 1 : index;
    },
    normal,
    gamma,
    poisson(mean) {
      if (mean <= 0) return 0;
      // Of large means the normal is indistinguishable.
      if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      let count = 0;
      let left = mean;
      for (; left > 30; left -= 30) count += knuth(30, float);
      return count + knuth(left, float);
    },
    exponential: (mean) => -mean * Math.log(1 - float()),
  };
}

function knuth(mean: number, float: () => number): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; product *= float()) count++;
  return count;
}
