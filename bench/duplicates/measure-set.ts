import { openCsvFile } from '../../src/commands/duplicates/csv-file.ts';
import { planColumns } from '../../src/commands/duplicates/plan-columns.ts';
import { readTable } from '../../src/commands/duplicates/read-table.ts';
import { findDuplicates } from '../../src/enrich/duplicates/index.ts';
import type { Judgement, Matcher } from '../../src/enrich/duplicates/types.ts';
import { type Measures, measure } from '../../src/enrich/measures/measure.ts';
import { measurePairs } from '../../src/enrich/measures/pairs.ts';
import { type Truth, truthOf } from '../../src/enrich/measures/truth.ts';
import { isJudged } from '../../src/enrich/openai/allowed.ts';
import { type Table, textAt } from '../../src/enrich/table.ts';
import { judgedOverWire } from './judge-wire.ts';
import { judgedByLot, judgedUncertain, keyOf } from './judgements.ts';
import type { LabelledFile } from './sets.ts';

export interface SetFigures {
  readonly name: string;
  readonly rows: number;
  readonly compared: number;
  readonly measures: Measures;
  /** After people judged so many pairs, over the pairs that they did not. */
  readonly held: { readonly judgements: number; readonly method: string; readonly ece: number };
  readonly judge: JudgeFigures;
}

/** What a judge that is right in most cases changes, who sees the uncertain pairs only. */
export interface JudgeFigures {
  readonly accuracy: number;
  readonly pairs: number;
  /** At .5: what F1 lacks to 1. */
  readonly errorBefore: number;
  readonly errorAfter: number;
  /** The same judge behind the wire, asked as a real one is: absent for kinds that no model judges. */
  readonly wire?: { readonly pairs: number; readonly calls: number; readonly errorAfter: number };
}

/** Of the judge that is simulated, and what its word counts in bits. */
const JUDGE = { accuracy: 0.92, bits: 3.5 };
/** What people say of pairs, and how often they are wrong. */
const PEOPLE = { judgements: 200, wrong: 0.05 };

/** @param path of the file itself */
export async function measureSet({ name, type, truth: column }: LabelledFile, path: string): Promise<SetFigures> {
  const { signal } = new AbortController();
  const file = await openCsvFile(path, signal);
  const plan = planColumns(file.header, { type, truth: column });
  const { table, truth: labels } = await readTable(file, plan, { signal, progress: () => undefined });
  if (labels === undefined) throw new Error(`${path} has no truth.`);
  const truth = truthOf(Array.from({ length: table.rows }, (_, row) => textAt(labels, row)));
  // The result does not depend on threads, and the bundle of benches has none.
  const scan = (judgements: readonly Judgement[]) =>
    findDuplicates(table, { kind: type, judgements, keepFrom: 0, threads: 0 });

  const matcher = await scan([]);
  const measures = measure(truth, matcher);
  const people = judgedByLot(matcher, truth, PEOPLE, 11);
  const after = await scan(people);
  const judged = judgedUncertain(matcher, truth, JUDGE, 12);
  const errorWith = async (said: readonly Judgement[]) =>
    1 - measurePairs(truth, (await scan(said)).scan.pairs).at(0.5).f1;
  const errorAfter = await errorWith(judged);
  const wired = isJudged(type) ? await judgedOverWire(matcher, truth, type, JUDGE.accuracy, 12) : undefined;
  return {
    name,
    rows: table.rows,
    compared: matcher.scan.compared,
    measures,
    held: {
      judgements: people.length,
      method: after.scan.calibration.method,
      ece: eceWithout(people, after, table, truth),
    },
    judge: {
      accuracy: JUDGE.accuracy,
      pairs: judged.length,
      errorBefore: 1 - measures.at['0.5'].f1,
      errorAfter,
      ...(wired && {
        wire: {
          pairs: wired.judgements.length,
          calls: wired.judging.spent.calls,
          errorAfter: await errorWith(wired.judgements),
        },
      }),
    },
  };
}

/** A pair that was judged is no proof of what judging did for the others. */
function eceWithout(judged: readonly Judgement[], { scan }: Matcher, table: Table, truth: Truth): number {
  const known = new Set(judged.map(({ a, b }) => keyOf(a, b)));
  const others = scan.pairs.filter(({ a, b }) => !known.has(keyOf(textAt(table.ids, a), textAt(table.ids, b))));
  return measurePairs(truth, others).ece;
}
