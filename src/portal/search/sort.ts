/**
 * The order of a search's results.
 * Guess: records without a value come last in both directions, equal ones in the order of creation; texts are compared
 * without case, enumerations by their values.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';
import type { ColumnKey } from './built-columns.ts';
import type { SearchSort } from './input.ts';
import { kindOf } from './kinds.ts';
import { searchableProperty } from './searchable.ts';
import type { Table } from './table.ts';

export type RowOrder = (a: number, b: number) => number;

export interface PreparedSort {
  readonly column: ColumnKey | undefined;
  order(table: Table): RowOrder;
}

/** @throws PortalError 400 */
export function prepareSort(store: Store, type: ObjectTypeFacts, sort: SearchSort | undefined): PreparedSort {
  const named = sort && !(sort.lenient && store.properties.get(type.id, sort.propertyName)?.archived !== false);
  if (!named) return { column: undefined, order: (table) => (a, b) => table.byCreation(a, b) };
  const property = searchableProperty(store, type, sort.propertyName);
  const kind = kindOf(property) === 'number' ? 'number' : 'text';
  const sign = sort.descending ? -1 : 1;
  return {
    column: { property: property.name, kind },
    order: (table) => (kind === 'number' ? byNumber(table, property.name, sign) : byWord(table, property.name, sign)),
  };
}

function byNumber(table: Table, property: string, sign: number): RowOrder {
  const column = table.numbers(property);
  return (a, b) => {
    const left = column.values[a] ?? Number.NaN;
    const right = column.values[b] ?? Number.NaN;
    if (left === right || (Number.isNaN(left) && Number.isNaN(right))) return table.byCreation(a, b);
    if (Number.isNaN(left)) return 1;
    if (Number.isNaN(right)) return -1;
    return sign * (left - right);
  };
}

function byWord(table: Table, property: string, sign: number): RowOrder {
  const column = table.texts(property, 'text');
  return (a, b) => {
    const left = column.codes[a] ?? 0;
    const right = column.codes[b] ?? 0;
    if (left === right) return table.byCreation(a, b);
    if (left === 0) return 1;
    if (right === 0) return -1;
    return sign * ((column.texts[left] ?? '') < (column.texts[right] ?? '') ? -1 : 1);
  };
}
