import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../../src/clock.ts';
import { type ControlServer, serveControl } from '../../../src/portal/control/server.ts';
import { createPortal, type Portal } from '../../../src/portal/index.ts';
import { type FakeClock, fakeClock } from '../../fake-clock.ts';
import { at } from '../talk.ts';

const contacts = '/crm/v3/objects/contacts';
const headers = { authorization: 'Bearer pat-na1-secret', 'content-type': 'application/json' };

interface Controlled {
  readonly portal: Portal;
  readonly clock: FakeClock;
  readonly server: ControlServer;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;
  readonly create: (email: string) => Promise<number>;
}

async function controlled(): Promise<Controlled> {
  const clock = fakeClock();
  const portal = await createPortal({ clock, random: seededRandom(7), seed: 'none', limits: 'off', requestLog: 1_000 });
  const failures: unknown[] = [];
  const server = await serveControl(portal.control, { port: 0, onError: (error) => failures.push(error) });
  onTestFinished(async () => {
    await server.close();
    portal.close();
    expect(failures).toEqual([]);
  });
  return {
    portal,
    clock,
    server,
    async ask(method, path, body) {
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const response = await fetch(`${server.url}${path}`, { method, ...sent });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    async create(email) {
      const body = JSON.stringify({ properties: { email } });
      return (await portal.fetch({ method: 'POST', url: contacts, headers, body })).status;
    },
  };
}

/** The status that a request with these headers gets. */
function knock(server: ControlServer, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(`${head}\r\nConnection: close\r\n\r\n`));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer.slice(9, 12)));
    socket.on('error', reject);
  });
}

