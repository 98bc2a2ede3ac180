import { connect as openSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type HttpServer, serveHttp } from '../../src/mcp/http.ts';
import { type Connection, connect } from '../harness.ts';

let connection: Connection;
let server: HttpServer;
const log: string[] = [];

beforeAll(async () => {
  connection = await connect();
  server = await serveHttp(connection.toolbox, { port: 0, clock: systemClock, log: (message) => log.push(message) });
});
afterAll(async () => {
  await server.close();
  await connection.close();
});

/** Bytes as they are: clients would tidy them up. */
function speak(text: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = openSocket(Number(new URL(server.url).port), '127.0.0.1');
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      heard += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ status: Number(heard.split(' ')[1]), body: heard.split('\r\n\r\n')[1] ?? '' }));
    socket.write(text);
  });
}

const LOCAL = 'host: localhost\r\nconnection: close\r\n';
const post = (path: string, body: string, headers = LOCAL) =>
  speak(
    `POST ${path} HTTP/1.1\r\n${headers}content-type: application/json\r\naccept: application/json, text/event-stream\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
/** The MCP server keeps its connections open, whatever it is asked. */
async function postMcp(body: string): Promise<{ status: number; body: string }> {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const response = await fetch(`${server.url}/mcp`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}
const call = (args: string) =>
  postMcp(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_records","arguments":${args}}}`);
const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a stranger who has no secret', () => {
  const SECRET = 'open-sesame-0815';
  const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const ways: readonly (readonly [string, string, Record<string, string>])[] = [
    ['no bearer', '', {}],
    ['an empty one', '', { authorization: 'Bearer ' }],
    ['another', '', { authorization: 'Bearer open-sesame-0816' }],
    ['a part of it', '', { authorization: `Bearer ${SECRET.slice(0, -1)}` }],
    ['more than it', '', { authorization: `Bearer ${SECRET}x` }],
    ['it twice', '', { authorization: `Bearer ${SECRET}, Bearer ${SECRET}` }],
    ['it as another scheme', '', { authorization: `Basic ${SECRET}` }],
    ['it in the query', `?access_token=${SECRET}&token=${SECRET}&bearer=${SECRET}`, {}],
    ['it in a cookie', '', { cookie: `access_token=${SECRET}` }],
    ['a token without a signature', '', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' }],
    ['HubSpot’s token', '', { authorization: 'Bearer pat-na1-harness' }],
  ];

  it.each(ways)('S48, S49: comes in nowhere with %s, and HubSpot hears nothing of it', async (_way, query, headers) => {
    const closed = await serveHttp(connection.toolbox, {
      port: 0,
      bearer: SECRET,
      clock: systemClock,
      log: (line) => log.push(line),
    });
    connection.sent.length = 0;
    for (const path of ['/mcp', '/v1/tools', '/v1/tools/search_records', '/v1/tools/get_account', '/metrics']) {
      const list = path === '/v1/tools' || path === '/metrics';
      const response = await fetch(`${closed.url}${path}${query}`, {
        method: list ? 'GET' : 'POST',
        headers: { ...json, ...headers },
        ...(list ? {} : { body: '{"objectType":"contacts"}' }),
      });
      expect([path, response.status, response.headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer']);
      expect(await response.text()).not.toContain(SECRET);
    }
    expect(connection.sent).toEqual([]);
    expect(log.join()).not.toContain(SECRET);
    await closed.close();
  });
});

const rpc = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }),
  });

