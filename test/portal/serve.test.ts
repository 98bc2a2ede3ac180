import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import type { Fetch, HttpRequest } from '../../src/fetch.ts';
import { createPortal } from '../../src/portal/index.ts';
import { type Exchanges, type PortalServer, servePortal } from '../../src/portal/serve.ts';
import { fakeClock } from '../fake-clock.ts';
import { at } from './talk.ts';

const servers: PortalServer[] = [];
const failures: unknown[] = [];

/** Nothing goes wrong on the way. */
function whole(fetch: Fetch): Exchanges {
  return { exchange: async (request) => ({ kind: 'whole', response: await fetch(request) }) };
}

async function start(fetch: Fetch): Promise<PortalServer> {
  const server = await servePortal(whole(fetch), { port: 0, onError: (error) => failures.push(error) });
  servers.push(server);
  return server;
}

afterEach(async () => {
  failures.length = 0;
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const echo: Fetch = (request) =>
  Promise.resolve({
    status: 200,
    headers: { 'content-type': 'application/json', 'x-seen': request.method },
    body: JSON.stringify({ url: request.url, sent: String(request.body ?? '') }),
  });

/** A promise, and what fulfils it. */
function signalled(): { promise: Promise<void>; resolve: () => void } {
  let resolve: (() => void) | undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve?.() };
}

/** Speaks raw HTTP, for what no proper client sends. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('a request reaches the Fetch whole, and its answer the caller', async () => {
  const seen: HttpRequest[] = [];
  const server = await start((request) => {
    seen.push(request);
    return echo(request);
  });
  const response = await fetch(`${server.url}/crm/v3/objects/contacts?limit=1&x=%2F`, {
    method: 'PATCH',
    headers: { Authorization: 'Bearer pat-na1-x' },
    body: '{"größe":1}',
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('x-seen')).toBe('PATCH');
  expect(Buffer.from(seen[0]?.body ?? '').toString()).toBe('{"größe":1}');
  expect(seen[0]?.headers['authorization']).toBe('Bearer pat-na1-x');
  expect(seen[0]?.url).toBe(`${server.url}/crm/v3/objects/contacts?limit=1&x=%2F`);
});

test('an answer without a body is sent without one', async () => {
  const server = await start(() => Promise.resolve({ status: 204, headers: {}, body: '' }));
  const response = await fetch(`${server.url}/x`, { method: 'DELETE' });
  expect(response.status).toBe(204);
  expect(await response.text()).toBe('');
});

test('a connection serves more than one request', async () => {
  const server = await start(echo);
  const request = `GET /a HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
  const answer = await raw(server.port, `${request}${request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`);
  expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
});

test('a host name other than the loopback is refused, and so are a web page and an unknown method', async () => {
  const server = await start(echo);
  const rebound = await raw(server.port, 'GET /a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
  expect(rebound).toMatch(/^HTTP\/1\.1 403/);
  const page = 'GET /a HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n';
  expect(await raw(server.port, page)).toMatch(/^HTTP\/1\.1 403/);
  const trace = await raw(server.port, 'TRACE /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  expect(trace).toMatch(/^HTTP\/1\.1 405/);
  expect(trace).toMatch(/\r\nallow: HEAD, OPTIONS, GET, POST, PUT, PATCH, DELETE\r\n/i);
});

test('HEAD gives the head of what GET gives, and OPTIONS the methods', async () => {
  const server = await start(echo);
  const head = await fetch(`${server.url}/a`, { method: 'HEAD' });
  const whole = await fetch(`${server.url}/a`);
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
  const options = await fetch(`${server.url}/a`, { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'HEAD, OPTIONS, GET, POST, PUT, PATCH, DELETE']);
  expect(options.headers.has('access-control-allow-origin')).toBe(false);
});

test('of pipelined requests the second may be the one whose connection breaks', async () => {
  const answers = ['whole', 'reset'] as const;
  let asked = 0;
  const portal: Exchanges = {
    exchange: async (request) => {
      const kind = answers[asked++] ?? 'whole';
      return kind === 'reset' ? { kind } : { kind, response: await echo(request) };
    },
  };
  const server = await servePortal(portal, { port: 0, onError: (error) => failures.push(error) });
  servers.push(server);
  const request = 'GET /a HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  const ended = await raw(server.port, request + request).catch((error: Error) => error.message);
  expect(ended).toMatch(/ECONNRESET|^HTTP\/1\.1 200/);
  expect(failures).toEqual([]);
});

test('a body without end is refused', async () => {
  const server = await start(echo);
  const response = await fetch(`${server.url}/a`, { method: 'POST', body: new Uint8Array(33 * 1024 * 1024) }).catch(
    (error: Error) => error,
  );
  // The connection may break before the caller has read the answer, since it was still sending.
  expect(response instanceof Error || response.status === 413).toBe(true);
  expect(failures).toEqual([]);
});

test('a Fetch that fails gives a 500 that says nothing of why, and the reason to the owner', async () => {
  const server = await start(() => Promise.reject(new Error('secret')));
  const response = await fetch(`${server.url}/a`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(failures).toEqual([new Error('secret')]);
});

test('closing waits for the request that is under way, and for nothing else', async () => {
  const inside = signalled();
  const answer = signalled();
  const slow: Fetch = async (request) => {
    inside.resolve();
    await answer.promise;
    return echo(request);
  };
  const server = await servePortal(whole(slow), { port: 0 });
  const silent = raw(server.port, '');
  const pending = fetch(`${server.url}/slow`);
  await inside.promise;
  const closed = server.close();
  answer.resolve();
  expect((await pending).status).toBe(200);
  await closed;
  expect(await silent).toBe('');
  await expect(fetch(`${server.url}/late`)).rejects.toThrow('fetch failed');
});

test('closing does not wait for a request that has not arrived whole', async () => {
  const server = await servePortal(whole(echo), { port: 0 });
  const head = 'POST /a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\n{';
  const broken = new Promise<string>((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(head));
    socket.on('error', (error) => resolve(error.message));
    socket.on('close', () => resolve('closed'));
    socket.once('connect', () => setTimeout(() => void server.close(), 20));
  });
  expect(await broken).toMatch(/closed|ECONNRESET/);
});

test('a caller that hangs up aborts the signal', async () => {
  const inside = signalled();
  let signal: AbortSignal | undefined;
  const server = await start((request) => {
    signal = request.signal;
    inside.resolve();
    return new Promise((resolve) => {
      request.signal?.addEventListener('abort', () => resolve({ status: 200, headers: {}, body: '' }));
    });
  });
  const controller = new AbortController();
  const pending = fetch(`${server.url}/slow`, { signal: controller.signal });
  await inside.promise;
  controller.abort();
  await expect(pending).rejects.toThrow('aborted');
  await expect.poll(() => signal?.aborted).toBe(true);
});

test('a portal answers over it as it does in process', async () => {
  const portal = await createPortal({ clock: fakeClock(), random: seededRandom(1), seed: 'none' });
  const server = await servePortal(portal, { port: 0 });
  servers.push(server);
  const headers = { authorization: 'Bearer pat-na1-x', 'content-type': 'application/json' };
  const made = await fetch(`${server.url}/crm/v3/objects/contacts`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ properties: { email: 'zoe@example.com', lastname: 'Müller' } }),
  });
  expect(made.status).toBe(201);
  expect(made.headers.get('x-hubspot-ratelimit-max')).toBe('190');
  expect(await made.json()).toMatchObject({ properties: { lastname: 'Müller' } });
  expect((await fetch(`${server.url}/crm/v3/objects/contacts`)).status).toBe(401);
});

test('links in answers lead back to the portal, so that no client leaves it with its bearer', async () => {
  const portal = await createPortal({ clock: fakeClock(), random: seededRandom(1), seed: 'none', limits: 'off' });
  const server = await servePortal(portal, { port: 0 });
  servers.push(server);
  const headers = { authorization: 'Bearer pat-na1-x', 'content-type': 'application/json' };
  for (const firstname of ['Ada', 'Bo']) {
    const body = JSON.stringify({ properties: { firstname } });
    const made = await fetch(`${server.url}/crm/v3/objects/contacts`, { method: 'POST', headers, body });
    expect(made.headers.get('location')).toMatch(new RegExp(`^${server.url}/crm/v3/objects/contacts/\\d+$`));
  }
  const page: unknown = await (await fetch(`${server.url}/crm/v3/objects/contacts?limit=1`, { headers })).json();
  const link = at(page, 'paging', 'next', 'link');
  expect(link).toMatch(new RegExp(`^${server.url}/`));
  expect(await (await fetch(String(link), { headers })).json()).toMatchObject({
    results: [{ properties: { firstname: 'Bo' } }],
  });
});

test('a port that is taken is refused at once', async () => {
  const server = await start(echo);
  await expect(servePortal(whole(echo), { port: server.port })).rejects.toThrow('EADDRINUSE');
});
