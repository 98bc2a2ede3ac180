/** `/crm/lists/idmapping`. Guess: a list of contacts has its own id as its legacy id, for it was never another one here. */

import { list as listOf, readBody, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import type { Call, Route } from '../route.ts';
import { allLists, reads } from './find.ts';

/** Guess: from a third party's description of the endpoint. */
const MAX_IDS = 10_000;

export const listIdMappingRoutes: readonly Route[] = [
  reads({
    method: 'GET',
    path: '/crm/lists/idmapping',
    handle(call) {
      const legacyListId = call.query.get('legacyListId') ?? '';
      if (!legacyIds(call).has(legacyListId)) {
        throw notFound(`No list exists with the legacy list ID ${legacyListId}.`);
      }
      return { status: 200, body: { listId: legacyListId, legacyListId } };
    },
  }),
  reads({
    method: 'POST',
    path: '/crm/lists/idmapping',
    handle(call) {
      const asked = readBody(call, listOf(text));
      if (asked.length > MAX_IDS) throw invalid(`Too many ids (count: ${asked.length}, max allowed: ${MAX_IDS})`);
      const known = legacyIds(call);
      return {
        status: 200,
        body: {
          missingLegacyListIds: asked.filter((id) => !known.has(id)),
          legacyListIdsToIdsMapping: asked
            .filter((id) => known.has(id))
            .map((id) => ({ listId: id, legacyListId: id })),
        },
      };
    },
  }),
];

function legacyIds(call: Call): Set<string> {
  return new Set(allLists(call).flatMap(({ listId, objectTypeId }) => (objectTypeId === '0-1' ? [listId] : [])));
}
