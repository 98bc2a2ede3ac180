/** `/crm-object-schemas/schemas`: custom object types and what they can be associated with. */

import { flag, list, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound, PortalError } from '../errors.ts';
import type { ObjectSchema } from '../facts/definitions.ts';
import { readFlag } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { presentAssociation, presentSchema, schemaOf } from './present-schema.ts';
import { createSchema, patchSchema, purge, schemaCreate, schemaPatch } from './schema-rules.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/objects/schemas/guide',
  compared: '2026-11-22',
};
const read = () => ['crm.schemas.custom.read', 'crm.objects.custom.read'];
const write = () => ['crm.schemas.custom.write'];

const associationCreate = shape('AssociationDefinitionEgg', {
  fromObjectTypeId: text,
  toObjectTypeId: text,
  name: optional(text),
});

const batchRead = shape('ObjectSchemaBatchReadRequest', {
  inputs: list(text),
  includePropertyDefinitions: optional(flag),
  includeAssociationDefinitions: optional(flag),
  includeAuditMetadata: optional(flag),
});

/** The active custom type of the path. @throws PortalError 400 */
function requireSchema(call: Call): ObjectSchema {
  const type = call.store.objectType(call.params['objectType'] ?? '');
  const schema = type && call.store.schemas.get(PORTAL, type.id);
  if (!schema || schema.archived) throw invalid('Invalid object or event type id');
  return schema;
}

/** What a PATCH answers is the type without its properties and associations. */
function definition(call: Call, schema: ObjectSchema): object {
  return { ...schema, portalId: call.store.account.get(PORTAL, 'account')?.portalId };
}

export const schemaRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm-object-schemas/schemas',
    scopes: read,
    budget: 'burst',
    source,
    handle(call) {
      const archived = readFlag(call, 'archived');
      const shown = call.store.schemas.list(PORTAL).filter((schema) => schema.archived === archived);
      return { status: 200, body: { results: shown.map((schema) => presentSchema(call, schema)) } };
    },
  },
  {
    method: 'POST',
    path: '/crm-object-schemas/schemas',
    scopes: write,
    budget: 'burst',
    source,
    handle(call) {
      const schema = createSchema(call, readBody(call, schemaCreate));
      return { status: 201, body: presentSchema(call, schema) };
    },
  },
  {
    method: 'POST',
    path: '/crm-object-schemas/schemas/batch/read',
    scopes: read,
    budget: 'burst',
    source,
    handle(call) {
      const { inputs, ...wanted } = readBody(call, batchRead);
      // Guess: what is not there is left out.
      const types = inputs.flatMap((said) => call.store.objectType(said) ?? []);
      return {
        status: 200,
        body: { results: types.map((type) => presentSchema(call, schemaOf(call.store, type), wanted)) },
      };
    },
  },
  {
    method: 'GET',
    path: '/crm-object-schemas/schemas/{objectType}',
    scopes: read,
    budget: 'burst',
    source,
    handle(call) {
      const type = call.store.objectType(call.params['objectType'] ?? '');
      if (!type) throw notFound(`Object type ${call.params['objectType']} does not exist`);
      return { status: 200, body: presentSchema(call, schemaOf(call.store, type)) };
    },
  },
  {
    method: 'PATCH',
    path: '/crm-object-schemas/schemas/{objectType}',
    scopes: write,
    budget: 'burst',
    source,
    handle(call) {
      const schema = patchSchema(call, requireSchema(call), readBody(call, schemaPatch));
      return { status: 200, body: definition(call, schema) };
    },
  },
  {
    method: 'DELETE',
    path: '/crm-object-schemas/schemas/{objectType}',
    scopes: write,
    budget: 'burst',
    source,
    handle(call) {
      const { store } = call;
      if (readFlag(call, 'archived')) {
        const said = call.params['objectType'] ?? '';
        const archived = store.schemas
          .list(PORTAL)
          .find((schema) => schema.archived && [schema.objectTypeId, schema.fullyQualifiedName].includes(said));
        if (!archived) throw invalid("Couldn't find soft-deleted object type(s)");
        purge(store, archived);
        return { status: 204 };
      }
      const schema = requireSchema(call);
      if (store.records.count(schema.objectTypeId) > 0) {
        throw invalid(`Object type ${schema.objectTypeId} cannot be deleted until all object records are deleted`, {
          subCategory: 'ObjectSchemaError.EXISTING_OBJECT_RECORDS',
        });
      }
      const updatedAt = new Date(call.now).toISOString();
      store.schemas.put(PORTAL, schema.objectTypeId, { ...schema, archived: true, updatedAt });
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/crm-object-schemas/schemas/{objectType}/associations',
    scopes: write,
    budget: 'burst',
    source,
    handle(call) {
      const { store } = call;
      const schema = requireSchema(call);
      const input = readBody(call, associationCreate);
      const [from, to] = [store.objectType(input.fromObjectTypeId), store.objectType(input.toObjectTypeId)];
      if (!from || !to || ![from.id, to.id].includes(schema.objectTypeId)) {
        throw invalid('fromObjectTypeId and toObjectTypeId must be object types, and one of them this one');
      }
      const alone = [from, to].find(({ associations }) => associations === 'none');
      if (alone) throw invalid(`Records of object type ${alone.id} cannot be associated`);
      if (store.associationTypes.unlabelled(from.id, to.id)) {
        // Guess: status and words for an association that is defined already.
        throw new PortalError(409, {
          message: `An association from ${from.id} to ${to.id} already exists`,
          category: 'OBJECT_ALREADY_EXISTS',
        });
      }
      const name = input.name ?? `${from.singular}_to_${to.singular}`;
      const [made] = store.associationTypes.define(from.id, to.id, { name, label: null });
      const at = new Date(call.now).toISOString();
      return { status: 201, body: made && presentAssociation(store, made, at) };
    },
  },
  {
    method: 'DELETE',
    path: '/crm-object-schemas/schemas/{objectType}/associations/{associationIdentifier}',
    scopes: write,
    budget: 'burst',
    source,
    handle(call) {
      const { store } = call;
      const { objectTypeId } = requireSchema(call);
      const typeId = Number(call.params['associationIdentifier']);
      for (const other of store.objectTypes()) {
        const types = [
          ...store.associationTypes.between(objectTypeId, other.id),
          ...store.associationTypes.between(other.id, objectTypeId),
        ];
        const type = types.find((candidate) => candidate.typeId === typeId && candidate.category === 'USER_DEFINED');
        if (!type) continue;
        store.associations.removeType(type);
        store.associationTypes.remove(type);
        return { status: 204 };
      }
      throw notFound(`Association ${call.params['associationIdentifier']} does not exist`);
    },
  },
];
