import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairContent } from '../../../src/enrich/openai/pair-content.ts';
import { pairOf } from './pairs.ts';

const person = pairOf(
  {
    firstname: 'Robert',
    lastname: 'Kowalczyk',
    email: 'robert.kowalczyk@brightwater.example',
    phone: '+48 601 555 017',
    mobilephone: '(48) 601-555-017 ext. 9',
    company: 'Kowalczyk Consulting Sp. z o.o.',
    website: 'https://www.kowalczyk-consulting.example/team/robert',
    hs_linkedin_url: 'https://linkedin.com/in/rkowalczyk',
    address: 'ul. Marszalkowska 12',
    city: 'Kowalczykowo',
    country: 'Poland',
    date_of_birth: '1970-03-04',
    national_id: '70030412345',
    notes: 'allergic to penicillin',
  },
  {
    firstname: 'Bob',
    lastname: 'KOWALCZYK',
    email: 'rkowalczyk@gmail.com',
    phone: '0601555017',
    company: 'Brightwater',
    city: 'rob@kowalczyk.example',
    state: '601555017',
    country: 'Poland',
  },
);

/** What would tell who it is, in lower case. */
const raw = [
  'robert',
  'bob',
  'kowalczyk',
  'rkowalczyk',
  'brightwater',
  'consulting',
  'marszalkowska',
  'rob@',
  '601',
  '555',
  '017',
  '1970',
  '70030412345',
  'penicillin',
  'secret-a',
  'secret-b',
];

