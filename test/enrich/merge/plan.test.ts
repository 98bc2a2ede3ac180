import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMerge } from '../../../src/enrich/merge/plan.ts';
import type { FieldChoice, MergeInput, PropertyFacts, RecordNow } from '../../../src/enrich/merge/types.ts';
import { comparable, optionsIn } from '../../../src/enrich/merge/valid.ts';
import { valueSource } from '../../../src/enrich/merge/value-source.ts';

const facts = (name: string, more: Partial<PropertyFacts> = {}): PropertyFacts => ({
  name,
  kind: 'text',
  writable: true,
  hubspots: false,
  unique: false,
  order: [],
  ...more,
});

const stages = ['subscriber', 'lead', 'opportunity', 'customer'];
const roles = ['a', 'b', 'c', 'd'];

const properties = [
  facts('email'),
  facts('phone'),
  facts('city'),
  facts('seats', { kind: 'number' }),
  facts('lifecyclestage', { kind: 'option', order: stages }),
  facts('roles', { kind: 'options', order: roles }),
  facts('hs_email_optout', { kind: 'boolean', writable: false, hubspots: true }),
  facts('newsletter_opt_in', { kind: 'boolean' }),
  facts('hs_legal_basis', { kind: 'options', order: roles }),
  facts('hubspot_owner_id', { kind: 'option' }),
  facts('hs_score', { kind: 'number', writable: false, hubspots: true }),
];

const DAY = 86_400_000;

function record(id: string, values: Record<string, string>, more: Partial<RecordNow> = {}): RecordNow {
  return {
    id,
    properties: values,
    sources: {},
    createdAt: Number(id) * DAY,
    associations: {},
    openDeals: 0,
    wonDeals: 0,
    ...more,
  };
}

const plan = (records: readonly RecordNow[], more: Partial<MergeInput> = {}) =>
  planMerge({ portalId: 1, objectType: 'contacts', properties, records, ...more });

function fieldOf(fields: readonly FieldChoice[], property: string): FieldChoice | undefined {
  return fields.find((field) => field.property === property);
}

