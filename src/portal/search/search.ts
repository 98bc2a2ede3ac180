/**
 * Finding records by filters and words.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { typeAllowing } from '../objects/operations.ts';
import { present } from '../objects/present.ts';
import { objectScopes } from '../objects/scopes.ts';
import type { Call, Route } from '../route.ts';
import { byText, type RowTest, rowTest, searchableProperty } from './filter.ts';
import { readSearch, type SearchRequest, type SearchSort } from './input.ts';
import { kindOf, type Table } from './table.ts';
import { Top } from './top.ts';

export const searchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/search',
    scopes: objectScopes.read,
    budget: 'search',
    source: { page: 'developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm', compared: '2026-11-22' },
    handle(call) {
      const type = typeAllowing(call, 'search');
      const request = readSearch(call);
      const { ids, total } = find(call, type, request);
      const results = ids.flatMap((id) => {
        const record = call.store.records.get(type.id, id);
        return record ? [present(call, type, record, { properties: request.properties })] : [];
      });
      const next = request.offset + request.limit;
      return {
        status: 200,
        body: { total, results, ...(next < total && { paging: { next: { after: String(next) } } }) },
      };
    },
  },
];

function find(call: Call, type: ObjectTypeFacts, request: SearchRequest): { ids: string[]; total: number } {
  const table = call.searchTable(type);
  const groups = request.groups.map((filters) => filters.map((filter) => rowTest(call.store, type, table, filter)));
  const words = queryTests(call, type, table, request.query);
  const top = new Top(request.offset + request.limit, comparison(call, type, table, request.sort));
  let total = 0;
  for (let row = 0; row < table.rows; row++) {
    if (!table.isLive(row)) continue;
    if (groups.length > 0 && !groups.some((tests) => tests.every((test) => test(row)))) continue;
    if (!words.every((tests) => tests.some((test) => test(row)))) continue;
    total++;
    top.add(row);
  }
  return {
    ids: top
      .rows()
      .slice(request.offset)
      .map((row) => table.idAt(row)),
    total,
  };
}

/** For every word one test per searchable property. Guess: each word must be part of one of them. */
function queryTests(call: Call, type: ObjectTypeFacts, table: Table, query: string): RowTest[][] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const names = type.searched.filter((name) => call.store.properties.get(type.id, name)?.archived === false);
  return words.map((word) => names.map((name) => byText(table.texts(name, 'text'), (text) => text.includes(word))));
}

/** Guess: records without a value come last in both directions; equal ones in the order of creation. */
function comparison(
  call: Call,
  type: ObjectTypeFacts,
  table: Table,
  sort: SearchSort | undefined,
): (a: number, b: number) => number {
  const byCreation = (a: number, b: number) => table.byCreation(a, b);
  if (!sort) return byCreation;
  const property = searchableProperty(call.store, type, sort.propertyName);
  const sign = sort.descending ? -1 : 1;
  if (kindOf(property) === 'number') {
    const column = table.numbers(property.name);
    return (a, b) => {
      const left = column.values[a] ?? Number.NaN;
      const right = column.values[b] ?? Number.NaN;
      if (left === right || (Number.isNaN(left) && Number.isNaN(right))) return byCreation(a, b);
      if (Number.isNaN(left)) return 1;
      if (Number.isNaN(right)) return -1;
      return sign * (left - right);
    };
  }
  const column = table.texts(property.name, 'text');
  return (a, b) => {
    const left = column.codes[a] ?? 0;
    const right = column.codes[b] ?? 0;
    if (left === right) return byCreation(a, b);
    if (left === 0) return 1;
    if (right === 0) return -1;
    return sign * ((column.texts[left] ?? '') < (column.texts[right] ?? '') ? -1 : 1);
  };
}
