/** How far factors say the same of pairs that are not the same. */

import type { Factor } from '../compare/factor.ts';
import type { ComparedPairs } from './learn.ts';
import type { Scores } from './score.ts';

/**
 * By factor, how much of what it says no other says too: one over one and its correlations with the others, of the bits
 * of candidates, each as far as it is not the same.
 * @param scores without weights
 * @param weights those until now
 */
export function overlaps(
  factors: readonly Factor[],
  candidates: readonly ComparedPairs[],
  scores: Scores,
  weights: Float64Array,
  step: number,
): Float64Array {
  const width = factors.length;
  const both = Array.from({ length: width * width }, () => new Moments());
  const bits = new Float64Array(width);
  let next = 0;
  for (const { size, levels, holders } of candidates) {
    let pair = next;
    for (; pair < size; pair += step) {
      let sum = scores.prior;
      for (let place = 0; place < width; place++) {
        const at = pair * width + place;
        const level = levels[at] ?? 0;
        bits[place] = level === 0 ? Number.NaN : scores.of(place, level, holders[at] ?? 0);
        if (level !== 0) sum += (weights[place] ?? 1) * (bits[place] ?? 0);
      }
      const other = 1 / (1 + 2 ** sum);
      for (let x = 0; x < width; x++) {
        for (let y = x + 1; y < width; y++) both[x * width + y]?.add(bits[x] ?? 0, bits[y] ?? 0, other);
      }
    }
    next = pair - size;
  }
  return Float64Array.from({ length: width }, (_, x) => {
    let said = 1;
    for (let y = 0; y < width; y++) {
      if (y !== x) said += Math.max(0, both[Math.min(x, y) * width + Math.max(x, y)]?.correlation ?? 0) ** 2;
    }
    return 1 / said;
  });
}

/** Pairs of which less is known tell nothing of how two factors go together. */
const enough = 30;

class Moments {
  #sum = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  /** Nothing where one of them is not a number. */
  add(x: number, y: number, weight: number): void {
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    this.#sum += weight;
    this.#x += weight * x;
    this.#y += weight * y;
    this.#xx += weight * x * x;
    this.#yy += weight * y * y;
    this.#xy += weight * x * y;
  }

  get correlation(): number {
    if (this.#sum < enough) return 0;
    const [x, y] = [this.#x / this.#sum, this.#y / this.#sum];
    const spread = (this.#xx / this.#sum - x * x) * (this.#yy / this.#sum - y * y);
    return spread <= 1e-9 ? 0 : (this.#xy / this.#sum - x * y) / Math.sqrt(spread);
  }
}
