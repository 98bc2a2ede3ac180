/** Linking records with labels: the labels of a pair are replaced by those that a request names. */

import { list, optional, readBody, shape, text } from '../body.ts';
import { checkSize } from '../objects/batch-answer.ts';
import { associationSpec } from '../objects/input.ts';
import type { Route } from '../route.ts';
import { associationBatch } from './batch.ts';
import { liveRecord, namedTypes, pairScopes, presentLabels, source, typesOf } from './pair.ts';

const MAX_LINKS = 2_000;

const objectId = shape('PublicObjectId', { id: text });

const associationSpecs = list(
  associationSpec,
  'java.util.HashSet<com.hubspot.inbounddb.associations.base.AssociationSpec>',
);

/**
 * Also the body that removes labels. A batch without `inputs` is none of rows, as public clients saw
 * (HubSpot/hubspot-api-nodejs#85).
 */
export const labelledInput = shape('BatchInputPublicAssociationMultiPost', {
  inputs: optional(
    list(shape('PublicAssociationMultiPost', { from: objectId, to: objectId, types: list(associationSpec) })),
  ),
});

export const labelledRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/crm/objects/{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}',
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const types = namedTypes(call, from, to, readBody(call, associationSpecs));
      const record = liveRecord(call, from, call.params['objectId'] ?? '');
      const target = liveRecord(call, to, call.params['toObjectId'] ?? '');
      call.store.associations.replace(record, target, types);
      return { status: 201, body: presentLabels(call, record, target) };
    },
  },
  {
    method: 'POST',
    path: '/crm/associations/{fromObjectType}/{toObjectType}/batch/create',
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, labelledInput);
      checkSize(inputs, MAX_LINKS);
      const { from, to } = typesOf(call);
      const rows = inputs.map((input) => ({ ...input, types: namedTypes(call, from, to, input.types) }));
      return associationBatch(
        call,
        201,
        rows,
        (_call, input) => {
          const record = liveRecord(call, from, input.from.id);
          const target = liveRecord(call, to, input.to.id);
          call.store.associations.replace(record, target, input.types);
          return [presentLabels(call, record, target)];
        },
        'rows',
      );
    },
  },
];
