/**
 * Taking links and labels away. HubSpot's page says that removing the unlabelled type removes all; third parties were
 * refused with a 400 while labels remained. Guess: the page is right, and removing associations that are not there succeeds.
 */

import { list, optional, readBody, shape, text } from '../body.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { checkSize } from '../objects/batch-answer.ts';
import type { Call, Route } from '../route.ts';
import type { RecordRef } from '../store/associations.ts';
import { labelledInput } from './labelled.ts';
import { namedTypes, pairScopes, source, typesOf } from './pair.ts';

const MAX_LINKS = 2_000;
/** Guess: how many records one batch archives associations of, from a page that could not be found again. */
const MAX_ARCHIVE = 100;

const objectId = shape('PublicObjectId', { id: text });
const archiveInput = shape('BatchInputPublicAssociationMultiArchive', {
  inputs: optional(list(shape('PublicAssociationMultiArchive', { from: objectId, to: list(objectId) }))),
});

export const removeRoutes: readonly Route[] = [
  {
    method: 'DELETE',
    path: '/crm/objects/{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}',
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const record = find(call, from, call.params['objectId'] ?? '');
      const target = find(call, to, call.params['toObjectId'] ?? '');
      if (record && target) call.store.associations.unlink(record, target);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/crm/associations/{fromObjectType}/{toObjectType}/batch/archive',
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, archiveInput);
      checkSize(inputs, MAX_ARCHIVE);
      const { from, to } = typesOf(call);
      for (const input of inputs) {
        const record = find(call, from, input.from.id);
        for (const { id } of input.to) {
          const target = find(call, to, id);
          if (record && target) call.store.associations.unlink(record, target);
        }
      }
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/crm/associations/{fromObjectType}/{toObjectType}/batch/labels/archive',
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, labelledInput);
      checkSize(inputs, MAX_LINKS);
      const { from, to } = typesOf(call);
      for (const input of inputs) {
        const types = namedTypes(call, from, to, input.types);
        const record = find(call, from, input.from.id);
        const target = find(call, to, input.to.id);
        if (record && target) call.store.associations.unlink(record, target, types);
      }
      return { status: 204 };
    },
  },
];

function find(call: Call, type: ObjectTypeFacts, id: string): RecordRef | undefined {
  const record = call.store.records.get(type.id, id);
  return record && { typeId: type.id, id: record.id };
}
