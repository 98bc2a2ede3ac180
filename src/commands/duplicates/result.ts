import type { Band, Evidence, Matcher, Pair } from '../../enrich/duplicates/types.ts';
import type { Measures } from '../../enrich/measures/measure.ts';
import type { Table } from '../../enrich/table.ts';
import type { CsvFile } from './csv-file.ts';
import type { ColumnPlan } from './plan-columns.ts';

/** What a run found, for all who write it down. */
export interface Result {
  readonly file: CsvFile;
  readonly plan: ColumnPlan;
  readonly table: Table;
  /** By row, as the file counts them. */
  readonly rowNumbers: Uint32Array;
  readonly matcher: Matcher;
  readonly spent: Spent;
  /** With a truth column. */
  readonly measures?: Measures;
}

export interface Spent {
  readonly readingSeconds: number;
  readonly scanningSeconds: number;
  /** Reading and scanning. */
  readonly seconds: number;
  /** Of all threads: on a busy machine the others say more of the machine. */
  readonly cpuSeconds: number;
  /** The most that the process held at once (resident set), in a JSON file without what writing it took. */
  readonly peakMemoryBytes: number;
}

/** From which probability on pairs are written down. Measuring keeps the others too, and only for itself. */
export const SHOWN_FROM = 0.05;

/** The bands of the contract, by probability: a pair that a gate or a veto stops has no such probability, or no band. */
export function bandOf({ probability, veto }: Pair): Band | undefined {
  if (veto !== undefined || probability < 0.5) return undefined;
  return probability >= 0.99 ? 'certain' : probability >= 0.9 ? 'likely' : 'possible';
}

/** What was compared and how, in words: `organisation: same domain`. */
export function evidenceText({ field, level, rarity }: Evidence): string {
  return `${field}: ${level}${rarity === undefined ? '' : ` (${rarity})`}`;
}

/** `+8.9` */
export function bitsText(bits: number): string {
  return `${bits < 0 ? '' : '+'}${bits.toFixed(1)}`;
}

/** Steps of a score that are no reasons of this pair. */
const BETWEEN = new Set(['prior', 'calibration']);

/** What speaks for and against, the strongest first, without the steps that say nothing. */
export function reasonsOf(waterfall: readonly Evidence[]): { for: readonly Evidence[]; against: readonly Evidence[] } {
  const told = waterfall.filter(({ field, bits }) => !BETWEEN.has(field) && Math.abs(bits) >= 0.05);
  const strongest = [...told].sort((one, other) => Math.abs(other.bits) - Math.abs(one.bits));
  return { for: strongest.filter(({ bits }) => bits > 0), against: strongest.filter(({ bits }) => bits < 0) };
}
