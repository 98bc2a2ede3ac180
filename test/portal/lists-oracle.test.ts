/** Random filters against a plain reading of HubSpot's words, and random writes against evaluation from scratch. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { create } from './records.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);

type Values = Readonly<Record<string, string>>;

interface Case {
  readonly filter: object;
  /** What the filter means, for a record's values. */
  readonly passes: (values: Values) => boolean;
}

const words = fc.constantFrom('Ada', 'ADA', 'Bob', 'Ada Lovelace', 'Adam', 'lovelace');
const roles = ['BUDGET_HOLDER', 'CHAMPION', 'BLOCKER'] as const;
const days = fc.integer({ min: -40, max: 40 });
const dayOf = (offset: number) => new Date(NOW + offset * DAY).toISOString().slice(0, 10);

function property(
  name: string,
  operation: Readonly<Record<string, unknown>>,
  unset: boolean,
  test: (value: string) => boolean,
): Case {
  return {
    filter: {
      filterType: 'PROPERTY',
      property: name,
      operation: { ...operation, includeObjectsWithNoValueSet: unset },
    },
    passes: (values) => {
      const value = values[name];
      return value === undefined ? unset : test(value);
    },
  };
}

const texts: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  IS_EQUAL_TO: (text, value) => text === value,
  CONTAINS: (text, value) => text.includes(value),
  STARTS_WITH: (text, value) => text.startsWith(value),
  ENDS_WITH: (text, value) => text.endsWith(value),
};
const denials: Readonly<Record<string, string>> = { IS_NOT_EQUAL_TO: 'IS_EQUAL_TO', DOES_NOT_CONTAIN: 'CONTAINS' };

const textCase = fc
  .tuple(
    fc.constantFrom(...Object.keys(texts), ...Object.keys(denials)),
    fc.array(words, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([operator, values, unset]) =>
    property('firstname', { operationType: 'MULTISTRING', operator, values }, unset, (text) => {
      const test = texts[denials[operator] ?? operator];
      const found = values.some((value) => test?.(text.toLowerCase(), value.toLowerCase()));
      return found !== operator in denials;
    }),
  );

const numbers: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  IS_EQUAL_TO: (a, b) => a === b,
  IS_NOT_EQUAL_TO: (a, b) => a !== b,
  IS_GREATER_THAN: (a, b) => a > b,
  IS_GREATER_THAN_OR_EQUAL_TO: (a, b) => a >= b,
  IS_LESS_THAN: (a, b) => a < b,
  IS_LESS_THAN_OR_EQUAL_TO: (a, b) => a <= b,
};

const numberCase = fc
  .tuple(fc.constantFrom(...Object.keys(numbers)), fc.integer({ min: 0, max: 5 }), fc.boolean())
  .map(([operator, value, unset]) =>
    property('numemployees_asked', { operationType: 'NUMBER', operator, value }, unset, (said) =>
      Boolean(numbers[operator]?.(Number(said), value)),
    ),
  );

const rangeCase = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.boolean())
  .map(([wanted, lowerBound, upperBound, unset]) =>
    property(
      'numemployees_asked',
      { operationType: 'NUMBER_RANGED', operator: wanted ? 'IS_BETWEEN' : 'IS_NOT_BETWEEN', lowerBound, upperBound },
      unset,
      (said) => (Number(said) >= lowerBound && Number(said) <= upperBound) === wanted,
    ),
  );

const optionCase = fc
  .tuple(
    fc.constantFrom('IS_ANY_OF', 'IS_NONE_OF', 'IS_EXACTLY', 'IS_NOT_EXACTLY', 'CONTAINS_ALL', 'DOES_NOT_CONTAIN_ALL'),
    fc.subarray([...roles], { minLength: 1 }),
    fc.boolean(),
  )
  .map(([operator, values, unset]) =>
    property('roles_asked', { operationType: 'ENUMERATION', operator, values }, unset, (said) => {
      const chosen = new Set(said.split(';'));
      const shared = values.filter((value) => chosen.has(value)).length;
      const all = shared === values.length;
      const answers: Readonly<Record<string, boolean>> = {
        IS_ANY_OF: shared > 0,
        IS_NONE_OF: shared === 0,
        IS_EXACTLY: all && chosen.size === values.length,
        IS_NOT_EXACTLY: !(all && chosen.size === values.length),
        CONTAINS_ALL: all,
        DOES_NOT_CONTAIN_ALL: !all,
      };
      return Boolean(answers[operator]);
    }),
  );

const dateCase = fc
  .tuple(
    fc.constantFrom(
      'IS_LESS_THAN_X_DAYS_AGO',
      'IS_MORE_THAN_X_DAYS_AGO',
      'IS_LESS_THAN_X_DAYS_FROM_NOW',
      'IS_MORE_THAN_X_DAYS_FROM_NOW',
    ),
    fc.integer({ min: 0, max: 30 }),
    fc.boolean(),
  )
  .map(([operator, numberOfDays, unset]) =>
    property(
      'day_asked',
      { operationType: 'ROLLING_DATE_RANGE', operator, numberOfDays, requiresTimeZoneConversion: false },
      unset,
      (said) => {
        const ahead = (Date.parse(said) - NOW) / DAY;
        if (operator === 'IS_LESS_THAN_X_DAYS_AGO') return ahead <= 0 && ahead >= -numberOfDays;
        if (operator === 'IS_MORE_THAN_X_DAYS_AGO') return ahead < -numberOfDays;
        if (operator === 'IS_LESS_THAN_X_DAYS_FROM_NOW') return ahead >= 0 && ahead <= numberOfDays;
        return ahead > numberOfDays;
      },
    ),
  );

