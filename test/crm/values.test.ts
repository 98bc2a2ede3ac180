import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callError } from '../../src/call-error.ts';
import { systemClock } from '../../src/clock.ts';
import { type Crm, createCrm, type ObjectType } from '../../src/crm/index.ts';
import { type Connection, connect } from '../harness.ts';

let portal: Connection;
let crm: Crm;
let deals: ObjectType;
let contacts: ObjectType;
let renewals = '';
let renewalWon = '';

beforeAll(async () => {
  portal = await connect();
  crm = createCrm({ hubspot: portal.hubspot, clock: systemClock });
  deals = await crm.objectTypes.resolve('deals');
  contacts = await crm.objectTypes.resolve('contacts');
  const { pipelines, properties } = portal.hubspot;
  const created = await pipelines.create('deals', {
    label: 'Renewals',
    displayOrder: 1,
    stages: [
      { label: 'Closed Won', displayOrder: 0, metadata: { probability: '1.0' } },
      { label: 'Vertrag läuft aus', displayOrder: 1, metadata: { probability: '0.5' } },
    ],
  });
  renewals = created.id;
  renewalWon = created.stages[0]?.id ?? '';
  const options = ['Red', 'Green', 'Blue'].map((label, displayOrder) => ({
    label,
    value: `c${displayOrder}`,
    displayOrder,
    hidden: false,
  }));
  await properties.create('contacts', {
    name: 'colours',
    label: 'Favourite colours',
    groupName: 'contactinformation',
    type: 'enumeration',
    fieldType: 'checkbox',
    options,
  });
  await properties.create('contacts', {
    name: 'vip',
    label: 'VIP',
    groupName: 'contactinformation',
    type: 'bool',
    fieldType: 'booleancheckbox',
    options: [
      { label: 'Ja', value: 'true', displayOrder: 0, hidden: false },
      { label: 'Nein', value: 'false', displayOrder: 1, hidden: false },
    ],
  });
  await properties.create('contacts', {
    name: 'code',
    label: 'Customer code',
    groupName: 'contactinformation',
    type: 'number',
    fieldType: 'number',
  });
  await properties.create('contacts', {
    name: 'code_2',
    label: 'Customer code',
    groupName: 'contactinformation',
    type: 'string',
    fieldType: 'text',
  });
  await properties.create('contacts', {
    name: 'born',
    label: 'Born',
    groupName: 'contactinformation',
    type: 'date',
    fieldType: 'date',
  });
});
afterAll(() => portal.close());

describe('a stage said by label', () => {
  it('is looked for in the pipeline given beside it', async () => {
    expect(await crm.values.toWire(deals, { pipeline: 'renewals', dealstage: 'closed won' })).toEqual({
      pipeline: renewals,
      dealstage: renewalWon,
    });
  });

  it('is looked for in the record’s own pipeline, which the caller is told to bring', async () => {
    const said = { dealstage: 'Closed Won' };
    expect(await crm.values.needs(deals, said)).toEqual(['pipeline']);
    expect(await crm.values.toWire(deals, said, { properties: { pipeline: renewals } })).toEqual({
      dealstage: renewalWon,
    });
    expect(await crm.values.toWire(deals, said, { properties: { pipeline: 'default' } })).toEqual({
      dealstage: 'closedwon',
    });
  });

  it('is refused with its pipelines where nothing tells which is meant', async () => {
    await expect(crm.values.toWire(deals, { dealstage: 'Closed Won' })).rejects.toMatchObject({
      code: 'ambiguous_stage',
      details: {
        candidates: [
          { id: 'closedwon', label: 'Closed Won (Sales Pipeline)' },
          { id: renewalWon, label: 'Closed Won (Renewals)' },
        ],
      },
    });
  });

  it('brings its pipeline along when only one has it, and nothing more need be read', async () => {
    const said = { 'Deal Stage': 'vertrag lauft aus' };
    expect(await crm.values.needs(deals, said)).toEqual([]);
    expect(await crm.values.toWire(deals, said)).toMatchObject({ pipeline: renewals });
  });

  it('is refused in a pipeline that lacks it', async () => {
    await expect(crm.values.toWire(deals, { pipeline: 'Renewals', dealstage: 'Contract Sent' })).rejects.toMatchObject({
      code: 'unknown_stage',
    });
  });
});

