import { describe, expect, it } from 'vitest';
import { probability, type Row, scanned, strangers } from './tables.ts';

const others = strangers(300);

async function odds(a: Row, b: Row, more: readonly Row[] = []): Promise<number> {
  const matcher = await scanned([...others, { id: 'a', ...a }, { id: 'b', ...b }, ...more]);
  return probability(matcher, 'a', 'b');
}

describe('A portal of 300 contacts, without training', () => {
  it('takes two spellings of one person at one company for the same', async () => {
    const found = await odds(
      { firstname: 'Kathryn', lastname: 'Wellbourne', email: 'kwellbourne@ardentia.com', company: 'Ardentia Ltd' },
      {
        firstname: 'Kathrin',
        lastname: 'Wellbourne',
        phone: '+12125550142',
        company: 'Ardentia',
        website: 'ardentia.com',
      },
    );
    expect(found).toBeGreaterThan(0.9);
  });

  it('knows a person by a nickname', async () => {
    const found = await odds(
      { firstname: 'Robert', lastname: 'Ashcombe', email: 'robert@ashcombe-mills.com', company: 'Ashcombe Mills' },
      { firstname: 'Bob', lastname: 'Ashcombe', company: 'Ashcombe Mills', phone: '+12125550143' },
    );
    expect(found).toBeGreaterThan(0.9);
  });

  it('knows somebody who moved to another job by the mobile number', async () => {
    const found = await odds(
      {
        firstname: 'Leticia',
        lastname: 'Obermoser',
        company: 'Kronland Foods',
        email: 'l.obermoser@kronland.com',
        mobilephone: '+12125550177',
      },
      {
        firstname: 'Leticia',
        lastname: 'Obermoser',
        company: 'Vantaro',
        email: 'leticia@vantaro.io',
        mobilephone: '(212) 555-0177',
      },
    );
    expect(found).toBeGreaterThan(0.95);
  });

  it('knows swapped names with the same number', async () => {
    const found = await odds(
      { firstname: 'Thorvald', lastname: 'Eskildsen', phone: '+12125550178' },
      { firstname: 'Eskildsen', lastname: 'Thorvald', phone: '212 555 0178' },
    );
    expect(found).toBeGreaterThan(0.9);
  });

  it('finds an address among the secondary ones of another contact', async () => {
    const found = await odds(
      { firstname: 'Ines', lastname: 'Quadflieg', email: 'ines@quadflieg.eu' },
      {
        firstname: 'I.',
        lastname: 'Quadflieg',
        email: 'iq@elsewhere.org',
        hs_additional_emails: 'x@elsewhere.org;ines@quadflieg.eu',
      },
    );
    expect(found).toBeGreaterThan(0.95);
  });

  it('holds colleagues at one switchboard apart', async () => {
    const firm = {
      company: 'Halvorsen Shipping',
      website: 'halvorsen-shipping.com',
      phone: '+12125550100',
      city: 'Bergen',
    };
    const names = [
      ['Marit', 'Solheim'],
      ['Odd', 'Nygaard'],
      ['Petra', 'Falkenberg'],
      ['Sunniva', 'Aasen'],
      ['Torbjorn', 'Lyngstad'],
    ];
    const colleagues = names.map(([firstname = '', lastname = ''], nth) => ({
      id: `c${nth}`,
      firstname,
      lastname,
      email: `${firstname}@halvorsen-shipping.com`.toLowerCase(),
      ...firm,
    }));
    const { scan } = await scanned([...others, ...colleagues]);
    expect(scan.clusters.flatMap(({ members }) => members).filter((row) => row >= others.length)).toEqual([]);
  });

  it('holds two people of one household apart, though they share number, address and surname', async () => {
    const home = { lastname: 'Tannenbaum', phone: '+12125550111', address: '12 Larch Road', city: 'Hull', zip: 'HU1' };
    expect(await odds({ firstname: 'Dorothea', ...home }, { firstname: 'Maximilian', ...home })).toBeLessThan(0.5);
  });

  it('holds father and son apart by what their names say, whatever else is the same', async () => {
    const same = {
      lastname: 'Whitcombe',
      phone: '+12125550122',
      address: '4 Mill Lane',
      city: 'Cork',
      email: 'whitcombe@mail.org',
    };
    const matcher = await scanned([
      ...others,
      { id: 'a', firstname: 'George', ...same, lastname: 'Whitcombe Sr.' },
      { id: 'b', firstname: 'George', ...same, lastname: 'Whitcombe Jr.' },
    ]);
    const [pair] = matcher.scan.pairs.filter(({ a }) => a === others.length);
    expect(pair?.veto).toMatch(/two generations/);
    expect(matcher.scan.clusters.some(({ members }) => members.includes(others.length))).toBe(false);
  });

  it('holds apart what another system has under two ids', async () => {
    const same = { firstname: 'Sunniva', lastname: 'Aasen', email: 'sunniva@aasen.no', phone: '+12125550133' };
    const matcher = await scanned([
      ...others,
      { id: 'a', ...same, salesforcecontactid: '003A' },
      { id: 'b', ...same, email: '', salesforcecontactid: '003B' },
    ]);
    expect(probability(matcher, 'a', 'b')).toBe(0);
  });

  it('takes nothing for shared that stands for a missing value', async () => {
    const empty = { firstname: 'test', lastname: 'n/a', email: 'test@example.com', phone: '0000000000', company: '-' };
    expect(await odds(empty, empty)).toBeLessThan(0.05);
  });

  it('finds two people of one name at two companies no more than possible', async () => {
    const found = await odds(
      {
        firstname: 'Anna',
        lastname: 'Alberg',
        company: 'Ardentia',
        email: 'anna.alberg@ardentia.com',
        phone: '+12125550144',
        city: 'Oslo',
      },
      {
        firstname: 'Anna',
        lastname: 'Alberg',
        company: 'Kronland',
        email: 'anna.alberg@kronland.com',
        phone: '+13125550155',
        city: 'Faro',
      },
    );
    expect(found).toBeLessThan(0.9);
  });

  it('finds nothing among strangers', async () => {
    const { scan } = await scanned(others);
    expect(scan.clusters.filter(({ band }) => band !== 'possible')).toEqual([]);
  });

  it('scans tables with no row, one row, and no column that it knows', async () => {
    for (const rows of [[], [{ firstname: 'Ann' }], [{ colour: 'red' }, { colour: 'red' }]]) {
      const { scan } = await scanned(rows);
      expect(scan.pairs).toEqual([]);
    }
  });
});