const sources = ['FORM', 'IMPORT', 'CRM_UI', 'DATA_ENRICHMENT', 'INTEGRATION'];
const anyValues = fc.record(
  {
    email: fc.constantFrom('a@acme.com', 'b@acme.com', 'c@gmail.com', 'nonsense'),
    phone: fc.constantFrom('+4930901820', '+493012345678', '555', 'n/a'),
    city: fc.constantFrom('Ulm', 'ulm', 'Bonn', '-'),
    seats: fc.constantFrom('1', '1.0', '7', 'many'),
    lifecyclestage: fc.constantFrom(...stages),
    roles: fc.subarray(roles).map((some) => some.join(';')),
    hs_email_optout: fc.constantFrom('true', 'false'),
    newsletter_opt_in: fc.constantFrom('true', 'false'),
    hs_legal_basis: fc.subarray(roles).map((some) => some.join(';')),
    hubspot_owner_id: fc.constantFrom('9', '12'),
    hs_score: fc.constantFrom('1', '2'),
  },
  { requiredKeys: [] },
);
const anyRecords = fc
  .array(
    fc.record({
      values: anyValues,
      source: fc.constantFrom(...sources),
      at: fc.nat({ max: 5 }),
      openDeals: fc.nat({ max: 2 }),
      wonDeals: fc.nat({ max: 1 }),
      notes: fc.nat({ max: 2 }),
      createdAt: fc.nat({ max: 3 }),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((all) =>
    all.map(({ values, source, at, notes, ...rest }, place) => {
      const said = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
      return record(String(101 + place), Object.fromEntries(said), {
        ...rest,
        sources: Object.fromEntries(said.map(([name]) => [name, { at, type: source }])),
        associations: notes > 0 ? { notes: ['1', '2'].slice(0, notes) } : {},
      });
    }),
  );

describe('A plan of a merge', () => {
  it('is the same for the same records, in whatever order they come', () => {
    fc.assert(
      fc.property(anyRecords, fc.nat(), (records, turn) => {
        const turned = [...records.slice(turn % records.length), ...records.slice(0, turn % records.length)];
        expect(plan(turned.toReversed())).toEqual(plan(records));
      }),
    );
  });

  it('lists every value that is nowhere afterwards, and no other', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const { fields, leftAlone, survivor } = plan(records);
        for (const property of properties) {
          const field = fieldOf(fields, property.name);
          for (const { id, properties: held } of records) {
            const value = held[property.name] ?? '';
            if (value === '' || field === undefined) continue;
            const isKept =
              comparable(property, value) === comparable(property, field.keep) ||
              (property.kind === 'options' && optionsIn(value).every((each) => optionsIn(field.keep).includes(each)));
            // A contact's other addresses become secondary ones.
            const isBeside = property.name === 'email' && id !== survivor;
            expect(field.loses.some((lost) => lost.id === id && lost.value === value)).toBe(!isKept && !isBeside);
          }
          const values = new Set(
            records.flatMap(({ properties: held }) => {
              const value = held[property.name] ?? '';
              return value === '' ? [] : [comparable(property, value)];
            }),
          );
          expect(values.size < 2 || field !== undefined || leftAlone.includes(property.name)).toBe(true);
        }
      }),
    );
  });

  it('keeps what allows the least, whoever survives and whatever is newer', () => {
    fc.assert(
      fc.property(anyRecords, fc.nat(), (records, turn) => {
        const survivor = records[turn % records.length]?.id ?? '';
        const { fields } = plan(records, { survivor });
        const says = (name: string, value: string) => records.some(({ properties: held }) => held[name] === value);
        const kept = (name: string) => fieldOf(fields, name)?.keep ?? records[0]?.properties[name];
        expect(!says('hs_email_optout', 'true') || kept('hs_email_optout') === 'true').toBe(true);
        expect(!says('newsletter_opt_in', 'false') || kept('newsletter_opt_in') === 'false').toBe(true);
      }),
    );
  });

  it('makes up no value: each is one that a record has, or options that records have', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        for (const { property, keep } of plan(records).fields) {
          const held = records.map((each) => each.properties[property] ?? '');
          const options = new Set(held.flatMap(optionsIn));
          const isUnion = property === 'roles' && optionsIn(keep).every((each) => options.has(each));
          expect(held.includes(keep) || isUnion).toBe(true);
        }
      }),
    );
  });

  it('writes only what may be written and what the survivor does not have', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const { fields, survivor } = plan(records);
        const own = records.find(({ id }) => id === survivor);
        for (const field of fields.filter(({ write }) => write)) {
          const property = properties.find(({ name }) => name === field.property);
          expect(property?.writable).toBe(true);
          expect(own?.properties[field.property]).not.toBe(field.keep);
          expect(field.property).not.toBe('email');
        }
      }),
    );
  });

  it('changes its digest with every value that it rests on, and with the portal', () => {
    const records = [record('1', { city: 'Ulm', seats: '1' }), record('2', { city: 'Ulm', seats: '1' })];
    const digests = [
      plan(records),
      plan(records, { portalId: 2 }),
      plan([record('1', { city: 'Ulm', seats: '2' }), record('2', { city: 'Ulm', seats: '1' })]),
      plan([record('1', { city: 'Ulm', seats: '1' }), record('2', { city: 'Bonn', seats: '1' })]),
      plan([
        record('1', { city: 'Ulm', seats: '1' }, { associations: { deals: ['7'] } }),
        record('2', { city: 'Ulm', seats: '1' }),
      ]),
      plan(records, { survivor: '2' }),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
    // A score that HubSpot counts anew says nothing about who they are.
    const scored = records.map((each) => ({ ...each, properties: { ...each.properties, hs_score: each.id } }));
    const rescored = records.map((each) => ({ ...each, properties: { ...each.properties, hs_score: `${each.id}0` } }));
    expect(plan(scored).digest).toBe(plan(rescored).digest);
  });
});

