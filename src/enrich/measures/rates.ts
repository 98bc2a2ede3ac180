/** From 0 to 1. Finding nothing is wholly precise, and where there is nothing to find, nothing is missed. */
export interface Rates {
  readonly precision: number;
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
}

/**
 * @param right what was found and is true
 * @param found all that was found
 * @param all all that is true
 */
export function ratesOf(right: number, found: number, all: number): Rates {
  return {
    precision: found === 0 ? 1 : right / found,
    recall: all === 0 ? 1 : right / all,
    f1: found + all === 0 ? 1 : (2 * right) / (found + all),
  };
}

/** Of means, which are no counts. */
export function withF1(precision: number, recall: number): Rates {
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

/** A share, and where the true share lies in 95 of 100 cases. */
export interface Share {
  readonly share: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, for 95 %. */
const Z = 1.959963984540054;

/** Wilson's interval, which also holds for few cases and for shares near 1. */
export function shareOf(right: number, of: number): Share {
  if (of === 0) return { share: 1, of, low: 0, high: 1 };
  const share = right / of;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const reach = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { share, of, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
