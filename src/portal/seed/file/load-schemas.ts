/** Custom object types of a portal file. */

import { checkDisplay } from '../../definitions/schema-rules.ts';
import { customDefaultDefinitions } from '../../facts/default-properties.ts';
import type { ObjectSchema } from '../../facts/definitions.ts';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import { PORTAL, type Store } from '../../store/store.ts';
import { asked } from './asked.ts';
import { inside, list, type Place, PortalFileError } from './read.ts';
import { type FileProperty, type FileSchema, schema } from './read-definitions.ts';

/** What a schema says besides itself, as in the body that creates one. */
export interface LoadedSchema {
  readonly type: ObjectTypeFacts;
  readonly properties: readonly FileProperty[];
  readonly associatedObjects: readonly string[];
  readonly place: Place;
}

/** Ids of types that the file does not give. */
const FIRST_NUMBER = 30_000_000;

export function loadSchemas(store: Store, value: unknown, place: Place, now: number): LoadedSchema[] {
  const loaded: LoadedSchema[] = [];
  for (const [i, read] of list(schema)(value, place).entries()) {
    const at = inside(place, i);
    const made = makeSchema(store, read, at, now, FIRST_NUMBER + i);
    store.schemas.put(PORTAL, made.objectTypeId, made);
    const { groups, properties } = customDefaultDefinitions(made.name, made.labels.singular);
    for (const group of groups) store.propertyGroups.put(made.objectTypeId, group.name, group);
    for (const property of properties) store.properties.put(made.objectTypeId, property.name, property);
    const type = store.objectType(made.objectTypeId);
    // An archived type has no records and takes none.
    if (!type) continue;
    const { properties: own = [], associatedObjects = [] } = read;
    loaded.push({ type, properties: own, associatedObjects, place: at });
  }
  return loaded;
}

/** To be called when all properties are there. */
export function checkDisplays(store: Store, schemas: readonly LoadedSchema[]): void {
  for (const { type, place } of schemas) {
    const known = store.schemas.get(PORTAL, type.id);
    if (known) asked(place, () => checkDisplay(store, known));
  }
}

function makeSchema(store: Store, read: FileSchema, place: Place, now: number, number: number): ObjectSchema {
  const objectTypeId = read.objectTypeId ?? `2-${number}`;
  if (!/^2-[1-9]\d{0,14}$/.test(objectTypeId)) {
    throw new PortalFileError(inside(place, 'objectTypeId'), `a custom object type has an id as "2-${FIRST_NUMBER}".`);
  }
  if (!/^[A-Za-z]\w{0,49}$/.test(read.name)) {
    throw new PortalFileError(
      inside(place, 'name'),
      `${JSON.stringify(read.name)} must start with a letter and hold only letters, digits and underscores.`,
    );
  }
  const sameName = (other: ObjectSchema) => other.name.toLowerCase() === read.name.toLowerCase() && !other.archived;
  if (store.schemas.get(PORTAL, objectTypeId) || (!read.archived && store.schemas.list(PORTAL).some(sameName))) {
    throw new PortalFileError(place, `there is another custom object type ${objectTypeId} or ${read.name}.`);
  }
  const at = new Date(now).toISOString();
  const singular = read.labels?.singular ?? read.name;
  const portalId = store.account.get(PORTAL, 'account')?.portalId;
  return {
    id: read.id ?? objectTypeId.slice(2),
    objectTypeId,
    name: read.name,
    fullyQualifiedName: read.fullyQualifiedName ?? `p${portalId}_${read.name}`,
    ...(read.description !== undefined && { description: read.description }),
    labels: { singular, plural: read.labels?.plural ?? singular },
    primaryDisplayProperty: read.primaryDisplayProperty ?? read.properties?.[0]?.name ?? 'hs_object_id',
    secondaryDisplayProperties: read.secondaryDisplayProperties ?? [],
    searchableProperties: read.searchableProperties ?? ['hs_object_id'],
    requiredProperties: read.requiredProperties ?? [],
    allowsSensitiveProperties: read.allowsSensitiveProperties ?? true,
    restorable: read.restorable ?? true,
    archived: read.archived ?? false,
    createdAt: read.createdAt ?? at,
    updatedAt: read.updatedAt ?? read.createdAt ?? at,
  };
}
