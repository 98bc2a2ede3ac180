/** How checks reach into a portal's tables. */

import { byValue, interned } from '../interned.ts';
import { type Column, type Table, textAt } from '../table.ts';
import type { PortalData } from './types.ts';

/** A table that the check needs: the run has seen to it that it is there. */
export function tableOf(data: PortalData, objectType: string): Table {
  const table = data.tables.get(objectType);
  if (table === undefined) throw new Error(`A check reads ${objectType} without needing it.`);
  return table;
}

/** A column that the check needs. */
export function columnOf(table: Table, property: string): Column {
  const column = table.columns.get(property);
  if (column === undefined) throw new Error(`A check reads ${table.objectType}.${property} without needing it.`);
  return column;
}

/** The columns of these properties that the table has. */
export function columnsOf(
  table: Table,
  properties: readonly string[],
): readonly { property: string; column: Column }[] {
  return properties.flatMap((property) => {
    const column = table.columns.get(property);
    return column === undefined ? [] : [{ property, column }];
  });
}

/** Rows that meet a condition, in their order. */
export function rowsWhere(table: Table, condition: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) if (condition(row)) rows.push(row);
  return rows;
}

/** Rows whose text meets a condition, which is asked once per value; empty ones are not asked. */
export function rowsWithText(column: Column, condition: (text: string) => boolean): number[] {
  const { codes } = interned(column);
  const meets = byValue(column, (text) => text !== '' && condition(text));
  if (!meets.includes(true)) return [];
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) if (meets[codes[row] ?? 0] === true) rows.push(row);
  return rows;
}

/** Whether a row's text is `true`, as HubSpot writes it. */
export function isTrueAt(column: Column, row: number): boolean {
  return textAt(column, row) === 'true';
}

/** The most rows of a group first; equal ones by their name, so that the order of records does not matter. */
export function largestFirst<T extends { readonly rows: readonly number[]; readonly name: string }>(
  groups: Iterable<T>,
): T[] {
  return [...groups].sort((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1));
}
