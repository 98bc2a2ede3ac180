import { type Crm, type Property, type PropertyIndex, UserError } from '../crm/index.ts';
import { quote } from '../crm/words.ts';
import type { PropertyInput, PropertyOption, PropertyPatch } from '../hubspot/index.ts';
import type { CheckedRow } from './change.ts';
import { checkRows } from './check-rows.ts';
import { withoutUndefined } from './without-undefined.ts';

export interface SaidGroup {
  readonly name: string;
  readonly label?: string | undefined;
  readonly displayOrder?: number | undefined;
}

/** An option by its label; `value` is what HubSpot stores, the label if omitted. */
export interface SaidOption {
  readonly label: string;
  readonly value?: string | undefined;
  readonly description?: string | undefined;
  readonly hidden?: boolean | undefined;
}

export interface SaidPropertyPatch {
  readonly name: string;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly groupName?: string | undefined;
  readonly fieldType?: string | undefined;
  readonly options?: readonly SaidOption[] | undefined;
  readonly addOptions?: readonly SaidOption[] | undefined;
  readonly hidden?: boolean | undefined;
  readonly formField?: boolean | undefined;
  readonly displayOrder?: number | undefined;
  readonly calculationFormula?: string | undefined;
}

export interface SaidProperty extends Omit<SaidPropertyPatch, 'addOptions'> {
  readonly label: string;
  readonly type: PropertyType;
  readonly hasUniqueValue?: boolean | undefined;
}

/** The types a property can be created with, and the form field that shows each unless another is said. */
const FIELD_TYPES = {
  string: 'text',
  number: 'number',
  enumeration: 'select',
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  phone_number: 'phonenumber',
} as const;

export type PropertyType = keyof typeof FIELD_TYPES;
export const PROPERTY_TYPES = ['string', 'number', 'enumeration', 'bool', 'date', 'datetime', 'phone_number'] as const;

interface SaidDefinitions<G, P> {
  readonly objectType: string;
  readonly groups?: readonly G[] | undefined;
  readonly properties?: readonly P[] | undefined;
}

/** Checks new groups, and then new properties, which may be put into them. */
export async function checkNewProperties(
  crm: Crm,
  said: SaidDefinitions<SaidGroup, SaidProperty>,
): Promise<CheckedRow[]> {
  const objectType = await crm.objectTypes.resolve(said.objectType);
  const index = await crm.properties.of(objectType);
  const { groups = [], properties = [] } = said;
  return [
    ...(await checkRows(
      groups,
      (group) => {
        const { name, label = name, displayOrder } = group;
        requireName(name);
        const input = { name, label, ...withoutUndefined({ displayOrder }) };
        return { change: { kind: 'define', step: 'create_group', name, objectType, input } };
      },
      nameOf,
    )),
    ...(await checkRows(
      properties,
      (property) => {
        if (index.has(property.name)) {
          throw new UserError('already_exists', `${objectType.plural} have a property ${property.name} already.`, {
            property: property.name,
            next: 'Use update_properties, or another name.',
          });
        }
        const input = newProperty(property, index.get(objectType.displayProperty).groupName);
        return { change: { kind: 'define', step: 'create_property', name: property.name, objectType, input } };
      },
      nameOf,
    )),
  ];
}

/** A property with what HubSpot asks for and people leave out. @param groupName for one that names no group */
export function newProperty(said: SaidProperty, groupName: string): PropertyInput {
  const { name, label, type, fieldType = FIELD_TYPES[type], options, ...rest } = said;
  requireName(name);
  if (type === 'enumeration' && (options ?? []).length === 0) {
    throw new UserError('invalid_value', `${name} is an enumeration and has no options. Give at least one.`, {
      property: name,
    });
  }
  const chosen = type === 'bool' ? (options ?? YES_OR_NO) : options;
  return {
    groupName,
    ...withoutUndefined(rest),
    name,
    label,
    type,
    fieldType,
    ...(chosen !== undefined && { options: numbered(chosen) }),
  };
}

