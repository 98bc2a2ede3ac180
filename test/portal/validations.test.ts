import { describe, expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { create, problems, read } from './records.ts';
import { at, type Talk, talkTo } from './talk.ts';

const START = Date.parse('2026-03-04T12:00:00Z');

/** What a property of each sort is made of. */
const sorts = {
  text: { type: 'string', fieldType: 'text' },
  area: { type: 'string', fieldType: 'textarea' },
  phone: { type: 'string', fieldType: 'phonenumber' },
  number: { type: 'number', fieldType: 'number' },
  date: { type: 'date', fieldType: 'date' },
  datetime: { type: 'datetime', fieldType: 'date' },
  select: { type: 'enumeration', fieldType: 'select', options: [{ label: 'A', value: 'a' }] },
} as const;

async function portal(sort: keyof typeof sorts): Promise<Talk> {
  const talk = await talkTo({ clock: fakeClock({ start: START }) });
  const property = { name: 'told', label: 'Told', groupName: 'contactinformation', ...sorts[sort] };
  expect((await talk('POST', '/crm/properties/2026-09/contacts', property)).status).toBe(201);
  return talk;
}

const PATH = '/crm/property-validations/2026-09/0-1/told/rule-type';
const rule = (talk: Talk, ruleType: string, ruleArguments: readonly string[], shouldApplyNormalization?: boolean) =>
  talk('PUT', `${PATH}/${ruleType}`, { ruleArguments, shouldApplyNormalization });
const write = (talk: Talk, told: string) =>
  talk('POST', '/crm/v3/objects/contacts', { properties: { lastname: 'A', told } });

test.each<[keyof typeof sorts, string, readonly string[], good: readonly string[], bad: readonly string[]]>([
  ['datetime', 'AFTER_DATETIME_DURATION', ['P1M'], ['2026-04-04T12:00:00Z'], ['2026-04-04T11:59:59Z']],
  ['date', 'AFTER_DURATION', ['P7D'], ['2026-03-11'], ['2026-03-10']],
  ['text', 'ALPHANUMERIC', ['ALPHANUMERIC'], ['Zürich 8'], ['a-b']],
  ['area', 'ALPHANUMERIC', ['ALPHA_ONLY'], ['Zürich'], ['a1']],
  ['text', 'ALPHANUMERIC', ['NUMERIC_ONLY'], ['0123'], ['1.5']],
  ['datetime', 'BEFORE_DATETIME_DURATION', ['PT1H'], ['2026-03-04T11:00:00Z'], ['2026-03-04T11:00:01Z']],
  ['date', 'BEFORE_DURATION', ['P1Y'], ['2025-03-04'], ['2025-03-05']],
  ['date', 'DAYS_OF_WEEK', ['MONDAY', 'WEDNESDAY'], ['2026-03-02', '2026-03-04'], ['2026-03-03', '2026-03-08']],
  ['date', 'DAYS_OF_WEEK', ['FRIDAY'], ['1960-01-01'], ['1960-01-02']],
  ['number', 'DECIMAL', ['2'], ['1', '1.25'], ['1.255']],
  ['text', 'DOMAIN', [], ['example.co.uk'], ['example', 'a b.com', 'https://example.com']],
  ['text', 'EMAIL', [], ['a@example.com'], ['a@example', 'a b@example.com']],
  ['text', 'EMAIL_ALLOWED_DOMAINS', ['example.com'], ['a@example.com'], ['a@example.org', 'a@badexample.com']],
  ['text', 'EMAIL_BLOCKED_DOMAINS', ['example.com'], ['a@example.org'], ['a@example.com']],
  ['date', 'END_DATE', ['1772582400000'], ['2026-03-04'], ['2026-03-05']],
  ['datetime', 'END_DATETIME', ['1772582400000'], ['2026-03-04T00:00:00Z'], ['2026-03-04T00:00:01Z']],
  ['text', 'FORMAT', ['UPPER'], ['ABC 1'], ['Abc']],
  ['text', 'FORMAT', ['CAPITALIZATION'], ['Ada Lovelace'], ['ada Lovelace']],
  ['phone', 'MAX_LENGTH', ['5'], ['12345'], ['123456']],
  ['number', 'MAX_NUMBER', ['99.99'], ['99.99'], ['100']],
  ['area', 'MIN_LENGTH', ['3'], ['abc'], ['ab']],
  ['number', 'MIN_NUMBER', ['-10.5'], ['-10.5'], ['-11']],
  ['phone', 'PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE', [], ['+49 30 901820'], ['030 901820', '+1']],
  ['text', 'REGEX', ['^[A-Z]{2}-\\d+$', 'Two letters and a number'], ['AB-1'], ['A-1']],
  ['text', 'SPECIAL_CHARACTERS', ['NOT_ALLOWED'], ['Ada 1'], ['Ada!']],
  ['date', 'START_DATE', ['1772582400000'], ['2026-03-04'], ['2026-03-03']],
  ['datetime', 'START_DATETIME', ['1772582400000'], ['2026-03-04T00:00:00Z'], ['2026-03-03T23:59:59Z']],
  ['text', 'URL', [], ['https://example.com/a?b', 'example.com'], ['ftp://example.com', 'no url']],
  ['text', 'URL_ALLOWED_DOMAINS', ['example.com'], ['https://www.example.com/'], ['https://example.org']],
  ['text', 'URL_BLOCKED_DOMAINS', ['example.com'], ['https://example.org'], ['https://a.example.com']],
  ['text', 'WHITESPACE', [], ['abc'], ['a b']],
  ['text', 'WHITESPACE', ['TRIM'], ['a b'], [' a']],
])('a %s with the rule %s %j takes %j and refuses %j', async (sort, ruleType, given, good, bad) => {
  const talk = await portal(sort);
  expect((await rule(talk, ruleType, given)).status).toBe(204);
  for (const told of good) expect([told, (await write(talk, told)).status]).toEqual([told, 201]);
  for (const told of bad) {
    const refused = await write(talk, told);
    expect([told, refused.status]).toEqual([told, 400]);
    expect(problems(refused.body)).toMatchObject([{ isValid: false, name: 'told' }]);
  }
});

describe('a rule', () => {
  test.each<[keyof typeof sorts, string, readonly string[]]>([
    ['number', 'MAX_LENGTH', ['5']],
    ['select', 'ALPHANUMERIC', ['ALPHA_ONLY']],
    ['area', 'EMAIL', []],
    ['text', 'MAX_LENGTH', ['10001']],
    ['text', 'MAX_LENGTH', []],
    ['text', 'REGEX', ['(', 'Open']],
    ['text', 'REGEX', ['a(?=b)', 'No look-ahead in RE2']],
    ['text', 'REGEX', ['a']],
    ['text', 'ALPHANUMERIC', ['NOTHING']],
    ['number', 'DECIMAL', ['21']],
    ['date', 'AFTER_DURATION', ['7 days']],
    ['date', 'DAYS_OF_WEEK', ['MON']],
    ['text', 'EMAIL_ALLOWED_DOMAINS', []],
    ['text', 'constructor', []],
  ])('of a %s, %s %j, is refused', async (sort, ruleType, given) => {
    const talk = await portal(sort);
    const refused = await rule(talk, ruleType, given);
    expect([refused.status, at(refused.body, 'category')]).toEqual([400, 'VALIDATION_ERROR']);
    expect((await talk('GET', '/crm/property-validations/2026-09/0-1/told')).body).toEqual({ results: [] });
  });

  test('takes the place of the one of its type, and may not contradict its other half', async () => {
    const talk = await portal('text');
    await rule(talk, 'MAX_LENGTH', ['5']);
    await rule(talk, 'MAX_LENGTH', ['6']);
    expect((await rule(talk, 'MIN_LENGTH', ['7'])).status).toBe(400);
    expect((await talk('GET', '/crm/property-validations/2026-03/0-1/told')).body).toEqual({
      results: [{ ruleType: 'MAX_LENGTH', ruleArguments: ['6'] }],
    });
    expect((await talk('GET', `${PATH}/MIN_LENGTH`)).status).toBe(404);
    expect((await talk('GET', '/crm/property-validations/2026-03/0-1/nothing')).status).toBe(404);
  });

  test('that normalizes mends what it can before it looks', async () => {
    const talk = await portal('text');
    await rule(talk, 'FORMAT', ['UPPER'], true);
    await rule(talk, 'REGEX', ['^[A-Z]+$', 'Letters only']);
    const id = await create(talk, 'contacts', { lastname: 'A', told: ' abc ' });
    expect(await read(talk, 'contacts', id, 'told')).toBe('ABC');
    const refused = await write(talk, 'abc1');
    expect(problems(refused.body)).toMatchObject([{ message: 'Letters only' }]);
    const cleared = await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { told: '' } });
    expect(cleared.status).toBe(200);
  });
});

test('rules that no longer go with a property are forgotten when it becomes another one', async () => {
  const talk = await portal('text');
  await rule(talk, 'REGEX', ['^a+$', 'Only a']);
  await talk('PATCH', '/crm/properties/2026-09/contacts/told', { type: 'number', fieldType: 'number' });
  expect((await talk('GET', '/crm/property-validations/2026-09/0-1/told')).body).toEqual({ results: [] });
  expect((await write(talk, '5')).status).toBe(201);
});
