import { describe, expect, it } from 'vitest';
import { repaired } from '../../../src/enrich/anomalies/contacts/email.ts';
import { daysAgo, factsOf, findingsOf, idsOf, portalWith, proposals, type Values } from './small-portal.ts';

const contacts = (...records: Values[]) => portalWith({ contacts: records });
const many = (count: number, make: (at: number) => Values) => Array.from({ length: count }, (_, at) => make(at));

describe('C01 invalid addresses', () => {
  const data = contacts(
    { email: 'ann@acme.com' },
    { email: 'Bob.Müller+x@ACME.co.uk' },
    { email: 'cy@@acme.com' },
    { email: 'di@acme,com' },
    { email: 'ed' },
    { email: 'fay@acme.c0m' },
    { email: '' },
    { email: "o'neil@acme.ie" },
    { email: '.gus@acme.com' },
    { email: 'hal@-acme.com' },
  );
  it('are found, valid and missing ones are not', () => {
    expect(idsOf('C01', data)).toEqual(['103', '104', '105', '106', '109', '110']);
  });
  it('are repaired where the slip shows, and only to what nobody else has', () => {
    const taken = contacts({ email: 'cy@@acme.com' }, { email: 'cy@acme.com' });
    expect([proposals(findingsOf('C01', data)[0]), proposals(findingsOf('C01', taken)[0])]).toEqual([
      { 103: { email: 'cy@acme.com' }, 104: { email: 'di@acme.com' }, 109: { email: 'gus@acme.com' } },
      {},
    ]);
  });
  it.each([
    ['mailto:ann@acme.com', 'ann@acme.com'],
    ['ann @ acme.com', 'ann@acme.com'],
    ['ann@acme..com;', 'ann@acme.com'],
    ['nobody at acme', ''],
  ])('repairs %s to "%s"', (text, expected) => {
    expect(repaired(text)).toBe(expected);
  });
});

it('Addresses at domains that are made up are no sign of a test where most are so', () => {
  const records = many(5, (at) => ({ email: `p${at}@acme.example`, firstname: 'Ann', lastname: 'Berg' }));
  const madeUp = contacts(...records);
  const one = contacts(...records.slice(0, 1), ...many(5, (at) => ({ ...records[0], email: `p${at}@acme.com` })));
  expect(['C01', 'C11'].map((check) => [idsOf(check, madeUp), idsOf(check, one)])).toEqual([
    [[], []],
    [[], ['101']],
  ]);
});

describe('C02 mistyped domains', () => {
  const data = contacts(
    { email: 'ann@gmial.com' },
    { email: 'bob@gmail.com' },
    { email: 'cy@novatec.com' },
    ...many(25, (at) => ({ email: `p${at}@novatech.com` })),
    { email: 'di@novatech.co.uk' },
    ...many(25, (at) => ({ email: `q${at}@plant1world.com` })),
    { email: 'ed@plant2world.com' },
  );
  it("are found against providers and the portal's frequent domains, other numbers and suffixes are not", () => {
    const found = findingsOf('C02', data).map(({ evidence, severity }) => [
      evidence['domain'],
      evidence['probably meant'],
      severity,
    ]);
    expect(found).toEqual([
      ['gmial.com', 'gmail.com', 'high'],
      ['novatec.com', 'novatech.com', 'medium'],
    ]);
  });
  it('are no typing errors where a company has the domain', () => {
    const withCompany = portalWith({
      contacts: [...many(25, (at) => ({ email: `p${at}@novatech.com` })), { email: 'cy@novatec.com' }],
      companies: [{ domain: 'novatec.com' }],
    });
    expect(idsOf('C02', withCompany)).toEqual([]);
  });
  it('are proposed right, but not where another contact has the right address', () => {
    const [finding] = findingsOf(
      'C02',
      contacts({ email: 'ann@gmial.com' }, { email: 'bob@gmial.com' }, { email: 'bob@gmail.com' }),
    );
    expect(proposals(finding)).toEqual({ 101: { email: 'ann@gmail.com' } });
  });
  it('stay dismissed when another contact has the domain', () => {
    const [one] = findingsOf('C02', contacts({ email: 'ann@gnail.com' }));
    const [two] = findingsOf('C02', contacts({ email: 'zoe@gnail.com' }, { email: 'ann@gnail.com' }));
    expect(two?.fingerprint).toBe(one?.fingerprint);
  });
});

