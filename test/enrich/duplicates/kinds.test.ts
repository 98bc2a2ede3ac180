import { describe, expect, it } from 'vitest';
import { knownColumns } from '../../../src/enrich/duplicates/kinds/columns.ts';
import { probability, type Row, scanned, strangers } from './tables.ts';

/** Companies that have nothing to do with each other. */
const companies = strangers(200, 3).map(({ id = '', company = '', city = '' }, nth) => ({
  id,
  name: company,
  domain: `${company.replaceAll(' ', '').toLowerCase()}${nth}.com`,
  address: `${nth + 1} ${company.split(' ')[0] ?? ''} Road`,
  city,
}));

function held(...rows: readonly Row[]) {
  return scanned([...companies, ...rows], { kind: 'companies' });
}

const acme = { name: 'Quarrington Brewery Ltd', domain: 'quarrington.co.uk', address: '3 Malt Lane', city: 'York' };

function numbered(one: string, two: string) {
  return held({ id: 'a', ...acme, vat_number: one }, { id: 'b', ...acme, vat_number: two });
}

describe('Companies', () => {
  it('are the same under two spellings of name and address', async () => {
    const other = { id: 'b', name: 'QUARRINGTON BREWERY', domain: 'www.quarrington.co.uk', address: '3 Malt Ln.' };
    expect(probability(await held({ id: 'a', ...acme }, other), 'a', 'b')).toBeGreaterThan(0.95);
  });

  it('are two where one is the parent of the other', async () => {
    const matcher = await held({ id: 'a', ...acme }, { id: 'b', ...acme, hs_parent_company_id: 'a' });
    expect(probability(matcher, 'a', 'b')).toBe(0);
  });

  it('are two where their registration numbers differ, but not where one digit was mistyped', async () => {
    expect(probability(await numbered('GB123456789', 'GB987654321'), 'a', 'b')).toBe(0);
    expect(probability(await numbered('GB123456789', 'GB123456798'), 'a', 'b')).toBeGreaterThan(0.9);
  });

  it('are related, not the same, where one domain stands in two countries', async () => {
    const matcher = await held({ id: 'a', ...acme, country: 'GB' }, { id: 'b', ...acme, country: 'Spain' });
    expect(probability(matcher, 'a', 'b')).toBeLessThan(0.5);
  });

  it('are not certain to be the same at two addresses', async () => {
    const matcher = await held({ id: 'a', ...acme }, { id: 'b', ...acme, address: '77 Hop Street' });
    expect(probability(matcher, 'a', 'b')).toBeLessThan(0.95);
  });
});

describe('Deals', () => {
  const deals = strangers(200, 4).map(({ id = '', company = '', firstname = '' }, nth) => ({
    id,
    dealname: `${company} ${firstname}`,
    amount: String(1000 + 37 * nth),
    closedate: `2025-${String(1 + (nth % 12)).padStart(2, '0')}-${String(1 + (nth % 28)).padStart(2, '0')}`,
    hs_primary_associated_company: String(5000 + nth),
  }));
  const deal = { dealname: 'Zephyr rollout phase two', amount: '48250', closedate: '2025-07-14' };

  it('are the same with one name, amount and day', async () => {
    const rows = [...deals, { id: 'a', ...deal }, { id: 'b', ...deal, dealname: 'Zephyr Rollout - phase 2 two' }];
    const matcher = await scanned(rows, { kind: 'deals' });
    expect(probability(matcher, 'a', 'b')).toBeGreaterThan(0.9);
  });

  it('are two of two companies', async () => {
    const [one, two] = ['1', '2'].map((company) => ({ ...deal, hs_primary_associated_company: company }));
    const matcher = await scanned([...deals, { id: 'a', ...one }, { id: 'b', ...two }], { kind: 'deals' });
    expect(probability(matcher, 'a', 'b')).toBeLessThan(0.5);
  });
});

describe('The columns of a file', () => {
  it('are known by what files call them, each once', () => {
    const found = knownColumns('persons', ['Given Name', 'SURNAME', 'date_of_birth', 'dob', 'Suburb', 'shoe size']);
    expect(found.map(({ column, property }) => [column, property])).toEqual([
      ['Given Name', 'firstname'],
      ['SURNAME', 'lastname'],
      ['date_of_birth', 'date_of_birth'],
      ['Suburb', 'city'],
    ]);
  });
});