describe('a client that speaks otherwise', () => {
  it.each(['GET', 'DELETE', 'PUT', 'PATCH'])(
    'S19: has no use for %s, with or without an event to go on from',
    async (method) => {
      for (const headers of [{}, { 'last-event-id': '7' }, { 'mcp-session-id': 'somebody-else' }]) {
        const response = await fetch(`${server.url}/mcp`, {
          method,
          headers: { accept: 'text/event-stream', ...headers },
        });
        expect(response.status).toBe(405);
      }
    },
  );

  it('S19: is told of a method that there is not, in either era', async () => {
    const old = await rpc({ method: 'no/such', params: {} }, { 'mcp-protocol-version': '2025-06-18' });
    expect(await old.text()).toContain('-32601');
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'x', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'no/such' };
    const fresh = await rpc({ method: 'no/such', params: { _meta: meta } }, modern);
    expect(fresh.status).toBe(404);
    expect(await fresh.text()).toContain('-32601');
    const lying = await rpc(
      { method: 'tools/call', params: { _meta: meta, name: 'search_records', arguments: { objectType: 'contacts' } } },
      { ...modern, 'mcp-method': 'tools/list' },
    );
    expect(lying.status).toBe(400);
    expect(await lying.text()).toContain('-32020');
  });
});

describe('a stranger at the HTTP door', () => {
  it.each([
    '//',
    '//localhost/healthz',
    'http://localhost/healthz',
    '*',
    '/%zz',
    '/\\\\localhost',
    '/mcp/',
    '/v1/tools/../../healthz',
    '/v1/tools/%2e%2e%2f%2e%2e%2fhealthz',
    '/v1/tools/get_account/',
    '/v1/tools/get_account%00',
    '/v1/tools/__proto__',
    '/v1/tools/constructor',
  ])('finds nothing at %s', async (path) => {
    expect(await post(path, '{}')).toMatchObject({ status: 404 });
  });

  it.each([
    'host: evil.example',
    'host: localhost.evil.example',
    'host: localhost:1@evil.example',
    'host: 127.0.0.1.nip.io',
    'host: 0.0.0.0',
    'host: localhost\r\norigin: http://localhost@evil.example',
    'host: localhost\r\norigin: http://localhost.evil.example',
    'host: localhost\r\norigin: file://',
    'host: localhost\r\norigin: null',
  ])('S17: is not let in with %j', async (headers) => {
    expect(await post('/v1/tools/get_account', '{}', `${headers}\r\nconnection: close\r\n`)).toMatchObject({
      status: 403,
    });
  });

  it.each([lists(900_000), `{"objectType":${lists(500_000)}}`, objects(500_000)])(
    'ends nothing with JSON that is hundreds of thousands of levels deep',
    async (body) => {
      expect(await post('/v1/tools/search_records', body)).toMatchObject({ status: 400 });
      expect((await call(body)).body).toMatch(/invalid/i);
      expect(await postMcp(body)).toMatchObject({ status: 400 });
      expect(await speak(`GET /healthz HTTP/1.1\r\n${LOCAL}\r\n`)).toMatchObject({ status: 200 });
    },
  );

  it.each(['null', '[]', '"x"', '1e999', '{"__proto__":{"objectType":"contacts"}}', '{"objectType":{"__proto__":[]}}'])(
    'is refused with %s for arguments, and changes no object of the process',
    async (body) => {
      expect(await post('/v1/tools/search_records', body)).toMatchObject({ status: 400 });
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  it('keeps nobody else waiting by sending slowly, and leaves no trace in the log by hanging up', async () => {
    const slow = Array.from({ length: 100 }, () => {
      const socket = openSocket(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(
        `POST /v1/tools/get_account HTTP/1.1\r\n${LOCAL}content-type: application/json\r\ncontent-length: 99\r\n\r\n{`,
      );
      return socket;
    });
    expect(await speak(`GET /healthz HTTP/1.1\r\n${LOCAL}\r\n`)).toMatchObject({ status: 200 });
    expect(await post('/v1/tools/get_account', '{}')).toMatchObject({ status: 200 });
    const before = log.length;
    for (const socket of slow) socket.destroy();
    expect(await post('/v1/tools/get_account', '{}')).toMatchObject({ status: 200 });
    expect(log.slice(before)).toEqual([]);
  });
});
