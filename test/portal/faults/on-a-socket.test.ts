import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom, systemClock } from '../../../src/clock.ts';
import type { Fault } from '../../../src/portal/faults/fault.ts';
import { createPortal, type Portal } from '../../../src/portal/index.ts';
import { type PortalServer, servePortal } from '../../../src/portal/serve.ts';
import { at } from '../talk.ts';

const contacts = '/crm/v3/objects/contacts';
const headers = { authorization: 'Bearer pat-x', 'content-type': 'application/json', accept: 'application/json' };

async function start(...faults: Fault[]): Promise<{ portal: Portal; server: PortalServer }> {
  const portal = await createPortal({ clock: systemClock, random: seededRandom(7), seed: 'none', limits: 'off' });
  for (const fault of faults) portal.control.faults.add(fault);
  const failures: unknown[] = [];
  const server = await servePortal(portal, { port: 0, onError: (error) => failures.push(error) });
  onTestFinished(async () => {
    await server.close();
    portal.close();
    expect(failures).toEqual([]);
  });
  return { portal, server };
}

interface Seen {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly pieces: number;
  /** What broke, by its code; undefined when the answer was complete. */
  readonly broken: string | undefined;
}

/** One creation over Node's own client; `given` the request, so that a test can end it. */
function create(server: PortalServer, given: (sent: ClientRequest) => void = () => undefined): Promise<Seen> {
  return new Promise((resolve) => {
    let response: IncomingMessage | undefined;
    const pieces: Buffer[] = [];
    const done = (broken?: unknown) => {
      const code = broken instanceof Error && 'code' in broken ? String(broken.code) : undefined;
      const body = Buffer.concat(pieces).toString();
      resolve({
        status: response?.statusCode,
        headers: response?.headers ?? {},
        body,
        pieces: pieces.length,
        broken: code,
      });
    };
    const sent = request(`${server.url}${contacts}`, { method: 'POST', headers }, (answer) => {
      response = answer;
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => done());
      answer.on('error', done);
    });
    sent.on('error', done);
    sent.end(JSON.stringify({ properties: { email: 'a@b.co' } }));
    given(sent);
  });
}

async function count({ control, fetch }: Portal): Promise<unknown> {
  control.faults.clear();
  const answer = await fetch({ method: 'POST', url: `${contacts}/search`, headers, body: '{}' });
  return at(JSON.parse(String(answer.body)), 'total');
}

describe('on a socket', () => {
  test('a connection is reset after the portal did what was asked', async () => {
    const { portal, server } = await start({ kind: 'apply-then-reset' });
    expect(await create(server)).toMatchObject({ status: undefined, broken: 'ECONNRESET' });
    expect(await count(portal)).toBe(1);
  });

  test('a connection is dropped before the portal did anything', async () => {
    const { portal, server } = await start({ kind: 'drop' });
    expect(await create(server)).toMatchObject({ status: undefined, broken: 'ECONNRESET' });
    expect(await count(portal)).toBe(0);
  });

  test('an answer hangs until the caller hangs up', async () => {
    const { portal, server } = await start({ kind: 'apply-then-hang' });
    const seen = await create(server, (sent) => {
      systemClock.after(150, () => sent.destroy(Object.assign(new Error('enough'), { code: 'ENOUGH' })));
    });
    expect(seen).toMatchObject({ status: undefined, broken: 'ENOUGH' });
    expect(await count(portal)).toBe(1);
  });

  test('an answer is cut off in the middle of the body that its head promised', async () => {
    const { portal, server } = await start({ kind: 'truncated' });
    const seen = await create(server);
    expect(seen).toMatchObject({ status: 201, broken: 'ECONNRESET' });
    expect(seen.body.length).toBe(Math.floor(Number(seen.headers['content-length']) / 2));
    expect(await count(portal)).toBe(1);
  });

  test('an answer ends as its head promised, with half of its JSON', async () => {
    const { server } = await start({ kind: 'invalid-json' });
    const seen = await create(server);
    expect(seen).toMatchObject({ status: 201, broken: undefined });
    expect(() => JSON.parse(seen.body)).toThrow(SyntaxError);
  });

  test('an answer drips in, piece after piece', async () => {
    const { server } = await start({ kind: 'drip', ms: 300 });
    const before = systemClock.elapsed();
    const seen = await create(server);
    expect(systemClock.elapsed() - before).toBeGreaterThanOrEqual(290);
    expect(seen.pieces).toBeGreaterThan(10);
    expect(at(JSON.parse(seen.body), 'properties', 'email')).toBe('a@b.co');
  });

  test('a proxy answers in HTML, and says when to come back', async () => {
    const { portal, server } = await start({ kind: 'apply-then-503', retryAfter: 3 });
    const seen = await create(server);
    expect(seen).toMatchObject({ status: 503, headers: { 'content-type': 'text/html', 'retry-after': '3' } });
    expect(await count(portal)).toBe(1);
  });

  test('Node’s own fetch gets nothing but a rejection of it', async () => {
    const { server } = await start({ kind: 'drop', count: 'always' });
    await expect(fetch(`${server.url}${contacts}`, { headers })).rejects.toThrow('fetch failed');
  });

  test('closing waits neither for an answer that hangs, nor for one that drips or is late', async () => {
    const portal = await createPortal({ clock: systemClock, random: seededRandom(7), seed: 'none', limits: 'off' });
    portal.control.faults.add({ kind: 'hang' });
    portal.control.faults.add({ kind: 'drip', ms: 60_000 });
    portal.control.faults.add({ kind: 'latency', nth: 3, ms: 60_000 });
    const server = await servePortal(portal, { port: 0 });
    const hanging = create(server);
    const dripping = create(server);
    const late = create(server);
    await expect.poll(() => portal.control.faults.list().map(({ struck }) => struck)).toEqual([1, 1, 1]);
    await server.close();
    expect((await hanging).broken).toBe('ECONNRESET');
    expect((await dripping).broken).toBe('ECONNRESET');
    expect((await late).broken).toBe('ECONNRESET');
    portal.close();
  });
});
