import { createRequire } from 'node:module';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, onTestFinished, test } from 'vitest';
import { hubspot } from '../api-client/hubspot.ts';
import { at } from '../talk.ts';

const require = createRequire(import.meta.url);

/** HubSpot's own npm server as it is, in a process of its own, on a portal. Fails where a tool fails. */
async function startServer(seed: 'demo' | 'none') {
  const { url, client: api } = await hubspot({ seed });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [require.resolve('@hubspot/mcp-server')],
    env: { ...getDefaultEnvironment(), PRIVATE_APP_ACCESS_TOKEN: 'pat-na1-test', BASE_URL_OVERRIDE: url },
    stderr: 'ignore',
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const call = async (name: string, args: Record<string, unknown>): Promise<unknown> => {
    const request = { method: 'tools/call', params: { name: `hubspot-${name}`, arguments: args } } as const;
    const { content, isError } = await client.request(request, CallToolResultSchema);
    const [first] = content;
    const text = first?.type === 'text' ? first.text : '';
    if (isError) throw new Error(`${name}: ${text}`);
    return JSON.parse(text.slice(text.indexOf('{')));
  };
  return { call, api };
}

test('HubSpot’s own MCP server works with records and engagements on the portal', async () => {
  const { call, api } = await startServer('none');
  const created = await call('batch-create-objects', {
    objectType: 'contacts',
    inputs: ['a', 'b', 'c'].map((name) => ({ properties: { email: `${name}@acme.test`, firstname: name } })),
  });
  const ids = [0, 1, 2].map((row) => String(at(created, 'results', row, 'id')));
  const deal = await api.crm.deals.basicApi.create({
    properties: { dealname: 'Big', dealstage: 'contractsent' },
    associations: [],
  });

  expect(await call('list-objects', { objectType: 'contacts', limit: 2 })).toMatchObject({
    results: [{ id: ids[0] }, { id: ids[1] }],
    paging: { next: { after: ids[2] } },
  });
  expect(
    await call('search-objects', {
      objectType: 'contacts',
      filterGroups: [{ filters: [{ propertyName: 'firstname', operator: 'EQ', value: 'b' }] }],
      properties: ['email'],
    }),
  ).toMatchObject({ results: [{ id: ids[1], properties: { email: 'b@acme.test' } }] });
  await call('batch-update-objects', {
    objectType: 'contacts',
    inputs: [{ id: ids[0], properties: { city: 'Rome' } }],
  });
  expect(
    await call('batch-read-objects', {
      objectType: 'contacts',
      inputs: [{ id: ids[0] }],
      properties: ['city'],
      propertiesWithHistory: ['city'],
    }),
  ).toMatchObject({ results: [{ properties: { city: 'Rome' } }] });
  await call('batch-create-associations', {
    fromObjectType: 'contacts',
    toObjectType: 'deals',
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 4 }],
    inputs: [{ from: { id: ids[0] }, to: { id: deal.id } }],
  });
  expect(
    await call('list-associations', { objectType: 'contacts', objectId: ids[0], toObjectType: 'deals' }),
  ).toMatchObject({ results: [{ toObjectId: Number(deal.id) }] });
  expect(await call('list-properties', { objectType: 'deals' })).toMatchObject({ results: expect.any(Array) });

  await expect(
    call('create-engagement', { type: 'NOTE', ownerId: 1, associations: {}, metadata: { body: 'x' } }),
  ).rejects.toThrow('Property values were not valid');
});

test('HubSpot’s own MCP server writes, reads and changes notes and tasks', async () => {
  const { call, api } = await startServer('demo');
  const [owner] = (await api.crm.owners.ownersApi.getPage()).results;
  const [contact] = (await api.crm.contacts.basicApi.getPage(1)).results;
  const ownerId = Number(owner?.id);
  const contactId = Number(contact?.id);
  for (const [type, metadata, change] of [
    ['NOTE', { body: 'Met at the fair' }, { body: 'Met at the fair in May' }],
    ['TASK', { body: 'Send the offer', subject: 'Offer', status: 'NOT_STARTED' }, { status: 'COMPLETED' }],
  ] as const) {
    const made = await call('create-engagement', {
      type,
      ownerId,
      timestamp: 1_795_305_600_000,
      associations: { contactIds: [contactId] },
      metadata,
    });
    const engagementId = at(made, 'engagement', 'engagement', 'id');
    expect(await call('get-engagement', { engagementId })).toMatchObject({
      engagement: { type, ownerId, timestamp: 1_795_305_600_000 },
      associations: { contactIds: [contactId] },
      metadata,
    });
    await call('update-engagement', { engagementId, metadata: change, associations: {} });
    expect(await call('get-engagement', { engagementId })).toMatchObject({
      associations: { contactIds: [contactId] },
      metadata: { ...metadata, ...change },
    });
  }
});
