import { request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { UserError } from '../../src/crm/user-error.ts';
import { HubSpotError } from '../../src/hubspot/index.ts';
import { type HttpServer, serveHttp } from '../../src/mcp/http.ts';
import { probe, writing } from '../fixtures/probe-tools.ts';
import { type Connection, connect } from '../harness.ts';

const MIB = 1024 * 1024;
const limited = new HubSpotError('HubSpot asks to wait.', {
  code: 'rate_limited',
  sent: 'yes',
  retryable: true,
  retryAfterMs: 1_500,
});
let release: () => void = () => undefined;
const gate = new Promise<void>((resolve) => {
  release = resolve;
});
const tools = [
  probe(),
  probe({ name: 'limit_it', handler: () => Promise.reject(limited) }),
  probe({ name: 'refuse_it', handler: () => Promise.reject(new UserError('ambiguous_stage', 'Two are called so.')) }),
  probe({ name: 'break_it', handler: () => Promise.reject(new Error('a defect')) }),
  probe({ name: 'wait_for_it', handler: () => gate.then(() => ({ given: { waited: true } })) }),
  probe({ name: 'change_it', effect: 'overwrite' }),
  writing(1, 1),
];

let connection: Connection;
let server: HttpServer;
const open = (bearer?: string) =>
  serveHttp(connection.toolbox, { port: 0, bearer, clock: systemClock, log: () => undefined });

beforeAll(async () => {
  connection = await connect({ tools, config: { readOnly: false } });
  server = await open();
});
afterAll(async () => {
  await server.close();
  await connection.close();
});

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Node's own client, since fetch sets Host and Origin itself. */
function ask(url: string, method = 'GET', headers: Record<string, string> = {}, body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { method, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const post = (tool: string, args: unknown, headers: Record<string, string> = json) =>
  ask(`${server.url}/v1/tools/${tool}`, 'POST', headers, JSON.stringify(args));
const parsed = ({ body }: Reply): unknown => JSON.parse(body);

describe('GET /v1/tools', () => {
  it('lists the tools with their schemas', async () => {
    const reply = await ask(`${server.url}/v1/tools`);
    expect(reply.status).toBe(200);
    expect(parsed(reply)).toMatchObject({
      tools: expect.arrayContaining([expect.objectContaining({ name: 'write_rows' })]),
    });
    expect(parsed(reply)).toHaveProperty(
      'tools.0',
      expect.objectContaining({ name: 'echo_input', inputSchema: expect.anything(), outputSchema: expect.anything() }),
    );
    expect(await ask(`${server.url}/v1/tools`, 'POST', json, '{}')).toMatchObject({ status: 405 });
    const closed = await open('open-sesame');
    expect(await ask(`${closed.url}/v1/tools`)).toMatchObject({ status: 401 });
    await closed.close();
  });
});

describe('POST /v1/tools/{name}', () => {
  it('takes and gives plain JSON', async () => {
    const reply = await post('echo_input', { ids: '["1"]', limit: 5 });
    expect(reply.status).toBe(200);
    expect(parsed(reply)).toEqual({ given: { ids: ['1'], limit: 5 } });
  });

  it('takes an empty body for no arguments', async () => {
    expect(parsed(await ask(`${server.url}/v1/tools/echo_input`, 'POST', json))).toEqual({ given: { limit: 10 } });
  });

  it.each([
    ['echo_input', { limt: 5 }, 400, 'unknown_argument'],
    ['echo_imput', {}, 404, 'unknown_tool'],
    ['refuse_it', {}, 400, 'ambiguous_stage'],
    ['limit_it', {}, 429, 'rate_limited'],
    ['break_it', {}, 500, 'internal'],
  ])('answers %s %j with %i and the one error shape', async (tool, args, status, code) => {
    const reply = await post(tool, args);
    expect(reply.status).toBe(status);
    expect(parsed(reply)).toMatchObject({ code, message: expect.any(String), retryable: code === 'rate_limited' });
  });

  it('says in seconds when to come back', async () => {
    expect((await post('limit_it', {})).headers['retry-after']).toBe('2');
  });

  it('answers 200 while some rows were applied, and 422 when none was', async () => {
    expect(await post('write_rows', {})).toMatchObject({ status: 200 });
    const none = await connect({ tools: [writing(0, 2)] });
    const other = await serveHttp(none.toolbox, { port: 0, clock: systemClock, log: () => undefined });
    const reply = await ask(`${other.url}/v1/tools/write_rows`, 'POST', json, '{}');
    expect(reply.status).toBe(422);
    expect(parsed(reply)).toMatchObject({ applied: 0, failed: [{ index: 0 }, { index: 1 }] });
    await other.close();
    await none.close();
  });

  it('refuses what is no JSON, no POST and too large', async () => {
    const url = `${server.url}/v1/tools/echo_input`;
    expect(await ask(url, 'POST', json, '{"limit":')).toMatchObject({ status: 400 });
    expect(await ask(url)).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await ask(url, 'POST', { 'content-type': 'text/plain' }, '{}')).toMatchObject({ status: 415 });
    expect(await ask(url, 'POST', json, `{"objectType":"${'x'.repeat(5 * MIB)}"}`)).toMatchObject({ status: 413 });
  });
});

describe('Who may call', () => {
  const everywhere = ['/mcp', '/v1/tools/echo_input', '/healthz'];

  it.each(everywhere)(
    'S17: %s is closed to another host name, which a web page may have pointed here',
    async (path) => {
      expect(await ask(server.url + path, 'POST', { ...json, host: 'crm.evil.example' }, '{}')).toMatchObject({
        status: 403,
      });
    },
  );

  it.each(everywhere)('S17: %s is closed to web pages of other origins', async (path) => {
    expect(await ask(server.url + path, 'POST', { ...json, origin: 'https://evil.example' }, '{}')).toMatchObject({
      status: 403,
    });
    expect(await ask(server.url + path, 'POST', { ...json, origin: 'null' }, '{}')).toMatchObject({ status: 403 });
  });

  it('lets a page of this machine and programs in', async () => {
    const { status } = await post('echo_input', {}, { ...json, origin: 'http://localhost:3000' });
    expect(status).toBe(200);
  });

  it('asks for the secret where there is one, except for health', async () => {
    const closed = await open('open-sesame');
    const call = (authorization?: string) =>
      ask(
        `${closed.url}/v1/tools/echo_input`,
        'POST',
        { ...json, ...(authorization !== undefined && { authorization }) },
        '{}',
      );
    expect(await call()).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(await call('Bearer open-sesam')).toMatchObject({ status: 401 });
    expect(await call('open-sesame')).toMatchObject({ status: 401 });
    expect(await ask(`${closed.url}/mcp`, 'POST', json, '{}')).toMatchObject({ status: 401 });
    expect(await call('Bearer open-sesame')).toMatchObject({ status: 200 });
    expect(await ask(`${closed.url}/healthz`)).toMatchObject({ status: 200 });
    await closed.close();
  });

  it('does not read an MCP request without an end', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { x: 'x'.repeat(5 * MIB) } });
    expect(
      await ask(`${server.url}/mcp`, 'POST', { ...json, accept: 'application/json, text/event-stream' }, body),
    ).toMatchObject({ status: 413 });
  });

  it('takes no method that only an attacker sends', async () => {
    expect(await ask(`${server.url}/mcp`, 'TRACE', json)).toMatchObject({ status: 405 });
  });

  it('knows no other path', async () => {
    for (const path of ['/', '//', '//[', '/v1', '/v1/tools/a/b', '/v1/tools/..%2f..%2fmcp']) {
      expect(await ask(server.url + path, 'POST', json, '{}')).toMatchObject({ status: 404 });
    }
  });
});

