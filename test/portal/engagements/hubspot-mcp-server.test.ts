import { createRequire } from 'node:module';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema, ListToolsResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, onTestFinished, test } from 'vitest';
import { hubspot } from '../api-client/hubspot.ts';
import { at } from '../talk.ts';

const require = createRequire(import.meta.url);

/** HubSpot's own npm server as it is, in a process of its own, on a portal. Fails where a tool fails. */
async function startServer(seed: 'demo' | 'none') {
  const { url, client: api, portal } = await hubspot({ seed, requestLog: 1_000 });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [require.resolve('@hubspot/mcp-server')],
    env: { ...getDefaultEnvironment(), PRIVATE_APP_ACCESS_TOKEN: 'pat-na1-test', BASE_URL_OVERRIDE: url },
    stderr: 'ignore',
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const say = async (name: string, args: Record<string, unknown>): Promise<string> => {
    const request = { method: 'tools/call', params: { name: `hubspot-${name}`, arguments: args } } as const;
    const { content, isError } = await client.request(request, CallToolResultSchema);
    const [first] = content;
    const text = first?.type === 'text' ? first.text : '';
    if (isError) throw new Error(`${name}: ${text}`);
    return text;
  };
  const call = async (name: string, args: Record<string, unknown>) => jsonIn(await say(name, args));
  return { call, say, api, portal, client };
}

/** What a tool answered, behind its words for the model. */
function jsonIn(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf('{')));
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

test('HubSpot’s own MCP server finds an answer to each of its tools, none of them a 501', async () => {
  const { say, api, portal, client } = await startServer('demo');
  const [contact] = (await api.crm.contacts.basicApi.getPage(1)).results;
  const [company] = (await api.crm.companies.basicApi.getPage(1)).results;
  const [owner] = (await api.crm.owners.ownersApi.getPage()).results;
  const contactId = Number(contact?.id);
  const flow = {
    name: 'Welcome',
    type: 'CONTACT_FLOW',
    flowType: 'WORKFLOW',
    objectTypeId: '0-1',
    isEnabled: false,
    actions: [],
    enrollmentCriteria: { type: 'MANUAL', shouldReEnroll: false },
  };
  const made = await api.apiRequest({ method: 'POST', path: '/automation/v4/flows', body: flow });
  const flowId = String(at(await made.json(), 'id'));
  const pair = { from: { id: String(contactId) }, to: { id: company?.id } };
  const custom = { objectType: 'contacts', propertyName: 'shoe_size' };
  portal.control.clearRequests();

  const answers: Record<string, string> = {};
  const ask = async (name: string, args: Record<string, unknown>): Promise<string> =>
    (answers[`hubspot-${name}`] = await say(name, args));
  await ask('get-user-details', {});
  await ask('list-objects', { objectType: 'tickets', limit: 3, associations: ['contacts'] });
  await ask('search-objects', { objectType: 'deals', query: 'a', limit: 2 });
  await ask('batch-create-associations', {
    fromObjectType: 'contacts',
    toObjectType: 'companies',
    types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
    inputs: [pair],
  });
  await ask('get-association-definitions', { fromObjectType: 'contacts', toObjectType: 'companies' });
  await ask('list-associations', { objectType: 'contacts', objectId: String(contactId), toObjectType: 'companies' });
  const created = await ask('batch-create-objects', {
    objectType: 'companies',
    inputs: [{ properties: { name: 'Acme' } }],
  });
  const id = String(at(jsonIn(created), 'results', 0, 'id'));
  await ask('batch-update-objects', { objectType: 'companies', inputs: [{ id, properties: { city: 'Rome' } }] });
  await ask('batch-read-objects', { objectType: 'companies', inputs: [{ id }], properties: ['city'] });
  await ask('list-properties', { objectType: 'contacts' });
  await ask('create-property', {
    objectType: 'contacts',
    name: 'shoe_size',
    label: 'Shoe size',
    groupName: 'contactinformation',
    type: 'number',
    fieldType: 'number',
  });
  await ask('update-property', { ...custom, label: 'Size of the shoes' });
  await ask('get-property', custom);
  const engagement = { associations: { contactIds: [contactId] }, metadata: { body: 'Called back' } };
  const note = await ask('create-engagement', { type: 'NOTE', ownerId: Number(owner?.id), ...engagement });
  const engagementId = at(jsonIn(note), 'engagement', 'engagement', 'id');
  await ask('get-engagement', { engagementId });
  await ask('update-engagement', { engagementId, ...engagement });
  await ask('get-schemas', {});
  await ask('get-link', {
    portalId: '48213907',
    uiDomain: 'app.hubspot.com',
    pageRequests: [{ pagetype: 'record', objectTypeId: '0-1', objectId: String(contactId) }],
  });
  await ask('generate-feedback-link', {});
  await ask('list-workflows', { limit: 5 });
  await ask('get-workflow', { flowId });

  const tools = await client.request({ method: 'tools/list' }, ListToolsResultSchema);
  expect(Object.keys(answers).sort()).toEqual(tools.tools.map(({ name }) => name).sort());
  const asked = portal.control.requests() ?? [];
  expect(asked.length).toBeGreaterThanOrEqual(19);
  expect(asked.filter(({ status }) => status === null || status >= 400)).toEqual([]);
  expect(answers['hubspot-get-user-details']).toContain('48213907');
  expect(answers['hubspot-batch-read-objects']).toContain('"city": "Rome"');
  expect(answers['hubspot-get-property']).toContain('Size of the shoes');
  expect(answers['hubspot-get-workflow']).toContain('Welcome');
});
