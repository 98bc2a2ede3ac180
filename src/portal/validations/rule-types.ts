/**
 * The rules that values of a property can be held to: what each goes with, what arguments it takes, what it lets pass.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/property-validations/guide, compared 2026-11-22: the types,
 * their arguments and the properties that they go with.
 * Guess: the words of the refusals; that the first three take white space for nothing special, as a rule of its own is
 * about that; that a regular expression may match a part; that a length is counted in UTF-16 units; that AFTER and BEFORE
 * are at least so far from now, in UTC; what normalization does.
 */

import { RE2JS, RE2JSSyntaxException } from 're2js';
import { Temporal } from 'temporal-polyfill';
import { readPhone } from '../calculated/phone-numbers.ts';
import type { Property } from '../facts/definitions.ts';
import { days, domains, duration, isDomain, none, numeric, timestamp, whole, word } from './rule-arguments.ts';

export interface RuleType {
  /** The property types that it goes with, and where it matters the field types. */
  readonly types: readonly Property['type'][];
  readonly fieldTypes?: readonly string[];
  /** What is wrong with the arguments; undefined: nothing. */
  readonly check: (given: readonly string[]) => string | undefined;
  readonly passes: (value: string, given: readonly string[], now: number) => boolean;
  /** What a value must be, for people. */
  readonly says: (given: readonly string[]) => string;
  /** Omitted: the value without white space around it. */
  readonly normalize?: (value: string, given: readonly string[]) => string;
}

type Test = (value: string, argument: string, now: number) => boolean;

const texts = { types: ['string'], fieldTypes: ['text', 'textarea'] } as const;
const lines = { types: ['string'], fieldTypes: ['text'] } as const;
const lengths = { types: ['string'], fieldTypes: ['text', 'textarea', 'phonenumber'] } as const;

