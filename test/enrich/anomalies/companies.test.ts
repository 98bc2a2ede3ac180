import { describe, expect, it } from 'vitest';
import { daysAgo, factsOf, findingsOf, idsOf, portalWith, proposals, type Values } from './small-portal.ts';

const companies = (...records: Values[]) => portalWith({ companies: records });
const many = (count: number, make: (at: number) => Values) => Array.from({ length: count }, (_, at) => make(at));

const staffO01 = (associatedcompanyid: string, ...emails: string[]) =>
  emails.map((email) => ({ email, associatedcompanyid }));

it('O01 finds companies without a domain of their own, and proposes what most of their contacts have', () => {
  const data = portalWith({
    companies: [
      { id: '1', name: 'Acme', domain: '', website: '' },
      { id: '2', name: 'Globex', domain: 'gmail.com', website: 'https://www.globex.com/en' },
      { id: '3', name: 'Initech', domain: 'facebook.com', website: '' },
      { id: '4', name: 'Hooli', domain: 'hooli', website: '' },
      { id: '5', name: 'Umbrella', domain: 'umbrella.com', website: '' },
    ],
    contacts: [
      ...staffO01('1', 'a@acme.com', 'b@acme.com', 'c@acme.com', 'd@other.com', 'e@gmail.com'),
      ...staffO01('3', 'a@x.com', 'b@x.com'),
    ],
  });
  const found = findingsOf('O01', data);
  expect(found.flatMap(({ recordIds }) => recordIds).toSorted()).toEqual(['1', '2', '3', '4']);
  expect(Object.assign({}, ...found.map(proposals))).toEqual({
    1: { domain: 'acme.com' },
    2: { domain: 'globex.com' },
  });
});

const recordO02 = (id: string, domain: string, parent = '', country = '') => ({
  id,
  name: `Company ${id}`,
  domain,
  hs_parent_company_id: parent,
  country,
});

it('O01 takes a made-up domain for a fault only where most are real', () => {
  const madeUp = { name: 'Acme', domain: 'acme.example' };
  const real = { name: 'Globex', domain: 'globex.com' };
  expect(idsOf('O01', companies(madeUp, madeUp, real))).toEqual([]);
  expect(idsOf('O01', companies(madeUp, real, real))).toEqual(['101']);
});

describe('O02 companies with one domain', () => {
  it('are found by registrable domain, families and shared domains are not', () => {
    const data = companies(
      recordO02('1', 'acme.com'),
      recordO02('2', 'https://shop.acme.com/'),
      recordO02('3', 'globex.com'),
      recordO02('4', 'globex.com', '3'),
      recordO02('5', 'facebook.com'),
      recordO02('6', 'facebook.com'),
      recordO02('7', 'initech.com', '9'),
      recordO02('8', 'initech.com', '9'),
      recordO02('9', 'holding.com'),
    );
    expect(findingsOf('O02', data).map(({ recordIds, evidence }) => [evidence['domain'], recordIds])).toEqual([
      ['acme.com', ['1', '2']],
    ]);
  });
  it('are less grave in different countries', () => {
    const data = companies(recordO02('1', 'acme.com', '', 'Germany'), recordO02('2', 'acme.com', '', 'France'));
    expect(findingsOf('O02', data).map(({ severity }) => severity)).toEqual(['medium']);
  });
  it('get a finding each up to a hundred, the rest share one', () => {
    const found = findingsOf('O02', companies(...many(240, (at) => recordO02(String(at + 1), `firm${at % 120}.com`))));
    expect([found.length, Math.max(...found.map(({ total }) => total))]).toEqual([101, 40]);
  });
});

it('O03 finds one name in several spellings under one domain, and untidy names', () => {
  const data = companies(
    { name: 'Acme GmbH', domain: 'acme.com' },
    { name: 'ACME', domain: 'www.acme.com' },
    { name: 'Acme Labs', domain: 'acme.com' },
    { name: 'globex  corporation', domain: 'globex.com' },
    { name: 'Initech', domain: 'initech.com' },
    { name: 'Initech', domain: 'initech.com' },
    { name: 'IBM', domain: 'ibm.com' },
  );
  expect(Object.assign({}, ...findingsOf('O03', data).map(proposals))).toEqual({
    102: { name: 'Acme GmbH' },
    104: { name: 'Globex Corporation' },
  });
});

