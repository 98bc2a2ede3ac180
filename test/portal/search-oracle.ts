/**
 * Search written down a second time, over plain records and without any index, from the rules of
 * developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm and what is known of the rest.
 */

export type OracleType = 'string' | 'number' | 'bool' | 'enumeration' | 'date' | 'datetime' | 'phone_number';

export interface OracleRecord {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** An absent one has no value. */
  readonly properties: Readonly<Record<string, string | undefined>>;
  /** Ids of associated records, by the name that stands behind `associations.` */
  readonly associated: Readonly<Record<string, readonly string[]>>;
}

export interface OracleFilter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

export interface OracleRequest {
  readonly filterGroups?: readonly { readonly filters: readonly OracleFilter[] }[];
  readonly filters?: readonly OracleFilter[];
  readonly query?: string;
  readonly sorts?: readonly { readonly propertyName: string; readonly direction: string }[];
  readonly limit?: number;
  readonly after?: string;
}

export interface OracleRules {
  readonly types: Readonly<Record<string, OracleType>>;
  /** The properties that `query` looks into. */
  readonly searched: readonly string[];
}

/** The ids of the page, and how many are found at all. */
export function expectedPage(
  records: readonly OracleRecord[],
  { types, searched }: OracleRules,
  { filterGroups = [], filters, query = '', sorts = [], limit = 10, after = '0' }: OracleRequest,
): { total: number; ids: string[] } {
  const groups = [...filterGroups, ...(filters ? [{ filters }] : [])];
  const found = records.filter((record) => {
    const inGroup =
      groups.length === 0 || groups.some((group) => group.filters.every((one) => passes(record, one, types)));
    const words = query.toLowerCase().split(' ').filter(Boolean);
    const values = searched.map((name) => (record.properties[name] ?? '').toLowerCase());
    return inGroup && words.every((word) => values.some((value) => value.includes(word)));
  });
  found.sort((a, b) => compareBySort(a, b, sorts[0], types) || age(a, b));
  return { total: found.length, ids: found.slice(Number(after), Number(after) + limit).map(({ id }) => id) };
}

function age(a: OracleRecord, b: OracleRecord): number {
  return Date.parse(a.createdAt) - Date.parse(b.createdAt) || Number(a.id) - Number(b.id);
}

function compareBySort(
  a: OracleRecord,
  b: OracleRecord,
  sort: { readonly propertyName: string; readonly direction: string } | undefined,
  types: OracleRules['types'],
): number {
  if (!sort) return 0;
  const left = a.properties[sort.propertyName];
  const right = b.properties[sort.propertyName];
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  const order = isOrdered(types[sort.propertyName])
    ? magnitude(left) - magnitude(right)
    : compareTexts(left.toLowerCase(), right.toLowerCase());
  return sort.direction === 'DESCENDING' ? -order : order;
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function isOrdered(type: OracleType | undefined): boolean {
  return type === 'number' || type === 'date' || type === 'datetime';
}

/** Numbers as they are, times in milliseconds; both may be said either way. */
function magnitude(said: string): number {
  return /^[-+.\d]+$/.test(said) && !/^\d{4}-\d\d-\d\d$/.test(said) ? Number(said) : Date.parse(said);
}

function passes(record: OracleRecord, filter: OracleFilter, types: OracleRules['types']): boolean {
  const { propertyName, operator, value = '', highValue = '', values = [] } = filter;
  if (propertyName.startsWith('associations.')) {
    const ids = record.associated[propertyName.slice('associations.'.length)] ?? [];
    return (operator === 'IN' ? values : [value]).some((id) => ids.includes(id));
  }
  const own = record.properties[propertyName];
  if (operator === 'HAS_PROPERTY') return own !== undefined;
  if (operator === 'NOT_HAS_PROPERTY') return own === undefined;
  if (own === undefined) return false;
  const opposite = { NEQ: 'EQ', NOT_IN: 'IN', NOT_CONTAINS_TOKEN: 'CONTAINS_TOKEN' }[operator];
  if (opposite !== undefined) return !passes(record, { ...filter, operator: opposite }, types);

  const type = types[propertyName] ?? 'string';
  if (operator === 'CONTAINS_TOKEN') {
    return type === 'enumeration' ? hasTokens(own, value) : hasTokens(own.toLowerCase(), value.toLowerCase());
  }
  // Of several options, any one will do.
  const owns = type === 'enumeration' ? own.split(';') : [own];
  return owns.some((one) => {
    if (isOrdered(type))
      return compares(magnitude(one), operator, magnitude(value), magnitude(highValue), values.map(magnitude));
    if (type === 'enumeration') return compares(one, operator, value, highValue, values);
    // IN takes values of a string as they are: only lower-case ones can be found.
    const listed = type === 'string' ? values : values.map((said) => said.toLowerCase());
    return compares(one.toLowerCase(), operator, value.toLowerCase(), highValue.toLowerCase(), listed);
  });
}

function compares<T extends string | number>(
  own: T,
  operator: string,
  value: T,
  high: T,
  values: readonly T[],
): boolean {
  switch (operator) {
    case 'EQ':
      return own === value;
    case 'LT':
      return own < value;
    case 'LTE':
      return own <= value;
    case 'GT':
      return own > value;
    case 'GTE':
      return own >= value;
    case 'BETWEEN':
      return value <= own && own <= high;
    case 'IN':
      return values.includes(own);
    default:
      throw new Error(`There is no operator ${operator}`);
  }
}

/** Every word must be there: a word with stars as a whole text, word or token, another one token by token. */
function hasTokens(text: string, pattern: string): boolean {
  const words = pattern.split(/\s+/).filter(Boolean);
  const tokens = tokenize(text);
  const pieces = [...tokens, ...text.split(/\s+/)];
  if (pattern.includes('*') && globs(pattern, text)) return true;
  return (
    words.length > 0 &&
    words.every((word) => {
      if (word.includes('*')) return pieces.some((piece) => globs(word, piece));
      const parts = tokenize(word);
      return parts.length > 0 ? parts.every((part) => tokens.includes(part)) : pieces.includes(word);
    })
  );
}

function tokenize(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(([token]) => token);
}

function globs(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') return globs(pattern.slice(1), text) || (text !== '' && globs(pattern, text.slice(1)));
  return text !== '' && pattern[0] === text[0] && globs(pattern.slice(1), text.slice(1));
}
