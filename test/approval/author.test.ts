/** Who wrote, as every face tells the journal. */

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { type HttpServer, serveHttp } from '../../src/mcp/http.ts';
import { mcpServerFactory } from '../../src/mcp/server.ts';
import { type Connection, connect } from '../harness.ts';

let open: Connection;
let journal: Journal;
let server: HttpServer;
let mcp: ReturnType<typeof createMcpHandler>;

beforeEach(async () => {
  journal = createJournal({ disk: memoryDisk(), clock: systemClock, random: seededRandom(3) });
  open = await connect({ journal });
  mcp = createMcpHandler(mcpServerFactory(open.toolbox));
  server = await serveHttp(open.toolbox, { port: 0, clock: systemClock, log: () => undefined });
});
afterEach(async () => {
  await server.close();
  await mcp.close();
  await open.close();
});

const create = (email: string) => ({ objectType: 'contacts', records: [{ properties: { email } }] });
const authors = async () =>
  (await journal.calls({})).map(({ caller, session, run }) => ({ caller, session, ...(run !== undefined && { run }) }));

describe('A write is put down to', () => {
  it('the client’s name and version, and to the run that the call names', async () => {
    await open.client.callTool({
      name: 'create_records',
      arguments: create('a@acme.test'),
      _meta: { 'hubspot-crm-mcp/run': 'nightly 7' },
    });
    expect(await authors()).toEqual([
      { caller: 'harness/1.0.0', session: expect.stringMatching(/^[0-9a-f]{16}$/), run: 'nightly 7' },
    ]);
  });

  it('a client of 2025 over HTTP, which says no name with its calls, by the name of its program', async () => {
    const response = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'user-agent': 'old-client/3',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'create_records', arguments: create('a@acme.test') },
      }),
    });
    expect(await response.text()).toContain('"applied":1');
    expect(await authors()).toEqual([expect.objectContaining({ caller: 'old-client/3' })]);
  });

  it('whoever calls over plain HTTP, by the name of its program and the run in a header', async () => {
    await fetch(`${server.url}/v1/tools/create_records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'workflow-7', 'hubspot-mcp-run': 'enrolment 12' },
      body: JSON.stringify(create('a@acme.test')),
    });
    expect(await authors()).toEqual([expect.objectContaining({ caller: 'workflow-7', run: 'enrolment 12' })]);
  });
});

/** A client of one name, whoever is behind it. */
async function clientOf(principal: string) {
  const client = new Client({ name: 'same', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  const authInfo = { token: principal, clientId: principal, scopes: [], expiresAt: 9e9 };
  await client.connect(
    new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
      fetch: (url, init) => mcp.fetch(new Request(url, init), { authInfo }),
    }),
  );
  return client;
}

describe('Two principals on one server', () => {
  it('S21: are two sessions, also when their clients have one name and their requests equal ids', async () => {
    const [ann, bob] = await Promise.all([clientOf('ann'), clientOf('bob')]);
    const rounds = Array.from({ length: 10 }, (_, round) => round);
    const answers = await Promise.all(
      rounds.flatMap((round) =>
        [
          { client: ann, name: 'ann' },
          { client: bob, name: 'bob' },
        ].map(async ({ client, name }) => {
          const email = `${name}${round}@acme.test`;
          await client.callTool({ name: 'create_records', arguments: create(email) });
          const found = await client.callTool({
            name: 'get_records',
            arguments: { objectType: 'contacts', ids: [email] },
          });
          return JSON.stringify(found.structuredContent).includes(email);
        }),
      ),
    );
    expect(answers).not.toContain(false);
    const sessions = new Set((await authors()).map(({ session }) => session));
    expect(sessions.size).toBe(2);
    await Promise.all([ann.close(), bob.close()]);
  });
});