function emailDomain(value: string): string | undefined {
  const [, domain] = /^[^\s@,;<>()"]+@([^\s@]+)$/.exec(value) ?? [];
  return domain !== undefined && isDomain(domain) ? domain.toLowerCase() : undefined;
}

/** Of an address with or without its scheme. */
function urlDomain(value: string): string | undefined {
  const said = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
  if (!URL.canParse(said)) return undefined;
  const { protocol, hostname } = new URL(said);
  return ['http:', 'https:'].includes(protocol) && isDomain(hostname) ? hostname.toLowerCase() : undefined;
}

/** Subdomains are of the domain too. */
function isWithin(domain: string | undefined, given: readonly string[]): boolean {
  return given.some((each) => domain === each.toLowerCase() || domain?.endsWith(`.${each.toLowerCase()}`) === true);
}

const lower = (value: string) => value.trim().toLowerCase();

/** From now on by a period, forward or back, in milliseconds. */
function away(now: number, said: string, sign: 1 | -1): number {
  const from = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');
  const by = Temporal.Duration.from(said);
  return (sign === 1 ? from.add(by) : from.subtract(by)).epochMilliseconds;
}

const DAY_MS = 86_400_000;
const midnight = (ms: number) => ms - (((ms % DAY_MS) + DAY_MS) % DAY_MS);

function one(
  kind: Pick<RuleType, 'types' | 'fieldTypes' | 'check'>,
  test: Test,
  says: (argument: string) => string,
): RuleType {
  return {
    ...kind,
    passes: (value, [argument = ''], now) => test(value, argument, now),
    says: ([argument = '']) => says(argument),
  };
}

const dates = { types: ['date'] } as const;
const times = { types: ['datetime'] } as const;
const numbers = { types: ['number'] } as const;
const letters: Readonly<Record<string, RegExp>> = {
  ALPHANUMERIC: /^[\p{L}\p{M}\p{N}\s]*$/u,
  ALPHA_ONLY: /^[\p{L}\p{M}\s]*$/u,
  NUMERIC_ONLY: /^[\p{N}\s]*$/u,
};
const cases: Readonly<Record<string, (value: string) => string>> = {
  UPPER: (value) => value.toUpperCase(),
  LOWER: (value) => value.toLowerCase(),
  CAPITALIZATION: (value) =>
    value.replaceAll(/(^|\s)(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
};

export const ruleTypes: Readonly<Record<string, RuleType>> = {
  AFTER_DATETIME_DURATION: one(
    { ...times, check: duration },
    (value, said, now) => Date.parse(value) >= away(now, said, 1),
    (said) => `at least ${said} from now`,
  ),
  AFTER_DURATION: one(
    { ...dates, check: duration },
    (value, said, now) => Date.parse(value) >= midnight(away(midnight(now), said, 1)),
    (said) => `at least ${said} from today`,
  ),
  ALPHANUMERIC: one(
    { ...texts, check: word(Object.keys(letters)) },
    (value, said) => letters[said]?.test(value) === true,
    (said) => ({ ALPHA_ONLY: 'letters only', NUMERIC_ONLY: 'digits only' })[said] ?? 'letters and digits only',
  ),
  BEFORE_DATETIME_DURATION: one(
    { ...times, check: duration },
    (value, said, now) => Date.parse(value) <= away(now, said, -1),
    (said) => `at least ${said} ago`,
  ),
  BEFORE_DURATION: one(
    { ...dates, check: duration },
    (value, said, now) => Date.parse(value) <= midnight(away(midnight(now), said, -1)),
    (said) => `at least ${said} before today`,
  ),
  DAYS_OF_WEEK: {
    types: ['date', 'datetime'],
    check: (given) =>
      given.length >= 1 && given.length <= days.length && given.every((day) => days.includes(day))
        ? undefined
        : `it takes one to seven of ${days.join(', ')}`,
    // The first of January 1970 was a Thursday.
    passes: (value, given) => given.includes(days.at((Math.floor(Date.parse(value) / DAY_MS) + 3) % 7) ?? ''),
    says: (given) => `on one of ${given.join(', ')}`,
  },
  DECIMAL: {
    ...one(
      { ...numbers, check: whole(0, 20) },
      (value, said) => (value.split('.')[1]?.length ?? 0) <= Number(said),
      (said) => `a number with at most ${said} decimal places`,
    ),
    normalize: (value, [said = '0']) =>
      value.includes('.') ? String(Number(Number(value).toFixed(Number(said)))) : value,
  },
  DOMAIN: one({ ...lines, check: none }, isDomain, () => 'a domain'),
  EMAIL: {
    ...one(
      { ...lines, check: none },
      (value) => emailDomain(value) !== undefined,
      () => 'an email address',
    ),
    normalize: lower,
  },
  EMAIL_ALLOWED_DOMAINS: {
    ...lines,
    check: domains,
    passes: (value, given) => isWithin(emailDomain(value), given),
    says: (given) => `an email address of ${given.join(', ')}`,
    normalize: lower,
  },
  EMAIL_BLOCKED_DOMAINS: {
    ...lines,
    check: domains,
    passes: (value, given) => emailDomain(value) !== undefined && !isWithin(emailDomain(value), given),
    says: (given) => `an email address of another domain than ${given.join(', ')}`,
    normalize: lower,
  },
  END_DATE: one(
    { ...dates, check: timestamp },
    (value, said) => Date.parse(value) <= Number(said),
    (said) => `not after ${new Date(Number(said)).toISOString().slice(0, 10)}`,
  ),
  END_DATETIME: one(
    { ...times, check: timestamp },
    (value, said) => Date.parse(value) <= Number(said),
    (said) => `not after ${new Date(Number(said)).toISOString()}`,
  ),
  FORMAT: {
    ...one(
      { ...texts, check: word(Object.keys(cases)) },
      (value, said) => cases[said]?.(value) === value,
      (said) => ({ UPPER: 'in upper case', LOWER: 'in lower case' })[said] ?? 'capitalized',
    ),
    normalize: (value, [said = '']) => cases[said]?.(value.trim()) ?? value,
  },
  MAX_LENGTH: one(
    { ...lengths, check: whole(1, 10_000) },
    (value, said) => value.length <= Number(said),
    (said) => `at most ${said} characters long`,
  ),
  MAX_NUMBER: one(
    { ...numbers, check: numeric },
    (value, said) => Number(value) <= Number(said),
    (said) => `at most ${said}`,
  ),
  MIN_LENGTH: one(
    { ...lengths, check: whole(1, 10_000) },
    (value, said) => value.length >= Number(said),
    (said) => `at least ${said} characters long`,
  ),
  MIN_NUMBER: one(
    { ...numbers, check: numeric },
    (value, said) => Number(value) >= Number(said),
    (said) => `at least ${said}`,
  ),
  PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE: {
    types: ['string', 'phone_number'],
    fieldTypes: ['phonenumber'],
    check: (given) =>
      given.length <= 1 && given.every((country) => /^[a-z]{2}$/.test(country))
        ? undefined
        : 'it takes nothing or a country code of two lower-case letters',
    passes: (value) => value.trim().startsWith('+') && readPhone(value)?.countryCode !== undefined,
    says: () => 'a phone number with its country code',
    normalize: (value) => (value.trim().startsWith('+') ? `+${value.replaceAll(/\D/g, '')}` : value.trim()),
  },
  REGEX: {
    ...texts,
    check: (given) =>
      given.length === 2 && isExpression(given[0] ?? '') ? undefined : 'it takes an RE2 expression and a message',
    passes: (value, given) => expressionOf(given).matcher(value).find(),
    says: ([, message = '']) => message,
  },
  SPECIAL_CHARACTERS: {
    ...one(
      { ...texts, check: word(['NOT_ALLOWED']) },
      (value) => letters['ALPHANUMERIC']?.test(value) === true,
      () => 'without special characters',
    ),
    normalize: (value) => value.replaceAll(/[^\p{L}\p{M}\p{N}\s]/gu, '').trim(),
  },
  START_DATE: one(
    { ...dates, check: timestamp },
    (value, said) => Date.parse(value) >= Number(said),
    (said) => `not before ${new Date(Number(said)).toISOString().slice(0, 10)}`,
  ),
  START_DATETIME: one(
    { ...times, check: timestamp },
    (value, said) => Date.parse(value) >= Number(said),
    (said) => `not before ${new Date(Number(said)).toISOString()}`,
  ),
  URL: one(
    { ...lines, check: none },
    (value) => urlDomain(value) !== undefined,
    () => 'a URL',
  ),
  URL_ALLOWED_DOMAINS: {
    ...lines,
    check: domains,
    passes: (value, given) => isWithin(urlDomain(value), given),
    says: (given) => `a URL of ${given.join(', ')}`,
  },
  URL_BLOCKED_DOMAINS: {
    ...lines,
    check: domains,
    passes: (value, given) => urlDomain(value) !== undefined && !isWithin(urlDomain(value), given),
    says: (given) => `a URL of another domain than ${given.join(', ')}`,
  },
  WHITESPACE: {
    ...one(
      { ...lines, check: word(['ALL', 'TRIM'], true) },
      (value, said) => (said === 'TRIM' ? value === value.trim() : !/\s/.test(value)),
      (said) => (said === 'TRIM' ? 'without white space around it' : 'without white space'),
    ),
    normalize: (value, [said = 'ALL']) => (said === 'TRIM' ? value.trim() : value.replaceAll(/\s/g, '')),
  },
};

/** Compiled once for every rule, as that takes longer than looking at a value. */
const expressions = new WeakMap<readonly string[], RE2JS>();

function expressionOf(given: readonly string[]): RE2JS {
  const expression = expressions.get(given) ?? RE2JS.compile(given[0] ?? '');
  expressions.set(given, expression);
  return expression;
}

function isExpression(said: string): boolean {
  try {
    RE2JS.compile(said);
    return true;
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return false;
    throw error;
  }
}

/** Whether values of the property can be held to such a rule. */
export function goesWith(rule: RuleType | undefined, { type, fieldType, calculated }: Property): boolean {
  return rule?.types.includes(type) === true && (rule.fieldTypes?.includes(fieldType) ?? true) && !calculated;
}
