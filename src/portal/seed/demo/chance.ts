/** Choices that look random and are the same in every seeded portal. */

import { seededRandom } from '../../../clock.ts';

const DAY_MS = 86_400_000;

export interface Chance {
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** Different members of the list, in its order. */
  some<T>(list: readonly T[], count: number): T[];
  /** True with this probability. */
  odds(probability: number): boolean;
  /** One of the keys, each as often as its number says. */
  weighed<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A moment in the working hours of a day between `from` and `to` days before now; negative days are to come. */
  ago(from: number, to: number): number;
}

/** `now` is the present, in milliseconds since the epoch. */
export function createChance(seed: number, now: number): Chance {
  const random = seededRandom(seed);
  const whole = (from: number, to: number) => from + Math.floor(random.float() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const found = list[whole(0, list.length - 1)];
    if (found === undefined) throw new Error('Nothing to pick from.');
    return found;
  };
  return {
    whole,
    pick,
    some(list, count) {
      const left = list.map((_, i) => i);
      const taken = new Set<number>();
      while (taken.size < Math.min(count, list.length)) {
        const at = whole(0, left.length - 1);
        for (const i of left.splice(at, 1)) taken.add(i);
      }
      return list.filter((_, i) => taken.has(i));
    },
    odds: (probability) => random.float() < probability,
    weighed(weights) {
      let sum = 0;
      for (const key in weights) sum += weights[key];
      let at = random.float() * sum;
      for (const key in weights) {
        at -= weights[key];
        if (at < 0) return key;
      }
      throw new Error('Nothing to choose from.');
    },
    ago(from, to) {
      const midnight = now - (now % DAY_MS) - whole(from, to) * DAY_MS;
      // 9 to 18 o'clock in the account's time zone, the US east coast.
      const moment = midnight + whole(14 * 3600, 23 * 3600) * 1000;
      return from >= 0 ? Math.min(moment, now - 60_000) : moment;
    },
  };
}