describe('What was said of pairs', () => {
  const pair = [
    { id: 'a', firstname: 'Anna', lastname: 'Hollerbusch', company: 'Ardentia' },
    { id: 'b', firstname: 'Anna', lastname: 'Hollerbusch', company: 'Kronland' },
  ];

  it('counts, and is told', async () => {
    const before = await scanned([...others, ...pair]);
    const after = await scanned([...others, ...pair], { judgements: [{ a: 'a', b: 'b', same: false }] });
    expect(probability(after, 'a', 'b')).toBeLessThan(probability(before, 'a', 'b'));
    const { waterfall } = after.explain(others.length, others.length + 1);
    expect(waterfall.find(({ field }) => field === 'judgement')?.level).toBe('judged different');
  });

  it('cannot make certain by itself, however often it is said', async () => {
    const strangersOnly = [
      { id: 'a', firstname: 'Anna' },
      { id: 'b', firstname: 'Viktor' },
    ];
    const judgements = Array.from({ length: 5 }, () => ({ a: 'a', b: 'b', same: true, bits: 30 }));
    const proposed = [
      { a: 'a', b: 'b' },
      { a: 'b', b: 'a' },
    ];
    const matcher = await scanned([...others, ...strangersOnly], { judgements, proposed });
    expect(probability(matcher, 'a', 'b')).toBeLessThan(0.99);
  });

  it('cannot overrule a veto', async () => {
    const same = { firstname: 'Sunniva', lastname: 'Aasen', email: 'sunniva@aasen.no' };
    const rows = [
      { id: 'a', ...same, salesforcecontactid: '003A' },
      { id: 'b', ...same, salesforcecontactid: '003B' },
    ];
    const matcher = await scanned([...others, ...rows], {
      judgements: [{ a: 'a', b: 'b', same: true }],
      proposed: [{ a: 'a', b: 'b' }],
    });
    expect(matcher.scan.clusters.some(({ members }) => members.includes(others.length))).toBe(false);
  });

  it('makes a pair looked at that no rule would have proposed', async () => {
    const rows = [
      { id: 'a', firstname: 'Anna' },
      { id: 'b', phone: '+12125550188' },
    ];
    const { scan } = await scanned([...others, ...rows], { proposed: [{ a: 'a', b: 'b' }], keepFrom: 0 });
    expect(scan.pairs.some(({ a, b }) => a === others.length && b === others.length + 1)).toBe(true);
  });
});
