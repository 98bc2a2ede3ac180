/** Linking records without a label. */

import { list, readBody, shape, text } from '../body.ts';
import { checkSize } from '../objects/batch-answer.ts';
import type { Call, Route } from '../route.ts';
import type { RecordRef } from '../store/associations.ts';
import { associationBatch } from './batch.ts';
import { liveRecord, pairScopes, source, typesOf, unlabelledOf } from './pair.ts';

const MAX_LINKS = 2_000;

const objectId = shape('PublicObjectId', { id: text });
const batchInput = shape('BatchInputPublicDefaultAssociationMultiPost', {
  inputs: list(shape('PublicDefaultAssociationMultiPost', { from: objectId, to: objectId })),
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
      const { inputs } = readBody(call, batchInput);
      checkSize(inputs, MAX_LINKS);
      return associationBatch(call, 200, inputs, link, 'rows');
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
  const spec = (a: RecordRef, b: RecordRef, category: string, typeId: number) => ({
    from: { id: a.id },
    to: { id: b.id },
    associationSpec: { associationCategory: category, associationTypeId: typeId },
  });
  const forth = spec(source, target, type.category, type.typeId);
  return type.inverse ? [forth, spec(target, source, type.inverse.category, type.inverse.typeId)] : [forth];
}
