/** `/crm/properties/{objectType}`: one property at a time, and all of a type. */

import { readBody } from '../body.ts';
import { notFound } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypeOf, schemaScopes } from '../object-type-of.ts';
import { readFlag } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { presentProperty } from './present-property.ts';
import { archiveProperty, createProperty, propertyCreate, propertyUpdate, updateProperty } from './property-rules.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/properties/guide',
  compared: '2026-11-22',
};

/** The property of that name as asked for: archived or not, of that sensitivity. @throws PortalError 404 */
export function requireProperty(
  call: Call,
  type: ObjectTypeFacts,
  name: string,
  { archived, sensitivity }: { archived: boolean; sensitivity: string },
): Property {
  const property = call.store.properties.get(type.id, name);
  if (property?.archived === archived && property.dataSensitivity === sensitivity) return property;
  // Guess: the words; status and category were observed.
  throw notFound(`Property ${name} of object type ${type.id} does not exist`);
}

const active = { archived: false, sensitivity: 'non_sensitive' };

/** What the query asks for: by default, properties in use that are not sensitive. */
function asked(call: Call): { archived: boolean; sensitivity: string } {
  return { archived: readFlag(call, 'archived'), sensitivity: call.query.get('dataSensitivity') ?? 'non_sensitive' };
}

export const propertyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/properties/{objectType}',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const { archived, sensitivity } = asked(call);
      const results = call.store.properties
        .list(type.id)
        .filter((property) => property.archived === archived && property.dataSensitivity === sensitivity)
        .map((property) => presentProperty(call.store, type, property));
      return { status: 200, body: { results } };
    },
  },
  {
    method: 'POST',
    path: '/crm/properties/{objectType}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const property = createProperty(call, type, readBody(call, propertyCreate));
      return { status: 201, body: presentProperty(call.store, type, property) };
    },
  },
  {
    method: 'GET',
    path: '/crm/properties/{objectType}/{propertyName}',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const property = requireProperty(call, type, call.params['propertyName'] ?? '', asked(call));
      return { status: 200, body: presentProperty(call.store, type, property) };
    },
  },
  {
    method: 'PATCH',
    path: '/crm/properties/{objectType}/{propertyName}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const input = readBody(call, propertyUpdate);
      const known = requireProperty(call, type, call.params['propertyName'] ?? '', active);
      const property = updateProperty(call, type, known, input);
      return { status: 200, body: presentProperty(call.store, type, property) };
    },
  },
  {
    method: 'DELETE',
    path: '/crm/properties/{objectType}/{propertyName}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      archiveProperty(call, type, requireProperty(call, type, call.params['propertyName'] ?? '', active));
      return { status: 204 };
    },
  },
];
