/**
 * Linking records without a label. Guess: a link that names no label makes no company a primary one, not even a record's
 * first. HubSpot's help says that the first company is the primary one by default; answers that public clients recorded have
 * contacts whose only company is not.
 */

import { list, optional, readBody, shape, text } from '../body.ts';
import { checkSize } from '../objects/batch-answer.ts';
import type { Call, Route } from '../route.ts';
import type { AssociationTypeId } from '../store/association-types.ts';
import type { RecordRef } from '../store/associations.ts';
import { associationBatch } from './batch.ts';
import { liveRecord, pairScopes, source, typesOf, unlabelledOf } from './pair.ts';

const MAX_LINKS = 2_000;

const objectId = shape('PublicObjectId', { id: text });
const batchInput = shape('BatchInputPublicDefaultAssociationMultiPost', {
  inputs: optional(list(shape('PublicDefaultAssociationMultiPost', { from: objectId, to: objectId }))),
});

export const defaultRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/crm/objects/{objectType}/{objectId}/associations/default/{toObjectType}/{toObjectId}',
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { objectId: fromId = '', toObjectId = '' } = call.params;
      return associationBatch(call, 200, [{ from: { id: fromId }, to: { id: toObjectId } }], link, 'whole');
    },
  },
  {
    method: 'POST',
    path: '/crm/associations/{fromObjectType}/{toObjectType}/batch/associate/default',
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, batchInput);
      checkSize(inputs, MAX_LINKS);
      const { from, to } = typesOf(call);
      unlabelledOf(call, from, to);
      // HubSpot's description has no other status: what failed is told in the body.
      return { ...associationBatch(call, 200, inputs, link, 'rows'), status: 200 };
    },
  },
];

/** Both directions are answered. */
function link(call: Call, input: { readonly from: { readonly id: string }; readonly to: { readonly id: string } }) {
  const { from, to } = typesOf(call);
  const type = unlabelledOf(call, from, to);
  const source = liveRecord(call, from, input.from.id);
  const target = liveRecord(call, to, input.to.id);
  call.store.associations.link(source, target);
  const forth = presentLink(source, target, type);
  return type.inverse ? [forth, presentLink(target, source, type.inverse)] : [forth];
}

function presentLink(from: RecordRef, to: RecordRef, { category, typeId }: AssociationTypeId) {
  return {
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: category, associationTypeId: typeId },
  };
}
