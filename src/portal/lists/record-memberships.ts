/** The lists that a record is in. */

import { list as listOf, readBody, shape, text } from '../body.ts';
import { invalid } from '../errors.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { reads } from './find.ts';

const batchBody = shape('BatchInputRecordIdInput', {
  inputs: listOf(shape('RecordIdInput', { objectTypeId: text, recordId: text })),
});

/** Guess: HubSpot's own maximum is not documented. */
const MAX_INPUTS = 1_000;

export const recordMembershipRoutes: readonly Route[] = [
  reads({
    method: 'GET',
    path: '/crm/lists/records/{objectTypeId}/{recordId}/memberships',
    handle(call) {
      const { objectTypeId = '', recordId = '' } = call.params;
      const results = membershipsOf(call, objectTypeId, recordId);
      return { status: 200, body: { results, total: results.length } };
    },
  }),
  reads({
    method: 'POST',
    path: '/crm/lists/records/memberships/batch/read',
    handle(call) {
      const { inputs } = readBody(call, batchBody);
      if (inputs.length > MAX_INPUTS) {
        throw invalid(`Too many inputs (count: ${inputs.length}, max allowed: ${MAX_INPUTS})`);
      }
      const results = inputs.map(({ objectTypeId, recordId }) => ({
        objectTypeId,
        recordId,
        recordListMemberships: membershipsOf(call, objectTypeId, recordId),
      }));
      const at = isoTime(call.now);
      return { status: 200, body: { status: 'COMPLETE', results, startedAt: at, completedAt: at } };
    },
  }),
];

/** Guess: a record that is not there is in no list; joining again is what is remembered as joining first. */
function membershipsOf(call: Call, segment: string, recordId: string) {
  const type = call.store.objectType(segment);
  // Guess: the words for what is no object type or no record id.
  if (!type) throw invalid(`The object type ID ${segment} is not valid.`);
  if (!/^\d{1,15}$/.test(recordId)) throw invalid(`The record ID ${recordId} is not valid.`);
  return call.store.listMembers.listsOf({ typeId: type.id, id: recordId }).flatMap(({ listId, joinedAt }) => {
    const list = call.store.lists.get(PORTAL, listId);
    if (!list || list.deletedAt !== undefined) return [];
    const at = isoTime(joinedAt);
    return [
      { listId, listVersion: list.listVersion, isPublicList: true, firstAddedTimestamp: at, lastAddedTimestamp: at },
    ];
  });
}
