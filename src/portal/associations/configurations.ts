/**
 * The limits that an account sets for its associations: how many records a record may have under a type.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/associations/associations-schema/guide and
 * .../changelog/introducing-custom-association-limits-for-associations-api, compared 2026-11-22.
 * Guess: the words of the refusals; only types with a limit are listed; the first bad row refuses the whole batch.
 */

import { integer, list, readBody, shape } from '../body.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { batchAnswer, checkSize } from '../objects/batch-answer.ts';
import { associationCategory } from '../objects/input.ts';
import type { Call, Route } from '../route.ts';
import { MAX_LINKED_RECORDS } from '../store/association-limits.ts';
import type { AssociationCategory, AssociationType } from '../store/association-types.ts';
import { definitionScopes } from './labels.ts';
import { typesOf } from './pair.ts';
import { definitionId } from './refusals.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/associations/associations-schema/guide',
  compared: '2026-11-22',
};

/** Guess: as many limits as other batches have definitions. */
const MAX_BATCH = 100;
const path = '/crm/associations/definitions/configurations';
const pairPath = `${path}/{fromObjectType}/{toObjectType}`;

const limitInput = (name: string) =>
  shape(`BatchInput${name}`, {
    inputs: list(shape(name, { category: associationCategory, typeId: integer, maxToObjectIds: integer })),
  });
const createInput = limitInput('PublicAssociationDefinitionConfigurationCreateRequest');
const updateInput = limitInput('PublicAssociationDefinitionConfigurationUpdateRequest');
const purgeInput = shape('BatchInputPublicAssociationSpec', {
  inputs: list(shape('PublicAssociationSpec', { category: associationCategory, typeId: integer })),
});

export const configurationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${path}/all`,
    scopes: (call) => [...new Set(call.store.objectTypes().flatMap(({ scopes }) => scopes.read))],
    budget: 'associations',
    source,
    handle(call) {
      const results = call.store.associationLimits.all().flatMap(({ from, to, category, typeId }) => {
        const type = call.store.associationTypes.find(from, to, { category, typeId });
        return type ? [present(call, type)] : [];
      });
      return { status: 200, body: { results } };
    },
  },
  {
    method: 'GET',
    path: pairPath,
    scopes: definitionScopes.read,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const limited = call.store.associationTypes.between(from.id, to.id).filter((type) => limitOf(call, type));
      return { status: 200, body: { results: limited.map((type) => present(call, type)) } };
    },
  },
  {
    method: 'POST',
    path: `${pairPath}/batch/create`,
    scopes: definitionScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs } = readBody(call, createInput);
      checkSize(inputs, MAX_BATCH);
      const types = inputs.map((input) => {
        const type = typeOf(call, input);
        if (limitOf(call, type) !== undefined) {
          throw conflict(`Association type ${input.category} ${input.typeId} has a limit already`);
        }
        setLimit(call, type, input.maxToObjectIds);
        return type;
      });
      const results = types.map((type) => present(call, type));
      return batchAnswer(call, 201, results, []);
    },
  },
  {
    method: 'POST',
    path: `${pairPath}/batch/update`,
    scopes: definitionScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs } = readBody(call, updateInput);
      checkSize(inputs, MAX_BATCH);
      const results = inputs.map((input) => {
        const type = typeOf(call, input);
        needLimit(call, type);
        setLimit(call, type, input.maxToObjectIds);
        const { category, typeId } = type;
        return { category, typeId, userEnforcedMaxToObjectIds: input.maxToObjectIds };
      });
      return batchAnswer(call, 200, results, []);
    },
  },
  {
    method: 'POST',
    path: `${pairPath}/batch/purge`,
    scopes: definitionScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs } = readBody(call, purgeInput);
      checkSize(inputs, MAX_BATCH);
      for (const input of inputs) {
        const type = typeOf(call, input);
        needLimit(call, type);
        call.store.associationLimits.remove(type);
      }
      return { status: 204 };
    },
  },
];

const limitOf = (call: Call, type: AssociationType) => call.store.associationLimits.of(type);

function present(call: Call, type: AssociationType) {
  const { category, typeId, label } = type;
  return { category, typeId, userEnforcedMaxToObjectIds: limitOf(call, type), label };
}

/** In the words of a recorded answer of these batches. @throws PortalError 400 */
function typeOf(call: Call, named: { readonly category: AssociationCategory; readonly typeId: number }) {
  const { from, to } = typesOf(call);
  const type = call.store.associationTypes.find(from.id, to.id, named);
  if (type) return type;
  const id = definitionId(named);
  const [fromName, toName] = [from.fullyQualifiedName, to.fullyQualifiedName];
  throw invalid(`${id} is not a valid association type between ${fromName} and ${toName}`, {
    subCategory: 'crm.associations.INVALID_ASSOCIATION_TYPE',
    context: { type: [id], fromObjectType: [fromName], toObjectType: [toName] },
  });
}

/** @throws PortalError 404 */
function needLimit(call: Call, type: AssociationType): void {
  if (limitOf(call, type) === undefined)
    throw notFound(`Association type ${type.category} ${type.typeId} has no limit`);
}

/** A label's limit is at most that of the pair, and the pair's at least that of every label. @throws PortalError 400 */
function setLimit(call: Call, type: AssociationType, limit: number): void {
  const { from, to } = typesOf(call);
  const types = call.store.associationTypes.between(from.id, to.id);
  const limitsOf = (some: readonly AssociationType[]) => some.flatMap((each) => limitOf(call, each) ?? []);
  const isLabel = type.label !== null;
  const least = isLabel ? 1 : Math.max(1, ...limitsOf(types.filter(({ label }) => label !== null)));
  const most = isLabel
    ? Math.min(MAX_LINKED_RECORDS, ...limitsOf(types.filter(({ label }) => label === null)))
    : MAX_LINKED_RECORDS;
  if (limit < least || limit > most) {
    throw invalid(`Invalid maxToObjectIds ${limit} ${between(from, to)}: it must be from ${least} to ${most}`, {
      context: { maxToObjectIds: [String(limit)], min: [String(least)], max: [String(most)] },
    });
  }
  call.store.associationLimits.set(type, limit);
}

function between(from: ObjectTypeFacts, to: ObjectTypeFacts): string {
  return `from ${from.fullyQualifiedName} to ${to.fullyQualifiedName}`;
}
