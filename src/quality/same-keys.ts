/** Records of a custom object that have the same key: whoever named the key said that these are one. */

import type { Judgement } from '../enrich/duplicates/types.ts';
import { type Table, textAt } from '../enrich/table.ts';

/** More than the rarest name, and less than a certainty that nothing could speak against. */
const BITS = 24;
/** What so many records share is a word for nothing, such as `n/a`. */
const MOST_SHARING = 20;

export function sameKeys(table: Table, keys: readonly string[]): readonly Judgement[] {
  const columns = keys.flatMap((key) => table.columns.get(key) ?? []);
  const sharing = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const values = columns.map((column) => textAt(column, row).trim().toLowerCase());
    if (values.length === 0 || values.includes('')) continue;
    const value = JSON.stringify(values);
    const others = sharing.get(value);
    if (others === undefined) sharing.set(value, [row]);
    else others.push(row);
  }
  const level = `same ${keys.join(' and ')}`;
  const idAt = (row: number) => textAt(table.ids, row);
  return [...sharing.values()]
    .filter((rows) => rows.length <= MOST_SHARING)
    .flatMap((rows) =>
      rows.flatMap((a, i) => rows.slice(i + 1).map((b) => ({ a: idAt(a), b: idAt(b), same: true, bits: BITS, level }))),
    );
}
