import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/enrich/duplicates/types.ts';
import { type Row, rowOf, scanned, strangers } from './tables.ts';

const others = strangers(150);
const companies = strangers(150, 3).map(({ id = '', company = '', city = '' }, nth) => ({
  id,
  name: company,
  domain: `${company.replaceAll(' ', '').toLowerCase()}${nth}.com`,
  phone: `+1212555${String(1000 + nth)}`,
  address: `${nth + 1} ${company.split(' ')[0] ?? ''} Road`,
  city,
}));

async function held(a: Row, b: Row, more: readonly Row[] = others): Promise<Explanation> {
  const kind = more === others ? 'contacts' : 'companies';
  const matcher = await scanned([...more, { id: 'a', ...a }, { id: 'b', ...b }], { kind });
  return matcher.explain(rowOf(matcher.table, 'a'), rowOf(matcher.table, 'b'));
}

const gateOf = ({ waterfall }: Explanation) => waterfall.find(({ field }) => field === 'gate')?.level;
const nameOf = ({ waterfall }: Explanation) => waterfall.find(({ field }) => field === 'name')?.level;
const bitsOf = ({ waterfall }: Explanation, of: string) => waterfall.find(({ field }) => field === of)?.bits ?? 0;

const person = {
  firstname: 'Leopold',
  lastname: 'Quadflieg',
  email: 'leopold@quadflieg-werke.com',
  phone: '+12125550142',
  company: 'Quadflieg Werke',
  address: '12 Mill Lane',
  city: 'Hull',
};
const junior = { ...person, lastname: 'Quadflieg Jr.' };

describe('Two records of which one says its generation', { timeout: 30_000 }, () => {
  it('are likely at most, for father and son share all else', async () => {
    const found = await held(person, junior);
    expect(found.probability).toBeCloseTo(0.9, 6);
    expect(gateOf(found)).toContain('generation');
  });

  it('are certain where a birth date or an id of one person says so, or both say it', async () => {
    const born = { date_of_birth: '1980-04-03' };
    expect((await held({ ...person, ...born }, { ...junior, ...born })).band).toBe('certain');
    const numbered = { ssn: '219-09-9999' };
    expect((await held({ ...person, ...numbered }, { ...junior, ...numbered })).band).toBe('certain');
    expect((await held(junior, junior)).band).toBe('certain');
  });

  it('are two where their birth dates differ too, or both say another', async () => {
    const other = await held({ ...person, date_of_birth: '1951-12-28' }, { ...junior, date_of_birth: '1980-04-03' });
    expect(other.probability).toBeLessThan(0.9001);
    expect((await held({ ...person, lastname: 'Quadflieg Sr.' }, junior)).veto).toContain('generations');
  });
});

describe('Two birth dates', { timeout: 30_000 }, () => {
  const [one, two] = ['1951-12-28', '1980-04-03'].map((day) => ({ ...person, date_of_birth: day }));

  it('that have nothing in common leave it open, whatever else is the same', async () => {
    const found = await held({ ...one }, { ...two });
    expect(found.probability).toBeLessThan(0.9851);
    expect(gateOf(found)).toBe('Their birth dates differ.');
    const { email: _, ...unreached } = person;
    expect(
      (await held({ ...unreached, date_of_birth: '1951-12-28' }, { ...unreached, date_of_birth: '1980-04-03' }))
        .probability,
    ).toBeLessThan(0.9851);
  });

  it('that differ by a slip do not, nor do any where an id of one person is the same', async () => {
    expect((await held({ ...one }, { ...person, date_of_birth: '1951-12-23' })).band).toBe('certain');
    const ssn = '219-09-9999';
    expect((await held({ ...one, ssn }, { ...two, ssn })).band).toBe('certain');
  });
});

