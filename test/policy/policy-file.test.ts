import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openOperatorPolicy } from '../../src/account/operator-policy.ts';
import { toolDescriptions } from '../../src/catalogue/tool-descriptions.ts';
import { UsageError } from '../../src/option.ts';
import { createPolicy, openPolicy, parsePolicyFile } from '../../src/policy/index.ts';
import { policyFile } from '../../src/policy/policy-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'policy-'));

let files = 0;

async function fileWith(text: string): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.json`);
  await writeFile(path, text);
  return path;
}

const kinds = (tools: typeof toolDescriptions) => [...new Set(tools.map(({ toolset }) => toolset))];

const objection = async (format: unknown, value: string) => {
  const policy = await openPolicy(parsePolicyFile({ version: 1, properties: { 'contacts.x': { format } } }));
  return policy.objection('update', 'contacts', { x: value })?.message;
};

const served = async (said: Partial<Parameters<typeof openOperatorPolicy>[0]>) => {
  const policy = await openOperatorPolicy({ readOnly: false, ...said });
  return toolDescriptions.filter((tool) => policy.refusesTool(tool) === undefined);
};

describe('The schema of policy files', () => {
  it('is shipped as the server reads them', async () => {
    const schema = z.toJSONSchema(policyFile, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' });
    const shipped = { ...schema, title: 'Policy of hubspot-crm-mcp' };
    await expect(`${JSON.stringify(shipped, null, 2)}\n`).toMatchFileSnapshot('../../docs/policy.schema.json');
  });
});

describe('A policy file', () => {
  it.each([
    ['{', 'not JSON'],
    ['{}', 'version: '],
    ['{"version":2}', 'version: expected 1'],
    ['{"version":1,"rulez":[]}', 'there is no "rulez" here'],
    ['{"version":1,"rules":[{"verdict":"maybe"}]}', 'rules.0.verdict: expected "deny", "approve", "allow"'],
    ['{"version":1,"rules":[{"verdict":"deny","operation":["update"]}]}', 'rules.0: there is no "operation" here'],
    ['{"version":1,"rules":[{"verdict":"deny","operations":["delete"]}]}', 'rules.0.operations.0: expected "create"'],
    ['{"version":1,"rules":[{"verdict":"deny","objectTypes":["contact"]}]}', '"contact" is called "contacts" here'],
    ['{"version":1,"rules":[{"verdict":"deny","objectTypes":["0-1"]}]}', 'as list_object_types shows it'],
    ['{"version":1,"properties":{"company.name":{"access":"deny"}}}', '"company" is called "companies" here'],
    ['{"version":1,"properties":{"email":{"access":"hide"}}}', 'properties.email.access: expected "allow"'],
    ['{"version":1,"properties":{"Job Title":{"access":"deny"}}}', 'Job Title'],
    ['{"version":1,"properties":{"email":{"format":{"matches":"("}}}}', 'properties.email.format.matches: '],
    ['{"version":1,"properties":{"email":{"format":{"matches":"(a)\\\\1"}}}}', 'properties.email.format.matches: '],
    ['{"version":1,"properties":{"email":{"format":"mail"}}}', 'properties.email.format: '],
    ['{"version":1,"budgets":{"writesPerDay":-1}}', 'budgets.writesPerDay: '],
    ['{"version":1,"approval":{"withoutForm":{"merge":"ask"}}}', 'approval.withoutForm.merge: expected "token"'],
  ])('%s is refused, with its place and what would do', async (text, message) => {
    const policy = await fileWith(text);
    await expect(openOperatorPolicy({ policy, readOnly: false })).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) }),
    );
    await expect(openOperatorPolicy({ policy, readOnly: false })).rejects.toThrow(`--policy ${policy}: `);
  });

  it('that is not there is refused', async () => {
    await expect(openOperatorPolicy({ policy: '/nowhere/policy.json', readOnly: false })).rejects.toThrow(
      new UsageError('--policy /nowhere/policy.json: there is no such file'),
    );
    await expect(openOperatorPolicy({ policy: '/', readOnly: false })).rejects.toThrow('--policy /: it is a folder');
  });

  it('may name its schema', () => {
    expect(parsePolicyFile({ $schema: './policy.schema.json', version: 1 })).toMatchObject({ version: 1 });
  });
});

describe('The tools that are served', () => {
  it('are those of the default toolset when nobody chooses', async () => {
    const names = (await served({})).map(({ name }) => name);
    const byDefault = toolDescriptions.filter((tool) => tool.toolset === 'crm' || tool.byDefault);
    expect(names).toEqual(byDefault.map(({ name }) => name));
    expect(names).toEqual(
      expect.arrayContaining(['find_duplicates', 'find_anomalies', 'plan_merge', 'merge_records', 'summarize_record']),
    );
    expect(names).not.toContain('dismiss_finding');
    expect(await served({ toolsets: ['default', 'quality'] })).toHaveLength(
      toolDescriptions.filter(({ toolset }) => toolset === 'crm' || toolset === 'quality').length,
    );
  });

  it('are those that a profile, the flags and the file all allow', async () => {
    const policy = await fileWith('{"version":1,"profile":"revops"}');
    const all = ['crm', 'schema', 'journal', 'quality'];
    expect(kinds(await served({ profile: 'revops' }))).toEqual(all);
    expect(kinds(await served({ policy }))).toEqual(all);
    expect(kinds(await served({ profile: 'full', toolsets: ['crm'] }))).toEqual(['crm']);
    expect((await served({ profile: 'readonly' })).every(({ effect }) => effect === 'read')).toBe(true);
    expect((await served({ profile: 'full' })).length).toBe(toolDescriptions.length);
    const reading = await served({ policy, profile: 'chatbot', readOnly: true });
    expect(reading.map(({ name }) => name)).toEqual([
      'search_records',
      'get_records',
      'list_associations',
      'list_properties',
    ]);
  });

  it('cannot be none', async () => {
    await expect(served({ profile: 'chatbot', toolsets: ['schema'] })).rejects.toThrow(
      '--profile chatbot and --toolsets schema leave no tool to serve',
    );
    await expect(served({ toolsets: ['schema'], readOnly: true })).rejects.toThrow('leave no tool to serve');
  });
});

describe('What values must look like', () => {
  it.each([
    [
      'email',
      ['ann@acme.test', 'a+b@x.co.uk'],
      ['ann', 'ann@acme', 'a b@acme.test', 'ann@acme.test,bob@acme.test', '@x.de'],
    ],
    ['phone', ['+4930123456', '+15551234567'], ['030 123456', '+0123456789', '+49', '4930123456']],
    ['url', ['https://acme.test/x', 'http://acme.test'], ['acme.test', 'javascript:alert(1)', 'ftp://acme.test']],
    ['domain', ['acme.test', 'a.b.example'], ['https://acme.test', 'acme', '-a.test', 'a..test']],
    ['date', ['2026-11-22', '1795305600000', '2026-11-22T10:00:00Z'], ['22.11.2026', 'soon', '2026-13-01']],
    [{ number: { min: 0, max: 100 } }, ['0', '99.5', '100'], ['-1', '101', 'ten', ' ', 'NaN', 'Infinity']],
    [{ day: { from: '2026-01-01' } }, ['2026-01-01', '2027-05-05'], ['2025-12-31', 'x']],
    [{ oneOf: ['lead', 'customer'] }, ['lead'], ['Lead', 'other']],
    [{ matches: 'DE[0-9]{9}' }, ['DE123456789'], ['xDE123456789', 'DE1234567890', 'DE']],
  ])('%j', async (format, right, wrong) => {
    for (const value of right) expect(await objection(format, value)).toBeUndefined();
    for (const value of wrong) expect(await objection(format, value)).toContain('wants x of contacts to be');
    expect(await objection(format, '')).toBeUndefined();
  });

  it('says what the operator says of an expression', async () => {
    expect(await objection({ matches: '[A-Z]+', say: 'capitals' }, 'x')).toBe(
      'The policy of this server wants x of contacts to be capitals.',
    );
  });

  it('is told in linear time, whatever the expression and the value', async () => {
    expect(await objection({ matches: '(a+)+$' }, `${'a'.repeat(50_000)}!`)).toContain('(a+)+$');
    expect(await objection('email', `${'a@'.repeat(50_000)}!`)).toContain('e-mail');
    expect(await objection('email', `a@${'a.'.repeat(120)}`)).toContain('e-mail');
  });

  it('requires a property of new records, and that nobody clears it', () => {
    const policy = createPolicy({ version: 1, properties: { 'deals.amount': { required: true } } });
    expect(policy.objection('create', 'deals', { dealname: 'x' })?.property).toBe('amount');
    expect(policy.objection('create', 'deals', { amount: ' ' })?.property).toBe('amount');
    expect(policy.objection('upsert', 'deals', { dealname: 'x' })?.property).toBe('amount');
    expect(policy.objection('update', 'deals', { dealname: 'x' })).toBeUndefined();
    for (const amount of ['', ' ']) {
      expect(policy.objection('update', 'deals', { amount })?.message).toContain('cannot be cleared');
    }
    expect(policy.objection('create', 'contacts', {})).toBeUndefined();
  });
});

describe('Each example of docs/policy.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);

  it('is a policy, or a tightening, as the server reads it', async () => {
    expect(examples.length).toBeGreaterThan(8);
    for (const text of examples) {
      const said: unknown = JSON.parse(text);
      const meta: unknown = Reflect.get(Object(said), 'hubspot-crm-mcp/policy');
      const read = meta === undefined ? openPolicy(parsePolicyFile(said)) : createPolicy().tightened(meta);
      await expect(Promise.resolve(read)).resolves.toHaveProperty('decide');
    }
  });
});