describe('A caller that hangs up', () => {
  it.each(['/v1/tools/echo_input', '/mcp'])(
    'in the middle of its request to %s is no defect of the server',
    async (path) => {
      const log: string[] = [];
      const other = await serveHttp(connection.toolbox, { port: 0, clock: systemClock, log: (text) => log.push(text) });
      const half = send(other.url + path, {
        method: 'POST',
        headers: { ...json, accept: 'application/json, text/event-stream', 'content-length': '100' },
        agent: false,
      });
      half.on('error', () => undefined);
      half.write('{', () => setTimeout(() => half.destroy(), 20));
      await new Promise((resolve) => half.once('close', resolve));
      await other.close();
      expect(log).toEqual([]);
    },
  );
});

describe('Ending', () => {
  it('answers what has begun and takes nothing new', async () => {
    const other = await open();
    const begun = ask(`${other.url}/v1/tools/wait_for_it`, 'POST', json, '{}');
    await expect.poll(() => ask(`${other.url}/healthz`)).toMatchObject({ status: 200 });
    const closing = other.close();
    await expect(ask(`${other.url}/healthz`)).rejects.toThrow('ECONNREFUSED');
    release();
    expect(parsed(await begun)).toEqual({ given: { waited: true } });
    await closing;
  });

  it('leaves the port free, and says when one is taken', async () => {
    const other = await open();
    const port = Number(new URL(other.url).port);
    await expect(serveHttp(connection.toolbox, { port, clock: systemClock, log: () => undefined })).rejects.toThrow(
      'EADDRINUSE',
    );
    await other.close();
    const again = await serveHttp(connection.toolbox, { port, clock: systemClock, log: () => undefined });
    await again.close();
  });
});
