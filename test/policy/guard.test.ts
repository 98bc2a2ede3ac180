import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { guard } from '../../src/policy/guard.ts';
import { createPolicy } from '../../src/policy/index.ts';
import { type Connection, connect } from '../harness.ts';

const SECRET = 'Secret-Agent-0815';
const EMAIL = 'jane.doe@acme.test';

async function withContact(policy: NonNullable<Parameters<typeof connect>[0]>['policy']) {
  const connection = await connect({ ...(policy && { policy }) });
  const { hubspot } = connection;
  const contact = await hubspot.objects.create('contacts', {
    properties: { email: EMAIL, firstname: 'Jane', lastname: 'Doe', jobtitle: SECRET, phone: '+4930123456789' },
  });
  connection.requests.length = 0;
  connection.sent.length = 0;
  return { connection, id: contact.id };
}

describe('A denied property', () => {
  let connection: Connection;
  let id: string;
  beforeAll(async () => {
    ({ connection, id } = await withContact({ properties: { 'contacts.jobtitle': { access: 'deny' } } }));
  });
  afterAll(() => connection.close());

  it('is in no answer that nobody asked it of, and in no request', async () => {
    const answers = [
      await connection.call('get_records', { objectType: 'contacts', ids: [id], properties: ['*'] }),
      await connection.call('get_records', { objectType: 'contacts', ids: [id] }),
      await connection.call('list_properties', { objectType: 'contacts', find: 'job title' }),
      await connection.call('search_records', { objectType: 'contacts' }),
    ];
    const resource = await connection.client.readResource({ uri: `hubspot://records/contacts/${id}` });
    const schema = await connection.client.readResource({ uri: 'hubspot://schema/contacts' });
    const heard = JSON.stringify([answers, resource, schema]);
    expect(heard).toContain('Jane');
    expect(heard).not.toContain(SECRET);
    expect(heard).not.toMatch(/jobtitle|job title/i);
    expect(connection.sent.join('\n')).not.toContain('jobtitle');
  });

  it.each([
    ['get_records', { properties: ['jobtitle'] }],
    ['get_records', { propertiesWithHistory: ['Job Title'] }],
    ['search_records', { properties: ['jobtitle'] }],
    ['search_records', { sorts: [{ propertyName: 'jobtitle' }] }],
    ['search_records', { filterGroups: [{ filters: [{ propertyName: 'jobtitle', operator: 'HAS_PROPERTY' }] }] }],
    ['aggregate_records', { groupBy: ['jobtitle'] }],
  ])('is for %s %j as if it were not there', async (tool, said) => {
    const ids = tool === 'get_records' ? { ids: [id] } : {};
    const there = await connection.call(tool, { objectType: 'contacts', ...ids, ...said });
    const never = await connection.call(tool, {
      objectType: 'contacts',
      ...ids,
      ...JSON.parse(JSON.stringify(said).replaceAll(/jobtitle|Job Title/g, 'xxxxqqqq')),
    });
    expect(there.error['code']).toBe('unknown_property');
    expect(there.error['code']).toBe(never.error['code']);
    expect(there.error['nearest'] ?? []).not.toContain('jobtitle');
    expect(connection.sent.join('\n')).not.toContain('jobtitle');
  });

  it.each(['jobtitle', 'Job Title', 'JOBTITLE'])(
    'S37: in one of many rows refuses the whole call, as %s',
    async (said) => {
      const before = connection.requests.length;
      const records = Array.from({ length: 80 }, (_, row) => ({
        properties: row === 57 ? { firstname: 'X', [said]: 'boss' } : { firstname: `N${row}` },
      }));
      const { error } = await connection.call('create_records', { objectType: 'contacts', records });
      expect(error).toMatchObject({ code: 'unknown_property', message: expect.stringContaining('index 57') });
      expect(connection.requests.slice(before).filter((request) => request.includes('create'))).toEqual([]);
    },
  );

  it('S37: cannot be written, defined or copied by a formula', async () => {
    const { call } = connection;
    const update = await call('update_records', {
      objectType: 'contacts',
      records: [{ id, properties: { jobtitle: 'boss' } }],
    });
    expect(JSON.stringify([update.error, update.data])).toContain('unknown_property');
    const upsert = await call('upsert_records', {
      objectType: 'contacts',
      idProperty: 'jobtitle',
      records: [{ properties: { jobtitle: 'boss', firstname: 'x' } }],
    });
    expect(upsert.error['code']).toBe('unknown_property');
    const define = await call('create_properties', {
      objectType: 'contacts',
      properties: [{ name: 'jobtitle', label: 'Mine', type: 'string', groupName: 'contactinformation' }],
    });
    const copy = await call('create_properties', {
      objectType: 'contacts',
      properties: [
        {
          name: 'copied',
          label: 'Copied',
          type: 'string',
          fieldType: 'calculation_equation',
          groupName: 'contactinformation',
          calculationFormula: 'concatenate(jobtitle, "!")',
        },
      ],
    });
    expect(JSON.stringify([define, copy])).toContain('unknown_property');
    expect(connection.sent.join('\n')).not.toContain('jobtitle');
  });
});

