/** Random searches over contacts with a property of every type, for the oracle. */

import { type Arbitrary, array, constant, constantFrom, oneof, option, record, tuple } from 'fast-check';
import type { OracleFilter, OracleRequest, OracleRules, OracleType } from './search-oracle.ts';

/** What a property of the test may hold, and what filters ask of it besides. */
export interface Domain {
  readonly type: OracleType;
  readonly fieldType: string;
  readonly held: readonly string[];
  readonly asked: readonly string[];
}

export const domains: Readonly<Record<string, Domain>> = {
  o_text: {
    type: 'string',
    fieldType: 'text',
    held: ['Ada', 'ada king', 'Ada-King', 'King', 'KING & Co.', 'Ærø 7', 'ada.king@acme.com', 'x*y'],
    asked: ['ADA', 'ada', 'king', 'k*', '*king', '*@acme.com', 'acme.com', 'ada king', '*', 'ærø', '&', 'king co', 'd'],
  },
  o_html: {
    type: 'string',
    fieldType: 'html',
    held: ['<p>Hello World</p>', '<b>hello</b>', 'plain'],
    asked: ['hello', '<p>*', 'WORLD', 'p'],
  },
  o_number: {
    type: 'number',
    fieldType: 'number',
    held: ['-1', '0', '2', '2.5', '10', '1000000'],
    asked: ['2.0', '+2', '-1.5', '9'],
  },
  o_bool: { type: 'bool', fieldType: 'booleancheckbox', held: ['true', 'false'], asked: ['TRUE', 'False'] },
  o_pick: {
    type: 'enumeration',
    fieldType: 'select',
    held: ['Red', 'red', 'BLUE'],
    asked: ['blue', 'r*', 'Re*', 'Red'],
  },
  o_many: {
    type: 'enumeration',
    fieldType: 'checkbox',
    held: ['A', 'b', 'A;b', 'b;C c', 'A;b;C c'],
    asked: ['a', 'C', 'C c', 'B'],
  },
  o_date: {
    type: 'date',
    fieldType: 'date',
    held: ['2025-12-31', '2026-01-01', '2026-02-28'],
    asked: [String(Date.UTC(2026, 0, 1)), '2026-01-15'],
  },
  o_time: {
    type: 'datetime',
    fieldType: 'date',
    held: ['2026-01-01T00:00:00Z', '2026-01-01T12:30:00.250Z', '2026-03-01T08:00:00Z'],
    asked: [String(Date.UTC(2026, 0, 1)), '2026-01-01', '2026-01-01T14:30:00.250+02:00'],
  },
  o_phone: {
    type: 'phone_number',
    fieldType: 'phonenumber',
    held: ['+15550100', '+15550123', '+4930123'],
    asked: ['15550100', '*0123', '+1*'],
  },
};

export const custom = Object.keys(domains);
export const rules: OracleRules = {
  types: {
    ...Object.fromEntries(Object.entries(domains).map(([name, { type }]) => [name, type])),
    createdate: 'datetime',
    lastmodifieddate: 'datetime',
    hs_object_id: 'number',
  },
  searched: ['firstname', 'lastname', 'email', 'phone', 'hs_additional_emails', 'fax', 'mobilephone', 'company'],
};
export const shown = [...custom, ...rules.searched, 'createdate', 'lastmodifieddate', 'hs_object_id'];

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
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
];

function filterOf(propertyName: string, operator: string, [first, second, third]: readonly string[]): OracleFilter {
  if (operator === 'BETWEEN') return { propertyName, operator, value: first ?? '', highValue: second ?? '' };
  if (!operator.endsWith('IN')) return { propertyName, operator, value: first ?? '' };
  return { propertyName, operator, values: [first ?? '', second ?? '', third ?? ''] };
}

/** Tokens of times and ids are nothing that anybody asks for. */
function fits(type: OracleType, operator: string): boolean {
  return !(operator.endsWith('CONTAINS_TOKEN') && ['number', 'date', 'datetime'].includes(type));
}

const ofProperty: Arbitrary<OracleFilter> = constantFrom(...custom).chain((name) => {
  const { type, held, asked } = domains[name] ?? { type: 'string', held: [], asked: [] };
  const said = constantFrom(...held, ...asked);
  const allowed = operators.filter((operator) => fits(type, operator));
  return tuple(constantFrom(...allowed), tuple(said, said, said)).map(([operator, values]) =>
    // A value of several options is sent as one of them.
    filterOf(name, operator, type === 'enumeration' ? values.map((value) => value.split(';').at(-1) ?? value) : values),
  );
});
export const ofPresence = tuple(constantFrom(...custom), constantFrom('HAS_PROPERTY', 'NOT_HAS_PROPERTY')).map(
  ([propertyName, operator]) => ({ propertyName, operator }),
);

/** Filters that name times and ids of the portal itself. */
export function ofSystem(
  ids: readonly string[],
  times: readonly string[],
  companies: readonly string[],
): Arbitrary<OracleFilter> {
  const id = constantFrom(...ids);
  const time = constantFrom(...times);
  const company = constantFrom(...companies);
  const ordered = constantFrom(...operators.filter((operator) => fits('number', operator)));
  return oneof(
    {
      weight: 1,
      arbitrary: tuple(ordered, tuple(id, id, id)).map(([operator, said]) => filterOf('hs_object_id', operator, said)),
    },
    {
      weight: 1,
      arbitrary: tuple(constantFrom('createdate', 'lastmodifieddate'), ordered, tuple(time, time, time)).map(
        ([name, operator, said]) => filterOf(name, operator, said),
      ),
    },
    {
      weight: 2,
      arbitrary: tuple(constantFrom('EQ', 'IN'), tuple(company, company, company)).map(([operator, said]) =>
        filterOf('associations.company', operator, said),
      ),
    },
  );
}

export function requests(system: Arbitrary<OracleFilter>): Arbitrary<OracleRequest> {
  const filter = oneof(
    { weight: 8, arbitrary: ofProperty },
    { weight: 2, arbitrary: ofPresence },
    { weight: 1, arbitrary: system },
  );
  const filters = array(filter, { minLength: 1, maxLength: 3 });
  const groups = (maxLength: number) =>
    array(
      filters.map((list) => ({ filters: list })),
      { maxLength },
    );
  const shape = oneof(
    { weight: 6, arbitrary: groups(3).map((filterGroups): OracleRequest => ({ filterGroups })) },
    {
      weight: 1,
      arbitrary: groups(5).map(
        (list): OracleRequest => ({ filterGroups: list.map((group) => ({ filters: group.filters.slice(0, 2) })) }),
      ),
    },
    { weight: 1, arbitrary: filters.map((list): OracleRequest => ({ filters: list })) },
  );
  return record({
    shape,
    query: oneof(
      { weight: 6, arbitrary: constant('') },
      { weight: 1, arbitrary: constantFrom('ADA', 'acme p1', 'King 2', 'example') },
    ),
    sort: option(
      record({
        propertyName: constantFrom(...custom, 'createdate', 'hs_object_id'),
        direction: constantFrom('ASCENDING', 'DESCENDING'),
      }),
      { nil: undefined },
    ),
    // Most of the time goes into the rows of an answer.
    limit: oneof({ weight: 12, arbitrary: constantFrom(1, 7, 25) }, { weight: 1, arbitrary: constant(200) }),
    after: constantFrom('0', '1', '20', '150'),
  }).map(({ shape: where, query, sort, limit, after }) => ({
    ...where,
    ...(query !== '' && { query }),
    ...(sort && { sorts: [sort] }),
    limit,
    after,
  }));
}
