/**
 * Finding records by filters and words.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 */

import { requireUse } from '../definitions/sensitive-data.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { typeAllowing } from '../objects/operations.ts';
import { present } from '../objects/present.ts';
import { objectScopes } from '../objects/scopes.ts';
import type { PortalContext, Route } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';
import { prepareFilter } from './filter.ts';
import { readSearch, type SearchRequest } from './input.ts';
import { prepareQuery } from './query.ts';
import { prepareSort } from './sort.ts';
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
      requireUse(call, type, namesOf(request), 'read');
      const { records, total } = find(call, type, request);
      const results = records.map((record) => present(call, type, record, { properties: request.properties }));
      const next = request.offset + request.limit;
      return {
        status: 200,
        body: { total, results, ...(next < total && { paging: { next: { after: String(next) } } }) },
      };
    },
  },
];

/** The properties that a request filters and sorts by. */
export function namesOf({ groups, sort }: Pick<SearchRequest, 'groups' | 'sort'>): string[] {
  return [...groups.flat(), ...(sort ? [sort] : [])].map(({ propertyName }) => propertyName);
}

/** The records that a request is about, in its order, and how many there are on all pages together. */
export function find(
  { store, searchTable }: Pick<PortalContext, 'store' | 'searchTable'>,
  type: ObjectTypeFacts,
  request: SearchRequest,
): { records: StoredRecord[]; total: number } {
  const prepared = request.groups.map((filters) => filters.map((filter) => prepareFilter(store, type, filter)));
  const query = prepareQuery(store, type, request.query);
  const sort = prepareSort(store, type, request.sort);
  const table = searchTable(type);
  const columns = [...prepared.flat().map(({ column }) => column), ...query.columns, sort.column];
  table.load(columns.filter((column) => column !== undefined));

  const groups = prepared.map((filters) => filters.map((filter) => filter.test(table)));
  const hasWords = query.test(table);
  const top = new Top(request.offset + request.limit, sort.order(table));
  let total = 0;
  for (let row = 0; row < table.rows; row++) {
    if (!table.isLive(row)) continue;
    if (groups.length > 0 && !groups.some((tests) => tests.every((test) => test(row)))) continue;
    if (!hasWords(row)) continue;
    total++;
    top.add(row);
  }
  const rows = top.rows().slice(request.offset);
  return { records: rows.map((row) => table.recordAt(row)).filter((record) => record !== undefined), total };
}