const pointCase = fc.tuple(fc.boolean(), fc.boolean(), days, fc.boolean()).map(([before, inclusive, offset, unset]) =>
  property(
    'day_asked',
    {
      operationType: 'TIME_POINT',
      type: 'TIME_POINT',
      operator: before ? 'IS_BEFORE' : 'IS_AFTER',
      endpointBehavior: inclusive ? 'INCLUSIVE' : 'EXCLUSIVE',
      timePoint: {
        timeType: 'INDEXED',
        zoneId: 'UTC',
        indexReference: { referenceType: 'TODAY' },
        offset: { days: offset },
      },
    },
    unset,
    (said) => {
      const ahead = (Date.parse(said) - NOW) / DAY - offset;
      return ahead === 0 ? inclusive : ahead < 0 === before;
    },
  ),
);

const knownCase = fc
  .tuple(fc.constantFrom('firstname', 'numemployees_asked', 'roles_asked', 'day_asked'), fc.boolean())
  .map(
    ([name, wanted]): Case => ({
      filter: {
        filterType: 'PROPERTY',
        property: name,
        operation: { operationType: 'ALL_PROPERTY', operator: wanted ? 'IS_KNOWN' : 'IS_UNKNOWN' },
      },
      passes: (values) => (values[name] !== undefined) === wanted,
    }),
  );

const filters = fc.oneof(textCase, numberCase, rangeCase, optionCase, dateCase, pointCase, knownCase);

/** A branch below an AND: another combination of filters. */
const inner = fc
  .tuple(fc.constantFrom('AND', 'OR', 'NOT_ALL', 'NOT_ANY'), fc.array(filters, { minLength: 1, maxLength: 3 }))
  .map(
    ([kind, cases]): Case => ({
      filter: { filterBranchType: kind, filters: cases.map(({ filter }) => filter) },
      passes: (values) => {
        const any = cases.some(({ passes }) => passes(values));
        const all = cases.every(({ passes }) => passes(values));
        return kind === 'AND' ? all : kind === 'OR' ? any : kind === 'NOT_ALL' ? !all : !any;
      },
    }),
  );

