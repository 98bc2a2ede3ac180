/**
 * The labels of a pair of object types.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/associations/associations-schema/guide, compared
 * 2026-11-22. Guess: the words of the refusals, and that a label which records still have can be deleted. Third parties saw
 * 50 labels and a status 437 beyond them; HubSpot's page says 10.
 */

import { integer, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound, PortalError } from '../errors.ts';
import type { Call, Route } from '../route.ts';
import type { AssociationType } from '../store/association-types.ts';
import { typesOf, unlabelledOf } from './pair.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/associations/associations-schema/guide',
  compared: '2026-11-22',
};

/** Of a pair, in one direction. */
export const MAX_LABELS = 10;
const path = '/crm/associations/{fromObjectType}/{toObjectType}/labels';

const createInput = shape('PublicAssociationDefinitionCreateRequest', {
  name: text,
  label: text,
  inverseLabel: optional(text),
});

const updateInput = shape('PublicAssociationDefinitionUpdateRequest', {
  associationTypeId: integer,
  label: text,
  inverseLabel: optional(text),
});

/** Also those of whatever else is defined for a pair. */
export const definitionScopes = {
  read: (call: Call) => scopesOf(call, 'read'),
  write: (call: Call) => scopesOf(call, 'write'),
};

/** Guess: any scope that lets a token at either type, its definitions included. */
function scopesOf(call: Call, access: 'read' | 'write'): string[] {
  const { from, to } = typesOf(call);
  return [...new Set([from, to].flatMap((type) => [...type.scopes[access], ...type.schemaScopes[access]]))];
}

export const labelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    scopes: definitionScopes.read,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      return { status: 200, body: { results: call.store.associationTypes.between(from.id, to.id).map(present) } };
    },
  },
  {
    method: 'POST',
    path,
    scopes: definitionScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      unlabelledOf(call, from, to);
      checkTier(call);
      const input = readBody(call, createInput);
      checkLabel(call, from.id, to.id, input);
      const types = call.store.associationTypes.define(from.id, to.id, input);
      return { status: 200, body: { results: types.map(present) } };
    },
  },
  {
    method: 'PUT',
    path,
    scopes: definitionScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const { associationTypeId, label, inverseLabel } = readBody(call, updateInput);
      own(call, from.id, to.id, associationTypeId);
      call.store.associationTypes.rename(from.id, to.id, associationTypeId, label, inverseLabel);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: `${path}/{associationTypeId}`,
    scopes: definitionScopes.write,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const type = own(call, from.id, to.id, Number(call.params['associationTypeId']));
      call.store.associations.removeType(type);
      for (const each of [type, inverseOf(call, type)]) if (each) call.store.associationLimits.remove(each);
      call.store.associationTypes.remove(type);
      return { status: 204 };
    },
  },
];

/**
 * Labels of one's own come with Professional. Source: knowledge.hubspot.com/crm-setup/create-and-use-association-labels.
 * Guess: that the API says so, its status, category and words. @throws PortalError 403
 */
function checkTier(call: Call): void {
  if (call.tier !== 'starter') return;
  throw new PortalError(403, {
    message: 'Association labels are available to Professional and Enterprise subscriptions only',
    category: 'MISSING_SUBSCRIPTION',
  });
}

function inverseOf(call: Call, { fromTypeId, toTypeId, inverse }: AssociationType): AssociationType | undefined {
  return inverse && call.store.associationTypes.find(toTypeId, fromTypeId, inverse);
}

function present({ category, typeId, label }: AssociationType) {
  return { category, typeId, label };
}

/** A label that this portal defined. @throws PortalError 400 for one of HubSpot's, 404 for none */
function own(call: Call, from: string, to: string, typeId: number): AssociationType {
  const type = call.store.associationTypes.find(from, to, { category: 'USER_DEFINED', typeId });
  if (type?.label) return type;
  if (call.store.associationTypes.find(from, to, { category: 'HUBSPOT_DEFINED', typeId })) {
    throw invalid(`Association type ${typeId} is defined by HubSpot and cannot be changed`);
  }
  throw notFound(`No association type with ID ${typeId} exists`);
}

function checkLabel(
  call: Call,
  from: string,
  to: string,
  { name, label, inverseLabel }: { readonly name: string; readonly label: string; readonly inverseLabel?: string },
): void {
  if (name === '' || name.includes('-') || /^\d/.test(name)) {
    throw invalid(`Invalid label name ${name}: it must not be empty, contain a hyphen or start with a digit`);
  }
  if (label.trim() === '' || inverseLabel?.trim() === '') throw invalid('A label must not be empty');
  const known = call.store.associationTypes.between(from, to).filter((type) => type.label !== null);
  if (known.some((type) => type.label === label)) throw invalid(`An association label ${label} already exists`);
  const labels = known.filter((type) => type.category === 'USER_DEFINED');
  if (labels.length >= MAX_LABELS)
    throw invalid(`No more than ${MAX_LABELS} labels are allowed for a pair of object types`);
}
