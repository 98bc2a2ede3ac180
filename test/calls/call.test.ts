import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/account/account.ts';
import { createToolbox } from '../../src/calls/call.ts';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';
import { describeTool } from '../../src/catalogue/tool-description.ts';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { UserError } from '../../src/crm/user-error.ts';
import { createPolicy } from '../../src/policy/index.ts';
import { fakeClock } from '../fake-clock.ts';
import { probe, writing } from '../fixtures/probe-tools.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';

let connection: Connection | undefined;
async function connected(options: HarnessOptions): Promise<Connection> {
  connection = await connect(options);
  return connection;
}
afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

describe('What a server does not serve', () => {
  it('is refused with the way to get it, and an unknown tool with the nearest name', async () => {
    const tools = [
      probe(),
      probe({ name: 'change_it', effect: 'overwrite' }),
      probe({ name: 'define_it', toolset: 'schema' }),
    ];
    const { call, client } = await connected({ tools, config: { readOnly: true, toolsets: ['crm'] } });

    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo_input']);
    expect((await call('change_it')).error).toMatchObject({ code: 'read_only', retryable: false });
    const other = await call('define_it');
    expect(other.error).toMatchObject({
      code: 'toolset_not_enabled',
      next: expect.stringContaining('--toolsets crm,schema'),
    });
    await expect(call('echo_imput')).rejects.toThrow('Did you mean echo_input?');
  });
});

it('A toolset that is not served is named together with those that are', async () => {
  const { call } = await connected({
    tools: [probe(), probe({ name: 'define_it', toolset: 'schema' })],
    config: { toolsets: ['schema'] },
  });
  expect((await call('echo_input')).error).toMatchObject({ next: expect.stringContaining('--toolsets schema,crm.') });
});

describe('The scopes of the token', () => {
  const reads = probe({ name: 'read_it', scopes: ['crm.objects.{objectType}.read'] });
  const writes = probe({ name: 'write_it', effect: 'add', scopes: ['crm.objects.{objectType}.write'] });
  const owners = probe({ name: 'see_owners', scopes: ['crm.objects.owners.read'] });
  const defines = probe({ name: 'define_it', effect: 'add', scopes: ['crm.schemas.{objectType}.write'] });
  const tools = [reads, writes, owners, defines];

  it('decide which tools are listed', async () => {
    const { client } = await connected({ tools, scopes: ['crm.objects.contacts.read', 'tickets'] });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['read_it', 'write_it', 'define_it']);
  });

  it('refuse a call before any request, naming the scope', async () => {
    const { client, call, requests } = await connected({ tools, scopes: ['crm.objects.contacts.read'] });
    await client.listTools();
    const before = requests.length;
    expect((await call('read_it', { objectType: 'deals' })).error).toMatchObject({
      code: 'missing_scope',
      missingScopes: ['crm.objects.deals.read'],
      message: expect.stringContaining('crm.objects.deals.read'),
    });
    const definition = await call('define_it', { objectType: 'companies' });
    expect(definition.error).toMatchObject({ missingScopes: ['crm.schemas.companies.write'] });
    expect((await call('see_owners')).error).toMatchObject({ missingScopes: ['crm.objects.owners.read'] });
    expect((await call('read_it', { objectType: 'contacts' })).isError).toBe(false);
    expect(requests.length).toBe(before);
  });
});

describe('Scopes that HubSpot does not tell', () => {
  const tools = [probe({ name: 'see_owners', scopes: ['crm.objects.owners.read'] }), probe()];

  /** The tools on an account that does not tell its scopes and has refused one of them before. */
  async function untold(scopes?: readonly string[]) {
    const { hubspot } = await connected({ tools });
    const log: string[] = [];
    const silent = {
      learn: () => Promise.resolve(undefined),
      granted: () => undefined,
      denied: () => new Set(['crm.objects.owners.read']),
    };
    const account: Account = {
      embedded: false,
      hubspot: () => Promise.resolve({ ...hubspot, scopes: silent }),
      describe: () => Promise.resolve({ kind: 'STANDARD', portalId: 1 }),
      close: () => Promise.resolve(),
    };
    const catalogue = createCatalogue(tools.map(describeTool), () => Promise.resolve(tools));
    const random = seededRandom(1);
    const parts = { policy: createPolicy(), deadlineMs: 1_000, catalogue, account, clock: systemClock, random, scopes };
    return { toolbox: createToolbox({ ...parts, log: (message) => log.push(message) }), log };
  }

  it('hide nothing, and the operator is told so; what a 403 has taught refuses the next call', async () => {
    const { toolbox, log } = await untold();
    expect((await toolbox.listed()).map(({ name }) => name)).toEqual(['see_owners', 'echo_input']);
    expect(log).toEqual([expect.stringContaining('HUBSPOT_MCP_SCOPES')]);
    expect(await toolbox.call('see_owners', {})).toMatchObject({ ok: false, error: { code: 'missing_scope' } });
  });

  it('can be told by the operator', async () => {
    const { toolbox, log } = await untold(['crm.objects.contacts.read']);
    expect((await toolbox.listed()).map(({ name }) => name)).toEqual(['echo_input']);
    expect(log).toEqual([]);
  });
});