it('C03 finds throw-away addresses and desks', () => {
  const data = contacts(
    { email: 'x@mailinator.com' },
    { email: 'info@acme.com' },
    { email: 'ann@acme.com' },
    { email: 'Sales2@acme.com' },
  );
  expect(findingsOf('C03', data).map(({ severity, recordIds }) => [severity, recordIds])).toEqual([
    ['medium', ['101']],
    ['low', ['102', '104']],
  ]);
});

const contactAt = (email: string, associatedcompanyid: string) => ({ email, associatedcompanyid });

describe('Contacts and their companies', () => {
  const companies = [
    { id: '1', domain: 'acme.com', hs_additional_domains: 'acme-labs.com' },
    { id: '2', domain: 'globex.com', hs_additional_domains: '' },
    { id: '3', domain: '', hs_additional_domains: '' },
    { id: '4', domain: 'twin.com', hs_additional_domains: '' },
    { id: '5', domain: 'twin.com', hs_additional_domains: '' },
  ];

  it('C04 finds free-mail addresses at companies that have a domain', () => {
    const data = portalWith({
      contacts: [
        contactAt('a@gmail.com', '1'),
        contactAt('b@gmail.com', '3'),
        contactAt('c@acme.com', '1'),
        contactAt('d@gmail.com', ''),
      ],
      companies,
    });
    expect(idsOf('C04', data)).toEqual(['101']);
  });

  it('C05 finds addresses of others, not additional domains, other suffixes, and what many there have', () => {
    const data = portalWith({
      contacts: [
        contactAt('a@globex.com', '1'),
        contactAt('b@acme-labs.com', '1'),
        contactAt('c@acme.de', '1'),
        contactAt('d@stranger.com', '1'),
        contactAt('e@gmail.com', '1'),
        contactAt('f@mail.acme.com', '1'),
        ...many(30, (n) => contactAt(`h${n}@acme.com`, '1')),
        ...many(5, (n) => contactAt(`g${n}@oldname.com`, '2')),
      ],
      companies,
    });
    const found = findingsOf('C05', data).map(({ recordIds, fix }) => [recordIds, fix?.arguments['pairs']]);
    expect(found).toEqual([
      [['101'], [{ from: '101', to: '2' }]],
      [['104'], undefined],
    ]);
  });

  it('C14 finds contacts whose company is there and not associated, unless two have the domain', () => {
    const data = portalWith({
      contacts: [
        contactAt('a@globex.com', ''),
        contactAt('b@acme.com', '1'),
        contactAt('c@twin.com', ''),
        contactAt('d@gmail.com', ''),
        contactAt('e@acme-labs.com', ''),
      ],
      companies,
    });
    const [finding] = findingsOf('C14', data);
    expect(finding?.fix?.arguments['pairs']).toEqual([
      { from: '101', to: '2', labels: ['Primary'] },
      { from: '105', to: '1', labels: ['Primary'] },
    ]);
  });
});

const recordC06 = (marketing: string, bounce: string, left: string) => ({
  hs_marketable_status: marketing,
  hs_email_hard_bounce_reason_enum: bounce,
  hs_email_optout: left,
});

const recordC18 = (created: number, opened: string, marketing = 'true') => ({
  hs_marketable_status: marketing,
  createdate: daysAgo(created),
  hs_email_last_open_date: opened,
});

const recordC20 = (country: string, hs_legal_basis: string) => ({ country, hs_legal_basis });