const recordO04 = (contacts: string, deals: string, age: number, parent = '') => ({
  num_associated_contacts: contacts,
  num_associated_deals: deals,
  createdate: daysAgo(age),
  hs_parent_company_id: parent,
  hs_num_child_companies: '0',
});

it('O04 finds companies on which nothing hangs, and archives them', () => {
  const data = companies(
    recordO04('0', '', 100),
    recordO04('1', '0', 100),
    recordO04('0', '3', 100),
    recordO04('0', '0', 10),
    recordO04('0', '0', 100, '7'),
  );
  const [finding] = findingsOf('O04', data);
  expect(finding?.fix).toMatchObject({ tool: 'archive_records', reversible: false, arguments: { ids: ['101'] } });
});

const usualShop = (at: number) => ({
  industry: 'RETAIL',
  name: `Shop ${at}`,
  numberofemployees: String(40 + 3 * at),
  annualrevenue: String((40 + 3 * at) * (150_000 + 2_000 * ((at * 7) % 40))),
});

describe('Sizes of companies', () => {
  it('O05 finds a figure a thousand times that of its industry, and says how sure it is', () => {
    const data = companies(...many(60, usualShop), { ...usualShop(5), numberofemployees: '60000000' });
    const [finding, ...rest] = findingsOf('O05', data);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ recordIds: ['161'], statistic: { threshold: 4, n: 61 } });
    expect(finding?.statistic?.p).toBeLessThan(0.01);
  });
  it('O05 and O06 say nothing of few companies, nor of usual ones', () => {
    const few = companies(...many(20, usualShop), { ...usualShop(5), numberofemployees: '60000000' });
    const plain = companies(...many(60, usualShop));
    expect(['O05', 'O06'].flatMap((check) => [...idsOf(check, few), ...idsOf(check, plain)])).toEqual([]);
  });
  it('O06 finds revenue that so many people cannot make', () => {
    const data = companies(...many(60, usualShop), { ...usualShop(5), annualrevenue: '900000000000' });
    expect(idsOf('O06', data)).toEqual(['161']);
  });
});

it('O07 finds one country in several spellings, not two countries', () => {
  const data = companies(
    ...['United States', 'USA', 'U.S.', 'US', 'United States', 'Germany', 'Switzerland'].map((country) => ({
      country,
    })),
  );
  const [finding] = findingsOf('O07', data);
  expect(proposals(finding)).toEqual({
    102: { country: 'United States' },
    103: { country: 'United States' },
    104: { country: 'United States' },
  });
  const choices = new Map([['companies', new Map([['country', factsOf('country', { type: 'enumeration' })]])]]);
  expect(idsOf('O07', { ...data, properties: choices })).toEqual([]);
});

const companyO08 = (at: number) => ({ id: String(at), name: `C${at}`, hubspot_owner_id: '1' });

const dealO08 = (at: number, hubspot_owner_id: string, hs_is_closed = 'false') => ({
  hs_primary_associated_company: String(at),
  hubspot_owner_id,
  hs_is_closed,
});

describe('O08 owners of companies and of their open deals', () => {
  const numbers = Array.from({ length: 12 }, (_, at) => at + 1);
  it('are found where they differ', () => {
    const data = portalWith({
      companies: numbers.map(companyO08),
      deals: [
        ...numbers.slice(1).map((at) => dealO08(at, '1')),
        dealO08(1, '2'),
        dealO08(2, '2'),
        dealO08(3, '2', 'true'),
      ],
    });
    expect(idsOf('O08', data)).toEqual(['1']);
  });
  it('are not found where most differ: the portal works so', () => {
    const data = portalWith({ companies: numbers.map(companyO08), deals: numbers.map((at) => dealO08(at, '2')) });
    expect(idsOf('O08', data)).toEqual([]);
  });
});

