/**
 * Filters of texts and options as tests of one value.
 * Sources: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22: enumerations keep
 * their case with every operator, other texts do not, but IN and NOT_IN take only lower-case values for a string. That a
 * multiple choice equals none of its options joined was recorded from a live call.
 * Guess: it equals each of them, and only the type `string` has the rule about IN.
 */

import type { Property } from '../facts/definitions.ts';
import type { TextColumn } from './column.ts';
import { type SearchFilter, valueOf, valuesOf } from './input.ts';
import { kindOf } from './kinds.ts';
import { containsToken } from './tokens.ts';

/** Of a text in lower case, or of an enumeration's value as it is. */
export type TextTest = (text: string) => boolean;

export function textTest(property: Property, filter: SearchFilter): TextTest {
  const exact = kindOf(property) === 'exact';
  const fold = (text: string) => (exact ? text : text.toLowerCase());
  const some = (test: TextTest): TextTest => (exact ? (text) => text.split(';').some(test) : test);
  const value = () => fold(valueOf(filter, 'value'));
  switch (filter.operator) {
    case 'IN':
      return some(isOneOf(property, filter));
    case 'NOT_IN':
      return not(some(isOneOf(property, filter)));
    case 'EQ':
      return some(equals(value()));
    case 'NEQ':
      return not(some(equals(value())));
    case 'CONTAINS_TOKEN':
      return containsToken(value());
    case 'NOT_CONTAINS_TOKEN':
      return not(containsToken(value()));
    case 'BETWEEN': {
      const low = value();
      const high = fold(valueOf(filter, 'highValue'));
      return some((text) => text >= low && text <= high);
    }
    default:
      return some(compared(filter.operator, value()));
  }
}

function isOneOf(property: Property, filter: SearchFilter): TextTest {
  const asSent = property.type === 'string' || property.type === 'enumeration';
  const values = new Set(valuesOf(filter).map((value) => (asSent ? value : value.toLowerCase())));
  return (text) => values.has(text);
}

function equals(value: string): TextTest {
  return (text) => text === value;
}

function compared(operator: SearchFilter['operator'], value: string): TextTest {
  switch (operator) {
    case 'LT':
      return (text) => text < value;
    case 'LTE':
      return (text) => text <= value;
    case 'GT':
      return (text) => text > value;
    default:
      return (text) => text >= value;
  }
}

function not(test: TextTest): TextTest {
  return (text) => !test(text);
}

/** Tests every different text once, and no text at all as false. */
export function byText(column: TextColumn, test: TextTest): (row: number) => boolean {
  const known = new Int8Array(column.texts.length);
  return (row) => {
    const code = column.codes[row] ?? 0;
    if (code === 0) return false;
    if (known[code] === 0) known[code] = test(column.texts[code] ?? '') ? 1 : -1;
    return known[code] === 1;
  };
}
