import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ids: string[] = [];

beforeAll(async () => {
  crm = await connect();
  const inputs = Array.from({ length: 3 }, (_, place) => ({
    properties: { email: `b${place}@acme.test`, firstname: `First${place}` },
  }));
  const made = await crm.hubspot.objects.batchCreate('contacts', inputs);
  ids = made.flatMap((row) => (row.outcome === 'applied' ? [row.value.id] : []));
  await crm.call('update_records', { objectType: 'contacts', records: [{ id: ids[0], properties: { city: 'Ulm' } }] });
});
afterAll(() => crm.close());
beforeEach(() => crm.portal.control.faults.clear());

const update = (args: Record<string, unknown>) => crm.call('update_records', { objectType: 'contacts', ...args });
const all = (properties: Record<string, string>) => ids.map((id) => ({ id, properties }));

describe('What was there before a write', () => {
  it('is read once for all rows', async () => {
    const before = crm.requests.length;
    await update({ records: all({ city: 'Bonn' }) });
    expect(crm.requests.slice(before).map((request) => request.split('/').slice(-2).join('/'))).toEqual([
      'batch/read',
      'batch/update',
    ]);
  });

  it('is not read again where the check has read it', async () => {
    for (const more of [
      { onlyIfEmpty: true },
      { records: ids.map((id) => ({ id, properties: { state: 'B' }, expected: { state: 'A' } })) },
    ]) {
      const before = crm.requests.length;
      await update({ records: all({ state: 'A' }), ...more });
      expect(crm.requests.slice(before).filter((request) => request.endsWith('/batch/read'))).toHaveLength(1);
    }
    const company = await crm.hubspot.objects.create('companies', { properties: { name: 'Acme' } });
    await crm.hubspot.associations.createLabel('contacts', 'companies', { name: 'buyer', label: 'Buyer' });
    const before = crm.requests.length;
    await crm.call('associate_records', {
      fromObjectType: 'contacts',
      toObjectType: 'companies',
      pairs: [{ from: ids[0], to: company.id, labels: ['Buyer'] }],
    });
    expect(crm.requests.slice(before).filter((request) => request.endsWith('/batch/read'))).toHaveLength(1);
  });

  it('is needed: a row whose record cannot be read in time is not written', async () => {
    crm.portal.control.faults.add({ kind: '502', method: 'POST', path: '/**/batch/read', count: 'always' });
    const { data, isError } = await update({ records: all({ city: 'Rome' }) });
    expect(isError).toBe(true);
    expect(data).toMatchObject({ applied: 0, unknown: [] });
    expect(data['failed']).toMatchObject([
      { sent: false, message: expect.stringContaining('could not be taken back') },
      {},
      {},
    ]);
    crm.portal.control.faults.clear();
    const found = await crm.hubspot.objects.get('contacts', ids[0] ?? '', { properties: ['city'] });
    expect(found.properties['city']).toBe('Bonn');
  });

  it('stops no write where the token may not read, but is missed aloud', async () => {
    const scopes = ['crm.objects.contacts.write', 'crm.schemas.contacts.read'];
    const writer = await connect({ scopes });
    const id = await seedByHand(writer);
    const { data, error } = await writer.call('update_records', {
      objectType: 'contacts',
      records: [{ id, properties: { city: 'Oslo' } }],
    });
    await writer.close();
    expect(error).toEqual({});
    expect(data).toMatchObject({ applied: 1, notes: [expect.stringContaining('undo_changes cannot help')] });
  });

  it('leaves it to HubSpot to refuse a record that is not there', async () => {
    const { data } = await update({ records: [{ id: '99999999', properties: { city: 'Rome' } }] });
    expect(data['failed']).toMatchObject([{ sent: true }]);
  });
});

async function seedByHand({ hubspot }: Connection): Promise<string> {
  return (await hubspot.objects.create('contacts', { properties: { email: 'w@acme.test' } })).id;
}
