/** The snippet for HubSpot's workflows, against the real HTTP server. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../src/clock.ts';
import { HubSpotError } from '../src/hubspot/index.ts';
import { type HttpServer, serveHttp } from '../src/mcp/http.ts';
import { tools } from '../tools/index.ts';
import { probe } from './fixtures/probe-tools.ts';
import { type Connection, connect } from './harness.ts';

const source = readFileSync(join(import.meta.dirname, '../docs/workflow-action.js'), 'utf8');
const waitingRow = { index: 0, code: 'rate_limited', message: 'Wait.', retryable: true };
const limited = new HubSpotError('Wait.', { code: 'rate_limited', sent: 'yes', retryable: true });

const rows = (name: string, output: Record<string, unknown>) => ({
  ...probe({ name, handler: () => Promise.resolve(output) }),
  output: z.looseObject({}),
});

let connection: Connection;
let server: HttpServer;
beforeAll(async () => {
  connection = await connect({
    tools: [
      ...tools,
      probe({ name: 'limit_it', handler: () => Promise.reject(limited) }),
      rows('limit_rows', { applied: 0, failed: [waitingRow], unknown: [] }),
      rows('limit_some', { applied: 1, failed: [waitingRow], unknown: [] }),
      rows('lose_some', { applied: 1, failed: [], unknown: [{ ...waitingRow, code: 'network' }] }),
    ],
  });
  server = await serveHttp(connection.toolbox, { port: 0, bearer: 'secret', clock: systemClock, log: () => undefined });
});
afterAll(async () => {
  await server.close();
  await connection.close();
});

type Outputs = Record<string, unknown>;

/** Runs it as HubSpot does: CommonJS, secrets in the environment, nothing else. */
async function act(
  inputFields: Record<string, string | null>,
  { secret = 'secret', url = server.url } = {},
): Promise<Outputs> {
  const exports: { main?: (event: object) => Promise<{ outputFields: Outputs }> } = {};
  const environment = { env: { CRM_URL: url, CRM_BEARER: secret } };
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
  expect(Buffer.byteLength(source)).toBeLessThan(3_300);
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
  expect(await act({ tool: 'search_records' }, { secret: 'wrong' })).toMatchObject({
    ok: false,
    error: 'unauthorized',
  });
});

it('throws what may pass, so that HubSpot tries again', async () => {
  await expect(act({ tool: 'limit_it' })).rejects.toThrow('rate_limited: Wait.');
});

it('takes an address with a slash at its end', async () => {
  const found = await act({ tool: 'search_records', arguments: '{"objectType":"deals"}' }, { url: `${server.url}/` });
  expect(found).toMatchObject({ ok: true, total: 0, firstRow: '', error: '' });
});

it('never takes a misspelt placeholder for an empty value, which would clear a property', async () => {
  const misspelt = creating.replace('{{email}}', '{{e-mial}}');
  const result = await act({ tool: 'create_records', arguments: misspelt, email: 'bob@example.com', name: 'Bob' });
  expect(result).toMatchObject({
    ok: false,
    applied: 0,
    error: 'no_input',
    message: expect.stringContaining('e-mial'),
  });
});

it.each([
  ['arguments', { tool: 'search_records', arguments: null }],
  ['tool', { tool: null, arguments: '{}' }],
])('says that %s is empty', async (field, fields) => {
  expect(await act(fields)).toMatchObject({ ok: false, error: 'no_input', message: expect.stringContaining(field) });
});

it('hands on the values of the first row', async () => {
  const count = await act({ tool: 'aggregate_records', arguments: '{"objectType":"contacts"}' });
  expect(count).toMatchObject({ ok: true, total: 1, firstRow: '1' });
  const grouping = '{"objectType":"contacts","metrics":["count"],"groupBy":["email"]}';
  expect(await act({ tool: 'aggregate_records', arguments: grouping })).toMatchObject({
    firstRow: 'ada@example.com, 1',
  });
});

it('does not call it ok when records were not found', async () => {
  const none = await act({ tool: 'get_records', arguments: '{"objectType":"contacts","ids":["4711"]}' });
  expect(none).toMatchObject({ ok: false, failed: 1, firstId: '', error: 'not_found' });
});

it('does not call it ok when some rows failed or are uncertain, and does not repeat those that were written', async () => {
  expect(await act({ tool: 'limit_some' })).toMatchObject({ ok: false, applied: 1, failed: 1, error: 'rate_limited' });
  expect(await act({ tool: 'lose_some' })).toMatchObject({ ok: false, applied: 1, failed: 1, error: 'network' });
});

it('throws when nothing was written and a later try may succeed', async () => {
  await expect(act({ tool: 'limit_rows' })).rejects.toThrow('rate_limited: Wait.');
  await expect(act({ tool: 'limit_it' }, { url: 'http://127.0.0.1:2' })).rejects.toThrow('fetch failed');
});

it('Plain values of an answer are outputs, of scores those of the first record', async () => {
  const text = 'The login is broken, this is urgent.';
  expect(await act({ tool: 'analyze_message', arguments: '{"text":"{{text}}"}', text })).toMatchObject({
    ok: true,
    intent: 'support',
    urgency: 'high',
    language: 'en',
  });
  const made = await act({
    tool: 'create_records',
    arguments: '{"objectType":"contacts","records":[{"properties":{"email":"lead@acme.com"}}]}',
  });
  const id = String(made['firstId']);
  expect(await act({ tool: 'score_leads', arguments: '{"ids":["{{id}}"]}', id })).toMatchObject({
    ok: true,
    id,
    score: 15,
    band: 'C',
  });
});
