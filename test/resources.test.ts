import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillTemplate, matchTemplate } from '../src/mcp/resource-address.ts';
import { type Connection, connect } from './harness.ts';

let connection: Connection;
let adaId: string;

beforeAll(async () => {
  connection = await connect();
  const { id } = await connection.hubspot.objects.create('contacts', {
    properties: { email: 'ada@example.com', firstname: 'Ada' },
  });
  adaId = id;
});
afterAll(() => connection.close());

async function read(uri: string): Promise<Record<string, unknown>> {
  const { contents } = await connection.client.readResource({ uri });
  const [first] = contents;
  return first !== undefined && 'text' in first ? JSON.parse(first.text) : {};
}

async function complete(uri: string, name: string, value: string, known: Record<string, string> = {}) {
  const { completion } = await connection.client.complete({
    ref: { type: 'ref/resource', uri },
    argument: { name, value },
    context: { arguments: known },
  });
  return completion.values;
}

describe('Resources', () => {
  it('list the schema of every object type, and templates for the rest', async () => {
    const { resources } = await connection.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(
      expect.arrayContaining(['hubspot://schema/contacts', 'hubspot://schema/deals']),
    );
    const { resourceTemplates } = await connection.client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'hubspot://schema/{objectType}',
      'hubspot://records/{objectType}/{recordId}',
    ]);
  });

  it('are served where the tool is that shows the same', async () => {
    const narrow = await connect({ config: { toolsets: ['journal', 'quality'] }, portal: connection.portal });
    const { client } = narrow;
    expect((await client.listResourceTemplates()).resourceTemplates).toEqual([]);
    expect((await client.listResources()).resources).toEqual([]);
    narrow.requests.length = 0;
    await expect(client.readResource({ uri: `hubspot://records/contacts/${adaId}` })).rejects.toThrow(/get_records/);
    await expect(client.readResource({ uri: 'hubspot://schema/contacts' })).rejects.toThrow(/list_properties/);
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'clean_up' },
      argument: { name: 'objectType', value: 'tic' },
    });
    expect(completion.values).toEqual([]);
    expect(narrow.requests).toEqual([]);
    await narrow.close();
  });

  it('show the schema of an object type with its pipelines', async () => {
    const deals = await read('hubspot://schema/deals');
    expect(deals).toMatchObject({
      objectType: 'deals',
      objectTypeId: '0-3',
      pipelines: [{ stages: expect.any(Array) }],
    });
    expect(deals['properties']).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'dealname', type: 'string' })]),
    );
  });

  it('show a record with the properties that have a value', async () => {
    const { id, properties } = await read(`hubspot://records/contacts/${adaId}`);
    expect(id).toBe(adaId);
    expect(properties).toMatchObject({ email: 'ada@example.com', firstname: 'Ada' });
    expect(properties).not.toHaveProperty('phone');
  });

  it.each([
    'hubspot://records/contacts/1',
    'hubspot://records/contacts',
    'hubspot://nothing/here',
    'file:///etc/passwd',
  ])('say that %s does not exist', async (uri) => {
    await expect(connection.client.readResource({ uri })).rejects.toMatchObject({ code: -32602 });
  });

  it('say why they cannot be read', async () => {
    await expect(connection.client.readResource({ uri: 'hubspot://schema/contcats' })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('contcats'),
    });
  });

  it("help to complete a prompt's object type", async () => {
    const { completion } = await connection.client.complete({
      ref: { type: 'ref/prompt', name: 'clean_up' },
      argument: { name: 'objectType', value: 'tic' },
    });
    expect(completion.values).toEqual(['tickets']);
  });

  it('help to complete an object type and a record', async () => {
    expect(await complete('hubspot://schema/{objectType}', 'objectType', 'co')).toEqual(
      expect.arrayContaining(['contacts', 'companies']),
    );
    expect(
      await complete('hubspot://records/{objectType}/{recordId}', 'recordId', 'ada', { objectType: 'contacts' }),
    ).toEqual([adaId]);
    expect(await complete('hubspot://records/{objectType}/{recordId}', 'recordId', 'ada')).toEqual([]);
    expect(await complete('hubspot://schema/{objectType}', 'nonsense', 'zz')).toEqual([]);
  });
});

describe('An address', () => {
  const template = 'hubspot://records/{objectType}/{recordId}';

  it('takes any text as one part and gives it back', () => {
    const parts = { objectType: 'p1_my car/2', recordId: '100%' };
    expect(matchTemplate(template, fillTemplate(template, parts))).toEqual(parts);
  });

  it.each([
    'hubspot://records/a/b/c',
    'hubspot://records/a',
    'hubspot://records/a/%zz',
    'hubspotx//records/a/b',
    'hubspot://records/a/b?c',
  ])('%s is none of the template', (uri) => {
    expect(matchTemplate(template, uri)).toBeUndefined();
  });
});

describe('Prompts', () => {
  it('are listed with their arguments', async () => {
    const { prompts } = await connection.client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual([
      'account_brief',
      'pipeline_review',
      'monthly_clean_up',
      'clean_up',
    ]);
    expect(prompts[0]?.arguments).toMatchObject([
      { name: 'company', required: true },
      { name: 'purpose', required: false },
    ]);
  });

  it('put what was given into the text, as something quoted', async () => {
    const { messages } = await connection.client.getPrompt({
      name: 'account_brief',
      arguments: { company: 'Acme "Ltd"' },
    });
    expect(messages).toMatchObject([
      { role: 'user', content: { type: 'text', text: expect.stringContaining('"Acme \\"Ltd\\""') } },
    ]);
  });

  it('name tools that exist', async () => {
    const names = connection.toolbox.catalogue.all.map(({ name }) => name);
    for (const { name, arguments: args = [] } of (await connection.client.listPrompts()).prompts) {
      const given = Object.fromEntries(args.map((arg) => [arg.name, 'x']));
      const { messages } = await connection.client.getPrompt({ name, arguments: given });
      const mentioned =
        JSON.stringify(messages).match(
          /\b(search|get|list|aggregate|create|update|upsert|find|plan|merge|audit|summarize|dismiss)_[a-z_]+/g,
        ) ?? [];
      expect(mentioned.filter((tool) => !names.includes(tool))).toEqual([]);
    }
  });

  it('for a monthly clean-up go from the audit to merging in steps that a person agrees on', async () => {
    const { messages } = await connection.client.getPrompt({
      name: 'monthly_clean_up',
      arguments: { objectTypes: 'contacts, deals', most: '50' },
    });
    const text = JSON.stringify(messages);
    const steps = [...text.matchAll(/\\n(\d)\. ([^\\]*)/g)].map(([, , step = '']) => step);
    const wanted = [
      'audit_portal',
      'find_anomalies',
      'dryRun',
      'plan_merge',
      'approved one by one',
      'audit_portal again',
    ];
    expect(steps.map((step, at) => step.includes(wanted[at] ?? 'nothing'))).toEqual(wanted.map(() => true));
    expect(text).toContain('at most \\"50\\" records');
  });

  it('ask for what they need', async () => {
    await expect(connection.client.getPrompt({ name: 'clean_up' })).rejects.toThrow('"objectType"');
    await expect(connection.client.getPrompt({ name: 'nothing' })).rejects.toThrow('There is no prompt "nothing".');
  });
});