describe('Marketing contacts', () => {
  it('C06 finds those that bounced or left, and no others', () => {
    const data = contacts(
      recordC06('true', 'UNKNOWN_USER', ''),
      recordC06('false', 'UNKNOWN_USER', 'true'),
      recordC06('true', '', 'true'),
      recordC06('true', '', 'false'),
    );
    expect(findingsOf('C06', data).map(({ recordIds }) => recordIds)).toEqual([['101'], ['103']]);
  });

  it('C18 finds those without activity in a year, by whatever they last did', () => {
    const data = contacts(
      recordC18(800, ''),
      recordC18(800, daysAgo(20)),
      recordC18(100, ''),
      recordC18(800, '', 'false'),
      recordC18(800, daysAgo(400)),
    );
    const [finding] = findingsOf('C18', data);
    expect([finding?.recordIds, finding?.evidence['of these for 18 months']]).toEqual([['101', '105'], 1]);
  });

  it('C20 finds Europeans without a lawful basis, where the portal records one', () => {
    const data = contacts(
      recordC20('Germany', ''),
      recordC20('ALLEMAGNE', ''),
      recordC20('USA', ''),
      recordC20('France', 'Not applicable'),
      recordC20('', ''),
    );
    expect([idsOf('C20', data), idsOf('C20', contacts(recordC20('Germany', '')))]).toEqual([['101', '102'], []]);
  });
});

const recordC07 = (phone: string, country = '') => ({ phone, country });

const recordC08 = (phone: string, lastname: string) => ({ phone, lastname });

const recordC09 = (phone: string, country: string) => ({ phone, country });

describe('Telephone numbers', () => {
  it("C07 finds what is no number, and proposes the international form by the record's country", () => {
    const data = contacts(
      recordC07('+4930901820'),
      recordC07('030 901820'),
      recordC07('123'),
      recordC07('0000000000'),
      recordC07('(212) 555-2368', 'United States'),
      recordC07(''),
      recordC07('call me'),
    );
    const found = findingsOf('C07', data);
    expect(found.map(({ severity, recordIds }) => [severity, recordIds])).toEqual([
      ['low', ['102', '105']],
      ['medium', ['103', '104', '107']],
    ]);
    expect(proposals(found[0])).toEqual({ 102: { phone: '+4930901820' }, 105: { phone: '+12125552368' } });
  });

  it('C08 finds a number that three surnames share, in whatever spelling, not one that a family has', () => {
    const data = contacts(
      recordC08('+49 30 901820', 'Adler'),
      recordC08('030 901820', 'Berg'),
      recordC08('+4930901820', 'Cohn'),
      recordC08('+49 30 901999', 'Doe'),
      recordC08('+49 30 901999', 'DOE'),
      recordC08('+49 30 901999', 'Doé'),
    );
    expect(idsOf('C08', data)).toEqual(['101', '102', '103']);
  });

  it("C09 finds a number of another country than the contact's", () => {
    const data = contacts(
      recordC09('+33142685300', 'Germany'),
      recordC09('+4930901820', 'Deutschland'),
      recordC09('+14165550123', 'USA'),
      recordC09('030 901820', 'France'),
      recordC09('+33142685300', ''),
    );
    expect(idsOf('C09', data)).toEqual(['101']);
  });
});

const named = (firstname: string, lastname: string) => ({ firstname, lastname });

const recordC11 = (firstname: string, lastname: string, email: string, jobtitle = '') => ({
  firstname,
  lastname,
  email,
  jobtitle,
});

