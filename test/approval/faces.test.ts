/** The same approval for callers that do not speak 2026-07-28: older MCP clients, plain HTTP, the library. */

import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../src/clock.ts';
import { type ApprovalQuestion, type CrmTools, createCrm } from '../../src/index.ts';
import { type HttpServer, serveHttp } from '../../src/mcp/http.ts';
import { type Connection, connect } from '../harness.ts';
import { addContacts, crowd } from './people.ts';

const failure = z.looseObject({ code: z.string(), approvalToken: z.string().optional() });

describe('Over HTTP', () => {
  let open: Connection;
  let server: HttpServer;
  beforeAll(async () => {
    open = await connect();
    server = await serveHttp(open.toolbox, { port: 0, clock: systemClock, log: () => undefined });
  });
  afterAll(async () => {
    await server.close();
    await open.close();
  });

  it('a client of 2025, whose answers cannot be told apart here, is not asked and goes on by token', async () => {
    const ids = await addContacts(open, { email: 'old@acme.test' });
    const client = new OldClient({ name: 'old', version: '1' }, { capabilities: { elicitation: {} } });
    let asked = 0;
    client.setRequestHandler(ElicitRequestSchema, () => {
      asked++;
      return { action: 'accept', content: { approve: true } };
    });
    await client.connect(new OldTransport(new URL(`${server.url}/mcp`)));
    const call = (more: object = {}) =>
      client.callTool({ name: 'archive_records', arguments: { objectType: 'contacts', ids, ...more } });
    const text = z.object({ content: z.tuple([z.object({ text: z.string() })]) });
    const error = failure.parse(JSON.parse(text.parse(await call()).content[0].text));
    expect(error.code).toBe('approval_needed');
    expect(await call({ approvalToken: error.approvalToken })).toMatchObject({ structuredContent: { applied: 1 } });
    expect(asked).toBe(0);
    await client.close();
  });

  const post = async (args: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/v1/tools/archive_records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(args),
    });
    return { status: response.status, body: z.looseObject({}).parse(await response.json()) };
  };

  it('a plain call answers 428 with the token, 200 with it, and 409 to a token that is not its own', async () => {
    const ids = await addContacts(open, ...crowd(2));
    const args = { objectType: 'contacts', ids };
    const needed = await post(args);
    expect(needed).toMatchObject({
      status: 428,
      body: { code: 'approval_needed', changes: [{}, {}].map(() => expect.any(String)) },
    });
    const approvalToken = needed.body['approvalToken'];
    const other = { ...args, ids: ids.slice(1), approvalToken };
    expect(await post(other)).toMatchObject({ status: 409, body: { code: 'approval_invalid' } });
    expect(await post({ ...args, approvalToken }, { 'user-agent': 'another' })).toMatchObject({ status: 409 });
    expect(await post({ ...args, approvalToken })).toMatchObject({ status: 200, body: { applied: 2 } });
  });

  it('a plain call that only a form could approve answers 403', async () => {
    const ids = await addContacts(open, ...crowd(8).map(({ email = '' }) => ({ email: `x${email}` })));
    expect(await post({ objectType: 'contacts', ids })).toMatchObject({
      status: 403,
      body: { code: 'approval_unavailable' },
    });
  });
});

const no = () => Promise.resolve(false);
const broken = () => Promise.reject(new Error('nobody is here'));

describe('The library', () => {
  const opened: CrmTools[] = [];
  const library = async (options: Parameters<typeof createCrm>[0] = {}) => {
    const crm = await createCrm({ embedded: true, seed: 'none', ...options });
    opened.push(crm);
    const { data } = await crm.call('create_records', {
      objectType: 'contacts',
      records: [{ properties: { email: 'ada@acme.test' } }],
    });
    const { rows } = z.object({ rows: z.array(z.array(z.unknown())) }).parse(data);
    return { crm, args: { objectType: 'contacts', ids: [rows[0]?.[1]] } };
  };
  afterAll(async () => {
    for (const crm of opened) await crm.close();
  });

  it('asks its program, in words and as data', async () => {
    const asked: ApprovalQuestion[] = [];
    const onApproval = (question: ApprovalQuestion) => {
      asked.push(question);
      return Promise.resolve(true);
    };
    const { crm, args } = await library({ onApproval });
    expect(await crm.call('archive_records', args)).toMatchObject({ data: { applied: 1 } });
    expect(asked).toEqual([
      {
        tool: 'archive_records',
        reason: 'archive',
        title: 'Archive 1 contact',
        lines: [expect.stringMatching(/^contacts \d+ "ada@acme\.test": archive$/)],
        message: expect.stringContaining('Archive 1 contact?'),
      },
    ]);
  });

  it('takes no answer, and a failure to ask, for a no', async () => {
    const log: string[] = [];
    const { crm, args } = await library({ log: (line) => void log.push(line) });
    expect(await crm.call('archive_records', args, { onApproval: no })).toMatchObject({
      isError: true,
      error: { code: 'approval_declined' },
    });
    expect(await crm.call('archive_records', args, { onApproval: broken })).toMatchObject({
      error: { code: 'approval_declined' },
    });
    expect(log).toContainEqual(expect.stringContaining('nobody is here'));
    expect(await crm.call('get_records', args)).toMatchObject({ isError: false });
  });

  it('without a way to ask gives the token', async () => {
    const { crm, args } = await library();
    const { error } = await crm.call('archive_records', args);
    expect(error).toMatchObject({ code: 'approval_needed' });
    const approvalToken = error?.approvalToken;
    expect(await crm.call('archive_records', { ...args, approvalToken }, { session: 'another' })).toMatchObject({
      error: { code: 'approval_invalid' },
    });
    expect(await crm.call('archive_records', { ...args, approvalToken })).toMatchObject({ data: { applied: 1 } });
  });
});
