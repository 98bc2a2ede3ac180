import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/writes/index.ts';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';

beforeAll(async () => {
  crm = await connect();
  ann = (await crm.hubspot.objects.create('contacts', { properties: { email: 'ann@acme.test', firstname: 'Ann' } })).id;
});
afterAll(() => crm.close());

const upsert = (args: Record<string, unknown>) =>
  crm.call('upsert_records', { objectType: 'contacts', idProperty: 'email', ...args });

describe('upsert_records', () => {
  it('updates what has the value and creates the rest, and says which', async () => {
    const { data } = await upsert({
      records: [
        { properties: { email: 'Ann@acme.test', jobtitle: 'Chief' } },
        { properties: { email: 'new@acme.test', jobtitle: 'Clerk' } },
      ],
    });
    expect(data).toMatchObject({
      applied: 2,
      columns: ['index', 'id', 'new'],
      rows: [
        [0, ann, false],
        [1, expect.any(String), true],
      ],
    });
  });

  it('goes by a custom unique property', async () => {
    await crm.hubspot.properties.create('companies', {
      name: 'erp_id',
      label: 'ERP id',
      groupName: 'companyinformation',
      type: 'string',
      fieldType: 'text',
      hasUniqueValue: true,
    });
    const args = {
      objectType: 'companies',
      idProperty: 'ERP id',
      records: [{ properties: { erp_id: 'A1', name: 'Acme' } }],
    };
    const first = await upsert(args);
    const again = await upsert(args);
    expect(first.data['rows']).toEqual([[0, expect.any(String), true]]);
    expect(again.data['rows']).toEqual([[0, writeReport.parse(first.data).rows[0]?.[1], false]]);
  });

  it('refuses a property that is not unique, naming those that are', async () => {
    const { error } = await upsert({ idProperty: 'firstname', records: [{ properties: { firstname: 'Ann' } }] });
    expect(error).toMatchObject({
      code: 'not_unique',
      property: 'firstname',
      allowed: expect.arrayContaining(['email']),
    });
    // HubSpot alone sets it, so no row can have it.
    expect(JSON.stringify(error)).not.toContain('hs_unique_creation_key');
  });

  it('refuses rows without the key, and the second row with the same one', async () => {
    const { data } = await upsert({
      records: [
        { properties: { firstname: 'Nobody' } },
        { properties: { email: 'twice@acme.test' } },
        { properties: { email: 'Twice@acme.test' } },
      ],
    });
    expect(data).toMatchObject({
      applied: 1,
      failed: [
        { index: 0, code: 'missing_key', property: 'email' },
        { index: 2, code: 'repeated_record' },
      ],
    });
  });

  it('shows with dryRun what rows hold now', async () => {
    const { data } = await upsert({
      dryRun: true,
      records: [{ properties: { email: 'ann@acme.test', firstname: 'Anna' } }],
    });
    expect(data['rows']).toContainEqual([0, 'upsert', 'email=ann@acme.test', 'firstname', 'Ann', 'Anna']);
  });
});