describe('Redaction', () => {
  it('none: sends what is allowed, and nothing else of the record', () => {
    const content = pairContent(person, 'contacts', 'none');
    expect(content.a?.['email']).toBe('robert.kowalczyk@brightwater.example');
    expect(Object.keys(content.a ?? {})).not.toContain('date_of_birth');
    const text = JSON.stringify(content);
    for (const kept of ['1970', '70030412345', 'penicillin', 'SECRET']) expect(text).not.toContain(kept);
  });

  it('pseudonymised: no name, address, number or profile leaves, and what is alike stays alike', () => {
    const content = pairContent(person, 'contacts', 'pseudonymised');
    const text = JSON.stringify(content).toLowerCase();
    for (const secret of raw) expect(text).not.toContain(secret);
    expect(content).toMatchInlineSnapshot(`
      {
        "a": {
          "address": "w16. w17 n18",
          "city": "w19",
          "company": "w2 w10 w11. w12 w13.w13.",
          "country": "Poland",
          "email": "w1.w2@w3.w4",
          "firstname": "w1",
          "hs_linkedin_url": "https://w7.com/w8/w9",
          "lastname": "w2",
          "mobilephone": "n6",
          "phone": "n5",
          "website": "https://w14.w2-w10.w4/w15/w1",
        },
        "alike": [
          "w22 is the beginning of w1",
          "w2 is the end of w9",
          "w2 is the beginning of w19",
          "n21 and n5 end in the same 9 digits",
          "n23 and n5 end in the same 9 digits",
          "n23 and n21 end in the same 9 digits",
        ],
        "b": {
          "city": "w22@w2.w4",
          "company": "w3",
          "country": "Poland",
          "email": "w9@gmail.com",
          "firstname": "w20",
          "lastname": "w2",
          "phone": "n21",
          "state": "n23",
        },
        "compared": [
          {
            "how": "nickname and same surname",
            "rarity": "0.2 % of records",
            "what": "name",
          },
          {
            "how": "different",
            "what": "phone",
          },
        ],
        "pairId": "f26adcfa0a27",
      }
    `);
    expect(content.a?.['lastname']).toBe(content.b?.['lastname']);
    expect(content.a?.['firstname']).not.toBe(content.b?.['firstname']);
    expect(content.b?.['email']).toMatch(/^w\d+@gmail\.com$/);
    expect(content.a?.['country']).toBe('Poland');
  });

  it('features: only how fields compare leaves', () => {
    const { pairId, ...content } = pairContent(person, 'contacts', 'features');
    expect(pairId).toMatch(/^[0-9a-f]{12}$/);
    expect(content).toEqual({
      compared: [
        { what: 'name', how: 'nickname and same surname', rarity: '0.2 % of records' },
        { what: 'phone', how: 'different' },
      ],
    });
  });

  it('shows nothing of a host whose ending is a name, nor of a company', () => {
    const pair = pairOf(
      { name: 'Nakatomi Trading', domain: 'nakatomi.co.jp', website: 'plaza.nakatomi', phone: '310 555 0100' },
      { name: 'NAKATOMI', domain: 'http://nakatomi.com/about', linkedin_company_page: 'linkedin.com/company/nakatomi' },
    );
    const content = pairContent(pair, 'companies', 'pseudonymised');
    expect(JSON.stringify(content).toLowerCase()).not.toMatch(/nakatomi|trading|310/);
    expect(content.a?.['domain']).toMatch(/^w1\.co\.jp$/);
  });

  it('takes for a place what is one: neither numbers in pieces nor an address nor a sentence', () => {
    const pair = pairOf(
      {
        city: 'St. Gallen',
        state: '030 12 34 567',
        country: 'zoe.quill',
        industry: 'ask Zoe Quill who lives in the wood',
      },
      { city: 'Frankfurt (Oder)', state: 'see acme.de/zoe', website: 'zoe.quill' },
    );
    const { a, b } = pairContent({ ...pair }, 'companies', 'pseudonymised');
    expect([a?.['city'], b?.['city']]).toEqual(['St. Gallen', 'Frankfurt (Oder)']);
    expect(JSON.stringify([a, b])).not.toMatch(/zoe|quill|acme|030|567|wood|\b\d/i);
  });

  it('says how things compare only of what may leave', () => {
    const waterfall = ['given name', 'surname', 'birth', 'identifier', 'phone', 'tax number'].map((field) => ({
      field,
      level: 'same',
      bits: 5,
    }));
    const pair = { ...person, explanation: { ...person.explanation, waterfall } };
    const told = (withheld: readonly string[]) =>
      pairContent({ ...pair, withheld }, 'contacts', 'features').compared?.map(({ what }) => what);
    expect(told([])).toEqual(['given name', 'surname', 'phone']);
    expect(told(['mobilephone'])).toEqual(['given name', 'surname']);
  });

  it('shows a host that everybody uses, unless a name is that of one', () => {
    const [open, hidden] = ['Quill', 'Iname Quill'].map((company) => {
      const pair = pairOf({ email: 'zoe@iname.com', company }, {});
      return pairContent(pair, 'contacts', 'pseudonymised').a?.['email'];
    });
    expect(open).toContain('@iname.com');
    expect(hidden).not.toContain('iname');
  });

  it('hides any word, number and address, whatever else records hold', () => {
    const word = fc.stringMatching(/^[a-zà-öø-þ]{4,12}$/).filter((text) => !ours.some((own) => own.includes(text)));
    const digits = fc.stringMatching(/^[0-9]{7,12}$/);
    const record = fc.record({ first: word, last: word, local: word, host: word, phone: digits, city: word });
    fc.assert(
      fc.property(record, record, (one, other) => {
        const [a, b] = [one, other].map(({ first, last, local, host, phone, city }) => ({
          firstname: first,
          lastname: `${last}-${first}`,
          email: `${local}.${last}+${phone}@${host}.com`,
          phone: `+${phone.slice(0, 2)} ${phone.slice(2)}`,
          company: `${host} ${last}`,
          website: `www.${host}.de/${local}`,
          city: `${city} ${first} ${phone}`,
        }));
        const content =
          JSON.stringify(pairContent(pairOf(a ?? {}, b ?? {}), 'contacts', 'pseudonymised').a) +
          JSON.stringify(pairContent(pairOf(a ?? {}, b ?? {}), 'contacts', 'pseudonymised').b);
        const secrets = [one, other].flatMap(({ first, last, local, host, phone }) => [
          first,
          last,
          local,
          host,
          phone,
          phone.slice(2),
        ]);
        expect(secrets.filter((secret) => content.includes(secret))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** Words that stand in every content. */
const ours = 'firstname lastname email phone company website city http https'.split(' ');
