/** Which words of models still count: those about records that are what they were when it was asked. */

import type { Kind } from '../enrich/duplicates/types.ts';
import { allowedIn, isJudged } from '../enrich/openai/allowed.ts';
import { basisHash } from '../enrich/openai/basis.ts';
import { type Table, valueAt } from '../enrich/table.ts';
import type { StoredJudgement } from '../snapshot/types.ts';
import { rowWith } from './row-with.ts';

export function standing(judgements: readonly StoredJudgement[], table: Table, kind: Kind): readonly StoredJudgement[] {
  return judgements.filter(({ a, b, basis }) => basis === undefined || basis === basisOf(table, kind, a, b));
}

/** Of what a model may see of the two records; undefined where one is not there. */
export function basisOf(table: Table, kind: Kind, a: string, b: string): string | undefined {
  if (!isJudged(kind)) return undefined;
  const [first, second] = (BigInt(a) < BigInt(b) ? [a, b] : [b, a]).map((id) => rowWith(table, id));
  if (first === undefined || second === undefined) return undefined;
  const properties = [...allowedIn(kind).keys()];
  return basisHash([first, second].map((row) => properties.map((property) => valueAt(table, property, row))));
}
