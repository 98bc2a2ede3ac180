/**
 * The types of properties, how each is edited, and what options it may have.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, compared 2026-11-22.
 * Guess: the words and subCategories of the refusals, INVALID_BOOLEAN_OPTION excepted.
 */

import { flag, integer, optional, shape, text } from '../body.ts';
import { invalid, type PortalError } from '../errors.ts';
import { isPropertyType, type Property, type PropertyOption, type PropertyType } from '../facts/definitions.ts';

export const optionInput = shape('OptionInput', {
  label: text,
  value: text,
  description: optional(text),
  displayOrder: optional(integer),
  hidden: optional(flag),
});

/** The ways in which values of a type can be edited. */
const fieldTypes: Readonly<Partial<Record<PropertyType, readonly string[]>>> = {
  bool: ['booleancheckbox', 'calculation_equation'],
  enumeration: ['booleancheckbox', 'checkbox', 'radio', 'select', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  string: ['file', 'text', 'textarea', 'html', 'phonenumber', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  phone_number: ['phonenumber'],
};

/** The type, if HubSpot makes such properties. @throws PortalError 400 */
export function checkKind(type: string, fieldType: string, known?: Property): PropertyType {
  if (known && type === known.type && fieldType === known.fieldType) return known.type;
  const allowed = isPropertyType(type) ? fieldTypes[type] : undefined;
  if (!isPropertyType(type) || !allowed) {
    throw invalid(`Invalid property type ${type}. Valid types are: ${Object.keys(fieldTypes).join(', ')}`, {
      subCategory: 'PropertyValidationError.INVALID_TYPE',
    });
  }
  if (!allowed.includes(fieldType)) {
    throw invalid(`Invalid field type ${fieldType} for type ${type}. Valid field types are: ${allowed.join(', ')}`, {
      subCategory: 'PropertyValidationError.INVALID_FIELD_TYPE',
    });
  }
  return type;
}

function wrong(message: string, code: string): PortalError {
  return invalid(message, { subCategory: `PropertyValidationError.${code}` });
}

type ReadInput = ReturnType<typeof optionInput>;

/** The options of a property of that type; only choices have any. Guess: others are sent in vain, not refused. */
export function optionsFor(type: PropertyType, inputs: readonly ReadInput[]): PropertyOption[] {
  if (type !== 'enumeration' && type !== 'bool') return [];
  return inputs.map(({ label, value, description, displayOrder, hidden }, i) => ({
    label,
    value,
    ...(description !== undefined && { description }),
    displayOrder: displayOrder ?? i,
    hidden: hidden ?? false,
  }));
}

/** Source: knowledge.hubspot.com/properties/property-field-types-in-hubspot, compared 2026-11-22. */
const MAX_OPTIONS = 5_000;

/** What options must suit. `external`: they live elsewhere, with `reference`. */
interface Choice {
  readonly type: PropertyType;
  readonly external: boolean;
  readonly reference: string | undefined;
}

/** @throws PortalError 400 */
export function checkOptions({ type, external, reference }: Choice, options: readonly PropertyOption[]): void {
  if (external) {
    if (type !== 'enumeration' || reference !== 'OWNER' || options.length > 0) {
      throw wrong(
        'External options are for enumerations with the referencedObjectType OWNER and no options',
        'INVALID_EXTERNAL_OPTIONS',
      );
    }
    return;
  }
  const values = options.map(({ value }) => value);
  if (type === 'bool' && (values.length !== 2 || !values.includes('true') || !values.includes('false'))) {
    throw wrong('Boolean properties must have exactly the options true and false', 'INVALID_BOOLEAN_OPTION');
  }
  if (type === 'enumeration' && options.length === 0) {
    throw wrong('Enumeration properties must have options', 'OPTIONS_REQUIRED');
  }
  if (options.length > MAX_OPTIONS) {
    throw wrong(`A property may have at most ${MAX_OPTIONS} options, not ${options.length}`, 'TOO_MANY_OPTIONS');
  }
  for (const said of [values, options.map(({ label }) => label)]) {
    const twice = said.find((word) => word.trim() === '') ?? repeated(said);
    if (twice !== undefined) throw wrong(`Option labels and values must be unique: "${twice}"`, 'DUPLICATE_OPTION');
  }
  const split = values.find((value) => value.includes(';'));
  if (split !== undefined) throw wrong(`Option values must not contain a semicolon: ${split}`, 'INVALID_OPTION_VALUE');
}

function repeated(words: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return words.find((word) => {
    if (seen.has(word)) return true;
    seen.add(word);
    return false;
  });
}
