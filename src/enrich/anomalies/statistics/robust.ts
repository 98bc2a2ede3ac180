/** Middle and spread that a few wild values do not move. */

/** What makes the median absolute deviation of normal data its standard deviation. */
export const MAD_TO_DEVIATION = 1.4826;

/** Ascending copy; what is no number is left out. */
export function sorted(values: Iterable<number>): Float64Array {
  return Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
}

/** Between neighbours it interpolates (type 7 of Hyndman & Fan, as R and NumPy do); NaN of nothing. */
export function quantile(ascending: Float64Array, share: number): number {
  const at = share * (ascending.length - 1);
  const below = Math.floor(at);
  const low = ascending[below];
  if (low === undefined) return Number.NaN;
  const high = ascending[below + 1] ?? low;
  return low + (high - low) * (at - below);
}

export const median = (values: Iterable<number>): number => quantile(sorted(values), 0.5);

export interface Centre {
  readonly n: number;
  readonly median: number;
  /** In units of a standard deviation; 0 where more than half of the values are the same. */
  readonly deviation: number;
}

export function centre(values: Iterable<number>): Centre {
  const ascending = sorted(values);
  const middle = quantile(ascending, 0.5);
  const deviation = MAD_TO_DEVIATION * median(ascending.map((value) => Math.abs(value - middle)));
  return { n: ascending.length, median: middle, deviation };
}

/** How many deviations a value is from the middle; 0 where there is no spread to measure by. */
export const robustZ = (value: number, { median: middle, deviation }: Centre): number =>
  deviation > 0 ? (value - middle) / deviation : 0;

/** Amounts are log-normal: on this scale they are not, and neither a zero nor a million is an outlier by nature. */
export const amountScale = (amount: number): number => Math.log1p(Math.max(0, amount));

/** Tukey's fences; with 3 ranges ("far out") they hold for samples too small for a robust z. */
export function fences(values: Iterable<number>, ranges = 3): { readonly low: number; readonly high: number } {
  const ascending = sorted(values);
  const first = quantile(ascending, 0.25);
  const third = quantile(ascending, 0.75);
  return { low: first - ranges * (third - first), high: third + ranges * (third - first) };
}