describe('Ids of one person', { timeout: 30_000 }, () => {
  const { firstname, lastname, city } = person;
  const plain = { firstname, lastname, city };

  it.each([
    ['ssn', '219-09-9999', '457 55 5462'],
    ['passport_number', 'C01X00T47', 'L898902C3'],
    ['drivers_license', 'D1234-56789-01234', 'F9876-54321-98765'],
    ['tax_id', '86095742719', '47036892816'],
  ])('of one kind (%s) speak for the two where they are equal, against them where they are not', async (kind, x, y) => {
    const equal = await held({ ...plain, [kind]: x }, { ...plain, [kind]: x.replaceAll('-', '').toLowerCase() });
    const nothing = await held(plain, plain);
    const conflicting = await held({ ...plain, [kind]: x }, { ...plain, [kind]: y });
    expect(bitsOf(equal, 'identifier')).toBeGreaterThan(8);
    expect(equal.probability).toBeGreaterThan(Math.max(0.99, nothing.probability));
    expect(bitsOf(conflicting, 'identifier')).toBeLessThan(-2);
    expect(conflicting.probability).toBeLessThan(nothing.probability);
  });

  it('of two kinds neither speak for nor against', async () => {
    const found = await held({ ...plain, ssn: '219-09-9999' }, { ...plain, passport_number: 'L898902C3' });
    expect(bitsOf(found, 'identifier')).toBe(0);
  });

  it('of which one is equal speak for them, though another was renewed', async () => {
    const ids = { ssn: '219-09-9999', passport_number: 'L898902C3' };
    const renewed = await held({ ...plain, ...ids }, { ...plain, ...ids, passport_number: 'C01X00T47' });
    expect(renewed.band).toBe('certain');
  });

  it('of which one is mistyped are compared with their own kind, whichever comes first', async () => {
    const one = { ...plain, ssn: '219-09-9999', passport_number: 'L898902C3' };
    const found = await held(one, { ...plain, passport_number: 'L898902C8' });
    expect(bitsOf(found, 'identifier')).toBeGreaterThan(5);
  });
});

describe('Two organisations at one site', { timeout: 30_000 }, () => {
  const site = { address: '3 Malt Lane', city: 'York', phone: '+12125550142', domain: 'quarrington.co.uk' };

  it.each([
    ['no word', 'Quarrington Brewery', 'Saint Alcuin Clinic'],
    ['a word', 'Quarrington Brewery', 'Quarrington Charitable Housing Foundation'],
  ])('with %s of their names in common are not certain to be one', async (_, one, two) => {
    const found = await held({ ...site, name: one }, { ...site, name: two }, companies);
    expect(found.probability).toBeLessThan(0.9851);
    expect(found.band).not.toBe('certain');
  });

  it('with one name, or one registration number, are', async () => {
    const found = await held(
      { ...site, name: 'Quarrington Brewery' },
      { ...site, name: 'Quarrington Brewery Ltd' },
      companies,
    );
    expect(found.band).toBe('certain');
    const vat_number = 'GB123456789';
    const numbered = await held(
      { ...site, name: 'Quarrington Brewery', vat_number },
      { ...site, name: 'Saint Alcuin Clinic', vat_number },
      companies,
    );
    expect(gateOf(numbered)).toBeUndefined();
  });
});

describe('Two organisations at one street and number', { timeout: 30_000 }, () => {
  const shop = {
    name: 'Quarrington Brewery',
    address: '3 Malt Lane',
    phone: '+12125550142',
    domain: 'quarrington.co.uk',
  };
  const [york, hull] = [
    { ...shop, city: 'York', zip: '10961' },
    { ...shop, city: 'Hull', zip: '14075' },
  ];

  it('in two places are likely at most, for every town has such a street', async () => {
    const found = await held(york, hull, companies);
    expect(found.probability).toBeCloseTo(0.985, 6);
    expect(gateOf(found)).toContain('two places');
  });

  it.each([
    ['one place', york],
    ['one postcode', { ...hull, zip: '10961' }],
    ['one city', { ...york, zip: '14075' }],
    ['one place as far as it is known', { ...shop }],
  ])('in %s are certain', async (_, other) => {
    expect((await held(york, other, companies)).band).toBe('certain');
  });
});

describe('A name whose words nobody else has together', { timeout: 30_000 }, () => {
  it('counts like an id, one of common words does not', async () => {
    const plain = companies.map(({ id, name, city }) => ({ id, name, city }));
    const own = await held({ name: 'Quarrington Zephyrine Ltd' }, { name: 'QUARRINGTON ZEPHYRINE' }, plain);
    const words = ['North', 'South', 'River', 'Park'];
    const trades = ['Dental', 'Motor', 'Print', 'Garden'];
    const common = words.flatMap((word) =>
      trades.map((trade) => ({ id: `${word} ${trade}`, name: `${word} ${trade}` })),
    );
    const many = [
      ...plain,
      ...common,
      ...common.map((row) => ({ ...row, id: `${row.id} 2`, name: `${row.name} House` })),
    ];
    const usual = await held({ name: 'North Dental' }, { name: 'NORTH DENTAL' }, many);
    expect(nameOf(own)).toBe('same, of words that nobody else has together');
    expect(nameOf(usual)).toBe('same');
    expect(bitsOf(own, 'name')).toBeGreaterThan(bitsOf(usual, 'name') + 1);
    expect(own.probability).toBeGreaterThan(usual.probability);
    const variant = await held({ name: 'Quarrington Zephyrine Ltd' }, { name: 'Quarringtan Zephyrine' }, plain);
    expect(nameOf(variant)).toBe('nearly the same, of words that nobody else has together');
  });
});
