/**
 * Operations on texts, numbers, booleans and options.
 * Guess: texts are compared without case, options with it; CONTAINS finds a part of the text, CONTAINS_EXACTLY whole
 * words; of several values, one suffices; a record that never had a value passes HAS_NEVER_… only with
 * includeObjectsWithNoValueSet.
 */

import type { OperationKind, Test } from './operation.ts';

export type ValueTest = (value: string) => boolean;

/** Holds the current value against a test. */
function byValue(property: string, unset: boolean, test: ValueTest): Test {
  return (subject) => {
    const value = subject.value(property);
    return value === undefined || value === '' ? unset : test(value);
  };
}

/** Whether any value that it ever had passes, or none. */
function byHistory(property: string, unset: boolean, test: ValueTest, wanted: boolean): Test {
  return (subject) => {
    const values = subject.history(property).filter(({ value }) => value !== '');
    return values.length === 0 ? unset : values.some(({ value }) => test(value)) === wanted;
  };
}

/** An operator says whether it looks back and whether it is a denial; what is left is the comparison. */
function testOf(operator: string, property: string, unset: boolean, compare: (base: string) => ValueTest): Test {
  if (operator.startsWith('HAS_EVER_')) return byHistory(property, unset, compare(operator.slice(9)), true);
  if (operator.startsWith('HAS_NEVER_')) return byHistory(property, unset, compare(operator.slice(10)), false);
  return byValue(property, unset, compare(operator));
}

const not =
  (test: ValueTest): ValueTest =>
  (value) =>
    !test(value);

function textTest(operator: string, values: readonly string[]): ValueTest {
  const wanted = values.map((value) => value.toLowerCase());
  const any = (test: (text: string, value: string) => boolean): ValueTest => {
    return (text) => wanted.some((value) => test(text.toLowerCase(), value));
  };
  const equal = any((text, value) => text === value);
  const contains = any((text, value) => text.includes(value));
  const containsWords = any(hasWords);
  switch (operator) {
    case 'IS_NOT_EQUAL_TO':
      return not(equal);
    case 'CONTAINS':
    case 'CONTAINED':
      return contains;
    case 'DOES_NOT_CONTAIN':
      return not(contains);
    case 'CONTAINS_EXACTLY':
      return containsWords;
    case 'DOES_NOT_CONTAIN_EXACTLY':
      return not(containsWords);
    case 'STARTS_WITH':
      return any((text, value) => text.startsWith(value));
    case 'ENDS_WITH':
      return any((text, value) => text.endsWith(value));
    default:
      return equal;
  }
}

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Whether the words stand in the text, and not as a part of longer ones. */
function hasWords(text: string, words: string): boolean {
  if (words === '') return true;
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + words.length])) return true;
  }
  return false;
}

const compare =
  (test: (number: number) => boolean): ValueTest =>
  (value) =>
    test(Number(value));

function numberTest(operator: string, wanted: number): ValueTest {
  switch (operator) {
    case 'IS_NOT_EQUAL_TO':
      return compare((number) => number !== wanted);
    case 'IS_GREATER_THAN':
      return compare((number) => number > wanted);
    case 'IS_GREATER_THAN_OR_EQUAL_TO':
      return compare((number) => number >= wanted);
    case 'IS_LESS_THAN':
      return compare((number) => number < wanted);
    case 'IS_LESS_THAN_OR_EQUAL_TO':
      return compare((number) => number <= wanted);
    default:
      return compare((number) => number === wanted);
  }
}

const chosen = (value: string) => value.split(';').filter((option) => option !== '');

function optionTest(operator: string, values: readonly string[]): ValueTest {
  const any: ValueTest = (value) => chosen(value).some((option) => values.includes(option));
  const all: ValueTest = (value) => values.every((option) => chosen(value).includes(option));
  const exactly: ValueTest = (value) => all(value) && chosen(value).every((option) => values.includes(option));
  switch (operator) {
    case 'IS_NONE_OF':
      return not(any);
    case 'IS_EXACTLY':
    case 'BEEN_EXACTLY':
      return exactly;
    case 'IS_NOT_EXACTLY':
      return not(exactly);
    case 'CONTAINS_ALL':
    case 'CONTAINED_ALL':
      return all;
    case 'DOES_NOT_CONTAIN_ALL':
      return not(all);
    default:
      return any;
  }
}