describe('The record that stays', () => {
  const [low, high] = [record('1', { email: 'a@gmail.com' }), record('2', { email: 'a@gmail.com' })];
  const stays = (better: Partial<RecordNow>, worse: Partial<RecordNow> = {}) =>
    plan([
      { ...low, ...worse },
      { ...high, createdAt: low.createdAt, ...better },
    ]);

  it('is chosen by the first reason that tells the records apart', () => {
    const reasons: [Partial<RecordNow>, Partial<RecordNow>, string][] = [
      [{ properties: { ...high.properties, hs_email_optout: 'true' } }, { openDeals: 3 }, 'opted out'],
      [{ openDeals: 1 }, { wonDeals: 3 }, 'open deals: 1, the other 0'],
      [{ wonDeals: 1 }, { associations: { notes: ['1', '2', '3', '4', '5'] } }, 'won deals'],
      [
        { associations: { notes: ['1', '2'], calls: ['3'] } },
        { properties: { ...low.properties, city: 'Ulm' } },
        'activities: 3',
      ],
      [
        { properties: { ...high.properties, city: 'Ulm' } },
        { properties: { email: 'a@acme.com' } },
        'properties filled',
      ],
      [{ properties: { email: 'a@acme.com' } }, { createdAt: 0 }, 'better e-mail'],
      [{ createdAt: 0 }, {}, 'oldest'],
    ];
    for (const [better, worse, reason] of reasons) {
      const { survivor, survivorReasons } = stays(better, worse);
      expect([reason, survivor, survivorReasons.join()]).toEqual([reason, '2', expect.stringContaining(reason)]);
    }
    expect(stays({}).survivor).toBe('1');
    expect(stays({}).survivorReasons.join()).toMatch(/lowest id/);
  });

  it('is the one with an id of another system, and never one of two with different ids', () => {
    const known = facts('salesforcecontactid');
    const more = { properties: [...properties, known] };
    const with_ = (id: string, value: string) => record(id, { salesforcecontactid: value });
    expect(plan([record('1', { city: 'Ulm', phone: '555' }), with_('2', 'X')], more)).toMatchObject({
      survivor: '2',
      refusals: [],
    });
    expect(plan([with_('1', 'X'), with_('2', 'x')], more).refusals).toEqual([]);
    expect(plan([with_('1', 'X'), with_('2', 'Y')], more).refusals.join()).toMatch(/different salesforcecontactid/);
  });
});

const sourced = (id: string, city: string, type: string, at: number) =>
  record(id, { city }, { sources: { city: { type, at } } });
const city = (one: RecordNow, other: RecordNow) => fieldOf(plan([one, other], { survivor: one.id }).fields, 'city');

const home = (id: string, [street, zip, town]: readonly [string, string, string], days: Record<string, number>) =>
  record(
    id,
    { address: street, zip, city: town },
    { sources: Object.fromEntries(Object.entries(days).map(([name, at]) => [name, { at, type: 'CRM_UI' }])) },
  );