describe('the control port', () => {
  test('says what there is', async () => {
    const { ask } = await controlled();
    const { status, body } = await ask('GET', '/');
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('POST /snapshots/*/restore: ');
  });

  test('tells what arrived, when, from whom, and what became of it', async () => {
    const { ask, clock, create, portal } = await controlled();
    await create('a@b.co');
    await clock.advance(250);
    portal.control.faults.add({ kind: 'apply-then-reset' });
    await expect(create('c@d.co')).rejects.toThrow('ECONNRESET');
    await portal.fetch({ method: 'GET', url: `${contacts}?limit=1`, headers: {} });
    const start = Date.UTC(2026, 10, 22);
    const sent = { token: 'pat-na1-secret', method: 'POST', path: contacts, query: '', bodyBytes: 33 };
    const read = { token: null, method: 'GET', path: contacts, query: 'limit=1', body: null, bodyBytes: 0 };
    expect((await ask('GET', '/requests')).body).toEqual([
      { ...sent, arrival: start, body: '{"properties":{"email":"a@b.co"}}', status: 201 },
      {
        ...sent,
        arrival: start + 250,
        body: '{"properties":{"email":"c@d.co"}}',
        status: null,
        fault: 'apply-then-reset',
      },
      { ...read, arrival: start + 250, status: 401 },
    ]);
    expect((await ask('DELETE', '/requests')).status).toBe(204);
    expect((await ask('GET', '/requests')).body).toEqual([]);
  });

  test('sets faults, tells of them and takes them away', async () => {
    const { ask, create } = await controlled();
    const set = await ask('POST', '/faults', { kind: 'apply-then-502', method: 'POST', path: '/crm/**', nth: 2 });
    expect(set).toMatchObject({ status: 201, body: { id: '1', matched: 0, struck: 0 } });
    expect([await create('a@b.co'), await create('c@d.co'), await create('c@d.co')]).toEqual([201, 502, 409]);
    expect((await ask('GET', '/faults')).body).toMatchObject([{ id: '1', nth: 2, matched: 3, struck: 1 }]);
    const two = [
      { kind: '423', count: 'always' },
      { kind: 'index-delay', ms: 100 },
    ];
    expect((await ask('POST', '/faults', two)).body).toMatchObject([{ id: '2' }, { id: '3' }]);
    expect((await ask('DELETE', '/faults/2')).status).toBe(204);
    expect((await ask('DELETE', '/faults/2')).status).toBe(404);
    expect((await ask('DELETE', '/faults')).status).toBe(204);
    expect((await ask('GET', '/faults')).body).toEqual([]);
  });

  test('takes snapshots, tells what changed since, and goes back', async () => {
    const { ask, create } = await controlled();
    expect((await ask('POST', '/snapshots/before')).status).toBe(201);
    await create('a@b.co');
    const diff = await ask('GET', '/diff?since=before');
    expect(diff.status).toBe(200);
    expect(at(diff.body, 'records', 'created', 0)).toMatchObject({
      objectType: 'contacts',
      properties: { email: 'a@b.co' },
    });
    expect((await ask('GET', '/snapshots')).body).toEqual(['before']);
    expect((await ask('POST', '/snapshots/before/restore')).status).toBe(200);
    expect(at((await ask('GET', '/diff?since=before')).body, 'records', 'created')).toEqual([]);
    expect(await create('a@b.co')).toBe(201);
    expect((await ask('DELETE', '/snapshots/before')).status).toBe(204);
    expect((await ask('GET', '/snapshots')).body).toEqual([]);
  });

  test('exports the whole portal as a file that another one can be opened with', async () => {
    const { ask, create, clock } = await controlled();
    await create('a@b.co');
    const exported = await ask('GET', '/export');
    expect(at(exported.body, 'records', 'contacts', 0, 'properties', 'email')).toBe('a@b.co');
    const seed = { json: JSON.stringify(exported.body) };
    const again = await createPortal({ clock, random: seededRandom(8), seed, limits: 'off' });
    expect(again.describe().records).toMatchObject({ contacts: 1 });
    again.close();
    const wrong = createPortal({ clock, random: seededRandom(8), seed: { json: '{"contacts":[]}' } });
    await expect(wrong).rejects.toThrow(/^contacts: /);
  });

  test('sets the clock', async () => {
    const { ask, clock } = await controlled();
    expect((await ask('POST', '/clock', { now: '2030-01-01T12:00:00Z', frozen: true })).body).toEqual({
      now: '2030-01-01T12:00:00.000Z',
      frozen: true,
    });
    await clock.advance(5_000);
    await ask('POST', '/clock', { advanceMs: 60_000 });
    expect((await ask('GET', '/clock')).body).toEqual({ now: '2030-01-01T12:01:00.000Z', frozen: true });
    await ask('POST', '/clock', { frozen: false });
    await clock.advance(5_000);
    expect(at((await ask('GET', '/clock')).body, 'now')).toBe('2030-01-01T12:01:05.000Z');
  });

  test.each([
    ['POST', '/faults', '{', 400, /^The body is not JSON: /],
    ['POST', '/faults', undefined, 400, /^Send a JSON body/],
    ['POST', '/faults', { kind: 'boom' }, 400, /^kind is one of /],
    ['POST', '/faults', [{ kind: '502' }, 'x'], 400, /^A fault is an object/],
    ['POST', '/clock', { now: 'soon' }, 400, /^now is a date such as/],
    ['POST', '/clock', { now: 1e300 }, 400, /^now is a date such as/],
    ['POST', '/clock', { now: '5' }, 400, /^now is a date such as/],
    ['POST', '/clock', { now: -1 }, 400, /^now is a date such as/],
    ['POST', '/clock', { advanceMs: 0.5 }, 400, /^advanceMs is a whole number/],
    ['POST', '/clock', { now: '9999-12-31', advanceMs: 86_400_000 }, 400, /^The clock runs from 1970 to 9999/],
    ['DELETE', '/snapshots/never', undefined, 404, /^There is no snapshot "never"/],
    ['POST', '/clock', { later: 1 }, 400, /^later means nothing/],
    ['POST', '/clock', [], 400, /^Say /],
    ['GET', '/diff', undefined, 400, /^Say since which snapshot/],
    ['GET', '/diff?since=never', undefined, 404, /^There is no snapshot "never"/],
    ['POST', '/snapshots/never/restore', undefined, 404, /^There is no snapshot "never"/],
    ['POST', '/snapshots/a%20b', undefined, 400, /^A name has /],
    ['GET', '/nothing', undefined, 404, /GET \/ lists/],
    ['PUT', '/faults', undefined, 405, /takes GET, POST, DELETE/],
  ] as const)('refuses %s %s with %j in words that say what to do', async (method, path, body, status, words) => {
    const { ask } = await controlled();
    const reply = await ask(method, path, body);
    expect(reply.status).toBe(status);
    expect(at(reply.body, 'error')).toMatch(words);
    expect((await ask('GET', '/faults')).body).toEqual([]);
  });

  test('is closed to web pages and to other names of this machine', async () => {
    const { server } = await controlled();
    expect(await knock(server, 'GET /requests HTTP/1.1\r\nHost: 127.0.0.1')).toBe('200');
    expect(await knock(server, 'GET /requests HTTP/1.1\r\nHost: evil.example')).toBe('403');
    const typed = 'GET /requests HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: none';
    expect(await knock(server, typed)).toBe('200');
    for (const site of ['cross-site', 'same-site', 'same-origin']) {
      expect(await knock(server, typed.replace('none', site))).toBe('403');
    }
    for (const origin of ['https://evil.example', 'http://localhost:3000', 'null']) {
      expect(await knock(server, `POST /snapshots/a HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${origin}`)).toBe('403');
    }
  });

  test('is nothing that a client of the portal can reach', async () => {
    const { portal } = await controlled();
    for (const path of ['/requests', '/faults', '/clock', '/diff?since=x', '/export', '/snapshots/x']) {
      expect((await portal.fetch({ method: 'GET', url: path, headers })).status).toBe(404);
    }
  });
});

test('a portal that was not asked to remembers no requests, and one that was forgets the oldest', async () => {
  const options = { clock: fakeClock(), random: seededRandom(7), seed: 'none', limits: 'off' } as const;
  const plain = await createPortal(options);
  await plain.fetch({ method: 'GET', url: contacts, headers });
  expect(plain.control.requests()).toBeUndefined();
  const short = await createPortal({ ...options, requestLog: 8 });
  for (let i = 0; i < 20; i++) await short.fetch({ method: 'GET', url: `${contacts}?limit=${i + 1}`, headers });
  const kept = short.control.requests() ?? [];
  expect(kept.length).toBeLessThanOrEqual(8);
  expect(kept.length + short.control.requestsForgotten()).toBe(20);
  expect(kept.at(-1)?.query).toBe('limit=20');
});
