import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownProperties } from '../../src/writes/index.ts';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
afterEach(() => crm.close());

const author = { caller: 'claude-code', session: 's1', run: 'nightly' };

async function makeOwnProperties(): Promise<void> {
  for (const property of ownProperties) {
    await crm.hubspot.properties.create('companies', { ...property, groupName: 'companyinformation' });
  }
}

async function create(name: string, properties = {}): Promise<Readonly<Record<string, string | null>>> {
  const args = { objectType: 'companies', records: [{ properties: { name, ...properties } }] };
  await crm.toolbox.call('create_records', args, { author });
  const { results } = await crm.hubspot.objects.list('companies', {
    properties: ['name', 'mcp_write_id', 'mcp_last_write'],
  });
  return results.find((record) => record.properties['name'] === name)?.properties ?? {};
}

describe('a record', () => {
  describe('where the operator wants it', () => {
    beforeEach(async () => {
      crm = await connect({ config: { attribution: true } });
    });

    it('says who wrote it last, and when', async () => {
      await makeOwnProperties();
      const { mcp_last_write: made, hs_object_id: id } = await create('Acme');
      expect(made).toMatch(/^create_records claude-code nightly \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const update = { objectType: 'companies', records: [{ id, properties: { city: 'Ulm' } }] };
      await crm.toolbox.call('update_records', update, { author: { caller: 'workflow', session: 's2' } });
      const found = await crm.hubspot.objects.get('companies', id ?? '', { properties: ['mcp_last_write'] });
      expect(found.properties['mcp_last_write']).toMatch(/^update_records workflow \d{4}-/);
    });

    it('is written all the same before setup has made the properties', async () => {
      expect(await create('Acme')).toMatchObject({ name: 'Acme' });
    });
  });

  it('carries the id of its write alone where nobody asked for more', async () => {
    crm = await connect();
    await makeOwnProperties();
    const made = await create('Acme');
    expect(made['mcp_write_id']).toMatch(/^\w+\.0$/);
    expect(made['mcp_last_write'] ?? null).toBeNull();
  });
});
