import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

const create = (args: Record<string, unknown>) => crm.call('create_properties', { objectType: 'contacts', ...args });
const property = (name: string) => crm.hubspot.properties.get('contacts', name);

describe('create_properties', () => {
  it('makes a group and the properties in it in one call', async () => {
    const { data } = await create({
      groups: [{ name: 'fleet', label: 'Fleet' }],
      properties: [
        { name: 'car_count', label: 'Cars', type: 'number', groupName: 'fleet' },
        {
          name: 'car_size',
          label: 'Size',
          type: 'enumeration',
          options: [{ label: 'Big' }, { label: 'Small', value: 's' }],
        },
        { name: 'has_car', label: 'Has car', type: 'bool' },
      ],
    });
    expect(data).toMatchObject({ applied: 4, failed: [] });
    expect(await property('car_count')).toMatchObject({ groupName: 'fleet', fieldType: 'number' });
    expect(await property('car_size')).toMatchObject({
      groupName: 'contactinformation',
      fieldType: 'select',
      options: [
        { label: 'Big', value: 'Big' },
        { label: 'Small', value: 's' },
      ],
    });
  });

  it('makes a unique property that upsert_records can then go by', async () => {
    await create({ properties: [{ name: 'badge', label: 'Badge', type: 'string', hasUniqueValue: true }] });
    const args = {
      objectType: 'contacts',
      idProperty: 'badge',
      records: [{ properties: { badge: 'B1', email: 'b@x.test' } }],
    };
    expect((await crm.call('upsert_records', args)).data).toMatchObject({ applied: 1 });
  });

  it('names what cannot be made, and makes the others', async () => {
    const { data } = await create({
      properties: [
        { name: 'email', label: 'Email', type: 'string' },
        { name: 'Bad-Name', label: 'Bad', type: 'string' },
        { name: 'colour', label: 'Colour', type: 'enumeration' },
        { name: 'nickname', label: 'Nickname', type: 'string' },
        { name: 'lost', label: 'Lost', type: 'string', groupName: 'no_such_group' },
      ],
    });
    expect(data).toMatchObject({
      applied: 1,
      failed: [
        { index: 0, id: 'email', code: 'already_exists', sent: false },
        { index: 1, id: 'Bad-Name', code: 'invalid_name' },
        { index: 2, id: 'colour', code: 'invalid_value' },
        { index: 4, id: 'lost', sent: true },
      ],
    });
  });

  it('makes nothing with dryRun', async () => {
    await create({ dryRun: true, properties: [{ name: 'ghost', label: 'Ghost', type: 'string' }] });
    await expect(property('ghost')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a call that names nothing', async () => {
    expect((await create({})).error).toMatchObject({ code: 'nothing_to_write' });
  });

  it('needs the yes of a person, who is told what each definition will be', async () => {
    const asked = await connect();
    const { data } = await asked.call('create_properties', {
      objectType: 'contacts',
      groups: [{ name: 'fleet', label: 'Fleet' }],
    });
    expect(data).toMatchObject({ applied: 1 });
    expect(asked.questions).toEqual([
      expect.stringContaining('- create group "fleet" of contacts: name fleet, label Fleet'),
    ]);
    await asked.close();
  });

  it('asks for the scope of the object type’s definitions before any request', async () => {
    const scopes = ['crm.objects.contacts.write', 'crm.schemas.deals.write', 'crm.schemas.deals.read'];
    const real = await connect({ scopes });
    const group = { groups: [{ name: 'fleet', label: 'Fleet' }] };
    const refused = await real.call('create_properties', { objectType: 'contacts', ...group });
    expect(refused.error).toMatchObject({ code: 'missing_scope', missingScopes: ['crm.schemas.contacts.write'] });
    const { data } = await real.call('create_properties', { objectType: 'deals', ...group });
    expect(data).toMatchObject({ applied: 1 });
    await real.close();
  });
});
