import { expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { create } from './records.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

/** One AND of these filters, as a whole definition. */
function where(...filters: readonly unknown[]) {
  return {
    filterBranchType: 'OR',
    filterBranches: [{ filterBranchType: 'AND', filters }],
  };
}

function property(name: string, operationType: string, operator: string, more: object = {}) {
  return { filterType: 'PROPERTY', property: name, operation: { operationType, operator, ...more } };
}

async function createList(talk: Talk, body: object): Promise<string> {
  const reply = await talk('POST', '/crm/v3/lists', { objectTypeId: '0-1', ...body });
  if (reply.status !== 200) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return String(at(reply.body, 'list', 'listId'));
}

async function members(talk: Talk, listId: string): Promise<unknown[]> {
  return results(await talk('GET', `/crm/v3/lists/${listId}/memberships?limit=250`)).map((row) => at(row, 'recordId'));
}

test('a list of a time that moves with now loses and gains records as time passes', async () => {
  const clock = fakeClock();
  const talk = await talkTo({ clock });
  const ada = await create(talk, 'contacts', { email: 'ada@example.com' });
  const list = await createList(talk, {
    name: 'New',
    processingType: 'DYNAMIC',
    filterBranch: where(
      property('createdate', 'ROLLING_DATE_RANGE', 'IS_LESS_THAN_X_DAYS_AGO', {
        numberOfDays: 7,
        requiresTimeZoneConversion: false,
      }),
    ),
  });
  expect(await members(talk, list)).toEqual([ada]);
  await clock.advance(7 * 86_400_000);
  expect(await members(talk, list)).toEqual([ada]);
  await clock.advance(1);
  expect(await members(talk, list)).toEqual([]);
});

test('a difference and an export show who is in such a list now, and the export gives the same again', async () => {
  const clock = fakeClock();
  const talk = await talkTo({ clock });
  const { control } = talk.portal;
  const ada = await create(talk, 'contacts', { email: 'ada@example.com' });
  const lately = { numberOfDays: 7, requiresTimeZoneConversion: false };
  const filterBranch = where(property('createdate', 'ROLLING_DATE_RANGE', 'IS_LESS_THAN_X_DAYS_AGO', lately));
  await createList(talk, { name: 'New', processingType: 'DYNAMIC', filterBranch });
  await createList(talk, { name: 'Made by hand', processingType: 'MANUAL' });
  control.snapshot('new');
  await clock.advance(8 * 86_400_000);
  control.snapshot('old');
  expect(control.diff('new').lists.members).toEqual([{ listId: '1', added: [], removed: [ada] }]);
  expect(control.diff('old').lists.members).toEqual([]);
  const json = [...control.export()].join('');
  expect(JSON.parse(json)).toMatchObject({ lists: [{ memberIds: [] }, {}] });
  const again = await talkTo({ clock, seed: { json } });
  expect([...again.portal.control.export()].join('')).toBe(json);
});

/** Whether a list of one filter has the contact, on the clock's day. */
async function has(talk: Talk, id: string, filter: unknown): Promise<boolean> {
  const name = `List ${id} ${JSON.stringify(filter)}`;
  const listId = await createList(talk, { name, processingType: 'SNAPSHOT', filterBranch: where(filter) });
  return (await members(talk, listId)).includes(id);
}

async function withDate(value: string, start: string): Promise<{ talk: Talk; id: string }> {
  const talk = await talkTo({ clock: fakeClock({ start: Date.parse(start) }) });
  const define = (name: string, type: string) =>
    talk('POST', '/crm/v3/properties/contacts', {
      name,
      label: name,
      type,
      fieldType: 'date',
      groupName: 'contactinformation',
    });
  await define('due', value.length === 10 ? 'date' : 'datetime');
  return { talk, id: await create(talk, 'contacts', { email: 'ada@example.com', due: value }) };
}

test('ranges of the calendar begin and end where the account is', async () => {
  // Sunday noon; the week began on Monday the 16th.
  const { talk, id } = await withDate('2026-11-16T12:00:00Z', '2026-11-22T12:00:00Z');
  const inUnit = (operator: string, timeUnit: string, more: object = {}) =>
    has(talk, id, property('due', 'CALENDAR_DATE', operator, { timeUnit, ...more }));
  expect(await inUnit('IN_THIS_TIME_UNIT', 'MONTH')).toBe(true);
  expect(await inUnit('IN_THIS_TIME_UNIT', 'WEEK')).toBe(true);
  expect(await inUnit('IN_THIS_TIME_UNIT', 'DAY')).toBe(false);
  expect(await inUnit('IN_LAST_TIME_UNIT', 'DAY', { timeUnitCount: 6 })).toBe(true);
  expect(await inUnit('IN_LAST_TIME_UNIT', 'DAY', { timeUnitCount: 5 })).toBe(false);
  expect(await inUnit('IN_THIS_TIME_UNIT', 'QUARTER')).toBe(true);
  expect(await inUnit('IN_THIS_TIME_UNIT', 'YEAR', { useFiscalYear: true, fiscalYearStart: 'DECEMBER' })).toBe(true);
  expect(await inUnit('IN_NEXT_TIME_UNIT', 'WEEK')).toBe(false);
});

const date = (zoneId: string) => ({ timeType: 'DATE', zoneId, year: 2026, month: 11, day: 21 });

const counted = (referenceType: string, offset: object, more: object = {}) => ({
  timeType: 'INDEXED',
  zoneId: 'UTC',
  indexReference: { referenceType, ...more },
  offset,
});

test('a point in time is a date, a place counted from now, or another property of the record', async () => {
  const { talk, id } = await withDate('2026-11-20T23:30:00Z', '2026-11-22T12:00:00Z');
  const point = (operator: string, timePoint: object, more: object = {}) =>
    has(talk, id, property('due', 'TIME_POINT', operator, { type: 'TIME_POINT', timePoint, ...more }));
  expect(await point('IS_BEFORE', date('UTC'))).toBe(true);
  // It is the 21st in Berlin already.
  expect(await point('IS_BEFORE', date('Europe/Berlin'))).toBe(false);
  expect(await point('IS_AFTER', date('Europe/Berlin'))).toBe(true);
  expect(await point('IS_AFTER', counted('TODAY', { days: -2 }))).toBe(true);
  expect(await point('IS_AFTER', counted('TODAY', { days: -1 }))).toBe(false);
  expect(await point('IS_AFTER', counted('NOW', { hours: -37 }))).toBe(true);
  expect(await point('IS_AFTER', counted('NOW', { hours: -36 }))).toBe(false);
  expect(await point('IS_AFTER', counted('WEEK', {}, { dayOfWeek: 'FRIDAY' }))).toBe(true);
  expect(await point('IS_AFTER', counted('WEEK', {}, { dayOfWeek: 'SATURDAY' }))).toBe(false);
  expect(await point('IS_AFTER', counted('MONTH', { months: 1 }, { day: 1 }))).toBe(false);
  const created = { timeType: 'PROPERTY_REFERENCED', zoneId: 'UTC', property: 'createdate', referenceType: 'VALUE' };
  expect(await point('IS_BEFORE', created)).toBe(true);
  const between = property('due', 'TIME_RANGED', 'IS_BETWEEN', {
    type: 'TIME_RANGED',
    propertyParser: 'UPDATED_AT',
    lowerBoundTimePoint: counted('TODAY', { days: -15 }),
    upperBoundTimePoint: counted('NOW', {}),
  });
  expect(await has(talk, id, between)).toBe(true);
});

const stage = (operator: string) => property('lifecyclestage', 'ENUMERATION', operator, { values: ['lead'] });

test('what a property once was counts where the filter asks for its history', async () => {
  const talk = await talkTo();
  const id = await create(talk, 'contacts', { email: 'ada@example.com', firstname: 'Ada', lifecyclestage: 'lead' });
  await talk('PATCH', `/crm/v3/objects/contacts/${id}`, {
    properties: { firstname: 'Bob', lifecyclestage: 'customer' },
  });
  const was = (operator: string, value: string) => has(talk, id, property('firstname', 'STRING', operator, { value }));
  expect(await was('HAS_EVER_BEEN_EQUAL_TO', 'ada')).toBe(true);
  expect(await was('HAS_NEVER_BEEN_EQUAL_TO', 'ada')).toBe(false);
  expect(await was('HAS_EVER_CONTAINED', 'cid')).toBe(false);
  expect(await has(talk, id, stage('HAS_EVER_BEEN_ANY_OF'))).toBe(true);
  expect(await has(talk, id, stage('IS_ANY_OF'))).toBe(false);
  expect(await has(talk, id, stage('HAS_NEVER_BEEN_EXACTLY'))).toBe(false);
});

test('records are counted by how many others they are associated with', async () => {
  const talk = await talkTo();
  const id = await create(talk, 'contacts', { email: 'ada@example.com' });
  const list = await createList(talk, {
    name: 'Two deals',
    processingType: 'DYNAMIC',
    filterBranch: where({
      filterType: 'NUM_ASSOCIATIONS',
      associationCategory: 'HUBSPOT_DEFINED',
      associationTypeId: 4,
      coalescingRefineBy: { type: 'NUM_OCCURRENCES', minOccurrences: 2 },
    }),
  });
  for (const dealname of ['One', 'Two']) {
    expect(await members(talk, list)).toEqual([]);
    const deal = await create(talk, 'deals', { dealname, dealstage: 'appointmentscheduled' });
    await talk('PUT', `/crm/v4/objects/contacts/${id}/associations/default/deals/${deal}`);
  }
  expect(await members(talk, list)).toEqual([id]);
});

test('a record that was merged leaves, and the one that it lives on in takes its place in lists kept by hand', async () => {
  const talk = await talkTo();
  const ada = await create(talk, 'contacts', { email: 'ada@example.com' });
  const twin = await create(talk, 'contacts', { email: 'twin@example.com' });
  const list = await createList(talk, { name: 'Picked', processingType: 'MANUAL' });
  await talk('PUT', `/crm/v3/lists/${list}/memberships/add`, [twin]);
  const merged = await talk('POST', '/crm/v3/objects/contacts/merge', { primaryObjectId: ada, objectIdToMerge: twin });
  expect(merged.status).toBe(200);
  expect(await members(talk, list)).toEqual([at(merged.body, 'id')]);
});

test('all lists are read page by page in the dated version, with a cursor that holds for the same filters only', async () => {
  const talk = await talkTo();
  for (const name of ['One', 'Two', 'Three']) await createList(talk, { name, processingType: 'MANUAL' });
  const all = (body?: object) => talk('POST', '/crm/lists/2026-09/all', body);
  expect(results(await all())).toHaveLength(3);
  const first = await all({ count: 2, processingTypes: ['MANUAL'] });
  expect(results(first).map((list) => at(list, 'name'))).toEqual(['One', 'Two']);
  const after = at(first.body, 'paging', 'next', 'after');
  const second = await all({ count: 2, processingTypes: ['MANUAL'], after });
  expect(results(second).map((list) => at(list, 'name'))).toEqual(['Three']);
  expect(at(second.body, 'paging')).toBeUndefined();
  for (const body of [{ after }, { after: 'x', processingTypes: ['MANUAL'] }]) {
    expect((await all(body)).body).toMatchObject({ category: 'VALIDATION_ERROR', subCategory: 'INVALID_CURSOR' });
  }
  expect((await all({ processingTypes: ['STATIC'] })).body).toMatchObject({ subCategory: 'INVALID_PROCESSING_TYPE' });
  expect((await talk('POST', '/crm/v3/lists/all', {})).status).not.toBe(200);
});

test('how a list grew is told by day, and only to the versions that have it', async () => {
  const clock = fakeClock();
  const talk = await talkTo({ clock });
  const list = await createList(talk, { name: 'Growing', processingType: 'MANUAL' });
  for (const name of ['a', 'b', 'c']) {
    const id = await create(talk, 'contacts', { email: `${name}@example.com` });
    await talk('PUT', `/crm/v3/lists/${list}/memberships/add`, [id]);
    await clock.advance(86_400_000);
  }
  await talk('PUT', `/crm/v3/lists/${list}/update-list-name?listName=Grown`);
  const path = `${list}/size-and-edits-history/between?startDate=2026-11-23T00:00:00Z&endDate=2026-12-01T00:00:00Z`;
  const history = await talk('GET', `/crm/lists/2026-03/${path}`);
  expect(history.body).toMatchObject({
    sizeHistory: [
      { size: 2, timestamp: '2026-11-23T00:00:00Z' },
      { size: 3, timestamp: '2026-11-24T00:00:00Z' },
    ],
    editHistory: ['2026-11-25T00:00:00Z'],
  });
  expect((await talk('GET', `/crm/lists/2026-09/${path}`)).status).not.toBe(200);
});

const anyOf = (...filters: readonly object[]) => ({
  filterBranchType: 'OR',
  filterBranches: [{ filterBranchType: 'AND', filterBranches: [], filters }],
  filters: [],
});
const inList = (listId: string, operator = 'IN_LIST') => ({ filterType: 'IN_LIST', operator, listId });

test('no circle of lists comes about, not by way of one that is deleted and comes back', async () => {
  const talk = await talkTo();
  const operation = { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' };
  const known = { filterType: 'PROPERTY', property: 'email', operation };
  const made = async (name: string, ...filters: readonly object[]) => {
    const list = { name, objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch: anyOf(...filters) };
    return String(at((await talk('POST', '/crm/v3/lists', list)).body, 'list', 'listId'));
  };
  const other = await made('Other', known);
  const inner = await made('Inner', known);
  const outer = await made('Outer', inList(inner, 'NOT_IN_LIST'), inList(other));
  await talk('DELETE', `/crm/v3/lists/${other}`);
  const changed = await talk('PUT', `/crm/v3/lists/${inner}/update-list-filters`, {
    filterBranch: anyOf(inList(outer)),
  });
  expect(changed).toMatchObject({ status: 400, body: { subCategory: 'ListError.CIRCULAR_REFERENCE' } });
  expect((await talk('PUT', `/crm/v3/lists/${other}/restore`)).status).toBe(204);
  expect((await talk('POST', '/crm/v3/objects/contacts', { properties: { email: 'a@example.com' } })).status).toBe(201);
});
