/** Finding lists: `/crm/lists/search`, and page by page all of them. */

import { integer, list as listOf, optional, readBody, shape, text } from '../body.ts';
import { invalid } from '../errors.ts';
import type { List } from '../facts/definitions.ts';
import type { Call, Route } from '../route.ts';
import { allLists, reads } from './find.ts';
import { presentFound } from './present.ts';

const COUNT = 20;
const MAX_COUNT = 500;

const searchBody = shape('ListSearchRequest', {
  query: optional(text),
  processingTypes: optional(listOf(text)),
  objectTypeId: optional(text),
  listIds: optional(listOf(text)),
  count: optional(integer),
  offset: optional(integer),
  sort: optional(text),
  additionalProperties: optional(listOf(text)),
});

const allBody = shape('ListAllRequest', {
  processingTypes: optional(listOf(text)),
  objectTypeId: optional(text),
  count: optional(integer),
  after: optional(text),
  additionalProperties: optional(listOf(text)),
});

export const listSearchRoutes: readonly Route[] = [
  reads({ method: 'POST', path: '/crm/lists/search', handle: search }),
  reads({ method: 'POST', path: '/crm/lists/all', versions: ['2026-09', '2026-09-beta'], handle: readAll }),
];

interface Criteria {
  readonly processingTypes?: readonly string[];
  readonly objectTypeId?: string;
}

function matching(call: Call, { processingTypes = [], objectTypeId }: Criteria): List[] {
  return allLists(call).filter(
    (list) =>
      (processingTypes.length === 0 || processingTypes.includes(list.processingType)) &&
      (objectTypeId === undefined || list.objectTypeId === objectTypeId),
  );
}

/** Guess: the words for a processing type that HubSpot does not have. @throws PortalError 400 */
function checkCriteria({ processingTypes = [] }: Criteria): void {
  const wrong = processingTypes.find((type) => !['MANUAL', 'DYNAMIC', 'SNAPSHOT'].includes(type));
  if (wrong === undefined) return;
  throw invalid(`${wrong} is not a processing type. Known ones: [MANUAL, DYNAMIC, SNAPSHOT]`, {
    subCategory: 'INVALID_PROCESSING_TYPE',
    context: { processingTypes: [wrong] },
  });
}

/** Guess: a count beyond the maximum is refused, not cut. @throws PortalError 400 */
function checkedCount(count = COUNT): number {
  if (count >= 1 && count <= MAX_COUNT) return count;
  throw invalid(`Invalid count ${count}: it must be from 1 to ${MAX_COUNT}`);
}

/** Guess: the names that lists are sorted by, a minus in front for descending; ids unless asked otherwise. */
const sorts: Readonly<Record<string, (call: Call, a: List, b: List) => number>> = {
  HS_LIST_ID: (_call, a, b) => Number(a.listId) - Number(b.listId),
  HS_LIST_NAME: (_call, a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
  HS_CREATED_AT: (_call, a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt),
  HS_UPDATED_AT: (_call, a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt),
  HS_LIST_SIZE: ({ store }, a, b) => store.listMembers.count(a.listId) - store.listMembers.count(b.listId),
};

function search(call: Call) {
  const request = readBody(call, searchBody);
  checkCriteria(request);
  const count = checkedCount(request.count);
  const { offset = 0, sort = 'HS_LIST_ID', query = '', listIds = [], additionalProperties = [] } = request;
  if (offset < 0) throw invalid(`Invalid offset ${offset}: it must not be negative`);
  const compare = sorts[sort.replace(/^-/, '').toUpperCase()];
  if (!compare) throw invalid(`Lists cannot be sorted by ${sort}. Known ones: [${Object.keys(sorts).join(', ')}]`);
  const sign = sort.startsWith('-') ? -1 : 1;
  const found = matching(call, request)
    .filter((list) => listIds.length === 0 || listIds.includes(list.listId))
    .filter((list) => list.name.toLowerCase().includes(query.toLowerCase()))
    .sort((a, b) => sign * compare(call, a, b));
  const page = found.slice(offset, offset + count);
  const next = offset + page.length;
  return {
    status: 200,
    body: {
      offset: next,
      hasMore: next < found.length,
      lists: page.map((list) => presentFound(call, list, additionalProperties)),
      total: found.length,
    },
  };
}

function readAll(call: Call) {
  const request = call.text.trim() === '' ? {} : readBody(call, allBody);
  checkCriteria(request);
  const count = checkedCount(request.count);
  const { objectTypeId, processingTypes = [] } = request;
  const criteria = { ...(objectTypeId !== undefined && { objectTypeId }), processingTypes };
  const after = request.after === undefined ? 0 : readCursor(request.after, criteria);
  const found = matching(call, request).filter(({ listId }) => Number(listId) > after);
  const page = found.slice(0, count);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      results: page.map((list) => presentFound(call, list, request.additionalProperties ?? [])),
      ...(found.length > page.length &&
        last && { paging: { next: { after: writeCursor({ listId: last.listId, ...criteria }) } } }),
    },
  };
}

/** As in HubSpot's example: the last list and the criteria, as JSON in base64. */
function writeCursor(cursor: object): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64');
}

/** The id of the last list that was read. Guess: the words for what is no cursor. @throws PortalError 400 */
function readCursor(after: string, criteria: object): number {
  const text = Buffer.from(after, 'base64').toString();
  const listId = /^\{"listId":"(\d{1,15})"/.exec(text)?.[1];
  if (listId !== undefined && writeCursor({ listId, ...criteria }) === after) return Number(listId);
  throw invalid('The after token is not valid, or the filters are not those of the page that it came with.', {
    subCategory: 'INVALID_CURSOR',
    context: { after: [after] },
  });
}
