/**
 * The words of a search's `query`.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22: they are looked for in
 * the type's default properties, and telephone numbers by area code and local number, without the country code.
 * Guess: every word must be a part of one of these values; a query of digits and punctuation is one telephone number.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';
import type { ColumnKey } from './built-columns.ts';
import type { RowTest } from './filter.ts';
import { searchedPhones, searchedProperties } from './searchable.ts';
import type { Table } from './table.ts';

export interface PreparedQuery {
  readonly columns: readonly ColumnKey[];
  test(table: Table): RowTest;
}

/** Fewer digits are no telephone number. */
const FEWEST_DIGITS = 3;

export function prepareQuery(store: Store, type: ObjectTypeFacts, query: string): PreparedQuery {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return { columns: [], test: () => () => true };
  const names = searchedProperties(store, type);
  const digits = /^[\d\s()+./-]+$/.test(query) ? query.replaceAll(/\D/g, '') : '';
  const phones = digits.length >= FEWEST_DIGITS ? searchedPhones(store, type) : [];
  const columns: ColumnKey[] = [{ kind: 'words', properties: names }];
  if (phones.length > 0) columns.push({ kind: 'words', properties: phones });
  return {
    columns,
    test(table) {
      const texts = table.words(names);
      const hasWords: RowTest = (row) => {
        const text = texts[row] ?? '';
        return words.every((word) => text.includes(word));
      };
      if (phones.length === 0) return hasWords;
      const numbers = table.words(phones);
      return (row) => numbers[row]?.includes(digits) === true || hasWords(row);
    },
  };
}