describe('A value that stays', () => {
  it('is from a form before an import, before what was enriched, before what was entered by hand, then the later', () => {
    const order = ['FORM', 'IMPORT', 'DATA_ENRICHMENT', 'CRM_UI'];
    for (const [place, better] of order.entries()) {
      for (const worse of order.slice(place + 1)) {
        expect(city(sourced('1', 'Old', worse, 9), sourced('2', 'New', better, 1))).toMatchObject({ keep: 'New' });
      }
      expect(city(sourced('1', 'Old', better, 1), sourced('2', 'New', better, 2))).toMatchObject({
        keep: 'New',
        rule: 'later change',
      });
      expect(city(sourced('1', 'Old', better, 2), sourced('2', 'New', better, 2))).toMatchObject({ keep: 'Old' });
    }
    expect(city(sourced('1', 'n/a', 'FORM', 9), sourced('2', 'Ulm', 'CRM_UI', 1))).toMatchObject({
      keep: 'Ulm',
      rule: 'valid over invalid',
      loses: [{ id: '1', value: 'n/a' }],
    });
  });

  it('counts from when it came to mean this, not from when it was written again', () => {
    const version = (value: string, day: number, sourceType: string) => ({
      value,
      timestamp: new Date(day * DAY).toISOString(),
      sourceType,
    });
    const found = valueSource(facts('email'), [
      version('A@acme.com', 9, 'INTEGRATION'),
      version(' a@acme.com', 8, 'CRM_UI'),
      version('a@acme.com', 3, 'FORM'),
      version('b@acme.com', 1, 'IMPORT'),
      version('a@acme.com', 0, 'IMPORT'),
    ]);
    expect(found).toEqual({ at: 3 * DAY, type: 'FORM' });
  });

  it('is for a person to say where owners or legal bases differ, and the caller may say it', () => {
    const [one, other] = [
      record('1', { hubspot_owner_id: '9', hs_legal_basis: 'a' }),
      record('2', { hubspot_owner_id: '12', hs_legal_basis: 'b' }),
    ];
    const open = plan([one, other], { survivor: '1' }).fields;
    for (const name of ['hubspot_owner_id', 'hs_legal_basis']) expect(fieldOf(open, name)?.needsHuman).toBe(true);
    const said = plan([one, other], { survivor: '1', fields: { hubspot_owner_id: '2' } }).fields;
    expect(fieldOf(said, 'hubspot_owner_id')).toMatchObject({ keep: '12', needsHuman: false, write: true });
  });

  it('is of one record for the parts of an address', () => {
    const address = { properties: [...properties, facts('address'), facts('zip')] };
    const records = [
      home('1', ['Front Street 1', '78747', 'Austin'], { address: 1, zip: 9, city: 9 }),
      home('2', ['Oak Street 2', '97208', 'Portland'], { address: 2, zip: 1, city: 1 }),
    ];
    const kept = (more: Partial<MergeInput>) => {
      const { fields } = plan(records, { ...address, survivor: '1', ...more });
      return ['address', 'zip', 'city'].map((name) => fieldOf(fields, name)?.keep);
    };
    expect(kept({})).toEqual(['Oak Street 2', '97208', 'Portland']);
    expect(kept({ fields: { address: '1' } })).toEqual(['Front Street 1', '78747', 'Austin']);
    expect(kept({ fields: { city: '1' } })).toEqual(['Oak Street 2', '97208', 'Austin']);
  });

  it('is of one record for pipeline and stage', () => {
    const pipeline = { pipelineProperty: 'pipeline', stageProperty: 'dealstage' };
    const deals = { objectType: 'deals', pipeline, properties: [facts('pipeline'), facts('dealstage')] };
    const records = [
      record('1', { pipeline: 'sales', dealstage: 'new' }),
      record('2', { pipeline: 'renewal', dealstage: 'won' }),
    ];
    const own = plan(records, { ...deals, survivor: '1' }).fields;
    expect(own).toMatchObject([
      { keep: 'new', needsHuman: true },
      { keep: 'sales', needsHuman: true },
    ]);
    const said = plan(records, { ...deals, survivor: '1', fields: { dealstage: '2' } }).fields;
    expect(said.map(({ keep }) => keep)).toEqual(['won', 'renewal']);
  });
});

describe('A plan refuses', () => {
  it('parent and child, more merges than HubSpot allows, and choices that cannot be kept', () => {
    const family = [record('1', {}), record('2', { hs_parent_company_id: '1' })];
    expect(plan(family, { objectType: 'companies' }).refusals.join()).toMatch(/1 is the parent company of 2/);
    const many = Array.from({ length: 500 }, (_, n) => String(1000 + n)).join(';');
    expect(plan([record('1', { hs_merged_object_ids: many }), record('2', {})]).refusals.join()).toMatch(/250 times/);
    const [one, other] = [record('1', { email: 'a@acme.com' }), record('2', { email: 'b@acme.com', hs_score: '1' })];
    const refused = (fields: Record<string, string>) => plan([one, other], { survivor: '1', fields }).refusals.join();
    expect(refused({ email: '2' })).toMatch(/unique/);
    expect(refused({ city: '2' })).toMatch(/has no city/);
    expect(refused({ hs_score: '2' })).toMatch(/cannot be chosen/);
    expect(refused({ nothing: '2' })).toMatch(/no property nothing/);
    expect(refused({ email: '3' })).toMatch(/not among the records/);
  });
});
