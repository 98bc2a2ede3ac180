/**
 * Search: one page, or all results however many there are.
 * Source of the limits: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 */

import { expectPage, isRecord } from './answers.ts';
import type { Call } from './call.ts';
import type { Client } from './client.ts';
import { isObject, withoutUndefined } from './error-bodies.ts';
import { HubSpotError, refusedHere } from './errors.ts';
import type { Objects } from './hubspot.ts';
import type { HubSpotRecord, SearchAllOptions, SearchAllResult, SearchPage, SearchRequest } from './types.ts';

const MAX_PAGE = 200;
/** HubSpot shows so many results of one query. */
const WINDOW = 10_000;
const MAX_GROUPS = 5;
const MAX_FILTERS_IN_GROUP = 6;
const MAX_FILTERS = 18;

const CURSOR = /^(id|offset):(\d{1,20})$/;

export function createSearch(client: Client): Pick<Objects, 'search' | 'searchAll'> {
  const page = async (objectType: string, request: SearchRequest, call: Call): Promise<SearchPage> => {
    const answer = await client.send('objects.search', { path: { objectType }, body: request }, call);
    const { results, next } = expectPage('objects.search', answer, isRecord);
    const total = isObject(answer) && typeof answer.total === 'number' ? answer.total : results.length;
    return next === undefined ? { results, total } : { results, total, next };
  };

  return {
    search: (objectType, request, options) =>
      client.run(options, async (call) => {
        checkLimits(request);
        return page(objectType, request, call);
      }),

    searchAll: (objectType, request, how = {}, options) =>
      client.run(options, (call) => {
        const { filterGroups, query, sorts, properties } = request;
        const question = withoutUndefined({ filterGroups, query, sorts, properties });
        return readAll((next) => page(objectType, next, call), question, how);
      }),
  };
}

/** What has been read so far, and where to go on. */
interface Reading {
  readonly records: HubSpotRecord[];
  done: number;
  total: number;
  cursor: string;
}

/**
 * Without sorts, every page is a slice: the records after the last id, in the order of ids. No result is skipped or seen
 * twice when others change records meanwhile, and there is no window. With sorts, or with filters that leave no room for
 * the slicing one, pages are counted off, within HubSpot's window.
 */
async function readAll(
  page: (request: SearchRequest) => Promise<SearchPage>,
  request: SearchRequest,
  how: SearchAllOptions,
): Promise<SearchAllResult> {
  checkLimits(request);
  const sliceable = hasRoomForSlice(request);
  const wanted = how.limit ?? Number.POSITIVE_INFINITY;
  const start = startOf(request, how.after, sliceable);
  const reading: Reading = { records: [], done: 0, total: 0, cursor: start };
  let sorted = !request.sorts?.length || start.startsWith('offset:');

  const result = (end: Partial<SearchAllResult>): SearchAllResult => ({
    records: reading.records,
    total: reading.total,
    complete: end.stoppedBy === undefined,
    sorted,
    ...end,
  });

  for (let first = true; ; first = false) {
    const asked = nextRequest(request, reading.cursor, wanted - reading.done);
    let answer: SearchPage;
    try {
      answer = await page(asked);
    } catch (error) {
      if (!(error instanceof HubSpotError) || reading.done === 0) throw error;
      const stoppedBy = error.code === 'deadline' || error.code === 'cancelled' ? error.code : 'error';
      return result({ stoppedBy, error, next: reading.cursor });
    }
    const counted = reading.cursor.startsWith('offset:');
    if (first) {
      reading.total = answer.total;
      // Too many for the window: they come in the order of their ids instead.
      if (counted && how.after === undefined && sliceable && Math.min(wanted, answer.total) > WINDOW) {
        reading.cursor = 'id:0';
        sorted = false;
        continue;
      }
    }
    take(reading, answer.results, how);
    const last = answer.results.at(-1);
    const more = answer.next !== undefined && last !== undefined;
    if (!more) return result({});
    reading.cursor = counted ? `offset:${answer.next}` : `id:${last.id}`;
    if (reading.done >= wanted) return result({ stoppedBy: 'limit', next: reading.cursor });
    if (counted && Number(answer.next) >= WINDOW) return result({ stoppedBy: 'window' });
  }
}

function take(reading: Reading, results: readonly HubSpotRecord[], how: SearchAllOptions): void {
  if (how.keep !== false) reading.records.push(...results);
  reading.done += results.length;
  how.onPage?.(results, reading.done, reading.total);
}

function startOf(request: SearchRequest, after: string | undefined, sliceable: boolean): string {
  if (after === undefined) return sliceable && !request.sorts?.length ? 'id:0' : 'offset:0';
  if (!CURSOR.test(after) || (after.startsWith('id:') && !sliceable)) {
    throw refusedHere('invalid_argument', 'The cursor does not belong to this search.');
  }
  return after;
}

function nextRequest(request: SearchRequest, cursor: string, left: number): SearchRequest {
  const [, kind, position = '0'] = CURSOR.exec(cursor) ?? [];
  if (kind !== 'id') {
    const limit = Math.min(MAX_PAGE, left, WINDOW - Number(position));
    return position === '0' ? { ...request, limit } : { ...request, limit, after: position };
  }
  const later = { propertyName: 'hs_object_id', operator: 'GT', value: position } as const;
  const groups = request.filterGroups?.length ? request.filterGroups : [{ filters: [] }];
  return {
    ...request,
    limit: Math.min(MAX_PAGE, left),
    filterGroups: groups.map(({ filters }) => ({ filters: [...filters, later] })),
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
  };
}

function hasRoomForSlice({ filterGroups = [] }: SearchRequest): boolean {
  const filters = filterGroups.reduce((sum, group) => sum + group.filters.length, 0);
  return (
    filterGroups.every((group) => group.filters.length < MAX_FILTERS_IN_GROUP) &&
    filters + Math.max(1, filterGroups.length) <= MAX_FILTERS
  );
}

function checkLimits({ filterGroups = [], limit = 1, sorts = [] }: SearchRequest): void {
  const filters = filterGroups.reduce((sum, group) => sum + group.filters.length, 0);
  const longest = Math.max(0, ...filterGroups.map((group) => group.filters.length));
  const broken =
    (filterGroups.length > MAX_GROUPS && `${MAX_GROUPS} filter groups; these are ${filterGroups.length}`) ||
    (longest > MAX_FILTERS_IN_GROUP && `${MAX_FILTERS_IN_GROUP} filters in a group; one has ${longest}`) ||
    (filters > MAX_FILTERS && `${MAX_FILTERS} filters in total; these are ${filters}`) ||
    (limit > MAX_PAGE && `${MAX_PAGE} results on a page; ${limit} were asked for`) ||
    (sorts.length > 1 && `one sort; these are ${sorts.length}`);
  if (broken) throw refusedHere('invalid_argument', `HubSpot's search takes at most ${broken}.`);
}
