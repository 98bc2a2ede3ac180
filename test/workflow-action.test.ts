/** The snippet for HubSpot's workflows, against the real HTTP server. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { type HttpServer, serveHttp } from '../src/http.ts';
import { HubSpotError } from '../src/hubspot/index.ts';
import { tools } from '../tools/index.ts';
import { probe } from './fixtures/probe-tools.ts';
import { type Connection, connect } from './harness.ts';

const source = readFileSync(join(import.meta.dirname, '../docs/workflow-action.js'), 'utf8');
const limited = new HubSpotError('Wait.', { code: 'rate_limited', sent: 'yes', retryable: true });

let connection: Connection;
let server: HttpServer;
beforeAll(async () => {
  connection = await connect({
    tools: [...tools, probe({ name: 'limit_it', handler: () => Promise.reject(limited) })],
  });
  server = await serveHttp(connection.toolbox, { port: 0, bearer: 'secret', clock: systemClock, log: () => undefined });
});
afterAll(async () => {
  await server.close();
  await connection.close();
});

type Outputs = Record<string, unknown>;

/** Runs it as HubSpot does: CommonJS, secrets in the environment, nothing else. */
async function act(inputFields: Record<string, string>, secret = 'secret'): Promise<Outputs> {
  const exports: { main?: (event: object) => Promise<{ outputFields: Outputs }> } = {};
  const environment = { env: { CRM_URL: server.url, CRM_BEARER: secret } };
  vm.runInNewContext(source, {
    exports,
    require: createRequire(import.meta.url),
    process: environment,
    fetch,
    AbortSignal,
  });
  const answer = await exports.main?.({ inputFields });
  return { ...answer?.outputFields };
}

const creating = '{"objectType":"contacts","records":[{"properties":{"email":"{{email}}","lastname":"{{ name }}"}}]}';

it('is small and needs no package', () => {
  expect(Buffer.byteLength(source)).toBeLessThan(3_000);
  expect(source).not.toMatch(/\brequire\(|\bimport\b/);
});

it('writes what the workflow hands it, quotes and line breaks included', async () => {
  const made = await act({
    tool: 'create_records',
    arguments: creating,
    email: 'ada@example.com',
    name: 'Lovelace "the\nfirst"',
  });
  expect(made).toMatchObject({ ok: true, applied: 1, firstId: expect.stringMatching(/^\d+$/), error: '' });
  const found = await act({ tool: 'search_records', arguments: '{"objectType":"contacts","properties":["lastname"]}' });
  expect(found).toMatchObject({ ok: true, total: 1, firstId: made['firstId'] });
});

it('says why a row was refused', async () => {
  const twice = await act({ tool: 'create_records', arguments: creating, email: 'ada@example.com', name: 'Again' });
  expect(twice).toMatchObject({ ok: false, applied: 0, error: 'conflict' });
});

it('says why a call was refused', async () => {
  expect(await act({ tool: 'no_such_tool' })).toMatchObject({ ok: false, error: 'unknown_tool' });
  expect(await act({ tool: 'search_records' }, 'wrong')).toMatchObject({ ok: false, error: 'unauthorized' });
});

it('throws what may pass, so that HubSpot tries again', async () => {
  await expect(act({ tool: 'limit_it' })).rejects.toThrow('rate_limited: Wait.');
});
