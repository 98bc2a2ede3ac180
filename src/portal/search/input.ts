/** The body of a search and its limits. */

import {
  cannotBuild,
  cannotConstruct,
  integer,
  list,
  oneOf,
  optional,
  type Reader,
  readBody,
  shape,
  text,
} from '../body.ts';
import { invalid } from '../errors.ts';
import type { Call } from '../route.ts';

const operators = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

const filterShape = shape(
  'Filter',
  {
    propertyName: text,
    operator: oneOf('FilterOperatorEnum', operators),
    value: optional(text),
    highValue: optional(text),
    values: optional(list(text)),
  },
  cannotBuild('Filter'),
);

export type SearchFilter = ReturnType<typeof filterShape>;

/**
 * As recorded for IN and BETWEEN, and without its last words for EQ with an empty value. Guess: the other operators
 * answer alike; what an operator has no use for does not matter.
 */
export const searchFilter: Reader<SearchFilter> = (value, at) => {
  const read = filterShape(value, at);
  const problem = missing(read);
  if (problem === undefined) return read;
  const name = 'com.hubspot.inbounddb.publicobject.core.v3.search.Filter';
  throw cannotConstruct(name, `operator ${read.operator} requires ${problem}`, at);
};

function missing({ operator, value, highValue, values }: SearchFilter): string | undefined {
  if (operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY') return undefined;
  if (operator === 'IN' || operator === 'NOT_IN') return values && values.length > 0 ? undefined : 'values';
  if (value === undefined || value === '') return 'a value';
  return operator === 'BETWEEN' && (highValue === undefined || highValue === '') ? 'a highValue' : undefined;
}

/** What its operator requires, which was checked when the filter was read. */
export function valueOf(filter: SearchFilter, key: 'value' | 'highValue'): string {
  const value = filter[key];
  if (value === undefined) throw new TypeError(`${filter.operator} came without ${key}`);
  return value;
}

export function valuesOf({ operator, values }: SearchFilter): readonly string[] {
  if (values === undefined) throw new TypeError(`${operator} came without values`);
  return values;
}

export interface SearchSort {
  readonly propertyName: string;
  readonly descending: boolean;
  /** A text that names no property is as good as none; that was recorded from live calls. */
  readonly lenient: boolean;
}

const sortShape = shape('Sort', {
  propertyName: text,
  direction: optional(oneOf('SortDirection', ['ASCENDING', 'DESCENDING'])),
});

/** A sort is an object, or just the name of a property; Guess: with a minus in front, descending. */
const sort: Reader<SearchSort> = (value, at) => {
  if (typeof value === 'string') {
    return { propertyName: value.replace(/^-/, ''), descending: value.startsWith('-'), lenient: true };
  }
  const { propertyName, direction } = sortShape(value, at);
  return { propertyName, descending: direction === 'DESCENDING', lenient: false };
};

const body = shape('PublicObjectSearchRequest', {
  filterGroups: optional(list(shape('FilterGroup', { filters: list(searchFilter) }))),
  filters: optional(list(searchFilter)),
  sorts: optional(list(sort)),
  query: optional(text),
  properties: optional(list(text)),
  limit: optional(integer),
  after: optional(text),
});

export interface SearchRequest {
  /** Any one group must hold; in a group, every filter. None: everything is found. */
  readonly groups: readonly (readonly SearchFilter[])[];
  readonly sort: SearchSort | undefined;
  readonly query: string;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

const MAX_BODY = 3_000;
const MAX_GROUPS = 5;
const MAX_FILTERS_IN_GROUP = 6;
const MAX_FILTERS = 18;
const MAX_LIMIT = 200;
/** No more results than this can be reached in one search. */
const MAX_RESULTS = 10_000;

/**
 * Guess: the words of the refusals, but the one about groups, which HubSpot's own command line quotes; the whole body
 * counts as it was sent, and a top-level `filters` is one more group. @throws PortalError 400
 */
export function readSearch(call: Call): SearchRequest {
  if (call.text.length > MAX_BODY) {
    throw invalid(`The request body is too long: ${call.text.length} characters, max allowed: ${MAX_BODY}`);
  }
  const {
    filterGroups = [],
    filters,
    sorts = [],
    query = '',
    properties = [],
    limit = 10,
    after,
  } = readBody(call, body);
  const groups = [...filterGroups.map((group) => group.filters), ...(filters ? [filters] : [])];
  if (groups.length > MAX_GROUPS) {
    throw invalid(`too many filterGroups (count: ${groups.length}, max allowed: ${MAX_GROUPS})`);
  }
  const largest = Math.max(0, ...groups.map((group) => group.length));
  if (largest > MAX_FILTERS_IN_GROUP) {
    throw invalid(`too many filters in a group (count: ${largest}, max allowed: ${MAX_FILTERS_IN_GROUP})`);
  }
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  if (count > MAX_FILTERS) throw invalid(`too many filters (count: ${count}, max allowed: ${MAX_FILTERS})`);
  if (sorts.length > 1) throw invalid(`too many sorts (count: ${sorts.length}, max allowed: 1)`);
  if (limit < 1 || limit > MAX_LIMIT) throw invalid(`Invalid limit ${limit}: it must be from 1 to ${MAX_LIMIT}`);
  const offset = readOffset(after);
  if (offset + limit > MAX_RESULTS) {
    throw invalid(`Only the first ${MAX_RESULTS} results of a search can be read: after ${offset} with limit ${limit}`);
  }
  return { groups, sort: sorts[0], query, properties, limit, offset };
}

function readOffset(after: string | undefined): number {
  if (after === undefined || after === '') return 0;
  if (!/^\d{1,9}$/.test(after)) throw invalid(`Invalid after ${after}: it must be a whole number`);
  return Number(after);
}
