/** A row of an import as its job keeps it. */

import * as z from 'zod';
import type { Json } from '../journal/journal.ts';
import { type Mapping, usedColumns } from './mapping.ts';
import type { Source } from './source.ts';

/** What stands against a row whatever HubSpot holds. */
const problem = z.object({ code: z.string(), message: z.string() });

/** The number of the row in its file; the cells of the columns that are used, in their order; what stands against it. */
const stored = z.union([z.tuple([z.int(), z.array(z.string())]), z.tuple([z.int(), z.array(z.string()), problem])]);

export interface ImportItem {
  readonly row: number;
  /** By column. */
  readonly cells: ReadonlyMap<string, string>;
  readonly problem?: z.output<typeof problem>;
}

export function loadItem(mapping: Mapping, json: Json): ImportItem {
  const [row, cells, against] = stored.parse(json);
  return {
    row,
    cells: new Map(usedColumns(mapping).map((column, place) => [column, cells[place] ?? ''])),
    ...(against !== undefined && { problem: against }),
  };
}

/** The key that names the record of a row: the first that the row has a value for. */
export function keyOf(
  { key }: Pick<Mapping, 'key'>,
  { cells }: Pick<ImportItem, 'cells'>,
): { readonly property: string; readonly value: string } | undefined {
  for (const { property, column } of key) {
    const value = cells.get(column)?.trim() ?? '';
    if (value !== '') return { property, value };
  }
  return undefined;
}

/**
 * Every row of the source as an item, the same whenever it is asked for. What two rows have in common is looked for over
 * the whole file, since batches are written in any order: for that the keys are held, some hundred bytes a row.
 */
export async function* itemsOf(
  source: Source,
  mapping: Mapping,
  onBytes?: (read: number) => void,
): AsyncGenerator<Json> {
  const used = usedColumns(mapping);
  const first = new Map<string, number>();
  for await (const { row, cells, broken } of source.rows(onBytes)) {
    const values = used.map((column) => cells.get(column) ?? '');
    const against =
      broken === undefined
        ? keyProblem(mapping, cells, row, first)
        : { code: 'unreadable_row', message: sentence(broken) };
    yield against === undefined ? [row, values] : [row, values, against];
  }
}

function keyProblem(
  mapping: Mapping,
  cells: ReadonlyMap<string, string>,
  row: number,
  first: Map<string, number>,
): z.output<typeof problem> | undefined {
  const key = keyOf(mapping, { cells });
  if (key === undefined) {
    const columns = mapping.key.map(({ column }) => JSON.stringify(column)).join(' and ');
    return { code: 'missing_key', message: `The row has no value in ${columns}, which tells records apart.` };
  }
  // HubSpot tells unique values apart without regard to their case.
  const name = `${key.property} ${key.value.toLowerCase()}`;
  const earlier = first.get(name);
  if (earlier === undefined) {
    first.set(name, row);
    return undefined;
  }
  return { code: 'repeated_record', message: repeated(earlier) };
}

export function repeated(earlier: number): string {
  return `Row ${earlier} is about the same record. Put all its values into one row.`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
