/**
 * What makes a property: the shapes of create and update, and what HubSpot refuses.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, compared 2026-11-22.
 * Guess: the words and subCategories of all refusals but that of a name in use, and that names starting with `hs_` are
 * HubSpot's own.
 */

import { flag, integer, list, optional, shape, text } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import { checkKind, checkOptions, optionInput, toOptions } from './property-kinds.ts';

const common = {
  description: optional(text),
  displayOrder: optional(integer),
  options: optional(list(optionInput)),
  hidden: optional(flag),
  formField: optional(flag),
  calculationFormula: optional(text),
  showCurrencySymbol: optional(flag),
};

export const propertyCreate = shape('PropertyCreate', {
  name: text,
  label: text,
  type: text,
  fieldType: text,
  groupName: text,
  hasUniqueValue: optional(flag),
  externalOptions: optional(flag),
  referencedObjectType: optional(text),
  dataSensitivity: optional(text),
  ...common,
});

export const propertyUpdate = shape('PropertyUpdate', {
  label: optional(text),
  type: optional(text),
  fieldType: optional(text),
  groupName: optional(text),
  ...common,
});

export type PropertyCreate = ReturnType<typeof propertyCreate>;
export type PropertyUpdate = ReturnType<typeof propertyUpdate>;

const MAX_UNIQUE = 10;
const MAX_CUSTOM = 1000;

/**
 * Adds a property to a type. The name of an archived one brings that property back, with this definition.
 * @throws PortalError 400, 409
 */
export function createProperty(call: Call, type: ObjectTypeFacts, input: PropertyCreate): Property {
  const { properties } = call.store;
  const known = properties.get(type.id, input.name);
  if (known && !known.archived) {
    throw new PortalError(409, {
      message: `A property named '${input.name}' already exists.`,
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    });
  }
  checkName(input.name);
  checkSensitivity(input.dataSensitivity);
  checkGroup(call, type, input.groupName);
  checkCounts(call, type, input.hasUniqueValue ?? false);
  const calculated = input.calculationFormula !== undefined;
  const fieldType = calculated ? 'calculation_equation' : input.fieldType;
  const kind = checkKind(input.type, fieldType);
  const external = input.externalOptions ?? false;
  const options = toOptions(input.options ?? []);
  checkOptions(kind, options, external, input.referencedObjectType);
  if (calculated) checkFormula(call, type, input.calculationFormula ?? '');
  const at = new Date(call.now).toISOString();
  const property: Property = {
    name: input.name,
    label: input.label,
    type: kind,
    fieldType,
    description: input.description ?? '',
    groupName: input.groupName,
    options,
    displayOrder: input.displayOrder ?? -1,
    calculated,
    externalOptions: external,
    hasUniqueValue: input.hasUniqueValue ?? false,
    hidden: input.hidden ?? false,
    hubspotDefined: false,
    formField: input.formField ?? false,
    dataSensitivity: 'non_sensitive',
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: calculated },
    archived: false,
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
    ...(calculated && { calculationFormula: input.calculationFormula ?? '' }),
    ...(external && input.referencedObjectType !== undefined && { referencedObjectType: input.referencedObjectType }),
    ...(input.showCurrencySymbol !== undefined && { showCurrencySymbol: input.showCurrencySymbol }),
  };
  properties.put(type.id, property.name, property);
  return property;
}

/** Changes what was sent; options are replaced whole. @throws PortalError 400 */
export function updateProperty(call: Call, type: ObjectTypeFacts, known: Property, input: PropertyUpdate): Property {
  checkReadOnly(known, input);
  if (input.groupName !== undefined) checkGroup(call, type, input.groupName);
  if (input.calculationFormula !== undefined) checkFormula(call, type, input.calculationFormula);
  const kind = checkKind(input.type ?? known.type, input.fieldType ?? known.fieldType, known);
  const options = input.options ? toOptions(input.options) : known.options;
  if (input.options) checkOptions(kind, options, known.externalOptions, known.referencedObjectType);
  const property: Property = {
    ...known,
    type: kind,
    options,
    label: input.label ?? known.label,
    fieldType: input.fieldType ?? known.fieldType,
    groupName: input.groupName ?? known.groupName,
    description: input.description ?? known.description,
    displayOrder: input.displayOrder ?? known.displayOrder,
    hidden: input.hidden ?? known.hidden,
    formField: input.formField ?? known.formField,
    updatedAt: new Date(call.now).toISOString(),
    ...(input.calculationFormula !== undefined && { calculationFormula: input.calculationFormula }),
    ...(input.showCurrencySymbol !== undefined && { showCurrencySymbol: input.showCurrencySymbol }),
  };
  call.store.properties.put(type.id, property.name, property);
  return property;
}

