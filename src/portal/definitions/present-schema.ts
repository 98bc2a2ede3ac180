/** Object types as HubSpot's schema API sends them: custom ones, and HubSpot's own in the same form. */

import type { ObjectSchema, Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import type { AssociationType } from '../store/association-types.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { presentProperty } from './present-property.ts';

export interface PublicAssociation {
  readonly id: string;
  readonly fromObjectTypeId: string;
  readonly toObjectTypeId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Guess: HubSpot's own types say that they were made when the account was. */
export function schemaOf(store: Store, type: ObjectTypeFacts): ObjectSchema {
  const custom = store.schemas.get(PORTAL, type.id);
  if (custom) return custom;
  return {
    id: type.id,
    objectTypeId: type.id,
    name: type.fullyQualifiedName,
    fullyQualifiedName: type.fullyQualifiedName,
    labels: type.labels,
    primaryDisplayProperty: type.primaryDisplayProperty,
    secondaryDisplayProperties: [],
    searchableProperties: type.searched,
    requiredProperties: type.required.filter((group) => group.length === 1).flat(),
    allowsSensitiveProperties: true,
    restorable: true,
    archived: false,
    createdAt: '2019-10-30T03:30:17.883Z',
    updatedAt: '2019-10-30T03:30:17.883Z',
  };
}

/** Every association from and to a type that this portal serves. */
function associationsOf(store: Store, typeId: string, at: string): PublicAssociation[] {
  const served = store.objectTypes().filter((type) => type.emulated);
  return served.flatMap((other) => {
    const there = store.associationTypes.between(typeId, other.id);
    const back = other.id === typeId ? [] : store.associationTypes.between(other.id, typeId);
    return [...there, ...back].map((type) => presentAssociation(store, type, at));
  });
}

export function presentAssociation(store: Store, type: AssociationType, at: string): PublicAssociation {
  const { fromTypeId, toTypeId, typeId } = type;
  return {
    id: String(typeId),
    fromObjectTypeId: fromTypeId,
    toObjectTypeId: toTypeId,
    name: nameOf(store, type),
    createdAt: at,
    updatedAt: at,
  };
}

/** Guess: the names in a schema of HubSpot's own association types. */
function nameOf(store: Store, type: AssociationType): string {
  const { category, fromTypeId, toTypeId, label } = type;
  const stored = category === 'USER_DEFINED' ? store.associationTypes.nameOf(type) : undefined;
  if (stored !== undefined) return stored;
  const said = (segment: string) => store.objectType(segment)?.singular ?? segment;
  const plain = `${said(fromTypeId)}_to_${said(toTypeId)}`;
  return label === null ? plain : `${plain}_${label.toLowerCase().replaceAll(' ', '_')}`;
}

interface Wanted {
  readonly includePropertyDefinitions?: boolean;
  readonly includeAssociationDefinitions?: boolean;
}

/** A schema with what belongs to it, as far as `asked` or else the query asks for it. */
export function presentSchema(call: Call, schema: ObjectSchema, asked: Wanted = {}): object {
  const type = call.store.objectType(schema.objectTypeId);
  const wanted = (name: keyof Wanted) => asked[name] ?? call.query.get(name) !== 'false';
  const properties: Property[] = [];
  if (type && wanted('includePropertyDefinitions')) {
    for (const property of call.store.properties.list(type.id)) {
      if (!property.archived) properties.push(presentProperty(call.store, type, property));
    }
  }
  const associations =
    type && wanted('includeAssociationDefinitions')
      ? associationsOf(call.store, schema.objectTypeId, schema.createdAt)
      : [];
  return { ...schema, properties, associations };
}
