/** The state of an open form travels through the client, which is free to do with it what it likes. */

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mcpServerFactory } from '../../src/mcp/server.ts';
import { type Connection, connect } from '../harness.ts';
import { ada, addContacts, countContacts, writesIn } from './people.ts';

const anything = z.looseObject({});
const yes = { approve: { action: 'accept', content: { approve: true } } };

let open: Connection;
let mcp: ReturnType<typeof createMcpHandler>;
const clients: Client[] = [];
let args: { objectType: string; ids: string[] };

beforeEach(async () => {
  open = await connect({ policy: { rules: [{ operations: ['update'], verdict: 'approve' }] } });
  mcp = createMcpHandler(mcpServerFactory(open.toolbox));
  args = { objectType: 'contacts', ids: await addContacts(open, ada) };
  open.requests.length = 0;
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await mcp.close();
  await open.close();
});

/** A client of 2026-07-28 that leaves forms to the test. */
async function manual(
  clientName: string,
  principal?: string,
  capabilities: object = { elicitation: { form: {} } },
  name = 'archive_records',
) {
  const client = new Client(
    { name: clientName, version: '1' },
    { versionNegotiation: { mode: 'auto' }, capabilities, inputRequired: { autoFulfill: false } },
  );
  clients.push(client);
  const authInfo =
    principal === undefined ? undefined : { token: 't', clientId: principal, scopes: [], expiresAt: 9e9 };
  await client.connect(
    new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
      fetch: (url, init) => mcp.fetch(new Request(url, init), authInfo && { authInfo }),
    }),
  );
  return (more: object = {}, called: object = args) =>
    client.request({ method: 'tools/call', params: { name, arguments: called, ...more } }, anything, {
      allowInputRequired: true,
    });
}

const stateOf = (result: Record<string, unknown>) => String(result['requestState']);
const codeOf = (result: Record<string, unknown>) => {
  const [block] = z.array(z.object({ text: z.string() })).parse(result['content']);
  return z.object({ code: z.string() }).parse(JSON.parse(block?.text ?? '')).code;
};

describe('A 2026-07-28 client', () => {
  it('is asked with one question, and its answer does what was asked', async () => {
    const call = await manual('one');
    const asked = await call();
    expect(asked).toMatchObject({
      resultType: 'input_required',
      inputRequests: {
        approve: {
          method: 'elicitation/create',
          params: {
            message: expect.stringMatching(/^Archive 1 contact\?/),
            requestedSchema: { properties: { approve: { type: 'boolean' } }, required: ['approve'] },
          },
        },
      },
    });
    expect(writesIn(open)).toEqual([]);
    const done = await call({ inputResponses: yes, requestState: stateOf(asked) });
    expect(done).toMatchObject({ structuredContent: { applied: 1 } });
    expect(await countContacts(open)).toBe(0);
  });

  it('cannot use an answer twice', async () => {
    const [id = ''] = args.ids;
    const said = { objectType: 'contacts', records: [{ id, properties: { jobtitle: 'y' } }] };
    const call = await manual('one', undefined, undefined, 'update_records');
    const state = stateOf(await call({}, said));
    const answer = { inputResponses: yes, requestState: state };
    expect(await call(answer, said)).toMatchObject({ structuredContent: { applied: 1 } });
    // As it was when the person looked.
    await open.hubspot.objects.batchUpdate('0-1', [{ id, properties: { jobtitle: '' } }]);
    open.requests.length = 0;
    expect(codeOf(await call(answer, said))).toBe('approval_used');
    expect(writesIn(open)).toEqual([]);
  });

  it.each([
    ['tampered with', (state: string) => `${state.slice(0, -20)}AAAA${state.slice(-16)}`],
    ['made up', () => 'yes'],
    ['with a later end', (state: string) => state.replace(/^\w+/, 'zzzzzzzz')],
  ])('is refused with a state %s', async (_how, forge) => {
    const call = await manual('one');
    const state = forge(stateOf(await call()));
    expect(codeOf(await call({ inputResponses: yes, requestState: state }))).toBe('approval_invalid');
    expect(writesIn(open)).toEqual([]);
  });

  it('is refused with the state of another client, of another principal, and of other arguments', async () => {
    const state = stateOf(await (await manual('one', 'ann'))());
    const answer = { inputResponses: yes, requestState: state };
    expect(codeOf(await (await manual('two', 'ann'))(answer))).toBe('approval_invalid');
    expect(codeOf(await (await manual('one', 'bob'))(answer))).toBe('approval_invalid');
    const [other = ''] = await addContacts(open, { email: 'other@acme.test' });
    open.requests.length = 0;
    const elsewhere = await (await manual('one', 'ann'))(answer, { ...args, ids: [other] });
    expect(codeOf(elsewhere)).toBe('approval_invalid');
    expect(writesIn(open)).toEqual([]);
  });

  it('is asked again when it brings a yes without the state, or the state without a yes', async () => {
    const call = await manual('one');
    const state = stateOf(await call());
    expect(await call({ inputResponses: yes })).toMatchObject({ resultType: 'input_required' });
    expect(await call({ requestState: state })).toMatchObject({ resultType: 'input_required' });
    expect(writesIn(open)).toEqual([]);
  });

  it.each([
    { action: 'accept', content: { approve: false } },
    { action: 'accept', content: {} },
    { action: 'accept' },
    { action: 'decline' },
    { action: 'cancel' },
  ])('has not said yes with %j', async (approve) => {
    const call = await manual('one');
    const state = stateOf(await call());
    expect(codeOf(await call({ inputResponses: { approve }, requestState: state }))).toBe('approval_declined');
    expect(writesIn(open)).toEqual([]);
  });

  it.each([[{}], [{ elicitation: { url: {} } }]])('that shows no forms (%j) is never asked', async (capabilities) => {
    const call = await manual('one', undefined, capabilities);
    expect(codeOf(await call())).toBe('approval_needed');
    expect(codeOf(await call({ inputResponses: yes, requestState: 'x' }))).toBe('approval_needed');
  });

  it('that only says that it can elicit shows forms', async () => {
    const call = await manual('one', undefined, { elicitation: {} });
    expect(await call()).toMatchObject({ resultType: 'input_required' });
  });
});
