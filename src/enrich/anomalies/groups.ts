/** Rows by what stands in several columns at once. */

import { interned } from '../interned.ts';
import type { Table } from '../table.ts';

/**
 * @param properties those that the table lacks count as empty
 * @returns rows by the texts of the properties with a space between, in the order in which they first occur
 */
export function groupsBy(
  table: Table,
  properties: readonly string[],
  holds: (row: number) => boolean,
): Map<string, number[]> {
  const views = properties.flatMap((name) => {
    const column = table.columns.get(name);
    return column === undefined ? [] : [interned(column)];
  });
  const byKey = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row++) {
    if (!holds(row)) continue;
    let key = 0;
    for (const { codes, size } of views) key = key * (size + 1) + (codes[row] ?? 0);
    const rows = byKey.get(key);
    if (rows === undefined) byKey.set(key, [row]);
    else rows.push(row);
  }
  return new Map(
    [...byKey.values()].map((rows) => [views.map((view) => view.text(view.codes[rows[0] ?? 0] ?? 0)).join(' '), rows]),
  );
}
