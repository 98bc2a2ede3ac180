/** How the values of a property are compared in search, by its type. */

import type { Property } from '../facts/definitions.ts';
import { parseTime } from '../values/normalize.ts';

/** `exact` keeps the case of texts, as HubSpot compares enumerations; `number` also stands for times. */
export type ColumnKind = 'number' | 'text' | 'exact';

export function kindOf(property: Property): ColumnKind {
  switch (property.type) {
    case 'number':
    case 'date':
    case 'datetime':
      return 'number';
    case 'enumeration':
      return 'exact';
    default:
      return 'text';
  }
}

/** What a filter says for a property of kind `number`: a number, or a time as milliseconds or ISO 8601; NaN for neither. */
export function readNumber(property: Property, said: string): number {
  const text = said.trim();
  if (/^[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text);
  return property.type === 'number' ? Number.NaN : (parseTime(text) ?? Number.NaN);
}

/** A stored value, which is known to fit its type. */
export function storedNumber(value: string): number {
  const number = Number(value);
  return Number.isNaN(number) ? (parseTime(value) ?? Number.NaN) : number;
}
