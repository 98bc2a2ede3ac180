/** `/crm/properties/{objectType}`: one property at a time, and all of a type. */

import { readBody } from '../body.ts';
import { notFound } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypeOf, schemaScopes } from '../object-type-of.ts';
import { readFlag, readNames } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { archiveProperty } from './archive-property.ts';
import { presentProperty } from './present-property.ts';
import { createProperty, propertyCreate, propertyUpdate, updateProperty } from './property-rules.ts';
import { readSensitivity } from './sensitive-data.ts';

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
  // Guess: the words for a property that is not there; status and category were observed.
  throw notFound(`Property ${name} of object type ${type.id} does not exist`);
}

/** What the query asks for: by default, properties in use that are not sensitive. @throws PortalError 400 */
function asked(call: Call): { archived: boolean; sensitivity: string } {
  return { archived: readFlag(call, 'archived'), sensitivity: readSensitivity(call.query.get('dataSensitivity')) };
}

/** The property in use that the path names, to be changed. @throws PortalError 404 */
function inUse(call: Call, type: ObjectTypeFacts): Property {
  const name = call.params['propertyName'] ?? '';
  const sensitivity = call.store.properties.get(type.id, name)?.dataSensitivity ?? 'non_sensitive';
  return requireProperty(call, type, name, { archived: false, sensitivity });
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
      // Guess: names, to which the list is cut.
      const names = readNames(call, 'properties');
      const results = call.store.properties
        .list(type.id)
        .filter((property) => property.archived === archived && property.dataSensitivity === sensitivity)
        .filter(({ name }) => names.length === 0 || names.includes(name))
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
      const known = inUse(call, type);
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
      archiveProperty(call, type, inUse(call, type));
      return { status: 204 };
    },
  },
];