const texts = ['string', 'phone_number', 'json', 'object_coordinates'] as const;

export const valueOperations: Readonly<Record<string, OperationKind>> = {
  ALL_PROPERTY: {
    types: 'any',
    read(input, property) {
      const wanted = input.oneOf('operator', ['IS_KNOWN', 'IS_UNKNOWN']) === 'IS_KNOWN';
      return (subject) => ((subject.value(property) ?? '') !== '') === wanted;
    },
  },
  STRING: {
    types: texts,
    read(input, property, unset) {
      const operator = input.oneOf('operator', [
        'IS_EQUAL_TO',
        'IS_NOT_EQUAL_TO',
        'CONTAINS',
        'DOES_NOT_CONTAIN',
        'STARTS_WITH',
        'ENDS_WITH',
        'HAS_EVER_BEEN_EQUAL_TO',
        'HAS_NEVER_BEEN_EQUAL_TO',
        'HAS_EVER_CONTAINED',
        'HAS_NEVER_CONTAINED',
      ]);
      const value = input.text('value');
      return testOf(operator, property, unset, (base) => textTest(base, [value]));
    },
  },
  MULTISTRING: {
    types: texts,
    read(input, property, unset) {
      const operator = input.oneOf('operator', [
        'IS_EQUAL_TO',
        'IS_NOT_EQUAL_TO',
        'CONTAINS',
        'CONTAINS_EXACTLY',
        'DOES_NOT_CONTAIN',
        'DOES_NOT_CONTAIN_EXACTLY',
        'STARTS_WITH',
        'ENDS_WITH',
      ]);
      return byValue(property, unset, textTest(operator, input.texts('values')));
    },
  },
  NUMBER: {
    types: ['number'],
    read(input, property, unset) {
      const operator = input.oneOf('operator', [
        'IS_EQUAL_TO',
        'IS_NOT_EQUAL_TO',
        'IS_GREATER_THAN',
        'IS_GREATER_THAN_OR_EQUAL_TO',
        'IS_LESS_THAN',
        'IS_LESS_THAN_OR_EQUAL_TO',
        'HAS_EVER_BEEN_EQUAL_TO',
        'HAS_NEVER_BEEN_EQUAL_TO',
      ]);
      const value = input.number('value');
      return testOf(operator, property, unset, (base) => numberTest(base, value));
    },
  },
  NUMBER_RANGED: {
    types: ['number'],
    read(input, property, unset) {
      const wanted = input.oneOf('operator', ['IS_BETWEEN', 'IS_NOT_BETWEEN']) === 'IS_BETWEEN';
      const low = input.number('lowerBound');
      const high = input.number('upperBound');
      return byValue(property, unset, (value) => (Number(value) >= low && Number(value) <= high) === wanted);
    },
  },
  BOOL: {
    types: ['bool'],
    read(input, property, unset) {
      const operator = input.oneOf('operator', [
        'IS_EQUAL_TO',
        'IS_NOT_EQUAL_TO',
        'HAS_EVER_BEEN_EQUAL_TO',
        'HAS_NEVER_BEEN_EQUAL_TO',
      ]);
      const value = String(input.flag('value'));
      return testOf(operator, property, unset, (base) => (said) => (said === value) === (base !== 'IS_NOT_EQUAL_TO'));
    },
  },
  ENUMERATION: {
    types: ['enumeration', 'bool'],
    read(input, property, unset) {
      const operator = input.oneOf('operator', [
        'IS_ANY_OF',
        'IS_NONE_OF',
        'IS_EXACTLY',
        'IS_NOT_EXACTLY',
        'CONTAINS_ALL',
        'DOES_NOT_CONTAIN_ALL',
        'HAS_EVER_BEEN_ANY_OF',
        'HAS_NEVER_BEEN_ANY_OF',
        'HAS_EVER_BEEN_EXACTLY',
        'HAS_NEVER_BEEN_EXACTLY',
        'HAS_EVER_CONTAINED_ALL',
        'HAS_NEVER_CONTAINED_ALL',
      ]);
      const values = input.texts('values');
      return testOf(operator, property, unset, (base) => optionTest(base, values));
    },
  },
};
