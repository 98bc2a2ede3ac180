/** One record at a time: list, get, create, update, archive. */

import { readBody } from '../body.ts';
import { invalid, notFoundPage } from '../errors.ts';
import { originOf } from '../origin.ts';
import { nextPage, readFlag, readLimit, readNames } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { presentAssociations } from './associations.ts';
import { findRecord, requireRecord } from './find.ts';
import { createInput, updateInput } from './input.ts';
import { typeAllowing } from './operations.ts';
import { present, presentValues, presentWhole } from './present.ts';
import { objectScopes } from './scopes.ts';
import { archiveRecord, createRecord, updateRecord } from './write.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis',
  compared: '2026-11-22',
};

/** Guess: with history, pages are half as long, as public clients report for batch reads. */
const MAX_PAGE = 100;
const MAX_PAGE_WITH_HISTORY = 50;

export const singleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/objects/{objectType}',
    scopes: objectScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'read');
      const history = readNames(call, 'propertiesWithHistory');
      const limit = readLimit(call, 10, history.length > 0 ? MAX_PAGE_WITH_HISTORY : MAX_PAGE);
      const from = readAfter(call);
      const found = call.store.records.list(type.id, {
        limit: limit + 1,
        from,
        archived: readFlag(call, 'archived'),
      });
      const next = found[limit];
      const selection = { properties: readNames(call, 'properties'), history };
      const linked = readNames(call, 'associations');
      const results = found.slice(0, limit).map((record) => ({
        ...present(call, type, record, selection),
        ...presentAssociations(call, type, record, linked),
      }));
      return { status: 200, body: { results, ...(next && { paging: nextPage(call, call.path, next.id) }) } };
    },
  },
  {
    method: 'GET',
    path: '/crm/objects/{objectType}/{objectId}',
    scopes: objectScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'read');
      const idProperty = call.query.get('idProperty') ?? undefined;
      const options = { idProperty, archived: readFlag(call, 'archived') };
      // Recorded: a client that takes anything is sent a page of HTML.
      if (call.accept.startsWith('*/*') && !findRecord(call, type, call.params['objectId'] ?? '', options)) {
        return notFoundPage;
      }
      const record = requireRecord(call, type, call.params['objectId'] ?? '', options);
      const history = readNames(call, 'propertiesWithHistory');
      return {
        status: 200,
        body: {
          ...present(call, type, record, { properties: readNames(call, 'properties'), history }),
          ...presentAssociations(call, type, record, readNames(call, 'associations')),
        },
      };
    },
  },
  {
    method: 'POST',
    path: '/crm/objects/{objectType}',
    scopes: objectScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'create');
      const { properties, associations, objectWriteTraceId } = readBody(call, createInput);
      const record = createRecord(call, type, properties, associations ?? []);
      return {
        status: 201,
        body: { ...presentWhole(call, type, record), ...(objectWriteTraceId !== undefined && { objectWriteTraceId }) },
        headers: { location: `${originOf(call)}${call.path.replace(/(?<!\/)\/+$/, '')}/${record.id}` },
      };
    },
  },
  {
    method: 'PATCH',
    path: '/crm/objects/{objectType}/{objectId}',
    scopes: objectScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'update');
      const { properties, objectWriteTraceId } = readBody(call, updateInput);
      const idProperty = call.query.get('idProperty') ?? undefined;
      const record = requireRecord(call, type, call.params['objectId'] ?? '', { idProperty });
      const updated = updateRecord(call, type, record, properties);
      return {
        status: 200,
        body: {
          ...presentValues(call, type, updated, Object.keys(properties)),
          ...(objectWriteTraceId !== undefined && { objectWriteTraceId }),
        },
      };
    },
  },
  {
    method: 'DELETE',
    path: '/crm/objects/{objectType}/{objectId}',
    scopes: objectScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'archive');
      const id = call.params['objectId'] ?? '';
      const record = findRecord(call, type, id);
      if (record) archiveRecord(call, record);
      // Guess: archiving what is archived already succeeds, and what never was does not.
      else requireRecord(call, type, id, { archived: true });
      return { status: 204 };
    },
  },
];

/** The id that the page starts with. Guess: the words for what is no id. @throws PortalError 400 */
function readAfter(call: Call): string | undefined {
  const after = call.query.get('after');
  if (after === null || after === '') return undefined;
  if (!/^\d{1,15}$/.test(after)) throw invalid(`Invalid after ${after}: it must be the id of a record`);
  return after;
}