function checkName(name: string): void {
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name) || name.startsWith('hs_')) {
    throw invalid(
      `Property name ${name} is invalid: it must start with a letter, contain only lower-case letters, digits and underscores, have at most 100 characters and not start with hs_`,
      { subCategory: 'PropertyValidationError.INVALID_PROPERTY_NAME' },
    );
  }
}

function checkSensitivity(sensitivity: string | undefined): void {
  if (sensitivity === undefined || sensitivity === 'non_sensitive') return;
  throw invalid('This portal is not enabled for sensitive data', {
    subCategory: 'PropertyValidationError.PORTAL_NOT_ENABLED_FOR_SENSITIVE_DATA',
  });
}

function checkGroup(call: Call, type: ObjectTypeFacts, groupName: string): void {
  if (call.store.propertyGroups.get(type.id, groupName)?.archived === false) return;
  throw invalid(`Property group ${groupName} does not exist`, {
    subCategory: 'PropertyGroupError.GROUP_DOES_NOT_EXIST',
    context: { groupName: [groupName] },
  });
}

function checkCounts(call: Call, type: ObjectTypeFacts, unique: boolean): void {
  const own = call.store.properties.list(type.id).filter((property) => !property.hubspotDefined && !property.archived);
  if (own.length >= MAX_CUSTOM) {
    throw invalid(`Object type ${type.id} has reached its limit of ${MAX_CUSTOM} custom properties`, {
      subCategory: 'PropertyValidationError.PROPERTY_LIMIT_REACHED',
    });
  }
  if (unique && own.filter((property) => property.hasUniqueValue).length >= MAX_UNIQUE) {
    throw invalid(`Object type ${type.id} has reached its limit of ${MAX_UNIQUE} unique properties`, {
      subCategory: 'PropertyValidationError.UNIQUE_PROPERTY_LIMIT_REACHED',
    });
  }
}

/** Every word of a formula that is no keyword, function, number or quoted text names a property. */
function checkFormula(call: Call, type: ObjectTypeFacts, formula: string): void {
  const words = formula.replaceAll(/'[^']*'|"[^"]*"/g, ' ').match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [];
  for (const word of words) {
    if (formulaWords.has(word.toLowerCase())) continue;
    if (call.store.properties.get(type.id, word)?.archived === false) continue;
    throw new PortalError(404, {
      message: `Property ${word} of the calculation formula does not exist`,
      category: 'OBJECT_NOT_FOUND',
    });
  }
}

const formulaWords = new Set(
  'equals or and not max min is_present contains concatenate number_to_string string_to_number if elseif else endif string bool true false'.split(
    ' ',
  ),
);

/** Guess: of a property that HubSpot defined, only what concerns its place and, mostly, its options can be changed. */
function checkReadOnly(known: Property, input: PropertyUpdate): void {
  const { readOnlyDefinition, readOnlyOptions } = known.modificationMetadata;
  if (!readOnlyDefinition) return;
  const refused = (['label', 'type', 'fieldType', 'calculationFormula'] as const).filter(
    (field) => input[field] !== undefined && input[field] !== known[field],
  );
  if (refused.length === 0 && !(input.options && readOnlyOptions !== false)) return;
  throw invalid(`Property ${known.name} is defined by HubSpot and its definition cannot be changed`, {
    subCategory: 'PropertyValidationError.READ_ONLY_DEFINITION',
    context: { propertyName: [known.name] },
  });
}

/** Takes a property out of use; its values stay with the records. @throws PortalError 400 */
export function archiveProperty(call: Call, type: ObjectTypeFacts, known: Property): void {
  if (known.hubspotDefined || !known.modificationMetadata.archivable) {
    throw invalid(`Property ${known.name} is defined by HubSpot and cannot be deleted`, {
      subCategory: 'PropertyValidationError.CANNOT_DELETE_HUBSPOT_DEFINED_PROPERTY',
    });
  }
  const users = call.store.properties
    .list(type.id)
    .filter(
      ({ archived, calculationFormula = '' }) => !archived && calculationFormula.split(/\W+/).includes(known.name),
    );
  if (users.length > 0) {
    throw invalid(
      `Property: ${known.name} of object type ${type.id} is currently used in ${users.length} places and cannot be deleted`,
      {
        subCategory: 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE',
        context: { usageCount: [String(users.length)] },
        errors: users.map(({ name }) => ({
          message: `Used by the calculated property ${name}`,
          subCategory: 'PropertyValidationError.PROPERTY_USAGE',
          context: { parentType: ['CALCULATED_PROPERTY'], parentName: [`${type.id}/${name}`] },
        })),
      },
    );
  }
  const at = new Date(call.now).toISOString();
  call.store.properties.put(type.id, known.name, { ...known, archived: true, archivedAt: at, updatedAt: at });
}
