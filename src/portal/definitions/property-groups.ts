/** `/crm/properties/{objectType}/groups`. */

import { integer, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound, PortalError } from '../errors.ts';
import type { PropertyGroup } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypeOf, schemaScopes } from '../object-type-of.ts';
import type { Call, Route } from '../route.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/properties/guide',
  compared: '2026-11-22',
};

const groupCreate = shape('PropertyGroupCreate', { name: text, label: text, displayOrder: optional(integer) });
const groupUpdate = shape('PropertyGroupUpdate', { label: optional(text), displayOrder: optional(integer) });

/** Guess: the words are those of the legacy API. @throws PortalError 404 */
function requireGroup(call: Call, type: ObjectTypeFacts): PropertyGroup {
  const name = call.params['groupName'] ?? '';
  const group = call.store.propertyGroups.get(type.id, name);
  if (group?.archived === false) return group;
  throw notFound(`Couldn't find a Group with the given name '${name}'.`);
}

/** The refusal comes as a whole error body inside the message, as live runs saw it. */
function groupInUse(call: Call): PortalError {
  const inner = {
    status: 'error',
    message: "Can't delete or purge a group with active properties",
    correlationId: call.correlationId,
    category: 'VALIDATION_ERROR',
    subCategory: 'PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES',
  };
  return new PortalError(400, { message: JSON.stringify(inner) });
}

export const propertyGroupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/properties/{objectType}/groups',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const groups = call.store.propertyGroups.list(objectTypeOf(call).id);
      return { status: 200, body: { results: groups.filter((group) => !group.archived) } };
    },
  },
  {
    method: 'POST',
    path: '/crm/properties/{objectType}/groups',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const { name, label, displayOrder = -1 } = readBody(call, groupCreate);
      if (call.store.propertyGroups.get(type.id, name)?.archived === false) {
        // Guess: the words for a group that is there already, which are those for a property.
        throw new PortalError(409, {
          message: `A property group named '${name}' already exists.`,
          category: 'OBJECT_ALREADY_EXISTS',
          subCategory: 'Properties.GROUP_WITH_NAME_EXISTS',
        });
      }
      if (!/^[a-z0-9_-]{1,100}$/.test(name)) {
        throw invalid(`Group name ${name} may contain only lower-case letters, digits, hyphens and underscores`);
      }
      const group: PropertyGroup = { name, label, displayOrder, archived: false };
      call.store.propertyGroups.put(type.id, name, group);
      return { status: 201, body: group };
    },
  },
  {
    method: 'GET',
    path: '/crm/properties/{objectType}/groups/{groupName}',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: requireGroup(call, objectTypeOf(call)) }),
  },
  {
    method: 'PATCH',
    path: '/crm/properties/{objectType}/groups/{groupName}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const input = readBody(call, groupUpdate);
      const known = requireGroup(call, type);
      const { label = known.label, displayOrder = known.displayOrder } = input;
      const group: PropertyGroup = { ...known, label, displayOrder };
      call.store.propertyGroups.put(type.id, group.name, group);
      return { status: 200, body: group };
    },
  },
  {
    method: 'DELETE',
    path: '/crm/properties/{objectType}/groups/{groupName}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const group = requireGroup(call, type);
      const holds = call.store.properties
        .list(type.id)
        .some((property) => property.groupName === group.name && !property.archived);
      if (holds) throw groupInUse(call);
      call.store.propertyGroups.put(type.id, group.name, { ...group, archived: true });
      return { status: 204 };
    },
  },
];
