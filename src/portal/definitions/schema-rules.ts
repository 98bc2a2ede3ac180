/**
 * What makes a custom object type, and what HubSpot refuses of it.
 * Sources: developers.hubspot.com/docs/api-reference/latest/crm/objects/schemas/guide, compared 2026-11-22; required
 * members, words and subCategories as published live runs against 2026-09 saw them.
 * Guess: at most ten types; the subCategories about secondary, searchable and required properties.
 */

import { flag, integer, list, optional, shape, text } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import { customDefaultDefinitions } from '../facts/default-properties.ts';
import type { ObjectSchema } from '../facts/definitions.ts';
import type { Call } from '../route.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { checkKind, optionInput } from './property-kinds.ts';
import { createProperty } from './property-rules.ts';

const labels = shape('ObjectTypeDefinitionLabels', { singular: optional(text), plural: optional(text) });

const schemaProperty = shape('ObjectTypePropertyCreate', {
  name: text,
  label: text,
  type: text,
  fieldType: text,
  groupName: optional(text),
  description: optional(text),
  hasUniqueValue: optional(flag),
  hidden: optional(flag),
  formField: optional(flag),
  options: optional(list(optionInput)),
  displayOrder: optional(integer),
  referencedObjectType: optional(text),
  showCurrencySymbol: optional(flag),
});

const display = {
  description: optional(text),
  primaryDisplayProperty: optional(text),
  secondaryDisplayProperties: optional(list(text)),
  searchableProperties: optional(list(text)),
  requiredProperties: optional(list(text)),
  allowsSensitiveProperties: optional(flag),
};

export const schemaCreate = shape('ObjectSchemaEgg', {
  name: text,
  labels,
  properties: optional(list(schemaProperty)),
  associatedObjects: optional(list(text)),
  ...display,
});

export const schemaPatch = shape('ObjectTypeDefinitionPatch', {
  labels: optional(labels),
  clearDescription: optional(flag),
  restorable: optional(flag),
  ...display,
});

export const MAX_TYPES = 10;
const MAX_SECONDARY = 2;
const MAX_SEARCHABLE = 20;

/** @throws PortalError 400, 403, 409 */
export function createSchema(call: Call, input: ReturnType<typeof schemaCreate>): ObjectSchema {
  const { store } = call;
  checkTier(call);
  checkNew(store, input.name, input.primaryDisplayProperty);
  const at = new Date(call.now).toISOString();
  const number = newNumber(call);
  const singular = input.labels.singular ?? input.name;
  const bare: ObjectSchema = {
    id: number,
    objectTypeId: `2-${number}`,
    name: input.name,
    fullyQualifiedName: `p${store.account.get(PORTAL, 'account')?.portalId}_${input.name}`,
    ...(input.description !== undefined && { description: input.description }),
    labels: { singular, plural: input.labels.plural ?? singular },
    primaryDisplayProperty: input.primaryDisplayProperty ?? '',
    secondaryDisplayProperties: input.secondaryDisplayProperties ?? [],
    searchableProperties: input.searchableProperties?.length ? input.searchableProperties : ['hs_object_id'],
    requiredProperties: input.requiredProperties ?? [],
    allowsSensitiveProperties: input.allowsSensitiveProperties ?? true,
    restorable: true,
    archived: false,
    createdAt: at,
    updatedAt: at,
  };
  // A new type takes the name of an archived one, and with it that type's place.
  for (const archived of store.schemas.list(PORTAL)) {
    if (archived.archived && sameName(archived.name, input.name)) purge(store, archived);
  }
  store.schemas.put(PORTAL, bare.objectTypeId, bare);
  addProperties(call, bare, input.properties ?? []);
  checkDisplay(store, bare);
  associate(call, bare, input.associatedObjects ?? []);
  return bare;
}

/** Custom objects come with Enterprise. Guess: the status, the category and the words. @throws PortalError 403 */
function checkTier({ tier }: Call): void {
  if (tier === 'enterprise') return;
  throw new PortalError(403, {
    message: 'Custom objects are available to Enterprise subscriptions only',
    category: 'MISSING_SUBSCRIPTION',
  });
}

function checkNew(store: Store, name: string, primaryDisplayProperty: string | undefined): void {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,49}$/.test(name)) {
    throw invalid(`invalid object type name ${name}`, {
      subCategory: 'InboundDbObjectTypeError.OBJECT_TYPE_NAME_FORMAT',
    });
  }
  if (primaryDisplayProperty === undefined) {
    throw invalid('A primary display property is required', {
      subCategory: 'ObjectSchemaError.PRIMARY_DISPLAY_PROPERTY_REQUIRED',
    });
  }
  const active = store.schemas.list(PORTAL).filter((schema) => !schema.archived);
  if (active.some((schema) => sameName(schema.name, name))) {
    throw new PortalError(409, {
      message: `${name} already exists`,
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'InboundDbObjectTypeError.OBJECT_TYPE_ALREADY_EXIST',
    });
  }
  if (active.length >= MAX_TYPES)
    throw invalid(`This account has reached its limit of ${MAX_TYPES} custom object types`);
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function addProperties(call: Call, schema: ObjectSchema, inputs: readonly ReturnType<typeof schemaProperty>[]): void {
  const { store } = call;
  const { groups, properties } = customDefaultDefinitions(schema.name, schema.labels.singular);
  for (const group of groups) store.propertyGroups.put(schema.objectTypeId, group.name, group);
  for (const property of properties) store.properties.put(schema.objectTypeId, property.name, property);
  const type = store.objectType(schema.objectTypeId);
  const groupName = groups[0]?.name ?? '';
  for (const input of inputs) {
    checkKind(input.type, input.fieldType);
    if (type) createProperty(call, type, { ...input, groupName: input.groupName ?? groupName });
  }
}

