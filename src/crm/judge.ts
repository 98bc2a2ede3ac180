/**
 * Whether a record matches a search, judged here by its own values: for records that HubSpot's search may not know yet.
 * Where HubSpot's rules leave doubt the answer is `maybe`, so that no record is called absent that may be there.
 */

import type { Filter, FilterOperator, HubSpotRecord, Property, SearchRequest } from '../hubspot/index.ts';
import { isMultiple } from './values.ts';

export type Verdict = 'yes' | 'no' | 'maybe';

export interface Judged {
  readonly record: HubSpotRecord;
  /** Ids of the records it is associated with, by the filter's property such as `associations.company`; absent: not known. */
  readonly associated: Readonly<Record<string, ReadonlySet<string>>>;
}

/** @param propertyOf undefined for what is no property of the type */
export function judge(
  judged: Judged,
  { filterGroups = [], query = '' }: SearchRequest,
  propertyOf: (name: string) => Property | undefined,
): Verdict {
  const groups = filterGroups.map(({ filters }) =>
    all(filters.map((filter) => judgeFilter(judged, filter, propertyOf(filter.propertyName)))),
  );
  return all([any(groups), hasWords(judged.record, query)]);
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('maybe') ? 'maybe' : 'yes';
}

/** No alternatives at all stand against nothing. */
function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0 || verdicts.includes('yes')) return 'yes';
  return verdicts.includes('maybe') ? 'maybe' : 'no';
}

const sure = (matches: boolean): Verdict => (matches ? 'yes' : 'no');
const not = (verdict: Verdict): Verdict => (verdict === 'maybe' ? 'maybe' : sure(verdict === 'no'));

function judgeFilter(judged: Judged, filter: Filter, property: Property | undefined): Verdict {
  const { propertyName, operator } = filter;
  const asked = filter.values ?? (filter.value === undefined ? [] : [filter.value]);
  if (propertyName.startsWith('associations.')) {
    const linked = judged.associated[propertyName];
    return linked === undefined ? 'maybe' : sure(asked.some((id) => linked.has(id)));
  }
  const value = judged.record.properties[propertyName];
  if (operator === 'HAS_PROPERTY') return sure(isSet(value));
  if (operator === 'NOT_HAS_PROPERTY') return sure(!isSet(value));
  // Whether operators that exclude find records without a value, HubSpot does not say.
  if (!isSet(value)) return operator.startsWith('NOT_') || operator === 'NEQ' ? 'maybe' : 'no';
  switch (operator) {
    case 'EQ':
    case 'IN':
      return isOneOf(value, asked, property);
    case 'NEQ':
    case 'NOT_IN':
      return not(isOneOf(value, asked, property));
    case 'CONTAINS_TOKEN':
      return containsToken(value, asked[0] ?? '');
    case 'NOT_CONTAINS_TOKEN':
      return not(containsToken(value, asked[0] ?? ''));
    case 'BETWEEN':
      return all([compare(value, 'GTE', filter.value, property), compare(value, 'LTE', filter.highValue, property)]);
    default:
      return compare(value, operator, filter.value, property);
  }
}

function isSet(value: string | null | undefined): value is string {
  return value !== undefined && value !== null && value !== '';
}

function isOneOf(value: string, asked: readonly string[], property: Property | undefined): Verdict {
  const parts = property !== undefined && isMultiple(property) ? value.split(';').filter(Boolean) : [value];
  if (isOrdered(property)) {
    return any(asked.flatMap((each) => parts.map((part) => sure(inOrder(part, property) === inOrder(each, property)))));
  }
  const same = (fold: (text: string) => string) =>
    asked.some((each) => parts.some((part) => fold(part) === fold(each)));
  if (same((text) => text)) return parts.length > 1 ? 'maybe' : 'yes';
  // HubSpot keeps the case of options, and ignores that of texts.
  return same((text) => text.toLowerCase()) ? (property?.type === 'enumeration' ? 'maybe' : 'yes') : 'no';
}

function compare(
  value: string,
  operator: FilterOperator,
  bound: string | undefined,
  property: Property | undefined,
): Verdict {
  if (bound === undefined || !isOrdered(property)) return 'maybe';
  const [own, other] = [inOrder(value, property), inOrder(bound, property)];
  if (Number.isNaN(own) || Number.isNaN(other)) return 'maybe';
  if (operator === 'LT') return sure(own < other);
  if (operator === 'LTE') return sure(own <= other);
  if (operator === 'GT') return sure(own > other);
  return operator === 'GTE' ? sure(own >= other) : 'maybe';
}

/** Numbers and dates, which have an order that nobody doubts. */
export function isOrdered(property: Property | undefined): boolean {
  return property !== undefined && ['number', 'date', 'datetime'].includes(property.type);
}

/** A number, or the milliseconds of a date; NaN for what is neither. */
export function inOrder(value: string, property: Property | undefined): number {
  if (property?.type === 'number' || /^-?\d{6,}$/.test(value)) return Number(value);
  return Date.parse(value);
}

/** A word that stands in the text for sure, is a part of another, or is not there. */
function containsToken(value: string, asked: string): Verdict {
  const text = value.toLowerCase();
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const tokens = new Set([...text.split(/[^\p{L}\p{N}]+/u), ...text.split(/\s+/)]);
  return all(
    words.map((word) => {
      if (tokens.has(word)) return 'yes';
      const pieces = word.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      return pieces.every((piece) => text.includes(piece)) ? 'maybe' : 'no';
    }),
  );
}

/** Guess: every word of a query is looked for as a part of a text; telephone numbers by their digits. */
function hasWords({ properties }: HubSpotRecord, query: string): Verdict {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const values = Object.entries(properties).flatMap(([name, value]) =>
    isSet(value) ? [{ name, text: value.toLowerCase() }] : [],
  );
  const among = (texts: readonly string[]) => words.every((word) => texts.some((text) => text.includes(word)));
  if (among(values.flatMap(({ name, text }) => (SEARCHED.has(name) ? [text] : [])))) return 'yes';
  const digits = /^[\d\s()+./-]+$/.test(query) ? query.replaceAll(/\D/g, '') : '';
  if (digits.length > 2 && values.some(({ text }) => text.replaceAll(/\D/g, '').includes(digits))) return 'maybe';
  return among(values.map(({ text }) => text)) ? 'maybe' : 'no';
}

/**
 * Where HubSpot looks for words for sure, of whichever type; for others it differs, and custom objects choose their own.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 */
const SEARCHED: ReadonlySet<string> = new Set(
  'firstname lastname email phone mobilephone name domain website dealname subject content hs_note_body'.split(' '),
);
