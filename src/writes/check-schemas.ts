import { type Crm, type ObjectType, UserError } from '../crm/index.ts';
import type { SchemaPatch } from '../hubspot/index.ts';
import type { CheckedRow } from './change.ts';
import { newProperty, type SaidProperty } from './check-properties.ts';
import { checkRows } from './check-rows.ts';
import { withoutUndefined } from './without-undefined.ts';

interface SaidRoles {
  readonly labels?: { readonly singular: string; readonly plural: string } | undefined;
  readonly description?: string | undefined;
  readonly primaryDisplayProperty?: string | undefined;
  readonly secondaryDisplayProperties?: readonly string[] | undefined;
  readonly searchableProperties?: readonly string[] | undefined;
  readonly requiredProperties?: readonly string[] | undefined;
}

export interface SaidSchema extends SaidRoles {
  readonly name: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly primaryDisplayProperty: string;
  readonly properties: readonly SaidProperty[];
  readonly associatedObjects?: readonly string[] | undefined;
}

/** Checks a new custom object type. */
export async function checkNewSchema(crm: Crm, said: SaidSchema): Promise<CheckedRow[]> {
  return checkRows([said], async ({ name, properties, associatedObjects = [], ...roles }) => {
    if (!/^[a-z]\w*$/i.test(name)) {
      throw new UserError(
        'invalid_name',
        'name takes letters, digits and underscores, starts with a letter, and never changes.',
      );
    }
    if ((await crm.objectTypes.list()).some((type) => type.name.toLowerCase() === name.toLowerCase())) {
      throw new UserError('already_exists', `There is an object type ${name} already.`, {
        next: 'Use update_object_schema.',
      });
    }
    refuseUnknown(roles, new Set(properties.map((property) => property.name)));
    const associated = [];
    for (const each of associatedObjects) associated.push((await crm.objectTypes.resolve(each)).id);
    const input = {
      ...withoutUndefined(roles),
      name,
      labels: roles.labels,
      primaryDisplayProperty: roles.primaryDisplayProperty,
      requiredProperties: roles.requiredProperties ?? [roles.primaryDisplayProperty],
      properties: properties.map(schemaProperty),
      // Guess: type ids do for HubSpot's own types too; its guide shows names for these and ids for custom ones.
      associatedObjects: associated,
    };
    return { change: { kind: 'define', step: 'create_schema', name, input } };
  });
}

/** HubSpot makes the group of a new object's properties itself. */
function schemaProperty(said: SaidProperty) {
  const { groupName: _group, ...property } = newProperty(said, '');
  return said.groupName === undefined ? property : { ...property, groupName: said.groupName };
}

/** Checks changes of a custom object type: its labels and what its properties are used for, and new associations. */
export async function checkSchemaUpdate(
  crm: Crm,
  said: SaidRoles & { readonly objectType: string; readonly associateWith?: readonly string[] | undefined },
): Promise<CheckedRow[]> {
  const objectType = await customType(crm, said.objectType);
  const { objectType: _said, associateWith = [], ...roles } = said;
  const properties = await crm.properties.of(objectType);
  const patch: SchemaPatch = withoutUndefined(roles);
  return [
    ...(await checkRows(Object.keys(patch).length > 0 ? [patch] : [], (input) => {
      refuseUnknown(roles, new Set(properties.all.map((property) => property.name)));
      return { change: { kind: 'define', step: 'update_schema', name: objectType.name, objectType, input } };
    })),
    ...(await checkRows(associateWith, async (other) => {
      const to = await crm.objectTypes.resolve(other);
      return {
        change: { kind: 'define', step: 'associate_schema', name: `${objectType.name} - ${to.name}`, objectType, to },
      };
    })),
  ];
}

/** Checks a custom object type that is to be archived. HubSpot refuses while it has records. */
export async function checkSchemaArchive(crm: Crm, said: { readonly objectType: string }): Promise<CheckedRow[]> {
  const objectType = await customType(crm, said.objectType);
  return [{ change: { kind: 'define', step: 'archive_schema', name: objectType.name, objectType } }];
}

async function customType(crm: Crm, said: string): Promise<ObjectType> {
  const type = await crm.objectTypes.resolve(said);
  if (type.custom) return type;
  throw new UserError(
    'not_possible',
    `${type.plural} are HubSpot's own object type; only custom ones have a schema to change.`,
  );
}

function refuseUnknown(roles: SaidRoles, known: ReadonlySet<string>): void {
  const { primaryDisplayProperty, secondaryDisplayProperties, searchableProperties, requiredProperties } = roles;
  const named = [
    ...(primaryDisplayProperty === undefined ? [] : [primaryDisplayProperty]),
    ...(secondaryDisplayProperties ?? []),
    ...(searchableProperties ?? []),
    ...(requiredProperties ?? []),
  ];
  const property = named.find((name) => !known.has(name));
  if (property === undefined) return;
  throw new UserError(
    'unknown_property',
    `The object type has no property ${property}. Define it in properties first.`,
    {
      property,
      allowed: [...known],
    },
  );
}
