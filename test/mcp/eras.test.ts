/** The same tools to a client of each protocol era, over real sockets. */

import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../src/clock.ts';
import { UserError } from '../../src/crm/user-error.ts';
import { type HttpServer, serveHttp } from '../../src/mcp/http.ts';
import { defineTool, type ToolContext } from '../../src/tool.ts';
import { probe, writing } from '../fixtures/probe-tools.ts';
import { type Connection, connect } from '../harness.ts';

let connection: Connection;
let server: HttpServer;
let ended: AbortController;

const counts = defineTool({
  name: 'count_up',
  title: 'Count',
  description: 'Counts to three, and says so.',
  toolset: 'crm',
  effect: 'read',
  scopes: [],
  input: z.object({}),
  output: z.object({ counted: z.int() }),
  handler(_input, context: ToolContext) {
    for (const done of [1, 2, 2, 1, 3]) context.progress(done, 3, `at ${done}`);
    return Promise.resolve({ counted: 3 });
  },
});

/** Reads until its caller gives up: every request of a call carries the caller's signal. */
const waits = defineTool({
  ...counts,
  name: 'wait_forever',
  async handler(_input, { crm }: ToolContext) {
    const contacts = await crm.objectTypes.resolve('contacts');
    for (;;) await crm.records.search(contacts, {});
  },
});

beforeAll(async () => {
  ended = new AbortController();
  const watched = defineTool({
    ...waits,
    handler: (input, context) => waits.handler(input, context).finally(() => ended.abort()),
  });
  const refuses = probe({
    name: 'refuse_it',
    handler: () => Promise.reject(new UserError('not_possible', 'It cannot be.')),
  });
  connection = await connect({
    tools: [probe(), refuses, counts, watched, { ...writing(0, 1), name: 'fail_rows' }, writing(1, 1)],
  });
  server = await serveHttp(connection.toolbox, { port: 0, clock: systemClock, log: () => undefined });
});

afterAll(async () => {
  await server.close();
  await connection.close();
});

/** The part of both clients that the tests use. */
interface AnyClient {
  era: string;
  list(): Promise<{ name: string }[]>;
  call(name: string, args?: Record<string, unknown>, settings?: Settings): Promise<Answer>;
  close(): Promise<void>;
}
interface Settings {
  onprogress?: (heard: { progress: number }) => void;
  signal?: AbortSignal;
}
type Answer = { isError?: boolean | undefined; structuredContent?: unknown; content: unknown };

async function modern(): Promise<AnyClient> {
  const client = new ModernClient({ name: 'modern', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new ModernTransport(new URL(`${server.url}/mcp`)));
  return {
    era: client.getNegotiatedProtocolVersion() ?? '',
    list: async () => (await client.listTools()).tools,
    call: (name, args = {}, settings = {}) => client.callTool({ name, arguments: args }, settings),
    close: () => client.close(),
  };
}

async function old(): Promise<AnyClient> {
  const client = new OldClient({ name: 'old', version: '1.0.0' });
  const transport = new OldTransport(new URL(`${server.url}/mcp`));
  await client.connect(transport);
  return {
    era: transport.protocolVersion ?? '',
    list: async () => (await client.listTools()).tools,
    call: async (name, args = {}, settings = {}) => {
      const { content, structuredContent, isError } = await client.callTool(
        { name, arguments: args },
        undefined,
        settings,
      );
      return { content, structuredContent, ...(isError === true && { isError }) };
    },
    close: () => client.close(),
  };
}

describe.each([
  ['2026-07-28', modern],
  ['2025-11-25', old],
] as const)('A client of %s', (era, open) => {
  let client: AnyClient;
  beforeAll(async () => {
    client = await open();
  });
  afterAll(() => client.close());

  it('negotiates its own revision and sees the same tools', async () => {
    expect(client.era).toBe(era);
    expect((await client.list()).map(({ name }) => name)).toEqual(
      connection.toolbox.catalogue.all.map(({ name }) => name),
    );
  });

  it('gets text and structured content', async () => {
    const { content, structuredContent } = await client.call('echo_input', { objectType: 'deals' });
    expect(structuredContent).toEqual({ given: { objectType: 'deals', limit: 10 } });
    expect(content).toEqual([{ type: 'text', text: 'given.objectType: deals\ngiven.limit: 10' }]);
  });

  it('can read why a call failed', async () => {
    const { isError, content, structuredContent } = await client.call('refuse_it');
    expect({ isError, structuredContent }).toEqual({ isError: true, structuredContent: undefined });
    expect(content).toEqual([
      { type: 'text', text: '{"code":"not_possible","message":"It cannot be.","retryable":false}' },
    ]);
    expect(await client.call('echo_input', { objectTyp: 1 })).toMatchObject({ isError: true });
  });

  it('can read which rows failed, whether or not others were applied', async () => {
    expect(await client.call('write_rows')).toMatchObject({
      structuredContent: { applied: 1, failed: [{ index: 0 }] },
    });
    expect((await client.call('write_rows')).isError).toBeUndefined();
    expect(await client.call('fail_rows')).toMatchObject({
      isError: true,
      structuredContent: { applied: 0, failed: [{ index: 0 }] },
    });
  });

  it('hears of progress, and only forward', async () => {
    const heard: number[] = [];
    await client.call('count_up', {}, { onprogress: ({ progress }) => heard.push(progress) });
    expect(heard).toEqual([1, 2, 3]);
  });

  it('is told by the protocol that a tool does not exist', async () => {
    await expect(client.call('echo_imput')).rejects.toThrow('Did you mean echo_input?');
  });
});

it('A call that its client gives up ends here too', async () => {
  const client = await modern();
  const giveUp = new AbortController();
  const call = client.call('wait_forever', {}, { signal: giveUp.signal }).catch((error: unknown) => error);
  setTimeout(() => giveUp.abort(), 50);
  expect(await call).toBeInstanceOf(Error);
  await expect.poll(() => ended.signal.aborted).toBe(true);
  await client.close();
});