describe('A property that HubSpot looks into for words', () => {
  it('closes the search by words when it is hidden', async () => {
    const { connection } = await withContact({ properties: { email: { access: 'deny' } } });
    const { error } = await connection.call('search_records', { objectType: 'contacts', query: 'jane' });
    expect(error['code']).toBe('restricted_query');
    expect(connection.requests.filter((request) => request.endsWith('/search'))).toEqual([]);
    await connection.close();
  });

  it('is left out of what is shown when nothing is named', async () => {
    const { connection, id } = await withContact({ properties: { email: { access: 'deny' } } });
    const { data, text } = await connection.call('get_records', { objectType: 'contacts', ids: [id] });
    expect(data['columns']).toEqual(['id', 'firstname', 'lastname']);
    expect(text).not.toContain('acme');
    await connection.close();
  });
});

describe('A masked property', () => {
  let connection: Connection;
  let id: string;
  beforeAll(async () => {
    ({ connection, id } = await withContact({
      properties: { email: { access: 'mask' }, 'contacts.phone': { access: 'mask' } },
    }));
  });
  afterAll(() => connection.close());

  it('S39: is seen in part, in records, in their history and in resources', async () => {
    const { data, text } = await connection.call('get_records', {
      objectType: 'contacts',
      ids: [id],
      properties: ['email', 'phone'],
      propertiesWithHistory: ['email'],
    });
    expect(data['rows']).toEqual([[id, 'j***@acme.test', '***6789']]);
    expect(data['history']).toMatchObject({ rows: [expect.arrayContaining(['j***@acme.test'])] });
    const resource = await connection.client.readResource({ uri: `hubspot://records/contacts/${id}` });
    for (const heard of [text, JSON.stringify(resource)]) {
      expect(heard).toContain('j***@acme.test');
      expect(heard).not.toContain('jane.doe');
      expect(heard).not.toContain('30123456789');
    }
  });

  it.each([
    ['search_records', { filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: EMAIL }] }] }],
    ['search_records', { sorts: [{ propertyName: 'email' }] }],
    ['aggregate_records', { groupBy: ['email'] }],
    ['get_records', { ids: [EMAIL] }],
    ['get_records', { ids: [EMAIL], idProperty: 'email' }],
  ])('is no oracle for %s %j', async (tool, said) => {
    const before = connection.sent.length;
    const { error } = await connection.call(tool, { objectType: 'contacts', ...said });
    expect(error['code']).toBe('restricted_property');
    expect(connection.sent.slice(before).join('\n')).not.toContain(EMAIL);
  });

  it('cannot be written', async () => {
    const { error } = await connection.call('update_records', {
      objectType: 'contacts',
      records: [{ id, properties: { phone: '+49301' } }],
    });
    expect(error).toMatchObject({ code: 'restricted_property', property: 'phone' });
    expect(error['message']).toContain('index 0');
  });
});

describe('A property that may only be read', () => {
  it('is read and filtered, and refuses the call that writes it', async () => {
    const { connection, id } = await withContact({ properties: { jobtitle: { access: 'read' } } });
    const found = await connection.call('search_records', {
      objectType: 'contacts',
      properties: ['jobtitle'],
      filterGroups: [{ filters: [{ propertyName: 'jobtitle', operator: 'EQ', value: SECRET }] }],
    });
    expect(found.data['rows']).toEqual([[id, SECRET]]);
    const { error } = await connection.call('update_records', {
      objectType: 'contacts',
      records: [
        { id, properties: { firstname: 'Joan' } },
        { id: '999', properties: { jobtitle: 'boss' } },
      ],
    });
    expect(error['code']).toBe('restricted_property');
    await connection.close();
  });
});

describe('A property of a custom object', () => {
  it('is denied by the name of the object, whatever the object is called by', async () => {
    const connection = await connect({ policy: { properties: { 'cars.vin': { access: 'deny' } } } });
    const { hubspot, call } = connection;
    const schema = await hubspot.schemas.create({
      name: 'cars',
      labels: { singular: 'Car', plural: 'Cars' },
      primaryDisplayProperty: 'model',
      requiredProperties: ['model'],
      properties: [
        { name: 'model', label: 'Model', type: 'string', fieldType: 'text' },
        { name: 'vin', label: 'Chassis', type: 'string', fieldType: 'text' },
      ],
      associatedObjects: ['0-1'],
    });
    const car = await hubspot.objects.create(schema.objectTypeId, { properties: { model: 'A4', vin: SECRET } });
    for (const objectType of ['cars', schema.objectTypeId, schema.fullyQualifiedName, 'Car']) {
      const { data, text } = await call('get_records', { objectType, ids: [car.id], properties: ['*'] });
      expect(data['rows']).toHaveLength(1);
      expect(text).toContain('A4');
      expect(text).not.toContain(SECRET);
      expect((await call('list_properties', { objectType })).text).not.toContain('vin');
    }
    await connection.close();
  });
});