const YES_OR_NO: readonly SaidOption[] = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
];

/** Checks changes of groups and properties. */
export async function checkPropertyUpdates(
  crm: Crm,
  said: SaidDefinitions<SaidGroup, SaidPropertyPatch>,
): Promise<CheckedRow[]> {
  const objectType = await crm.objectTypes.resolve(said.objectType);
  const index = await crm.properties.of(objectType);
  const { groups = [], properties = [] } = said;
  return [
    ...(await checkRows(
      groups,
      ({ name, ...patch }) => {
        const input = changed(name, withoutUndefined(patch));
        return { change: { kind: 'define', step: 'update_group', name, objectType, input } };
      },
      nameOf,
    )),
    ...(await checkRows(
      properties,
      (patch) => {
        const property = index.get(patch.name);
        if (property.modificationMetadata?.readOnlyDefinition) throw fixed(property, 'changed');
        const input = changed(property.name, patchOf(property, patch));
        return { change: { kind: 'define', step: 'update_property', name: property.name, objectType, input } };
      },
      nameOf,
    )),
  ];
}

/** HubSpot replaces all options by those sent, and values of the others are lost: to add one, all have to be sent. */
function patchOf(property: Property, said: SaidPropertyPatch): PropertyPatch {
  const { name: _name, options, addOptions, ...rest } = said;
  const base: readonly SaidOption[] = options ?? property.options ?? [];
  const all = addOptions === undefined ? options : [...base, ...addOptions.filter((each) => !hasOption(base, each))];
  return { ...withoutUndefined(rest), ...(all !== undefined && { options: numbered(all) }) };
}

function hasOption(options: readonly SaidOption[], said: SaidOption): boolean {
  return options.some(({ label, value = label }) => value === (said.value ?? said.label));
}

/** Checks properties, and then groups, that are to be archived: HubSpot archives only groups that are empty. */
export async function checkPropertyArchives(
  crm: Crm,
  said: {
    readonly objectType: string;
    readonly propertyNames?: readonly string[] | undefined;
    readonly groupNames?: readonly string[] | undefined;
  },
): Promise<CheckedRow[]> {
  const objectType = await crm.objectTypes.resolve(said.objectType);
  const index = await crm.properties.of(objectType);
  return [
    ...(await checkRows(
      said.propertyNames ?? [],
      (named) => {
        const property = archivable(index, named);
        return { change: { kind: 'define', step: 'archive_property', name: property.name, objectType } };
      },
      String,
    )),
    ...(await checkRows(said.groupNames ?? [], (name) => ({
      change: { kind: 'define', step: 'archive_group', name, objectType },
    }))),
  ];
}

function archivable(index: PropertyIndex, named: string): Property {
  const property = index.get(named);
  if (property.hubspotDefined || property.modificationMetadata?.archivable === false) throw fixed(property, 'archived');
  return property;
}

function fixed(property: Property, done: string): UserError {
  return new UserError('not_possible', `${property.name} is HubSpot's own and cannot be ${done}.`, {
    property: property.name,
  });
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function changed<T extends object>(name: string, patch: T): T {
  if (Object.keys(patch).length > 0) return patch;
  throw new UserError('nothing_to_write', `Nothing is said that would change ${name}.`);
}

function numbered(options: readonly SaidOption[]): PropertyOption[] {
  return options.map(({ label, value = label, description, hidden = false }, displayOrder) => ({
    label,
    value,
    displayOrder,
    hidden,
    ...withoutUndefined({ description }),
  }));
}

/** Names never change, so a slip is caught before it is made. */
function requireName(name: string): void {
  if (/^[a-z][a-z0-9_]{0,99}$/.test(name)) return;
  throw new UserError(
    'invalid_name',
    `${quote(name)} cannot be a name: use lower-case letters, digits and underscores, starting with a letter. It never changes; the label can.`,
  );
}