const definitions = fc
  .array(fc.tuple(fc.array(filters, { maxLength: 3 }), fc.array(inner, { maxLength: 2 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map(
    (groups): Case => ({
      filter: {
        filterBranchType: 'OR',
        filterBranches: groups.map(([cases, branches]) => ({
          filterBranchType: 'AND',
          filters: cases.map(({ filter }) => filter),
          filterBranches: branches.map(({ filter }) => filter),
        })),
      },
      passes: (values) =>
        groups.some(([cases, branches]) => [...cases, ...branches].every(({ passes }) => passes(values))),
    }),
  );

const records = fc.record(
  {
    firstname: words,
    numemployees_asked: fc.integer({ min: 0, max: 5 }).map(String),
    roles_asked: fc.subarray([...roles], { minLength: 1 }).map((chosen) => chosen.join(';')),
    day_asked: days.map(dayOf),
  },
  { requiredKeys: [] },
);

/** A portal with a property of each kind. */
async function portal(clock = fakeClock({ start: NOW })): Promise<Talk> {
  const talk = await talkTo({ clock });
  const define = (name: string, type: string, fieldType: string, more: object = {}) =>
    talk('POST', '/crm/v3/properties/contacts', {
      name,
      label: name,
      type,
      fieldType,
      groupName: 'contactinformation',
      ...more,
    });
  await define('numemployees_asked', 'number', 'number');
  await define('day_asked', 'date', 'date');
  await define('roles_asked', 'enumeration', 'checkbox', {
    options: roles.map((value, displayOrder) => ({ value, label: value, displayOrder, hidden: false })),
  });
  return talk;
}

let names = 0;

async function createList(talk: Talk, filterBranch: object, processingType = 'DYNAMIC'): Promise<string> {
  const body = { name: `List ${names++}`, objectTypeId: '0-1', processingType, filterBranch };
  const reply = await talk('POST', '/crm/v3/lists', body);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return String(at(reply.body, 'list', 'listId'));
}

async function members(talk: Talk, listId: string): Promise<unknown[]> {
  return results(await talk('GET', `/crm/v3/lists/${listId}/memberships?limit=250`)).map((row) => at(row, 'recordId'));
}

test('a list has the records that its filters describe, whatever they are', async () => {
  const talk = await portal();
  const sample = fc.sample(records, { numRuns: 60, seed: 3 });
  const known = new Map<string, Values>();
  for (const [i, values] of sample.entries()) {
    known.set(await create(talk, 'contacts', { email: `c${i}@example.com`, ...values }), values);
  }
  await fc.assert(
    fc.asyncProperty(definitions, async ({ filter, passes }) => {
      const listId = await createList(talk, filter, 'SNAPSHOT');
      const expected = [...known].filter(([, values]) => passes(values)).map(([id]) => id);
      expect(await members(talk, listId)).toEqual(expected);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('after random writes and waiting a list that followed them has the members of one that is evaluated from scratch', async () => {
  const writes = fc.array(
    fc.tuple(
      fc.constantFrom('create', 'update', 'clear', 'archive', 'link', 'unlink', 'deal', 'wait'),
      fc.nat(),
      records,
    ),
    { minLength: 5, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(definitions, { minLength: 1, maxLength: 3 }), writes, async (wanted, steps) => {
      const clock = fakeClock({ start: NOW });
      const talk = await portal(clock);
      const associated = {
        filterBranchType: 'OR',
        filterBranches: [
          {
            filterBranchType: 'AND',
            filterBranches: [
              {
                filterBranchType: 'ASSOCIATION',
                objectTypeId: '0-3',
                associationCategory: 'HUBSPOT_DEFINED',
                associationTypeId: 4,
                operator: 'IN_LIST',
                filters: [
                  {
                    filterType: 'PROPERTY',
                    property: 'amount',
                    operation: { operationType: 'NUMBER', operator: 'IS_GREATER_THAN', value: 2 },
                  },
                ],
              },
            ],
          },
        ],
      };
      const branches = [...wanted.map(({ filter }) => filter), associated];
      const followed: string[] = [];
      for (const branch of branches) followed.push(await createList(talk, branch));
      const inOther = {
        filterBranchType: 'OR',
        filterBranches: followed.map((listId, i) => ({
          filterBranchType: 'AND',
          filters: [{ filterType: 'IN_LIST', listId, operator: i % 2 === 0 ? 'IN_LIST' : 'NOT_IN_LIST' }],
        })),
      };
      branches.push(inOther);
      followed.push(await createList(talk, inOther));

      const deal = await create(talk, 'deals', { dealname: 'Deal', dealstage: 'appointmentscheduled', amount: '5' });
      const contacts: string[] = [];
      let created = 0;
      for (const [kind, pick, values] of steps) {
        const id = contacts[pick % Math.max(1, contacts.length)];
        if (kind === 'wait') {
          await clock.advance((pick % 300) * 3_600_000);
        } else if (kind === 'create' || id === undefined) {
          const email = `c${created++}@example.com`;
          contacts.push(await create(talk, 'contacts', { email, ...values }));
        } else if (kind === 'update') {
          await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: values });
        } else if (kind === 'clear') {
          await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: '', day_asked: '' } });
        } else if (kind === 'archive') {
          await talk('DELETE', `/crm/v3/objects/contacts/${id}`);
          contacts.splice(contacts.indexOf(id), 1);
        } else if (kind === 'deal') {
          await talk('PATCH', `/crm/v3/objects/deals/${deal}`, { properties: { amount: String(pick % 5) } });
        } else {
          const path = `/crm/v4/objects/contacts/${id}/associations`;
          if (kind === 'link') await talk('PUT', `${path}/default/deals/${deal}`);
          else await talk('DELETE', `${path}/deals/${deal}`);
        }
      }
      for (const [i, branch] of branches.entries()) {
        const fresh = await createList(talk, branch);
        expect(await members(talk, followed[i] ?? '')).toEqual(await members(talk, fresh));
      }
      talk.portal.close();
    }),
    { numRuns: 15, seed: 2 },
  );
});

test('a definition that makes no sense is refused, and no list comes of it', async () => {
  const talk = await portal();
  const junk = fc.oneof(
    fc.constantFrom('', 'OR', 'AND', 'PROPERTY', 'UTC', '0-1', '9'.repeat(20)),
    fc.double(),
    fc.constant(null),
  );
  /** Takes a good definition and puts something else in one place of it. */
  const spoilt = fc
    .tuple(definitions, fc.nat(), fc.oneof(junk, fc.array(junk), fc.jsonValue()))
    .map(([good, place, bad]) => {
      let left = place % (JSON.stringify(good.filter).split(':').length - 1);
      return JSON.parse(JSON.stringify(good.filter), (_key, value: unknown) => (left-- === 0 ? bad : value));
    });
  let lists = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt, fc.jsonValue()), async (filterBranch) => {
      const body = { name: `List ${names++}`, objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch };
      const reply = await talk('POST', '/crm/v3/lists', body);
      expect([200, 400, 501]).toContain(reply.status);
      if (reply.status === 200) lists++;
      const refused = reply.status === 400 ? at(reply.body, 'category') : 'VALIDATION_ERROR';
      expect(refused).toBe('VALIDATION_ERROR');
      expect(at((await talk('POST', '/crm/v3/lists/search', {})).body, 'total')).toBe(lists);
    }),
    { numRuns: 500, seed: 4 },
  );
});
