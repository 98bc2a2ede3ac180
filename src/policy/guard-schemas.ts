/** Custom objects as their definitions tell them, without the properties that are denied. */

import type { CallOptions, ObjectSchema, SchemaPatch, Schemas } from '../hubspot/index.ts';
import { unknownProperty } from './guard-refusals.ts';
import { type Access, shownDefinitions } from './guard-shown.ts';
import type { Policy } from './policy.ts';

type AccessOf = (objectType: string, options: CallOptions | undefined) => Promise<Access>;

export function guardSchemas(schemas: Schemas, policy: Policy, accessOf: AccessOf): Schemas {
  const lists = new WeakMap<readonly ObjectSchema[], readonly ObjectSchema[]>();
  const shown = (schema: ObjectSchema) => shownSchema(schema, (property) => policy.access(schema.name, property));
  return {
    async list(request, options) {
      const all = await schemas.list(request, options);
      const found = lists.get(all) ?? all.map(shown);
      lists.set(all, found);
      return found;
    },
    get: async (type, options) => shown(await schemas.get(type, options)),
    create: async (input, options) => shown(await schemas.create(input, options)),
    async update(type, patch, options) {
      requireKnown(type, patch, await accessOf(type, options));
      return shown(await schemas.update(type, patch, options));
    },
    archive: (type, options) => schemas.archive(type, options),
    associate: (type, input, options) => schemas.associate(type, input, options),
  };
}

function shownSchema(schema: ObjectSchema, access: Access): ObjectSchema {
  const { primaryDisplayProperty: primary, secondaryDisplayProperties, ...rest } = schema;
  const { searchableProperties, requiredProperties, properties } = schema;
  const left = (names: readonly string[]) => names.filter((name) => access(name) !== 'deny');
  return {
    ...rest,
    ...(primary !== undefined && access(primary) !== 'deny' && { primaryDisplayProperty: primary }),
    ...(secondaryDisplayProperties && { secondaryDisplayProperties: left(secondaryDisplayProperties) }),
    ...(searchableProperties && { searchableProperties: left(searchableProperties) }),
    ...(requiredProperties && { requiredProperties: left(requiredProperties) }),
    ...(properties && { properties: shownDefinitions(properties, access) }),
  };
}

/** A record's name is made of its display properties: one that is hidden must not become one. */
function requireKnown(objectType: string, patch: SchemaPatch, access: Access): void {
  const {
    primaryDisplayProperty: primary,
    secondaryDisplayProperties,
    searchableProperties,
    requiredProperties,
  } = patch;
  const named = [
    ...(primary === undefined ? [] : [primary]),
    ...(secondaryDisplayProperties ?? []),
    ...(searchableProperties ?? []),
    ...(requiredProperties ?? []),
  ];
  for (const name of named) {
    if (access(name) === 'deny' || access(name) === 'mask') throw unknownProperty(objectType, name);
  }
}
