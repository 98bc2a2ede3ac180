import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PropertyFacts } from '../../../src/enrich/anomalies/types.ts';
import { compete, proposalFingerprint } from '../../../src/enrich/values/compete.ts';
import { countryFound } from '../../../src/enrich/values/country-of.ts';
import { industryOf } from '../../../src/enrich/values/industry.ts';
import { readJobTitle } from '../../../src/enrich/values/job-title.ts';
import { fillable, propose } from '../../../src/enrich/values/propose.ts';
import type { Candidate, RecordToFill } from '../../../src/enrich/values/types.ts';

const property = (name: string, options: readonly string[] = []): [string, PropertyFacts] => [
  name,
  {
    name,
    label: name,
    type: options.length > 0 ? 'enumeration' : 'string',
    fieldType: options.length > 0 ? 'select' : 'text',
    calculated: false,
    hubspotDefined: true,
    options: options.map((value) => ({ value, label: value, hidden: value === 'hidden' })),
  },
];

const properties = new Map([
  property('hs_role', ['sales', 'human_resources', 'Engineering & Technology', 'hidden']),
  property('hs_seniority', ['vp', 'director', 'manager', 'executive', 'owner', 'employee']),
  property('industry', ['BANKING', 'HOSPITALITY']),
  property('lifecyclestage', ['lead', 'opportunity', 'customer', 'other']),
  property('country'),
  property('phone'),
  property('firstname'),
  property('lastname'),
  property('website'),
  property('jobtitle'),
  property('email'),
  property('company'),
]);
const settled = { properties, dismissed: new Set<string>(), overwrite: false, minConfidence: 0.5 };
const contact = (values: Readonly<Record<string, string>>): RecordToFill => ({
  objectType: 'contacts',
  id: '1',
  properties: values,
});

const valued = (values: Readonly<Record<string, string>>) => {
  const record = contact(values);
  const candidates = propose(record, fillable('contacts', properties), { properties, country: 'DE' });
  return Object.fromEntries(compete(record, candidates, settled).map((each) => [each.property, each.value]));
};

describe('A job title', () => {
  it.each([
    ['CEO', 'executive', undefined],
    ['Founder & CEO', 'owner', 'entrepreneurship'],
    ['Vice President of Sales', 'vp', 'sales'],
    ['President', 'executive', undefined],
    ['Senior Software Engineer', 'senior', 'engineering'],
    ['Geschäftsführer', 'executive', undefined],
    ['Leiterin Personalabteilung', 'director', 'human_resources'],
    ['Teamleiter Kundenservice', 'manager', 'customer_service'],
    ['Directrice des ressources humaines', 'director', 'human_resources'],
    ['Amministratore Delegato', 'executive', undefined],
    ['Gerente de Recursos Humanos', 'manager', 'human_resources'],
    ['Verkoopdirecteur', 'director', 'sales'],
    ['Försäljningschef', 'manager', 'sales'],
    ['Kierownik sprzedaży', 'manager', 'sales'],
    ['Praktikantin Marketing', 'entry', 'marketing'],
    ['Product Owner', 'employee', 'product'],
    ['HR Business Partner', 'employee', 'human_resources'],
    ['Account Executive', 'employee', 'sales'],
    ['Assistant to the CEO', 'employee', undefined],
    ['Lead Generation Specialist', 'employee', 'marketing'],
    ['Former CTO', undefined, undefined],
    ['Retired', undefined, 'retired'],
    ['Executive Chef', undefined, undefined],
    ['asdf', undefined, undefined],
  ])('%s is %s, %s', (title, seniority, jobFunction) => {
    const read = readJobTitle(title);
    expect([read.seniority?.key, read.jobFunction?.key]).toEqual([seniority, jobFunction]);
  });

  it('that names several functions is less sure of the first', () => {
    expect(readJobTitle('Sales & Marketing Director').jobFunction).toEqual({ key: 'sales', confidence: 0.55 });
  });

  it('of any length and kind is read in no time', () => {
    fc.assert(fc.property(fc.string({ maxLength: 5_000 }), (title) => void readJobTitle(title)));
    expect(readJobTitle('a '.repeat(50_000))).toEqual({});
  });
});

