/**
 * Associations as v3 knew them: each by a type, no labels.
 * Source: developers.hubspot.com/docs/api-reference/legacy/crm/associations/associations-v3/guide, and pages that public
 * clients recorded, compared 2026-11-22. Guess: a type is told by its name or its id.
 */

import { list, optional, readBody, shape, text } from '../body.ts';
import { invalid } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { presentAssociations } from '../objects/associations.ts';
import { batchAnswer, checkSize, type RowError } from '../objects/batch-answer.ts';
import { requireRecord } from '../objects/find.ts';
import { present } from '../objects/present.ts';
import { nextPage, readLimit } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import type { AssociationType } from '../store/association-types.ts';
import type { Link } from '../store/associations.ts';
import { associationBatch } from './batch.ts';
import { definitionScopes } from './labels.ts';
import { associationName, namedAssociation } from './names.ts';
import { liveRecord, noAssociations, pairScopes, source, typesOf } from './pair.ts';

const MAX_READ = 1_000;
const MAX_WRITTEN = 2_000;
/** Recorded: how many come for each record of a batch. */
const PAGE = 100;
const MAX_PAGE = 500;

const objectId = shape('PublicObjectId', { id: text });
const readInput = shape('BatchInputPublicObjectId', { inputs: optional(list(objectId)) });
const writeInput = shape('BatchInputPublicAssociation', {
  inputs: optional(list(shape('PublicAssociation', { from: objectId, to: objectId, type: text }))),
});

const path = '/crm/associations/{fromObjectType}/{toObjectType}';
const recordPath = '/crm/objects/{objectType}/{objectId}/associations/{toObjectType}';
const versions = ['v3'] as const;

export const v3Routes: readonly Route[] = [
  {
    method: 'GET',
    path: `${path}/types`,
    versions,
    scopes: definitionScopes.read,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const types = call.store.associationTypes.between(from.id, to.id);
      const results = types.map((type) => ({
        id: String(type.typeId),
        name: call.store.associationTypes.nameOf(type) ?? associationName(call.store, from, to, type),
      }));
      return { status: 200, body: { results } };
    },
  },
  {
    method: 'POST',
    path: `${path}/batch/read`,
    versions,
    scopes: pairScopes.read,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, readInput);
      checkSize(inputs, MAX_READ);
      const { from, to } = typesOf(call);
      const results: unknown[] = [];
      const errors: RowError[] = [];
      for (const { id } of inputs) {
        const record = call.store.records.get(from.id, id);
        const live = record?.archivedAt === null ? record : undefined;
        const links = live ? call.store.associations.list(live, to.id, { limit: PAGE + 1 }) : [];
        const next = links[PAGE];
        if (links.length === 0) errors.push(noAssociations(from, to, id));
        else {
          results.push({
            from: { id },
            to: links.slice(0, PAGE).flatMap((link) => presentLink(call, from, to, link)),
            ...(next && { paging: nextPage(call, `/crm/v3/objects/${from.id}/${id}/associations/${to.id}`, next.id) }),
          });
        }
      }
      return batchAnswer(call, 200, results, errors);
    },
  },
  {
    method: 'POST',
    path: `${path}/batch/create`,
    versions,
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, writeInput);
      checkSize(inputs, MAX_WRITTEN);
      const { from, to } = typesOf(call);
      const rows = inputs.map((input) => ({ ...input, associationType: typeOf(call, from, to, input.type) }));
      return associationBatch(
        call,
        201,
        rows,
        (_call, input) => {
          const record = liveRecord(call, from, input.from.id);
          const target = liveRecord(call, to, input.to.id);
          call.store.associations.link(record, target, [input.associationType]);
          return [{ from: { id: record.id }, to: { id: target.id }, type: input.type }];
        },
        'rows',
      );
    },
  },
  {
    method: 'POST',
    path: `${path}/batch/archive`,
    versions,
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, writeInput);
      checkSize(inputs, MAX_WRITTEN);
      const { from, to } = typesOf(call);
      for (const input of inputs) unlink(call, from, to, input.from.id, input.to.id, input.type);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: recordPath,
    versions,
    scopes: pairScopes.read,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const record = requireRecord(call, from, call.params['objectId'] ?? '');
      const limit = readLimit(call, MAX_PAGE, MAX_PAGE);
      const after = call.query.get('after') ?? undefined;
      const links = call.store.associations.list(record, to.id, { limit: limit + 1, from: after });
      const next = links[limit];
      const results = links.slice(0, limit).flatMap((link) => presentLink(call, from, to, link));
      return { status: 200, body: { results, ...(next && { paging: nextPage(call, call.path, next.id) }) } };
    },
  },
  {
    method: 'PUT',
    path: `${recordPath}/{toObjectId}/{associationType}`,
    versions,
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const type = typeOf(call, from, to, call.params['associationType'] ?? '');
      const record = requireRecord(call, from, call.params['objectId'] ?? '');
      const target = liveRecord(call, to, call.params['toObjectId'] ?? '');
      call.store.associations.link(record, target, [type]);
      const associations = presentAssociations(call, from, record, [to.name]);
      return { status: 200, body: { ...present(call, from, record, { properties: [] }), ...associations } };
    },
  },
  {
    method: 'DELETE',
    path: `${recordPath}/{toObjectId}/{associationType}`,
    versions,
    scopes: pairScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const { objectId: fromId = '', toObjectId = '', associationType = '' } = call.params;
      unlink(call, from, to, fromId, toObjectId, associationType);
      return { status: 204 };
    },
  },
];

function presentLink(call: Call, from: ObjectTypeFacts, to: ObjectTypeFacts, { id, types }: Link) {
  return types.map((type) => ({
    id,
    type: associationName(call.store, from, to, call.store.associationTypes.find(from.id, to.id, type)),
  }));
}

/** @throws PortalError 400 */
function typeOf(call: Call, from: ObjectTypeFacts, to: ObjectTypeFacts, said: string): AssociationType {
  const type = namedAssociation(call.store, from, to, said);
  if (type) return type;
  throw invalid(`${said} is not a valid association type between ${from.name} and ${to.name}`, {
    subCategory: 'crm.associations.INVALID_ASSOCIATION_TYPE',
    context: { type: [said], fromObjectType: [from.name], toObjectType: [to.name] },
  });
}

/** Removing what is not there succeeds. @throws PortalError 400 */
function unlink(
  call: Call,
  from: ObjectTypeFacts,
  to: ObjectTypeFacts,
  fromId: string,
  toId: string,
  said: string,
): void {
  const type = typeOf(call, from, to, said);
  const record = call.store.records.get(from.id, fromId);
  const target = call.store.records.get(to.id, toId);
  if (record && target) call.store.associations.unlink(record, target, [type]);
}