/** Activities go with every custom object; other types only where the schema says so. */
function associate(call: Call, schema: ObjectSchema, associatedObjects: readonly string[]): void {
  const { store } = call;
  const activities = store.objectTypes().filter((type) => type.activity && type.emulated);
  const others = associatedObjects.map((said) => {
    const type = store.objectType(said);
    if (type?.associations !== 'any') throw invalid(`Invalid associated object: ${said}`);
    return type;
  });
  for (const other of new Set([...activities, ...others])) {
    if (store.associationTypes.unlabelled(schema.objectTypeId, other.id)) continue;
    const name = `${schema.name}_to_${other.singular}`;
    store.associationTypes.define(schema.objectTypeId, other.id, { name, label: null });
  }
}

/** What the schema says of its properties must be true of them. @throws PortalError 400 */
export function checkDisplay(store: Store, schema: ObjectSchema): void {
  const has = (name: string) => store.properties.get(schema.objectTypeId, name)?.archived === false;
  if (!has(schema.primaryDisplayProperty)) {
    throw invalid(`Invalid primary display property ${schema.primaryDisplayProperty}`, {
      subCategory: 'ObjectSchemasSandboxesSyncErrorType.INVALID_PRIMARY_DISPLAY_PROPERTY',
    });
  }
  const lists = [
    ['secondaryDisplayProperties', 'INVALID_SECONDARY_DISPLAY_PROPERTIES', MAX_SECONDARY],
    ['searchableProperties', 'INVALID_SEARCHABLE_PROPERTIES', MAX_SEARCHABLE],
    ['requiredProperties', 'INVALID_REQUIRED_PROPERTIES', Number.POSITIVE_INFINITY],
  ] as const;
  for (const [member, code, max] of lists) {
    const names = schema[member];
    const wrong = names.filter((name, i) => !has(name) || names.indexOf(name) !== i);
    if (wrong.length === 0 && names.length <= max) continue;
    throw invalid(`Invalid ${member}: ${(wrong.length > 0 ? wrong : names).join(', ')}`, {
      subCategory: `ObjectSchemasSandboxesSyncErrorType.${code}`,
    });
  }
}

/** @throws PortalError 400 */
export function patchSchema(call: Call, known: ObjectSchema, input: ReturnType<typeof schemaPatch>): ObjectSchema {
  if (known.allowsSensitiveProperties && input.allowsSensitiveProperties === false) {
    throw invalid('Sensitive properties support cannot be turned off', {
      subCategory: 'InboundDbObjectTypeError.SENSITIVE_PROPERTIES_SUPPORT_CANNOT_BE_TURNED_OFF',
    });
  }
  const { description: before, ...rest } = known;
  const description = input.clearDescription ? undefined : (input.description ?? before);
  const schema: ObjectSchema = {
    ...rest,
    ...(description !== undefined && { description }),
    labels: {
      singular: input.labels?.singular ?? known.labels.singular,
      plural: input.labels?.plural ?? known.labels.plural,
    },
    primaryDisplayProperty: input.primaryDisplayProperty ?? known.primaryDisplayProperty,
    secondaryDisplayProperties: input.secondaryDisplayProperties ?? known.secondaryDisplayProperties,
    searchableProperties: input.searchableProperties ?? known.searchableProperties,
    requiredProperties: input.requiredProperties ?? known.requiredProperties,
    allowsSensitiveProperties: input.allowsSensitiveProperties ?? known.allowsSensitiveProperties,
    restorable: input.restorable ?? known.restorable,
    updatedAt: new Date(call.now).toISOString(),
  };
  checkDisplay(call.store, schema);
  call.store.schemas.put(PORTAL, schema.objectTypeId, schema);
  return schema;
}

/** Forgets an archived type and everything defined for it. */
export function purge(store: Store, { objectTypeId }: ObjectSchema): void {
  for (const { name } of store.properties.list(objectTypeId)) {
    store.properties.delete(objectTypeId, name);
    store.validations.delete(objectTypeId, name);
  }
  store.recalculations.delete(PORTAL, objectTypeId);
  for (const { name } of store.propertyGroups.list(objectTypeId)) store.propertyGroups.delete(objectTypeId, name);
  for (const { id } of store.pipelines.list(objectTypeId)) store.pipelines.delete(objectTypeId, id);
  for (const other of store.objectTypes()) {
    for (const type of store.associationTypes.between(objectTypeId, other.id)) {
      store.associations.removeType(type);
      store.associationTypes.remove(type);
    }
  }
  store.schemas.delete(PORTAL, objectTypeId);
}

/** Digits that no type of this portal has, nor had: its records may still be there. */
function newNumber(call: Call): string {
  const taken = new Set([
    ...call.store.records.typeIds(),
    ...call.store.schemas.list(PORTAL).map((schema) => schema.objectTypeId),
  ]);
  let number: string;
  do number = String(30_000_000 + Math.floor(call.random.float() * 60_000_000));
  while (taken.has(`2-${number}`));
  return number;
}