describe('Rules', () => {
  it.each([
    [{ company: 'Deutsche Bank AG' }, { industry: 'BANKING' }],
    [{ company: 'Food Bank of Ohio' }, {}],
    [{ jobtitle: 'Softwareentwickler' }, { hs_role: 'Engineering & Technology', hs_seniority: 'employee' }],
    // A role that the portal has no option for, and nothing wider.
    [{ jobtitle: 'Rechtsanwältin' }, { hs_seniority: 'employee' }],
    [{ country: 'Deutschland' }, { country: 'Germany' }],
    [{ country: 'Atlantis' }, {}],
    [{ phone: '030 901820' }, { phone: '+4930901820' }],
    [{ phone: '030 901820 ext. 12' }, {}],
    [
      { firstname: 'ANNA-LENA', lastname: "o'brien" },
      { firstname: 'Anna-Lena', lastname: "O'Brien" },
    ],
    [{ firstname: 'DeShawn' }, {}],
    [{ website: 'WWW.Acme.com/Path' }, { website: 'https://www.acme.com/Path' }],
    [{ email: 'ann@gmail.com' }, {}],
    [{ hs_seniority: 'chief', jobtitle: 'CEO' }, { hs_seniority: 'executive' }],
  ])('of %j propose %j', (values, expected) => {
    expect(valued(values)).toEqual(expected);
  });

  it('tell a country only where nothing contradicts', () => {
    expect(countryFound({ phone: '+49 30 901820', email: 'a@acme.de' })).toEqual({
      code: 'DE',
      confidence: 0.95,
      from: ['phone', 'domain'],
    });
    expect(countryFound({ phone: '+49 30 901820', email: 'a@acme.fr' })).toBe(undefined);
    expect(countryFound({ email: 'a@acme.io', website: 'acme.ai' })).toBe(undefined);
    expect(countryFound({ phone: '030 901820' })).toBe(undefined);
    expect(countryFound({ city: 'Berlin', state: 'New Hampshire' })).toBe(undefined);
  });

  it('know an industry by a name or an ending, not by two names at once', () => {
    expect(industryOf({ name: 'MIT', domain: 'mit.edu' })).toMatchObject({ key: 'HIGHER_EDUCATION', from: 'domain' });
    expect(industryOf({ name: 'Hotel Software Bank' })).toBe(undefined);
    expect(industryOf({ name: 'Acme' })).toBe(undefined);
  });
});

const candidate: fc.Arbitrary<Candidate> = fc.record(
  {
    property: fc.constantFrom('hs_role', 'hs_seniority', 'country', 'nothing'),
    value: fc.constantFrom('sales', 'vp', 'hidden', 'Germany', 'nonsense', ''),
    source: fc.constantFrom('rules', 'provider:a', 'model:b'),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    note: fc.constant('Because.'),
    mends: fc.boolean(),
  },
  { requiredKeys: ['property', 'value', 'source', 'confidence', 'note'] },
);
const values = fc.record({
  hs_role: fc.constantFrom('', 'sales', 'off the list'),
  hs_seniority: fc.constantFrom('', 'vp'),
  country: fc.constantFrom('', 'France', 'n/a'),
});

const said = (value: string, confidence: number, source: string): Candidate => ({
  property: 'country',
  value,
  confidence,
  source,
  note: 'Because.',
});

describe('Proposals', () => {
  it('never take the place of a value that is there and valid, and are real options, one for a property', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 12 }), values, (all, record) => {
        const proposals = compete(contact(record), all, settled);
        expect(new Set(proposals.map((each) => each.property)).size).toBe(proposals.length);
        for (const { property: name, value, now, mends, confidence } of proposals) {
          expect(confidence).toBeGreaterThanOrEqual(0.5);
          expect(value).not.toBe(now);
          const options = properties.get(name)?.options.map((option) => option.value) ?? [];
          expect(options.length === 0 || options.includes(value)).toBe(true);
          const isFilled = !['', 'n/a', 'off the list'].includes(now);
          expect(isFilled && mends !== true).toBe(false);
        }
      }),
    );
  });

  it('are the surest, of equal ones the first, whatever was dismissed left out', () => {
    const all = [said('Germany', 0.8, 'rules'), said('Austria', 0.8, 'provider:a'), said('Peru', 0.9, 'model:b')];
    const [first] = compete(contact({}), all, settled);
    expect(first).toMatchObject({ value: 'Peru', others: [{ value: 'Germany' }, { value: 'Austria' }] });
    const dismissed = new Set([
      proposalFingerprint({ objectType: 'contacts', id: first?.id ?? '' }, 'country', 'Peru'),
    ]);
    expect(compete(contact({}), all, { ...settled, dismissed })).toMatchObject([{ value: 'Germany', source: 'rules' }]);
  });
});
