import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { judge } from '../../src/crm/judge.ts';
import { createHubSpot, type Filter, type HubSpotRecord, type SearchRequest } from '../../src/hubspot/index.ts';
import { createPortal } from '../../src/portal/index.ts';
import { boundless } from '../boundless.ts';

const random = seededRandom(1);
const portal = await createPortal({ clock: systemClock, random, seed: 'none', limits: 'off' });
const hubspot = createHubSpot({
  clock: systemClock,
  random,
  token: () => 'pat-na1-judge',
  ledger: boundless,
  fetch: (request) => portal.fetch(request),
});
afterAll(async () => {
  await hubspot.close();
  portal.close();
});

const names = ['Ada', 'ada', 'Grace Hopper', 'X-1', 'O’Brien + Sons', ''];
const stages = ['', 'lead', 'customer'];
const revenues = ['', '0', '10', '25', '7.5', '-3'];
const days = ['', '2024-02-29', '2026-11-22'];
const inputs = names.flatMap((firstname, i) =>
  revenues.map((annualrevenue, j) => ({
    properties: filled({
      firstname,
      lastname: 'L',
      hs_buying_role: j % 2 === 0 ? 'BLOCKER;CHAMPION' : '',
      lifecyclestage: stages[(i + j) % 3] ?? '',
      annualrevenue,
      closedate: days[(i * j) % 3] ?? '',
    }),
  })),
);

function filled(properties: Record<string, string>) {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ''));
}

const created = await hubspot.objects.batchCreate('contacts', inputs);
const ids = created.flatMap((row) => (row.outcome === 'applied' ? [row.value.id] : []));
const properties = [
  'firstname',
  'lastname',
  'lifecyclestage',
  'hs_buying_role',
  'annualrevenue',
  'closedate',
  'createdate',
];
const read = await hubspot.objects.batchRead('contacts', ids, { properties });
const records = read.flatMap((row): HubSpotRecord[] => (row.outcome === 'applied' ? [row.value] : []));
const definitions = new Map((await hubspot.properties.list('contacts')).map((property) => [property.name, property]));

const found = z.object({ results: z.array(z.object({ id: z.string() })) });

/** What the portal's own search says, whose index does not lag. */
async function search(request: SearchRequest): Promise<ReadonlySet<string>> {
  const response = await portal.fetch({
    method: 'POST',
    url: 'https://api.hubapi.com/crm/v3/objects/contacts/search',
    headers: { authorization: 'Bearer pat-na1-judge', 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, limit: 200 }),
  });
  return new Set(found.parse(JSON.parse(Buffer.from(response.body).toString())).results.map(({ id }) => id));
}

const text = fc.record({
  propertyName: fc.constantFrom('firstname', 'lastname'),
  operator: fc.constantFrom('EQ', 'NEQ', 'CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN', 'LT'),
  value: fc.constantFrom('Ada', 'GRACE', 'hopper', 'gra*', 'x-1', '1', 'l', 'sons +', 'O’Brien'),
});
const presence = fc.record({
  propertyName: fc.constantFrom('firstname', 'annualrevenue', 'closedate', 'lifecyclestage', 'hs_buying_role'),
  operator: fc.constantFrom('HAS_PROPERTY', 'NOT_HAS_PROPERTY'),
});
const choice = fc.record({
  propertyName: fc.constantFrom('lifecyclestage', 'hs_buying_role'),
  operator: fc.constantFrom('IN', 'NOT_IN'),
  values: fc.constantFrom(['lead'], ['customer', 'lead'], ['BLOCKER'], ['blocker']),
});
const number = fc.record({
  propertyName: fc.constant('annualrevenue'),
  operator: fc.constantFrom('EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE'),
  value: fc.constantFrom('10', '10.0', '-3', '7.5', '100'),
});
const between = fc.record({
  propertyName: fc.constant('annualrevenue'),
  operator: fc.constant('BETWEEN'),
  value: fc.constantFrom('0', '7.5'),
  highValue: fc.constantFrom('10', '25'),
});
const time = fc.record({
  propertyName: fc.constantFrom('closedate', 'createdate'),
  operator: fc.constantFrom('LT', 'LTE', 'GT', 'GTE', 'EQ'),
  value: fc.constantFrom(String(Date.UTC(2024, 1, 29)), String(Date.UTC(2026, 10, 22)), '0'),
});
const filter: fc.Arbitrary<Filter> = fc.oneof(text, presence, choice, number, between, time);
const groups = fc.array(fc.record({ filters: fc.array(filter, { minLength: 1, maxLength: 4 }) }), { maxLength: 3 });
const query = fc.constantFrom('', 'ada', 'hopper grace', 'nobody', '1', 'l');

describe('A record judged without the index', () => {
  it('is called absent only where the index, too, says so, and present only where the index has it', async () => {
    const tally = { yes: 0, no: 0, maybe: 0 };
    await fc.assert(
      fc.asyncProperty(groups, query, async (filterGroups, words) => {
        const request = { filterGroups, ...(words && { query: words }) };
        const right = await search(request);
        const wrong = records.filter((record) => {
          const verdict = judge({ record, associated: {} }, request, (name) => definitions.get(name));
          tally[verdict] += 1;
          return verdict === (right.has(record.id) ? 'no' : 'yes');
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 200 },
    );
    // Doubt is the exception.
    expect(tally.maybe).toBeLessThan((tally.yes + tally.no) / 2);
  });

  it('takes a part of a word for doubt, and a word that is nowhere for absence', () => {
    const record = records.find(({ properties: held }) => held['firstname'] === 'Grace Hopper');
    const verdict = (operator: Filter['operator'], value: string) =>
      record &&
      judge(
        { record, associated: {} },
        { filterGroups: [{ filters: [{ propertyName: 'firstname', operator, value }] }] },
        (name) => definitions.get(name),
      );
    expect(['hopper', 'gra*', 'hop', 'ada'].map((word) => verdict('CONTAINS_TOKEN', word))).toEqual([
      'yes',
      'maybe',
      'maybe',
      'no',
    ]);
    expect(['hopper', 'gra*', 'ada'].map((word) => verdict('NOT_CONTAINS_TOKEN', word))).toEqual([
      'no',
      'maybe',
      'yes',
    ]);
  });

  it('counts as associated only what is known to be', () => {
    const [record] = records;
    const request: SearchRequest = {
      filterGroups: [{ filters: [{ propertyName: 'associations.company', operator: 'EQ', value: '7' }] }],
    };
    const verdict = (associated: Record<string, ReadonlySet<string>>) =>
      record && judge({ record, associated }, request, () => undefined);
    expect(verdict({ 'associations.company': new Set(['7']) })).toBe('yes');
    expect(verdict({ 'associations.company': new Set(['8']) })).toBe('no');
    expect(verdict({})).toBe('maybe');
  });
});
