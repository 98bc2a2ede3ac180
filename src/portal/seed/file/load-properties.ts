/** Properties of a portal file: a type's own ones, and what was changed about HubSpot's. */

import { checkFormula } from '../../calculated/formula/check.ts';
import { checkKind, checkOptions } from '../../definitions/property-kinds.ts';
import type { Property, PropertyOption, PropertyType } from '../../facts/definitions.ts';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import type { Store } from '../../store/store.ts';
import { asked } from './asked.ts';
import { inside, type Place, PortalFileError } from './read.ts';
import type { FileProperty } from './read-definitions.ts';

const fieldTypes: Readonly<Partial<Record<PropertyType, string>>> = {
  number: 'number',
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  phone_number: 'phonenumber',
};

/** What is left out of a property that there is already stays as it is; a group that there is not is made. */
export function loadProperties(
  store: Store,
  type: ObjectTypeFacts,
  properties: readonly FileProperty[],
  place: Place,
  now: number,
): void {
  const seen = new Set<string>();
  for (const [i, read] of properties.entries()) {
    if (seen.has(read.name)) {
      throw new PortalFileError(inside(inside(place, i), 'name'), `${type.name} have ${read.name} twice in this list.`);
    }
    seen.add(read.name);
    const property = makeProperty(store, type, read, new Date(now).toISOString());
    checkDefinition(property, inside(place, i));
    // HubSpot has properties in groups that it does not show.
    if (!property.hubspotDefined && !store.propertyGroups.get(type.id, property.groupName)) {
      const label = property.groupName.replaceAll('_', ' ');
      store.propertyGroups.put(type.id, property.groupName, {
        name: property.groupName,
        label: label.charAt(0).toUpperCase() + label.slice(1),
        displayOrder: -1,
        archived: false,
      });
    }
    store.properties.put(type.id, property.name, property);
  }
}

/** HubSpot's own definitions and what it calculates are taken as they are. */
function checkDefinition({ hubspotDefined, calculated, ...property }: Property, place: Place): void {
  if (hubspotDefined || calculated) return;
  const { type, fieldType, options, externalOptions } = property;
  asked(inside(place, 'fieldType'), () => checkKind(type, fieldType));
  if (externalOptions) return;
  asked(inside(place, 'options'), () => checkOptions({ type, external: false, reference: undefined }, options));
}

/**
 * To be called when all properties of the type are there, as a formula may need any of them. A formula of a real account
 * that the portal cannot calculate is left out: the property has the values that records give it.
 */
export function checkFormulas(
  store: Store,
  type: ObjectTypeFacts,
  properties: readonly FileProperty[],
  place: Place,
): void {
  for (const [i, read] of properties.entries()) {
    const known = store.properties.get(type.id, read.name);
    if (!known || known.hubspotDefined || known.archived || read.calculationFormula === undefined) continue;
    const { calculationFormula: formula, ...withoutFormula } = known;
    const at = inside(inside(place, i), 'calculationFormula');
    try {
      asked(at, () => checkFormula(store, type.id, known, formula ?? ''));
    } catch (error) {
      // Only HubSpot's answers say so; a person writes the formula alone.
      if (!read.calculated || !(error instanceof PortalFileError)) throw error;
      store.properties.put(type.id, known.name, withoutFormula);
    }
  }
}

function makeProperty(store: Store, type: ObjectTypeFacts, read: FileProperty, at: string): Property {
  const known = store.properties.get(type.id, read.name);
  const kind = read.type ?? known?.type ?? (read.options ? 'enumeration' : 'string');
  const calculated = read.calculated ?? known?.calculated ?? read.calculationFormula !== undefined;
  const fallback: Property = known ?? {
    name: read.name,
    label: read.name,
    type: kind,
    fieldType: calculated ? 'calculation_equation' : (fieldTypes[kind] ?? 'text'),
    description: '',
    groupName: store.propertyGroups.list(type.id)[0]?.name ?? `${type.singular}information`,
    options: kind === 'bool' ? yesAndNo : [],
    displayOrder: -1,
    calculated,
    externalOptions: false,
    hasUniqueValue: false,
    hidden: false,
    hubspotDefined: false,
    formField: false,
    dataSensitivity: 'non_sensitive',
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: calculated },
    archived: false,
    createdAt: at,
    updatedAt: read.createdAt ?? at,
  };
  const { options, ...rest } = read;
  return { ...fallback, ...rest, type: kind, calculated, ...(options && { options: options.map(makeOption) }) };
}

const yesAndNo = [
  { value: 'true', label: 'True' },
  { value: 'false', label: 'False' },
].map(makeOption);

function makeOption(
  { value, label = value, displayOrder, hidden = false, description }: NonNullable<FileProperty['options']>[number],
  i: number,
): PropertyOption {
  return { label, value, ...(description !== undefined && { description }), displayOrder: displayOrder ?? i, hidden };
}
