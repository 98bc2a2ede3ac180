/** A model's word on what a scan of a table is unsure of. */

import type { Judgement, Matcher, Pair } from '../duplicates/types.ts';
import { textAt, valueAt } from '../table.ts';
import { allowedIn, type JudgedKind } from './allowed.ts';
import { type Estimate, estimateJudging, type JudgeOptions, type JudgeParts, judgePairs } from './judge-pairs.ts';
import type { Judging, PairToJudge } from './types.ts';
import { shippedWeight } from './weigh.ts';
import { worthAsking } from './worth-asking.ts';

export interface JudgedTable {
  readonly judging: Judging;
  /** For another scan of the same table. */
  readonly judgements: readonly Judgement[];
}

export async function judgeTable(matcher: Matcher, parts: JudgeParts, options: JudgeOptions): Promise<JudgedTable> {
  const open = worthAsking(matcher.scan);
  const judging = await judgePairs(pairsToJudge(matcher, open, options.kind), parts, options);
  const judgements = judging.verdicts.flatMap(({ nth, verdict }): readonly Judgement[] => {
    const pair = open[nth];
    if (pair === undefined || verdict === 'unsure') return [];
    const [a, b] = [textAt(matcher.table.ids, pair.a), textAt(matcher.table.ids, pair.b)];
    return [{ a, b, same: verdict === 'same', bits: shippedWeight[verdict] }];
  });
  return { judging, judgements };
}

export function estimateTable(
  matcher: Matcher,
  parts: Pick<JudgeParts, 'model' | 'cache'>,
  kind: JudgedKind,
): Promise<Estimate> {
  return estimateJudging(pairsToJudge(matcher, worthAsking(matcher.scan), kind), parts, kind);
}

/** @param pairs of the matcher's table. Each is explained only when it is about to be sent. */
export function pairsToJudge(
  { table, explain }: Pick<Matcher, 'table' | 'explain'>,
  pairs: readonly Pair[],
  kind: JudgedKind,
): readonly PairToJudge[] {
  const properties = [...allowedIn(kind).keys()].filter((name) => table.columns.has(name));
  const valuesOf = (row: number) =>
    Object.fromEntries(properties.map((property) => [property, valueAt(table, property, row)]));
  return pairs.map(({ a, b }) => ({
    a: valuesOf(a),
    b: valuesOf(b),
    get explanation() {
      return explain(a, b);
    },
  }));
}
