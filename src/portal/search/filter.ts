/**
 * Filters of a search as tests of rows.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 * Guess: the operators that exclude (NEQ, NOT_IN, NOT_CONTAINS_TOKEN) do not find records without a value; every
 * operator goes with every type, texts being ordered by character.
 */

import { invalid, PortalError } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';
import type { ColumnKey } from './built-columns.ts';
import type { NumberColumn, TextColumn } from './column.ts';
import { type SearchFilter, valueOf, valuesOf } from './input.ts';
import { kindOf, readNumber } from './kinds.ts';
import { searchableProperty } from './searchable.ts';
import type { Table } from './table.ts';
import { byText, textTest } from './text-filter.ts';

export type RowTest = (row: number) => boolean;

const ASSOCIATIONS = 'associations.';

/** A filter that was checked: the column it looks at, and its test as soon as that column is there. */
export interface PreparedFilter {
  readonly column: ColumnKey | undefined;
  test(table: Table): RowTest;
}

/** @throws PortalError 400 */
export function prepareFilter(store: Store, type: ObjectTypeFacts, filter: SearchFilter): PreparedFilter {
  if (filter.propertyName.startsWith(ASSOCIATIONS)) return associationFilter(store, type, filter);
  const property = searchableProperty(store, type, filter.propertyName);
  const { name } = property;
  const { operator } = filter;
  const byToken = operator === 'CONTAINS_TOKEN' || operator === 'NOT_CONTAINS_TOKEN';
  const kind = byToken && kindOf(property) === 'number' ? 'text' : kindOf(property);
  const column: ColumnKey = { property: name, kind };
  if (operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY') {
    const wanted = operator === 'HAS_PROPERTY';
    return {
      column,
      test: (table) => {
        const has = kind === 'number' ? hasNumber(table.numbers(name)) : hasText(table.texts(name, kind));
        return (row) => has(row) === wanted;
      },
    };
  }
  if (kind === 'number') {
    const test = numberTest(property, filter);
    return { column, test: (table) => onNumbers(table.numbers(name), test) };
  }
  const test = textTest(property, filter);
  return { column, test: (table) => byText(table.texts(name, kind), test) };
}

function hasNumber(column: NumberColumn): RowTest {
  return (row) => !Number.isNaN(column.values[row] ?? Number.NaN);
}

function hasText(column: TextColumn): RowTest {
  return (row) => (column.codes[row] ?? 0) !== 0;
}

/** NaN, which stands for no value, passes no test. */
function onNumbers(column: NumberColumn, test: (value: number) => boolean): RowTest {
  return (row) => {
    const value = column.values[row] ?? Number.NaN;
    return !Number.isNaN(value) && test(value);
  };
}

function numberTest(property: Property, filter: SearchFilter): (value: number) => boolean {
  const read = (said: string): number => {
    const number = readNumber(property, said);
    // The whole body, as recorded for a time in words.
    if (Number.isNaN(number)) throw new PortalError(400, { message: 'There was a problem with the request.' });
    return number;
  };
  switch (filter.operator) {
    case 'IN':
    case 'NOT_IN': {
      const values = new Set(valuesOf(filter).map(read));
      const wanted = filter.operator === 'IN';
      return (own) => values.has(own) === wanted;
    }
    case 'BETWEEN': {
      const low = read(valueOf(filter, 'value'));
      const high = read(valueOf(filter, 'highValue'));
      return (own) => own >= low && own <= high;
    }
    default: {
      const value = read(valueOf(filter, 'value'));
      switch (filter.operator) {
        case 'EQ':
          return (own) => own === value;
        case 'NEQ':
          return (own) => own !== value;
        case 'LT':
          return (own) => own < value;
        case 'LTE':
          return (own) => own <= value;
        case 'GT':
          return (own) => own > value;
        default:
          return (own) => own >= value;
      }
    }
  }
}

/**
 * `associations.{objectType}` equals the id of an associated record; not to and from custom objects.
 * Guess: the words of the refusals.
 */
function associationFilter(store: Store, type: ObjectTypeFacts, filter: SearchFilter): PreparedFilter {
  const target = store.objectType(filter.propertyName.slice(ASSOCIATIONS.length));
  if (!target || target.id.startsWith('2-') || type.id.startsWith('2-')) {
    throw invalid(`Property "${filter.propertyName}" does not exist`);
  }
  if (filter.operator !== 'EQ' && filter.operator !== 'IN') {
    throw invalid(`Operator ${filter.operator} is not supported for ${filter.propertyName}`);
  }
  const ids = filter.operator === 'EQ' ? [valueOf(filter, 'value')] : valuesOf(filter);
  for (const id of ids) {
    if (!/^\d{1,15}$/.test(id)) throw invalid(`Invalid value for ${filter.propertyName}: ${id} is not a record id`);
  }
  return {
    column: undefined,
    test: (table) => {
      const rows = ids.map((id) => table.linkedWith({ typeId: target.id, id }));
      return (row) => rows.some((linked) => linked.has(row));
    },
  };
}
