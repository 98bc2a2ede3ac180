/** What a run says to a person. Pure. */

import type { Cluster, Pair } from '../../enrich/duplicates/types.ts';
import { THRESHOLDS } from '../../enrich/measures/measure.ts';
import { textAt } from '../../enrich/table.ts';
import { harmless } from '../../operator-line.ts';
import { counted } from '../demo/report.ts';
import { pairCounts } from './json-file.ts';
import type { ReadTable } from './read-table.ts';
import { bitsText, evidenceText, type Result, reasonsOf } from './result.ts';

/** Clusters that are shown with their evidence. */
const SHOWN = 10;
/** Of a record: its first values. */
const VALUES = 4;
const LONGEST = 80;

type Understood = Pick<Result, 'file' | 'plan'> & Pick<ReadTable, 'repeatedIds'>;

/** How the file was understood. */
export function understoodText({ file, plan, repeatedIds }: Understood): string {
  const { kind, guessedBy, columns, id, truth, unused } = plan;
  const mapped = [...columns].map(([property, column]) => (property === column ? property : `${property}=${column}`));
  return [
    `${file.path} as ${kind}${guessedBy === undefined ? '' : `, ${guessedBy.length === 0 ? 'as no column tells more' : `by ${guessedBy.join(', ')}`} (--type says it otherwise)`}.`,
    `Compared: ${mapped.join(', ')}.`,
    ...(unused.length > 0
      ? [`Not compared, as no property of ${kind}: ${unused.join(', ')}. --map property=column says which is one.`]
      : []),
    id === undefined ? 'No column is an id: rows are known by their number.' : `Rows are known by ${id}.`,
    ...(repeatedIds > 0
      ? [`${counted(repeatedIds, 'row')} had an id that was there before: it has the row's number added.`]
      : []),
    ...(truth === undefined ? [] : [`Measured by ${truth}, which is not compared.`]),
    ...(file.renamed.length > 0 ? [`Columns without a name of their own are called ${file.renamed.join(', ')}.`] : []),
    ...(file.encoding === 'utf-8' ? [] : [`The file is not UTF-8: it was read as ${file.encoding}.`]),
  ]
    .map((line) => `${harmless(line)}\n`)
    .join('');
}

export function resultText(result: Result): string {
  const { file, plan, matcher, spent } = result;
  const { scan } = matcher;
  const pairs = pairCounts(result);
  const bands = (['certain', 'likely', 'possible'] as const).map((band) => {
    const clusters = scan.clusters.filter((cluster) => cluster.band === band);
    const rows = clusters.reduce((sum, { members }) => sum + members.length, 0);
    return `   ${band.padEnd(9)} ${counted(clusters.length, 'cluster')} of ${counted(rows, 'row')}; ${counted(pairs[band], 'pair')}`;
  });
  const shown = scan.clusters.slice(0, SHOWN);
  const left = scan.clusters.length - shown.length;
  return [
    `${harmless(file.path)}: ${counted(scan.rows, 'row')} as ${plan.kind}, ${counted(scan.compared, 'pair')} compared`,
    ...bands,
    ...shown.flatMap((cluster, index) => clusterLines(cluster, index + 1, result)),
    ...(left > 0 ? ['', `${counted(left, 'more cluster')}: --json FILE and --out FILE.csv have them all.`] : []),
    ...oversizedLines(result),
    ...measuresLines(result),
    '',
    `Read in ${spent.readingSeconds.toFixed(1)} s, scanned in ${spent.scanningSeconds.toFixed(1)} s, with at most ${Math.round(spent.peakMemoryBytes / 1e6)} MB of memory.`,
    '',
  ].join('\n');
}

function clusterLines(
  { members, probability, band, pairs, review }: Cluster,
  number: number,
  result: Result,
): string[] {
  const { table, rowNumbers, plan } = result;
  const rows = members.slice(0, SHOWN).map((row) => {
    const id = plan.id === undefined ? '' : ` (${short(textAt(table.ids, row))})`;
    return `   row ${rowNumbers[row]}${id}: ${labelOf(row, result)}`;
  });
  return [
    '',
    `${number}. ${band}, ${sure(probability)}: ${counted(members.length, 'row')}${review === undefined ? '' : `; look at it: ${harmless(review)}`}`,
    ...rows,
    ...(members.length > SHOWN ? [`   and ${counted(members.length - SHOWN, 'more row')}`] : []),
    ...pairs.slice(0, 1).flatMap((pair) => evidenceLines(pair, result)),
  ];
}

/** The strongest pair's reasons stand for the cluster's: --json has the others. */
function evidenceLines({ a, b }: Pair, { matcher, rowNumbers }: Result): string[] {
  const reasons = reasonsOf(matcher.explain(a, b).waterfall);
  const lines = [...reasons.for, ...reasons.against].map(
    (evidence) => `      ${bitsText(evidence.bits)} ${harmless(evidenceText(evidence))}`,
  );
  return [`   rows ${rowNumbers[a]} and ${rowNumbers[b]}, in bits:`, ...lines];
}

function labelOf(row: number, { table }: Pick<Result, 'table'>): string {
  const values: string[] = [];
  for (const column of table.columns.values()) {
    const text = textAt(column, row).trim();
    if (text !== '') values.push(short(text));
    if (values.length === VALUES) break;
  }
  return values.length === 0 ? '(empty)' : values.join(', ');
}

function short(text: string): string {
  const said = harmless(text).replaceAll('\n', ' ');
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

function oversizedLines({ matcher }: Result): string[] {
  const { oversized } = matcher.scan;
  if (oversized.length === 0) return [];
  const largest = [...oversized].sort((one, other) => other.rows - one.rows).slice(0, SHOWN);
  return [
    '',
    `${counted(oversized.length, 'value')} that too many rows share to compare each with each; such rows meet by their other values:`,
    ...largest.map(({ rule, key, rows }) => `   ${rule} ${short(key)}: ${counted(rows, 'row')}`),
  ];
}

function measuresLines({ measures, plan }: Result): string[] {
  if (measures === undefined) return [];
  const { at, best, certain, blockingRecall, ece, brier, reviewLoad, truePairs } = measures;
  return [
    '',
    `Measured by ${harmless(plan.truth ?? '')}, ${counted(truePairs, 'true pair')}:`,
    `   ${'from'.padEnd(8)}${['precision', 'recall', 'F1', 'clusters', 'B-cubed', 'exact'].map((name) => name.padStart(10)).join('')}`,
    ...THRESHOLDS.map((threshold) => {
      const { precision, recall, f1, clusters, bCubed, exactClusters } = at[threshold];
      return `   ${threshold.padEnd(8)}${cells([precision, recall, f1, clusters.f1, bCubed.f1, exactClusters.f1])}`;
    }),
    `   ${'best'.padEnd(8)}${cells([best.precision, best.recall, best.f1])}   (from ${best.threshold.toFixed(3)})`,
    `   true pairs compared at all   ${percent(blockingRecall)}`,
    `   right of the certain         ${certain.of === 0 ? 'none' : `${percent(certain.share)} of ${certain.of} (${percent(certain.low)} to ${percent(certain.high)})`}`,
    `   calibration error (ECE)      ${ece.toFixed(4)}; Brier ${brier.toFixed(4)}`,
    `   pairs to look at             ${reviewLoad.toFixed(1)} for 1,000 rows (.2 to .95)`,
  ];
}

function cells(numbers: readonly number[]): string {
  return numbers.map((each) => each.toFixed(4).padStart(10)).join('');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Nothing is ever wholly sure. */
function sure(probability: number): string {
  return probability > 0.9999 ? 'over 99.99 %' : percent(probability);
}
