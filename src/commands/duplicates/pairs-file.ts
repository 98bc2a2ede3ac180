import type { WriteStream } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { Evidence } from '../../enrich/duplicates/types.ts';
import { textAt } from '../../enrich/table.ts';
import { guardFormula } from '../../transfer/formula.ts';
import { writeAll } from '../out-file.ts';
import { bandOf, bitsText, evidenceText, type Result, reasonsOf, SHOWN_FROM } from './result.ts';

const COLUMNS = ['id_a', 'id_b', 'row_a', 'row_b', 'probability', 'band', 'for', 'against', 'veto'];
/** The first line of the file, by which it is known again. */
export const PAIRS_HEAD = stringify([COLUMNS]);
/** Nothing is ever wholly sure. */
const MOST = 0.9999;
/** Of the reasons on each side. */
const REASONS = 3;

/** Writes each pair, the likeliest first; below .5 without a band. */
export async function writePairs(stream: WriteStream, { matcher, table, rowNumbers }: Result): Promise<void> {
  const pairs = matcher.scan.pairs.filter(({ probability }) => probability >= SHOWN_FROM);
  pairs.sort((one, other) => other.probability - one.probability || one.a - other.a || one.b - other.b);
  await writeAll(stream, lines());

  function* lines(): Generator<string> {
    yield PAIRS_HEAD;
    for (const pair of pairs) {
      const { a, b, probability, veto = '' } = pair;
      const reasons = reasonsOf(matcher.explain(a, b).waterfall);
      const cells = [
        guardFormula(textAt(table.ids, a)),
        guardFormula(textAt(table.ids, b)),
        String(rowNumbers[a]),
        String(rowNumbers[b]),
        Math.min(probability, MOST).toFixed(4),
        bandOf(pair) ?? '',
        told(reasons.for),
        told(reasons.against),
        guardFormula(veto),
      ];
      yield stringify([cells]);
    }
  }
}

function told(reasons: readonly Evidence[]): string {
  const strongest = reasons.slice(0, REASONS).map((each) => `${evidenceText(each)} (${bitsText(each.bits)})`);
  return guardFormula(strongest.join('; '));
}
