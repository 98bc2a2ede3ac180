/**
 * Filters of a search as tests of rows.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 * Guess: the operators that exclude (NEQ, NOT_IN, NOT_CONTAINS_TOKEN) do not find records without a value; a
 * multiple-choice value equals each of its options; texts are ordered by character.
 */

import { invalid } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';
import type { NumberColumn, TextColumn } from './column.ts';
import type { SearchFilter } from './input.ts';
import { kindOf, type Table, toNumber } from './table.ts';
import { containsToken } from './tokens.ts';

export type RowTest = (row: number) => boolean;

/** @throws PortalError 400 */
export function rowTest(store: Store, type: ObjectTypeFacts, table: Table, filter: SearchFilter): RowTest {
  if (filter.propertyName.startsWith('associations.')) return associationTest(store, type, table, filter);
  const property = searchableProperty(store, type, filter.propertyName);
  const kind = kindOf(property);
  const { operator } = filter;
  if (operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY') {
    const has = kind === 'number' ? hasNumber(table.numbers(property.name)) : hasText(table.texts(property.name, kind));
    return operator === 'HAS_PROPERTY' ? has : (row) => !has(row);
  }
  if (kind === 'number' && !operator.endsWith('CONTAINS_TOKEN')) {
    return numberTest(table.numbers(property.name), property, filter);
  }
  return textTest(table.texts(property.name, kind === 'exact' ? 'exact' : 'text'), property, filter);
}

function hasNumber(column: NumberColumn): RowTest {
  return (row) => !Number.isNaN(column.values[row] ?? Number.NaN);
}

function hasText(column: TextColumn): RowTest {
  return (row) => column.codes[row] !== 0;
}

/** Properties that HubSpot does not search in, by object type id. */
const unsearchable: Readonly<Record<string, readonly string[]>> = {
  '0-49': ['hs_email_html', 'hs_body_preview'],
};

/** A property that filters and sorts may name. Guess: the words. @throws PortalError 400 */
export function searchableProperty(store: Store, type: ObjectTypeFacts, name: string): Property {
  const property = store.properties.get(type.id, name);
  if (!property || property.archived) {
    throw invalid(`Property "${name}" does not exist`, {
      errors: [
        {
          message: `Property "${name}" does not exist`,
          code: 'PROPERTY_DOESNT_EXIST',
          context: { propertyName: [name] },
        },
      ],
    });
  }
  const refused = name === 'hs_body_preview_html' || unsearchable[type.id]?.includes(name);
  if (refused || property.dataSensitivity === 'highly_sensitive') {
    throw invalid(`Property "${name}" cannot be searched`);
  }
  return property;
}

/** Guess: the words. */
function required(filter: SearchFilter, key: 'value' | 'highValue'): string {
  const value = filter[key];
  if (value === undefined)
    throw invalid(`${key} is required for operator ${filter.operator} on ${filter.propertyName}`);
  return value;
}

function requiredList(filter: SearchFilter): readonly string[] {
  if (!filter.values || filter.values.length === 0) {
    throw invalid(`values is required for operator ${filter.operator} on ${filter.propertyName}`);
  }
  return filter.values;
}

function numberTest(column: NumberColumn, property: Property, filter: SearchFilter): RowTest {
  const read = (said: string): number => {
    const number = toNumber(said);
    if (!Number.isNaN(number)) return number;
    const wanted = property.type === 'number' ? 'number' : 'timestamp';
    throw invalid(`Invalid value for property ${property.name}: ${said} is not a ${wanted}`);
  };
  const at = (row: number) => column.values[row] ?? Number.NaN;
  switch (filter.operator) {
    case 'IN':
    case 'NOT_IN': {
      const values = new Set(requiredList(filter).map(read));
      const wanted = filter.operator === 'IN';
      return (row) => !Number.isNaN(at(row)) && values.has(at(row)) === wanted;
    }
    case 'BETWEEN': {
      const low = read(required(filter, 'value'));
      const high = read(required(filter, 'highValue'));
      return (row) => at(row) >= low && at(row) <= high;
    }
    default: {
      const value = read(required(filter, 'value'));
      switch (filter.operator) {
        case 'EQ':
          return (row) => at(row) === value;
        case 'NEQ':
          return (row) => !Number.isNaN(at(row)) && at(row) !== value;
        case 'LT':
          return (row) => at(row) < value;
        case 'LTE':
          return (row) => at(row) <= value;
        case 'GT':
          return (row) => at(row) > value;
        default:
          return (row) => at(row) >= value;
      }
    }
  }
}

