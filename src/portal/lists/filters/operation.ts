/**
 * What a PROPERTY filter asks of a property.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/lists/filters/guide and HubSpot's published models of the
 * lists API (operation types, their operators and members), compared 2026-11-22.
 */

import type { Property, PropertyType } from '../../facts/definitions.ts';
import type { FilterInput } from './input.ts';
import { refused } from './input.ts';
import type { Moment } from './moment.ts';
import type { Subject } from './subject.ts';
import { timeOperations } from './time-operations.ts';
import { valueOperations } from './value-operations.ts';

/** Whether a record passes; it tells the moment how long that holds. */
export type Test = (subject: Subject, moment: Moment) => boolean;

export interface OperationKind {
  /** The property types that it may be asked of. */
  readonly types: readonly PropertyType[] | 'any';
  /** `property` is its name. `unset` is the answer for a record that has no value. @throws PortalError 400 */
  read(input: FilterInput, property: string, unset: boolean): Test;
}

const kinds = new Map<string, OperationKind>(Object.entries({ ...valueOperations, ...timeOperations }));

/** @throws PortalError 400 */
export function readOperation(input: FilterInput, property: Property): Test {
  const type = input.oneOf('operationType', [...kinds.keys()]);
  const kind = kinds.get(type);
  if (!kind || !allows(kind, type, input, property)) {
    throw refused(
      `The operation type ${type} cannot be used with the property ${property.name} of type ${property.type}`,
      'ListError.INVALID_OPERATION_FOR_PROPERTY_TYPE',
    );
  }
  return kind.read(input, property.name, input.flagIf('includeObjectsWithNoValueSet'));
}

function allows(kind: OperationKind, type: string, input: FilterInput, property: Property): boolean {
  if (kind.types === 'any' || kind.types.includes(property.type)) return true;
  // A single checkbox is a boolean, whatever its type is called.
  if (type === 'BOOL') return property.fieldType === 'booleancheckbox';
  // When a value was written can be asked of every property.
  return input.textIf('propertyParser') === 'UPDATED_AT';
}