describe('What the journal remembers of a property that was hidden later', () => {
  it('S39: is shown no more than the property is now', async () => {
    const journal = createJournal({ disk: memoryDisk(), clock: systemClock, random: seededRandom(5) });
    const before = await connect({ journal });
    const { id } = await before.hubspot.objects.create('contacts', { properties: { firstname: 'Jane' } });
    const written = await before.call('update_records', {
      objectType: 'contacts',
      records: [{ id, properties: { jobtitle: SECRET, email: EMAIL, phone: '+4930123456789' } }],
    });
    expect(written.data['applied']).toBe(1);
    const { callId } = written.data;
    const open = await before.call('list_changes', { callId });
    expect(open.text).toContain(SECRET);
    const after = await connect({
      journal,
      portal: before.portal,
      policy: { properties: { jobtitle: { access: 'deny' }, email: { access: 'mask' }, phone: { access: 'mask' } } },
    });
    for (const said of [{ callId }, {}, { record: `contacts ${id}` }]) {
      const { text, data } = await after.call('list_changes', said);
      const heard = text + JSON.stringify(data);
      expect(heard).toContain('update_records');
      expect(heard).not.toMatch(/Secret-Agent|jobtitle|jane\.doe|30123456/);
    }
    expect((await after.call('list_changes', { callId })).text).toContain('j***@acme.test');
    const undone = await after.call('undo_changes', { callId });
    expect(undone.text + JSON.stringify(undone.data)).not.toMatch(/Secret-Agent|jobtitle|jane\.doe|30123456/);
    expect(after.sent.join('\n')).not.toMatch(/Secret-Agent|jobtitle/);
    await after.close();
    await before.close();
  });

  it('is not named as a definition either', async () => {
    const journal = createJournal({ disk: memoryDisk(), clock: systemClock, random: seededRandom(6) });
    const before = await connect({ journal });
    const property = { name: 'salary_band', label: 'Salary band', type: 'string', groupName: 'contactinformation' };
    const made = await before.call('create_properties', { objectType: 'contacts', properties: [property] });
    expect(made.data['applied']).toBe(1);
    expect((await before.call('list_changes', {})).text).toContain('salary_band');
    const policy = { properties: { salary_band: { access: 'deny' } } } as const;
    const after = await connect({ journal, portal: before.portal, policy });
    for (const said of [{}, { callId: made.data['callId'] }]) {
      const { text, data } = await after.call('list_changes', said);
      expect(text + JSON.stringify(data)).not.toMatch(/salary/i);
    }
    await after.close();
    await before.close();
  });
});

describe('The guard around the client', () => {
  it('lets no request through that asks for, writes, compares or defines what is denied, whoever makes it', async () => {
    const { connection, id } = await withContact(undefined);
    const { hubspot, sent } = connection;
    const { objects, properties } = guard(
      hubspot,
      createPolicy({ version: 1, properties: { jobtitle: { access: 'deny' } } }),
    );
    const asked = { properties: ['jobtitle', 'firstname'], propertiesWithHistory: ['jobtitle'] };
    const found = [
      await objects.search('0-1', { properties: asked.properties }),
      await objects.searchAll('contacts', { properties: asked.properties }),
      await objects.list('contacts', asked),
      await objects.get('contacts', id, asked),
      await objects.batchRead('0-1', [id], asked),
      await objects.update('0-1', id, { firstname: 'Joan' }),
      await properties.list('contacts'),
    ];
    expect(JSON.stringify(found)).toContain('Joan');
    expect(JSON.stringify(found)).not.toMatch(/jobtitle|Secret-Agent/);
    const writes = { firstname: 'x', jobtitle: 'x' };
    const patch = { calculationFormula: 'jobtitle' };
    for (const attempt of [
      () => objects.create('contacts', { properties: writes }),
      () => objects.update('contacts', id, writes),
      () => objects.batchCreate('contacts', [{ properties: writes }]),
      () => objects.batchUpdate('contacts', [{ id, properties: writes }]),
      () => objects.batchUpdate('contacts', [{ id, idProperty: 'jobtitle', properties: {} }]),
      () => objects.batchUpsert('contacts', [{ id: 'x', idProperty: 'jobtitle', properties: {} }]),
      () => objects.get('contacts', 'x', { idProperty: 'jobtitle' }),
      () => objects.search('contacts', { sorts: [{ propertyName: 'jobtitle', direction: 'ASCENDING' }] }),
      () => properties.get('contacts', 'jobtitle'),
      () => properties.update('contacts', 'jobtitle', { label: 'x' }),
      () => properties.update('contacts', 'firstname', patch),
      () => properties.archive('contacts', 'jobtitle'),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'unknown_property' });
    }
    expect(sent.join('\n')).not.toContain('jobtitle');
    await connection.close();
  });
});
