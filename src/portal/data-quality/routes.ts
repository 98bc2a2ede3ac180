/**
 * `/crm/data-quality`: records that may be duplicates, a beta.
 * Source: developers.hubspot.com/docs/api-reference/2027-03-beta/crm/data-quality/guide, compared 2026-11-22. Guess: the members
 * of a pair and of the refusals; the cursor. Rules of one's own are made in HubSpot's settings only: the portal has none.
 */

import { invalid, notFound } from '../errors.ts';
import { objectTypeOf } from '../object-type-of.ts';
import { nextPage, readLimit, readStart } from '../paging.ts';
import type { Route } from '../route.ts';
import { confidenceOf } from './compare.ts';
import { type DuplicatePair, duplicatePairs } from './pairs.ts';

const path = '/crm/data-quality/objects/duplicates';
const MAX_PAGE = 200;

const route = (subPath: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path: subPath,
  versions: ['2027-03-beta'],
  scopes: (call) => {
    const asked = call.query.get('objectType');
    const type = asked === null ? undefined : call.store.objectType(asked);
    return type?.scopes.read ?? ['crm.objects.contacts.read', 'crm.objects.companies.read'];
  },
  budget: 'burst',
  source: {
    page: 'developers.hubspot.com/docs/api-reference/2027-03-beta/crm/data-quality/get-duplicate-pairs',
    compared: '2026-11-22',
  },
  handle,
});

export const duplicateRoutes: readonly Route[] = [
  route(`${path}/default`, (call) => {
    const asked = call.query.get('objectType');
    if (asked === null || asked === '') throw invalid('Missing required query parameter objectType');
    const type = objectTypeOf(call, asked);
    const all = duplicatePairs(call.store, type.id);
    if (!all) throw invalid(`Duplicates of ${type.name} are not supported: objectType must be contacts or companies`);
    const objectId = call.query.get('objectId');
    const pairs = objectId === null || objectId === '' ? all : all.filter(({ ids }) => ids.includes(objectId));
    const limit = readLimit(call, 25, MAX_PAGE);
    const start = readStart(call);
    const end = start + limit;
    return {
      status: 200,
      body: {
        results: pairs.slice(start, end).map((pair) => present(type.id, pair)),
        total: pairs.length,
        ...(end < pairs.length && { paging: nextPage(call, call.path, String(end)) }),
      },
    };
  }),
  route(`${path}/custom-rules`, (call) => {
    const asked = call.query.get('objectType');
    if (asked) objectTypeOf(call, asked);
    const rule = call.query.get('ruleId');
    if (rule) throw notFound(`Duplicate rule ${rule} does not exist`);
    return { status: 200, body: { results: [], total: 0 } };
  }),
  route(`${path}/custom-rules/{ruleId}`, (call) => {
    throw notFound(`Duplicate rule ${call.params['ruleId']} does not exist`);
  }),
];

function present(objectTypeId: string, { ids: [objectId, duplicateObjectId], score, matching }: DuplicatePair) {
  return {
    id: `${objectId}-${duplicateObjectId}`,
    objectTypeId,
    objectId,
    duplicateObjectId,
    score,
    confidence: confidenceOf(score),
    matchingProperties: matching,
  };
}