describe('Names', () => {
  it('C10 finds casing, spaces, pictures and controls, and proposes what was meant', () => {
    const data = contacts(
      named('ANNA', "O'NEILL"),
      named('jean-luc', 'de la cruz'),
      named('Bob', 'McDonald'),
      named('Ann ', 'Berg'),
      named('Cy 🚀', 'Doe'),
      named('Di\u200b', 'Fox'),
      named('rObert', 'Berg'),
      named('Ludwig', 'van Beethoven'),
      named('JP', 'DeVito'),
      named('AnneMarie', "d'Arc"),
      named('Wei', 'Li'),
    );
    const found = Object.assign({}, ...findingsOf('C10', data).map(proposals));
    expect(found).toEqual({
      101: { firstname: 'Anna', lastname: "O'Neill" },
      102: { firstname: 'Jean-Luc', lastname: expect.stringMatching(/^de la Cruz$/i) },
      104: { firstname: 'Ann' },
      105: { firstname: 'Cy' },
      106: { firstname: 'Di' },
      107: { firstname: 'Robert' },
    });
  });

  it('C11 finds tests and placeholders, and archives or clears them', () => {
    const data = contacts(
      recordC11('John', 'Doe', 'jd@acme.com'),
      recordC11('Test', 'Test', ''),
      recordC11('Ann', 'Berg', 'ann@example.com'),
      recordC11('Cy', 'n/a', 'cy@acme.com'),
      recordC11('Di', 'Fox', 'di@acme.com', 'asdf'),
      recordC11('Johnny', 'Doerr', 'x@acme.com', 'Tester'),
      recordC11('Joan', 'Doe', 'joan@acme.com'),
    );
    const found = findingsOf('C11', data);
    expect(found.map(({ fix, recordIds }) => [fix?.tool, recordIds])).toEqual([
      ['archive_records', ['101', '102', '103']],
      ['update_records', ['104']],
      ['update_records', ['105']],
    ]);
  });

  it('C12 finds whole names, swapped names, addresses and companies in the place of a name', () => {
    const usual = many(600, (at) =>
      named(['Maria', 'Peter', 'Julia'][at % 3] ?? '', ['Schmidt', 'Huber', 'Kowalski'][at % 3] ?? ''),
    );
    const data = contacts(
      ...usual.map((each) => ({ ...each, company: '' })),
      { id: '1', ...named('Anna Schmidt', ''), company: '' },
      { id: '2', ...named('Huber', 'Peter'), company: '' },
      { id: '3', ...named('ann@acme.com', ''), company: '' },
      { id: '4', ...named('Acme Ltd', ''), company: 'Acme Ltd' },
      { id: '5', ...named('Anna Maria', 'Schmidt'), company: '' },
      { id: '6', ...named('Peter', 'Maria'), company: '' },
    );
    const found = findingsOf('C12', data);
    expect(Object.assign({}, ...found.map(proposals))).toMatchObject({
      1: { firstname: 'Anna', lastname: 'Schmidt' },
      2: { firstname: 'Peter', lastname: 'Huber' },
      4: { firstname: '' },
    });
    expect(found.flatMap(({ recordIds }) => recordIds)).not.toContain('5');
    expect(found.flatMap(({ recordIds }) => recordIds)).not.toContain('6');
  });
});

const recordC13 = (email: string, phone: string, num_associated_deals = '') => ({
  email,
  phone,
  num_associated_deals,
  notes_last_updated: '',
  hubspot_owner_id: '',
  associatedcompanyid: '',
});

it('C13 finds contacts whom nobody can reach, and archives those with whom nobody works', () => {
  const [finding] = findingsOf(
    'C13',
    contacts(recordC13('', ''), recordC13('a@b.de', ''), recordC13('', '+4930901820'), recordC13('', '', '2')),
  );
  expect([finding?.recordIds, finding?.fix?.arguments['ids']]).toEqual([['101', '104'], ['101']]);
});

const recordC15 = (lifecyclestage: string, deals: string, total_revenue = '', associatedcompanyid = '') => ({
  lifecyclestage,
  num_associated_deals: deals,
  total_revenue,
  associatedcompanyid,
});

const contactAtC16 = (lifecyclestage: string, lead: string, customer: string) => ({
  lifecyclestage,
  hs_v2_date_entered_lead: lead,
  hs_v2_date_entered_customer: customer,
});

const stageC19 = (lifecyclestage: string, count: number, without: number) =>
  many(count, (at) => ({ lifecyclestage, country: at < without ? '' : 'Germany', jobtitle: at % 2 ? 'CEO' : '' }));

