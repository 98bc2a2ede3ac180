/** Columns together with the way in which a record's values get into them. */

import { type NumberColumn, numberColumn, setNumber, setText, type TextColumn, textColumn } from './column.ts';
import { type ColumnKind, storedNumber } from './kinds.ts';

/** A column that a search needs. `words` is one text of several properties, in lower case and a line each. */
export type ColumnKey =
  | { readonly kind: ColumnKind; readonly property: string }
  | { readonly kind: 'words'; readonly properties: readonly string[] };

export interface Built<C> {
  readonly column: C;
  /** Whose values `set` takes, in this order. */
  readonly properties: readonly string[];
  set(row: number, values: readonly (string | undefined)[]): void;
}

export function builtNumbers(property: string): Built<NumberColumn> {
  const column = numberColumn();
  return {
    column,
    properties: [property],
    set: (row, [value]) => setNumber(column, row, value === undefined ? Number.NaN : storedNumber(value)),
  };
}

export function builtTexts(property: string, kind: 'text' | 'exact'): Built<TextColumn> {
  const column = textColumn();
  return {
    column,
    properties: [property],
    set: (row, [value]) => setText(column, row, kind === 'text' ? value?.toLowerCase() : value),
  };
}

/** By row. */
export function builtWords(properties: readonly string[]): Built<string[]> {
  const column: string[] = [];
  return {
    column,
    properties,
    set(row, values) {
      column[row] = values
        .filter((value) => value !== undefined)
        .join('\n')
        .toLowerCase();
    },
  };
}