function textTest(column: TextColumn, property: Property, filter: SearchFilter): RowTest {
  const exact = kindOf(property) === 'exact';
  const fold = (text: string) => (exact ? text : text.toLowerCase());
  const chosen = (text: string, values: ReadonlySet<string>) =>
    values.has(text) || (exact && text.includes(';') && text.split(';').some((option) => values.has(option)));
  switch (filter.operator) {
    case 'IN':
    case 'NOT_IN': {
      // Values are compared as they were sent: one with a capital letter is in no text property.
      const values = new Set(requiredList(filter));
      const wanted = filter.operator === 'IN';
      return byText(column, (text) => chosen(text, values) === wanted);
    }
    case 'EQ': {
      const values = new Set([fold(required(filter, 'value'))]);
      if (exact) return byText(column, (text) => chosen(text, values));
      const code = column.codeOf.get(fold(required(filter, 'value'))) ?? -1;
      return (row) => column.codes[row] === code;
    }
    case 'NEQ': {
      const values = new Set([fold(required(filter, 'value'))]);
      return byText(column, (text) => !chosen(text, values));
    }
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN': {
      const test = containsToken(required(filter, 'value').toLowerCase());
      const wanted = filter.operator === 'CONTAINS_TOKEN';
      return byText(column, (text) => test(exact ? text.toLowerCase() : text) === wanted);
    }
    case 'BETWEEN': {
      const low = fold(required(filter, 'value'));
      const high = fold(required(filter, 'highValue'));
      return byText(column, (text) => text >= low && text <= high);
    }
    default: {
      const value = fold(required(filter, 'value'));
      switch (filter.operator) {
        case 'LT':
          return byText(column, (text) => text < value);
        case 'LTE':
          return byText(column, (text) => text <= value);
        case 'GT':
          return byText(column, (text) => text > value);
        default:
          return byText(column, (text) => text >= value);
      }
    }
  }
}

/** Tests every different text once, and no text at all as false. */
export function byText(column: TextColumn, test: (text: string) => boolean): RowTest {
  const known = new Int8Array(column.texts.length);
  return (row) => {
    const code = column.codes[row] ?? 0;
    if (code === 0) return false;
    if (known[code] === 0) known[code] = test(column.texts[code] ?? '') ? 1 : -1;
    return known[code] === 1;
  };
}

/** `associations.{objectType}` equals the id of an associated record. Guess: the words of the refusals. */
function associationTest(store: Store, type: ObjectTypeFacts, table: Table, filter: SearchFilter): RowTest {
  const segment = filter.propertyName.slice('associations.'.length);
  const target = store.objectType(segment);
  if (!target || target.id.startsWith('2-')) {
    throw invalid(`Property "${filter.propertyName}" does not exist`);
  }
  if (filter.operator !== 'EQ' && filter.operator !== 'IN') {
    throw invalid(`Operator ${filter.operator} is not supported for ${filter.propertyName}`);
  }
  const ids = filter.operator === 'EQ' ? [required(filter, 'value')] : requiredList(filter);
  const rows = new Set<number>();
  for (const id of ids) {
    if (!/^\d{1,15}$/.test(id)) throw invalid(`Invalid value for ${filter.propertyName}: ${id} is not a record id`);
    for (const linked of store.associations.linkedWith(type.id, { typeId: target.id, id })) {
      const row = table.rowOf(linked);
      if (row !== undefined) rows.add(row);
    }
  }
  return (row) => rows.has(row);
}