describe('values as people say them', () => {
  it.each([
    [{ colours: ['red', 'BLUE'] }, { colours: 'c0;c2' }],
    [{ colours: 'Red; green' }, { colours: 'c0;c1' }],
    [{ colours: ';blue' }, { colours: ';c2' }],
    [{ vip: true }, { vip: 'true' }],
    [{ vip: 'nein' }, { vip: 'false' }],
    [{ code: 1234.5 }, { code: '1234.5' }],
    [{ code: '1,234.50' }, { code: '1234.50' }],
    [{ code: 1e21 }, { code: '1000000000000000000000' }],
    [{ born: '31.12.1999' }, { born: '1999-12-31' }],
    [{ 'Job Title': 'Chief' }, { jobtitle: 'Chief' }],
    [{ jobtitle: 42 }, { jobtitle: '42' }],
    [
      { jobtitle: null, born: '' },
      { jobtitle: '', born: '' },
    ],
    [{ lifecyclestage: 'Marketing Qualified Lead' }, { lifecyclestage: 'marketingqualifiedlead' }],
    [{ jobtitle: undefined }, {}],
  ])('%j become %j', async (said, wire) => {
    expect(await crm.values.toWire(contacts, said)).toEqual(wire);
  });

  it.each([
    [{ colours: ['red', 'purple'] }, 'unknown_option'],
    [{ code: '1,234' }, 'invalid_value'],
    [{ code: 'many' }, 'invalid_value'],
    [{ code: '€ 12' }, 'invalid_value'],
    [{ code: '$12' }, 'invalid_value'],
    [{ code: Number.NaN }, 'invalid_value'],
    [{ vip: 'perhaps' }, 'unknown_option'],
    [{ born: '1999-02-30' }, 'invalid_value'],
    [{ jobtitle: { text: 'x' } }, 'invalid_value'],
    [{ firstnam: 'x' }, 'unknown_property'],
    [{ hs_object_id: '1' }, 'read_only_property'],
    [{ jobtitle: 'a', 'Job Title': 'b' }, 'invalid_value'],
    [{ 'Customer code': 'x' }, 'ambiguous_property'],
    [{ hubspot_owner_id: 'nobody@nowhere.test' }, 'unknown_owner'],
  ])('%j are refused: %s', async (said, code) => {
    await expect(crm.values.toWire(contacts, said)).rejects.toMatchObject({ code });
  });
});

describe('an owner', () => {
  it('is found by a first name that only one has, under the word owner, and refused with names', async () => {
    const demo = await connect({ seed: 'demo' });
    const said = createCrm({ hubspot: demo.hubspot, clock: systemClock });
    const owners = await said.owners.list();
    const once = owners.find(({ firstName }) => owners.filter((each) => each.firstName === firstName).length === 1);
    if (!once?.firstName) throw new Error('The demo portal has no owner with a first name of their own.');
    const type = await said.objectTypes.resolve('deals');
    expect(await said.values.toWire(type, { owner: once.firstName.toLowerCase() })).toEqual({
      hubspot_owner_id: once.id,
    });
    const refused: unknown = await said.owners.resolve(`${once.firstName}x`).catch((error: unknown) => error);
    const label = `${once.firstName} ${once.lastName} <${once.email}>`;
    expect(refused).toMatchObject({ code: 'unknown_owner', details: { nearest: expect.arrayContaining([label]) } });
    expect((await said.owners.resolve(label)).id).toBe(once.id);
    await demo.close();
  });
});

describe('what nobody says in good faith', () => {
  it('is refused at once, however many spaces there are in a number', async () => {
    const amount = `1${' '.repeat(2_000_000)}1`;
    await expect(crm.values.toWire(deals, { amount })).rejects.toMatchObject({ code: 'invalid_value' });
  });

  it('is named in short', async () => {
    const said = crm.values.toWire(deals, { ['x'.repeat(100_000)]: 1 });
    const error: unknown = await said.catch((thrown: unknown) => thrown);
    expect(JSON.stringify(callError(error)).length).toBeLessThan(600);
  });

  it('does not trip over a property that is called like what every object has', async () => {
    await portal.hubspot.properties.create('contacts', {
      name: 'constructor',
      label: 'Constructor',
      groupName: 'contactinformation',
      type: 'string',
      fieldType: 'text',
    });
    expect(await crm.values.toWire(contacts, { constructor: 'Bob' })).toEqual({ constructor: 'Bob' });
  });

  it('is not what was cut when it was read', async () => {
    const cut = crm.values.toWire(contacts, { jobtitle: 'Countess of Love…[+312]' });
    await expect(cut).rejects.toMatchObject({ code: 'cut_text', message: expect.stringContaining('312 characters') });
    const jobtitle = 'The mark …[+312] in a text';
    expect(await crm.values.toWire(contacts, { jobtitle })).toEqual({ jobtitle });
  });
});