const recordO09 = (id: string, lifecyclestage: string, total_revenue = '', hs_num_open_deals = '0') => ({
  id,
  lifecyclestage,
  total_revenue,
  hs_num_open_deals,
});

it('O09 finds companies behind their deals and contacts, and moves them forward only', () => {
  const data = portalWith({
    companies: [
      recordO09('1', 'lead', '900'),
      recordO09('2', 'lead', '', '2'),
      recordO09('3', 'lead'),
      recordO09('4', 'customer', '900', '1'),
      recordO09('5', 'lead'),
    ],
    contacts: [
      { lifecyclestage: 'customer', associatedcompanyid: '3' },
      { lifecyclestage: 'lead', associatedcompanyid: '5' },
    ],
  });
  const found = findingsOf('O09', data);
  expect(found.map(({ recordIds, amount }) => [recordIds, amount])).toEqual([
    [['1'], 900],
    [['2'], undefined],
    [['3'], undefined],
  ]);
  expect(Object.assign({}, ...found.map(proposals))).toEqual({
    1: { lifecyclestage: 'customer' },
    2: { lifecyclestage: 'opportunity' },
  });
});

const familyO10 = (...pairs: [string, string][]) =>
  companies(...pairs.map(([id, hs_parent_company_id]) => ({ id, name: `C${id}`, hs_parent_company_id })));

describe('O10 families of companies', () => {
  it('in a circle are found, from wherever one looks', () => {
    const data = familyO10(
      ['1', '1'],
      ['2', '3'],
      ['3', '4'],
      ['4', '2'],
      ['5', '2'],
      ['6', ''],
      ['7', '6'],
      ['8', '99'],
    );
    expect(findingsOf('O10', data).map(({ recordIds }) => recordIds)).toEqual([['1'], ['2', '3', '4']]);
  });
  it('are one finding in whatever order the records come', () => {
    const [one] = findingsOf('O10', familyO10(['2', '3'], ['3', '4'], ['4', '2']));
    const [other] = findingsOf('O10', familyO10(['4', '2'], ['2', '3'], ['3', '4']));
    expect(other?.fingerprint).toBe(one?.fingerprint);
  });
  it('of more than five levels are found', () => {
    const data = familyO10(
      ['1', ''],
      ...many(7, (at) => ({ id: String(at + 2), parent: String(at + 1) })).map(
        ({ id = '', parent = '' }): [string, string] => [id, parent],
      ),
    );
    const [finding] = findingsOf('O10', data);
    expect([finding?.recordIds, finding?.evidence['deepest']]).toEqual([['7', '8'], 7]);
  });
});

const staffO11 = (associatedcompanyid: string, domains: readonly string[]) =>
  domains.flatMap((domain) =>
    ['a', 'b'].map((local) => ({ email: `${local}${associatedcompanyid}@${domain}`, associatedcompanyid })),
  );

it('O11 finds a company that gathers contacts of many organisations', () => {
  const data = portalWith({
    companies: [
      { id: '1', name: 'Unknown', domain: '' },
      { id: '2', name: 'Acme', domain: 'acme.com' },
    ],
    contacts: [
      ...staffO11('1', ['acme.com', 'globex.com', 'initech.com', 'hooli.com']),
      ...staffO11('2', ['acme.com', 'gmail.com', 'gmx.de', 'yahoo.com', 'web.de']),
    ],
  });
  expect(idsOf('O11', data)).toEqual(['1']);
});

it('O12 and O13 look at owners and days of companies as the checks of contacts do', () => {
  const owners = [{ id: '1', email: 'a@acme.com', archived: true }];
  const data = portalWith(
    {
      companies: [
        { hubspot_owner_id: '1', createdate: daysAgo(-30) },
        { hubspot_owner_id: '', createdate: daysAgo(30) },
      ],
    },
    { owners },
  );
  expect([idsOf('O12', data), idsOf('O13', data)]).toEqual([['101'], ['101']]);
});
