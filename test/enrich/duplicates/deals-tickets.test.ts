import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/clock.ts';
import { findDuplicates } from '../../../src/enrich/duplicates/index.ts';
import { textAt } from '../../../src/enrich/table.ts';
import { type Row, tableOf } from './tables.ts';

const words = ['Cedar', 'Harbor', 'Willow', 'Granite', 'Orchid', 'Falcon', 'Meadow', 'Summit', 'Copper', 'Juniper'];
const things = ['Onboarding', 'Expansion', 'Support plan', 'Migration', 'Licences', 'Training', 'Pilot', 'Audit'];

/** Deals of a year, each of a company and with an amount and days of its own. */
function otherDeals(count: number): readonly Row[] {
  const random = seededRandom(11);
  const pick = (from: readonly string[]) => from[Math.floor(random.float() * from.length)] ?? '';
  const day = () => new Date(Date.UTC(2025, 0, 1 + Math.floor(random.float() * 600))).toISOString();
  return Array.from({ length: count }, (_, nth) => ({
    id: `s${nth}`,
    dealname: `${pick(words)} ${pick(words)} ${pick(things)}`,
    amount: String(500 + Math.floor(random.float() * 90_000)),
    closedate: day(),
    createdate: day(),
    pipeline: 'default',
    hs_primary_associated_company: String(37_765_000_000 + Math.floor(random.float() * 40) * 7),
    hubspot_owner_id: String(614_803_333 + Math.floor(random.float() * 5)),
  }));
}

function otherTickets(count: number): readonly Row[] {
  const random = seededRandom(12);
  const pick = (from: readonly string[]) => from[Math.floor(random.float() * from.length)] ?? '';
  return Array.from({ length: count }, (_, nth) => ({
    id: `s${nth}`,
    subject: `${pick(things)} ${pick(words)} does not work`,
    content: `Since today ${pick(words)} and ${pick(words)} show ${pick(things)} twice, see ${pick(words)}.`,
    createdate: new Date(Date.UTC(2025, 0, 1, Math.floor(random.float() * 9000))).toISOString(),
    hs_all_associated_contact_emails: `writer${Math.floor(random.float() * 80)}@clients.example`,
  }));
}

async function clusters(kind: 'deals' | 'tickets', rows: readonly Row[]) {
  const { scan, table } = await findDuplicates(tableOf(rows, kind), { kind, threads: 0 });
  return scan.clusters.map(({ members, band }) => ({ ids: members.map((row) => textAt(table.ids, row)), band }));
}

const deal = {
  dealname: 'Northwind Traders renewal 2026',
  amount: '28900',
  closedate: '2026-01-31T00:00:00Z',
  createdate: '2025-12-13T09:00:00Z',
  pipeline: 'default',
  hs_primary_associated_company: '37765131220',
  hubspot_owner_id: '614803333',
};

describe('Two deals', () => {
  const others = otherDeals(200);
  const found = (change: Row) => clusters('deals', [...others, { id: 'a', ...deal }, { id: 'b', ...deal, ...change }]);

  it('of one company, name, amount and time are one', async () => {
    expect(await found({ dealname: 'Northwind Traders Renewal 2026 ', createdate: '2025-12-15T16:00:00Z' })).toEqual([
      { ids: ['a', 'b'], band: 'certain' },
    ]);
  });

  it.each<readonly [string, Row]>([
    ['another year’s renewal', { dealname: 'Northwind Traders renewal 2027', closedate: '2027-01-31T00:00:00Z' }],
    [
      'the same name and amount a year later',
      { closedate: '2027-01-31T00:00:00Z', createdate: '2026-12-13T09:00:00Z' },
    ],
    ['the number of another order', { dealname: 'Northwind Traders renewal 2026, order 4712' }],
    ['another company', { hs_primary_associated_company: '37765131238' }],
    ['another name and amount on the same days', { dealname: 'Northwind Traders training', amount: '21600' }],
    ['another amount, made weeks later', { amount: '4100', createdate: '2026-01-20T09:00:00Z' }],
  ])('are two with %s', async (_, change) => {
    const first = change['dealname']?.includes('order')
      ? { dealname: 'Northwind Traders renewal 2026, order 4711' }
      : {};
    const rows = [...others, { id: 'a', ...deal, ...first }, { id: 'b', ...deal, ...change }];
    expect(await clusters('deals', rows)).toEqual([]);
  });

  it('with another amount that were made on one day are for a person to look at', async () => {
    expect(await found({ amount: '21600' })).toEqual([{ ids: ['a', 'b'], band: 'possible' }]);
  });

  it('are certain only where company and amount are known', async () => {
    const [pair] = await found({ amount: '' });
    expect(pair?.band).not.toBe('certain');
  });
});

const ticket = {
  subject: 'Password reset',
  content: 'I cannot sign in any more. Please reset my password.',
  createdate: '2026-03-02T09:00:00Z',
  hs_all_associated_contact_emails: 'reader@clients.example',
};

describe('Two tickets', () => {
  const others = otherTickets(200);

  it('of one contact about one thing on one day are one', async () => {
    const rows = [...others, { id: 'a', ...ticket }, { id: 'b', ...ticket, createdate: '2026-03-02T11:00:00Z' }];
    expect(await clusters('tickets', rows)).toEqual([{ ids: ['a', 'b'], band: 'certain' }]);
  });

  it('are one where all tickets were made on one day, as by an import', async () => {
    const createdate = '2026-03-02T09:00:00Z';
    const rows = [...others, { id: 'a', ...ticket }, { id: 'b', ...ticket }].map((each) => ({ ...each, createdate }));
    expect((await clusters('tickets', rows)).map(({ ids }) => ids)).toEqual([['a', 'b']]);
  });

  it('with the subject that many have are two: of other people, and on other days', async () => {
    const many = Array.from({ length: 16 }, (_, nth) => ({
      id: `p${nth}`,
      ...ticket,
      hs_all_associated_contact_emails: `reader${nth}@clients.example`,
    }));
    const monthly = Array.from({ length: 6 }, (_, nth) => ({
      id: `m${nth}`,
      ...ticket,
      createdate: `2026-0${nth + 1}-14T09:00:00Z`,
    }));
    expect(await clusters('tickets', [...others, ...many, ...monthly])).toEqual([]);
  });

  it('of which nobody knows who wrote them are two, unless they say the same', async () => {
    const unknown = { ...ticket, hs_all_associated_contact_emails: '' };
    const other = { content: 'The app on my phone asks for a code that never comes.' };
    expect(await clusters('tickets', [...others, { id: 'a', ...unknown }, { id: 'b', ...unknown, ...other }])).toEqual(
      [],
    );
    const [pair] = await clusters('tickets', [...others, { id: 'a', ...unknown }, { id: 'b', ...unknown }]);
    expect(pair).toEqual({ ids: ['a', 'b'], band: 'possible' });
  });
});
