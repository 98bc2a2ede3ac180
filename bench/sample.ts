/** What repeated measurements of one thing come to. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** The median of an even number of values is the mean of the middle two. Throws without a value. */
export function sampleOf(values: readonly number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  const min = sorted[0];
  const max = sorted.at(-1);
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new Error('Nothing was measured.');
  }
  return { median: (low + high) / 2, min, max, runs: sorted.length };
}

export type Unit = 'tokens' | 'ms' | 's' | 'MB' | 'calls' | 'answers' | 'tools';

/** One line of the result: the same thing measured on two sides in the same run. */
export interface Figure {
  readonly measure: string;
  readonly unit: Unit;
  readonly ours: Sample;
  readonly theirs: Sample;
  /** What the project promises for `ours`; whether it was reached decides nothing but what is printed. */
  readonly reach?: { readonly text: string; readonly reached: boolean };
  /** What a reader must know to read the figure rightly. */
  readonly note?: string;
}

/** A figure of single measurements, such as a count of tokens, which has no spread. */
export function exactly(value: number): Sample {
  return sampleOf([value]);
}
