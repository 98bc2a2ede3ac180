import { expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { create } from './records.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

/** One AND of these filters, as a whole definition. */
export function where(...filters: readonly unknown[]) {
  return {
    filterBranchType: 'OR',
    filterBranches: [{ filterBranchType: 'AND', filters }],
  };
}

export function property(name: string, operationType: string, operator: string, more: object = {}) {
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

test('a dynamic list follows its records: those that come, change, go and come back', async () => {
  const talk = await talkTo();
  const ada = await create(talk, 'contacts', { firstname: 'Ada', email: 'ada@example.com' });
  const list = await createList(talk, {
    name: 'Adas',
    processingType: 'DYNAMIC',
    filterBranch: where(property('firstname', 'MULTISTRING', 'IS_EQUAL_TO', { values: ['ada'] })),
  });
  expect(await members(talk, list)).toEqual([ada]);
  const other = await create(talk, 'contacts', { firstname: 'Bob', email: 'bob@example.com' });
  expect(await members(talk, list)).toEqual([ada]);
  await talk('PATCH', `/crm/v3/objects/contacts/${other}`, { properties: { firstname: 'ADA' } });
  expect(await members(talk, list)).toEqual([ada, other]);
  await talk('DELETE', `/crm/v3/objects/contacts/${ada}`);
  expect(await members(talk, list)).toEqual([other]);
});

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
