import type { WriteStream } from 'node:fs';
import type { Cluster } from '../../enrich/duplicates/types.ts';
import { textAt } from '../../enrich/table.ts';
import { writeAll } from '../out-file.ts';
import { bandOf, type Result } from './result.ts';

/** How the file begins, by which it is known again. */
export const JSON_HEAD = '{\n"madeBy":"hubspot-crm-mcp duplicates",\n';

/**
 * Writes everything as one JSON object, piece by piece: of a million rows there may be more than one string can hold.
 * Two runs over the same file differ in nothing but the time and the memory under `measures`.
 */
export async function writeJson(stream: WriteStream, result: Result): Promise<void> {
  await writeAll(stream, pieces(result));
}

function* pieces(result: Result): Generator<string> {
  const { file, plan, matcher, measures, spent } = result;
  const { scan } = matcher;
  const whole = {
    file: file.path,
    type: plan.kind,
    rows: scan.rows,
    columns: { compared: Object.fromEntries(plan.columns), id: plan.id, truth: plan.truth, unused: plan.unused },
    parameters: scan.parameters,
    calibration: scan.calibration,
    compared: scan.compared,
    pairs: pairCounts(result),
    oversized: scan.oversized,
    measures: { ...measures, ...spent },
  };
  yield JSON_HEAD;
  for (const [name, value] of Object.entries(whole)) yield `${JSON.stringify(name)}:${JSON.stringify(value)},\n`;
  yield '"clusters":[';
  let first = true;
  for (const cluster of scan.clusters) {
    yield `${first ? '\n' : ',\n'}${JSON.stringify(clusterJson(cluster, result))}`;
    first = false;
  }
  yield '\n]\n}\n';
}

/** From `possible` on. */
export function pairCounts({ matcher }: Pick<Result, 'matcher'>) {
  const counts = { certain: 0, likely: 0, possible: 0 };
  for (const pair of matcher.scan.pairs) {
    const band = bandOf(pair);
    if (band !== undefined) counts[band] += 1;
  }
  return { count: counts.certain + counts.likely + counts.possible, ...counts };
}

function clusterJson({ members, probability, band, pairs, review }: Cluster, { matcher, table, rowNumbers }: Result) {
  const idOf = (row: number) => textAt(table.ids, row);
  return {
    ids: members.map(idOf),
    rows: members.map((row) => rowNumbers[row]),
    probability,
    band,
    review,
    pairs: pairs.map(({ a, b, probability, bits }) => {
      const { waterfall } = matcher.explain(a, b);
      return { a: idOf(a), b: idOf(b), probability, bits, waterfall };
    }),
  };
}