describe('Stages', () => {
  it('C15 finds stages that deals and the company contradict', () => {
    const data = portalWith({
      contacts: [
        recordC15('lead', '1', '500'),
        recordC15('customer', '1', '500'),
        recordC15('customer', ''),
        recordC15('opportunity', ''),
        recordC15('opportunity', '2'),
        recordC15('lead', '', '', '7'),
        recordC15('other', '1', '500'),
      ],
      companies: [{ id: '7', lifecyclestage: 'customer' }],
    });
    const found = findingsOf('C15', data).map(({ severity, recordIds }) => [severity, recordIds]);
    expect(found).toEqual([
      ['high', ['101']],
      ['medium', ['103']],
      ['medium', ['104']],
      ['low', ['106']],
    ]);
  });

  it('C15 expects no deals of customers where customers have none', () => {
    expect(idsOf('C15', contacts(...many(30, () => recordC15('customer', ''))))).toEqual([]);
  });

  it('C16 finds a later stage that was entered before the present one', () => {
    const data = contacts(
      contactAtC16('lead', daysAgo(5), daysAgo(90)),
      contactAtC16('customer', daysAgo(90), daysAgo(5)),
      contactAtC16('lead', daysAgo(90), ''),
      contactAtC16('customer', daysAgo(5), daysAgo(90)),
    );
    const [finding] = findingsOf('C16', data);
    expect([finding?.recordIds, finding?.evidence['move']]).toEqual([['101'], 'customer to lead']);
  });

  it('C19 finds who lacks what nearly all of the stage have, among fifty at least', () => {
    const data = contacts(
      ...stageC19('customer', 60, 3),
      ...stageC19('lead', 60, 30),
      ...stageC19('opportunity', 20, 1),
    );
    const found = findingsOf('C19', data);
    expect(found.map(({ total, evidence }) => [total, evidence])).toEqual([[3, { property: 'country', customer: 3 }]]);
  });
});

it('C17 tells of each owner who is gone, and takes the records off all of them', () => {
  const owners = [
    { id: '1', email: 'a@acme.com', archived: false },
    { id: '2', email: 'b@acme.com', archived: true },
  ];
  const data = portalWith(
    { contacts: ['1', '2', '2', '3', ''].map((hubspot_owner_id) => ({ hubspot_owner_id })) },
    { owners },
  );
  const found = findingsOf('C17', data);
  expect(found.map(({ recordIds, evidence }) => [recordIds, evidence['hubspot_owner_id']])).toEqual([
    [['102', '103'], '2'],
    [['104'], '3'],
  ]);
  expect(idsOf('C17', { ...data, owners: [] })).toEqual([]);
});

const recordC21 = (createdate: string, renewal: string, date_of_birth: string) => ({
  createdate,
  renewal,
  date_of_birth,
});

it('C21 finds days that cannot be, and clears those that can be cleared', () => {
  const data = contacts(
    recordC21(daysAgo(10), '2027-01-31', '3.4.1980'),
    recordC21(daysAgo(-10), '1970-01-01', '2031-01-01'),
    recordC21(daysAgo(10), '0202-05-01', '1850-01-01'),
  );
  const properties = new Map([
    [
      'contacts',
      new Map([
        ['createdate', factsOf('createdate')],
        ['renewal', factsOf('renewal', { type: 'date', hubspotDefined: false })],
        ['date_of_birth', factsOf('date_of_birth')],
      ]),
    ],
  ]);
  const found = findingsOf('C21', { ...data, properties }).map(({ evidence, recordIds, fix }) => [
    evidence['property'],
    recordIds,
    fix?.tool,
  ]);
  expect(found).toEqual([
    ['createdate', ['102'], undefined],
    ['date_of_birth', ['102', '103'], 'update_records'],
    ['renewal', ['102', '103'], 'update_records'],
  ]);
});

const recordC22 = (country: string, city: string) => ({ country, city });

it('C22 finds one country and one city in several spellings', () => {
  const data = contacts(
    recordC22('Germany', 'München'),
    recordC22('Germany', 'München'),
    recordC22('DE', 'munchen'),
    recordC22('Deutschland', 'Berlin'),
    recordC22('France', 'Paris'),
  );
  const found = findingsOf('C22', data);
  expect(found.map(proposals)).toEqual([
    { 103: { city: 'München' } },
    { 103: { country: 'Germany' }, 104: { country: 'Germany' } },
  ]);
});
