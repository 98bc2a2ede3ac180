/**
 * What makes a property: the shapes of create and update, and what HubSpot refuses.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, compared 2026-11-22.
 * Guess: the words and subCategories of all refusals but that of a name in use, and that names starting with `hs_` are
 * HubSpot's own.
 */

import { flag, integer, list, optional, shape, text } from '../body.ts';
import { checkFormula } from '../calculated/formula/check.ts';
import { recalculateType } from '../calculated/recalculation.ts';
import { invalid, PortalError } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import { keepFittingRules } from '../validations/keep-fitting-rules.ts';
import { checkKind, checkOptions, optionInput, optionsFor } from './property-kinds.ts';
import { checkSensitivity, readSensitivity } from './sensitive-data.ts';

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
/** Of one type. */
export const MAX_CUSTOM = 1000;
/** Of the whole account. Source: developers.hubspot.com/docs/api-reference/crm-limits-tracking-v3/guide. */
export const MAX_CUSTOM_IN_ACCOUNT = 10_000;

/**
 * Adds a property to a type. The name of an archived one brings that property back, with this definition.
 * @throws PortalError 400, 409
 */
export function createProperty(call: Call, type: ObjectTypeFacts, input: PropertyCreate): Property {
  const { properties } = call.store;
  const known = properties.get(type.id, input.name);
  if (known?.archived === false) {
    throw new PortalError(409, {
      message: `A property named '${input.name}' already exists.`,
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    });
  }
  checkName(input.name);
  const dataSensitivity = readSensitivity(input.dataSensitivity);
  checkSensitivity(call, type, dataSensitivity);
  checkGroup(call, type, input.groupName);
  checkCounts(call, type, input.hasUniqueValue ?? false);
  const calculated = input.calculationFormula !== undefined;
  const fieldType = calculated ? 'calculation_equation' : input.fieldType;
  const kind = checkKind(input.type, fieldType);
  if (fieldType === 'calculation_equation' && !calculated) throw noFormula(input.name);
  const external = input.externalOptions ?? false;
  const options = calculated && kind === 'bool' && !input.options ? yesAndNo : optionsFor(kind, input.options ?? []);
  checkOptions({ type: kind, external, reference: input.referencedObjectType }, options);
  checkUniqueness(known, input, calculated);
  if (calculated) checkFormula(call.store, type.id, { name: input.name, type: kind }, input.calculationFormula ?? '');
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
    dataSensitivity,
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: calculated },
    archived: false,
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
    ...(calculated && { calculationFormula: input.calculationFormula ?? '' }),
    ...(external && input.referencedObjectType !== undefined && { referencedObjectType: input.referencedObjectType }),
    ...(input.showCurrencySymbol !== undefined && { showCurrencySymbol: input.showCurrencySymbol }),
  };
  properties.put(type.id, property.name, property);
  keepFittingRules(call.store, type.id, property);
  if (calculated) recalculateType(call.store, type.id);
  return property;
}

const yesAndNo = optionsFor('bool', [
  { label: 'True', value: 'true' },
  { label: 'False', value: 'false' },
]);

function noFormula(name: string): PortalError {
  return invalid(`Property ${name} needs a calculationFormula for its field type calculation_equation`, {
    subCategory: 'PropertyValidationError.CALCULATION_FORMULA_REQUIRED',
  });
}

/** Guess: one that comes back has values still, so that it can be unique only if it was. @throws PortalError 400 */
function checkUniqueness(
  archived: Property | undefined,
  { name, hasUniqueValue = false }: PropertyCreate,
  calculated: boolean,
): void {
  if (!hasUniqueValue) return;
  const wrong = calculated
    ? 'is calculated and cannot have unique values'
    : archived && !archived.hasUniqueValue
      ? 'existed without unique values and cannot have them now'
      : undefined;
  if (wrong === undefined) return;
  throw invalid(`Property ${name} ${wrong}`, { subCategory: 'PropertyValidationError.INVALID_UNIQUE_PROPERTY' });
}

/** Changes what was sent; options are replaced whole. @throws PortalError 400 */
export function updateProperty(call: Call, type: ObjectTypeFacts, known: Property, input: PropertyUpdate): Property {
  checkReadOnly(known, input);
  checkSensitivity(call, type, known.dataSensitivity);
  if (input.groupName !== undefined) checkGroup(call, type, input.groupName);
  const kind = checkKind(input.type ?? known.type, input.fieldType ?? known.fieldType, known);
  const options = optionsFor(kind, input.options ?? known.options);
  if (input.options || kind !== known.type) {
    const { externalOptions: external, referencedObjectType: reference } = known;
    checkOptions({ type: kind, external, reference }, options);
  }
  checkCalculation(call, type, known, kind, input);
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
  keepFittingRules(call.store, type.id, property);
  if (property.calculationFormula !== known.calculationFormula || (known.calculated && property.type !== known.type)) {
    recalculateType(call.store, type.id);
  }
  return property;
}

/** Guess: a property is calculated from its creation or never. @throws PortalError 400 */
function checkCalculation(
  call: Call,
  type: ObjectTypeFacts,
  known: Property,
  kind: Property['type'],
  { fieldType, calculationFormula: formula }: PropertyUpdate,
): void {
  const calculated = known.calculationFormula !== undefined;
  const becomes = formula !== undefined || fieldType === 'calculation_equation';
  if (becomes !== calculated && (becomes || (fieldType ?? known.fieldType) !== known.fieldType)) {
    throw invalid(`Property ${known.name} cannot be changed to or from a calculated one`, {
      subCategory: 'PropertyValidationError.CALCULATED_PROPERTY_CANNOT_CHANGE',
    });
  }
  if (calculated)
    checkFormula(call.store, type.id, { name: known.name, type: kind }, formula ?? known.calculationFormula);
}

function checkName(name: string): void {
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name) || name.startsWith('hs_')) {
    throw invalid(
      `Property name ${name} is invalid: it must start with a letter, contain only lower-case letters, digits and underscores, have at most 100 characters and not start with hs_`,
      { subCategory: 'PropertyValidationError.INVALID_PROPERTY_NAME' },
    );
  }
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
  const inAccount = call.store.objectTypes().flatMap((each) => call.store.properties.list(each.id));
  if (
    inAccount.filter(({ hubspotDefined, archived }) => !hubspotDefined && !archived).length >= MAX_CUSTOM_IN_ACCOUNT
  ) {
    throw invalid(`This account has reached its limit of ${MAX_CUSTOM_IN_ACCOUNT} custom properties`, {
      subCategory: 'PropertyValidationError.PROPERTY_LIMIT_REACHED',
    });
  }
  if (unique && own.filter((property) => property.hasUniqueValue).length >= MAX_UNIQUE) {
    throw invalid(`Object type ${type.id} has reached its limit of ${MAX_UNIQUE} unique properties`, {
      subCategory: 'PropertyValidationError.UNIQUE_PROPERTY_LIMIT_REACHED',
    });
  }
}

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