describe('Conversations of one program', () => {
  it('are told apart where calls wait for quota', async () => {
    const callers: unknown[] = [];
    const see = probe({
      name: 'see_owners',
      handler: async (_input, { crm }) => ({ given: { owners: (await crm.owners.list()).length } }),
    });
    const { hubspot } = await connected({ tools: [see] });
    const list: typeof hubspot.owners.list = (filter, options) => {
      callers.push(options?.caller);
      return hubspot.owners.list(filter, options);
    };
    const account: Account = {
      embedded: true,
      hubspot: () => Promise.resolve({ ...hubspot, owners: { ...hubspot.owners, list } }),
      describe: () => Promise.resolve({ kind: 'STANDARD', portalId: 1 }),
      close: () => Promise.resolve(),
    };
    const toolbox = createToolbox({
      policy: createPolicy(),
      deadlineMs: 5_000,
      catalogue: createCatalogue([describeTool(see)], () => Promise.resolve([see])),
      account,
      clock: systemClock,
      random: seededRandom(1),
      log: () => undefined,
    });
    for (const session of ['one', 'two']) {
      const outcome = await toolbox.call('see_owners', {}, { author: { caller: 'desktop/1.0', session } });
      expect(outcome).toMatchObject({ ok: true });
    }
    expect(callers).toHaveLength(2);
    expect(new Set(callers).size).toBe(2);
  });
});

describe('What a handler does', () => {
  it('reaches the caller as text and structured content that say the same', async () => {
    const { call } = await connected({ tools: [probe()] });
    const { text, data } = await call('echo_input', { ids: '["7"]' });
    expect(data).toEqual({ given: { ids: ['7'], limit: 10 } });
    expect(text).toBe('given.ids: ["7"]\ngiven.limit: 10');
  });

  it('is an error in one shape when it throws what was foreseen', async () => {
    const { call } = await connected({
      tools: [
        probe({
          handler: () =>
            Promise.reject(
              new UserError('ambiguous_stage', 'Two stages are called so.', {
                candidates: [{ id: '1', label: 'Won' }],
              }),
            ),
        }),
      ],
    });
    const { isError, text, error } = await call('echo_input');
    expect(isError).toBe(true);
    expect(text).toBe(JSON.stringify(error));
    expect(error).toEqual({
      code: 'ambiguous_stage',
      message: 'Two stages are called so.',
      retryable: false,
      candidates: [{ id: '1', label: 'Won' }],
    });
  });

  it('shows a fixed sentence and logs a stack when it throws what nobody foresaw', async () => {
    const { call, log } = await connected({
      tools: [probe({ handler: () => Promise.reject(new TypeError('the secret pat-na1-0000 of x is undefined')) })],
    });
    const { error, text } = await call('echo_input');
    expect(error).toMatchObject({ code: 'internal', retryable: false });
    expect(text).not.toContain('undefined');
    expect(log.join('\n')).toMatch(/echo_input failed unexpectedly: TypeError: [\s\S]*probe|call\.test/);
  });

  it('loses what its output schema does not know, so that no client refuses the answer after the deed', async () => {
    const { call } = await connected({
      tools: [probe({ handler: () => Promise.resolve({ given: {}, surprise: 1 }) })],
    });
    expect((await call('echo_input')).data).toEqual({ given: {} });
  });

  it('cannot hang the caller', async () => {
    const clock = fakeClock();
    const { toolbox } = await connected({
      tools: [probe({ handler: () => new Promise(() => undefined) })],
      clock,
      config: { deadlineMs: 5_000 },
    });
    const outcome = await clock.settle(toolbox.call('echo_input', {}));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'deadline' } });
    expect(clock.elapsed()).toBeLessThan(10_000);
  });
});

describe('A call of many rows', () => {
  it('is no error when some rows failed, and one when none was applied', async () => {
    const some = await connected({ tools: [writing(1, 2)] });
    expect(await some.call('write_rows')).toMatchObject({ isError: false, data: { applied: 1 } });
    await some.close();
    const none = await connected({ tools: [writing(0, 2)] });
    const { isError, data, text } = await none.call('write_rows');
    expect(isError).toBe(true);
    expect(data).toMatchObject({ applied: 0, failed: [{ index: 0 }, { index: 1 }] });
    expect(text).toContain('HubSpot did not like it.');
  });
});
