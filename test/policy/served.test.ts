import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../src/clock.ts';
import { type HttpServer, serveHttp } from '../../src/mcp/http.ts';
import { wireTool } from '../../src/mcp/server.ts';
import { tools } from '../../tools/index.ts';
import { type Connection, connect } from '../harness.ts';

const answer = z.object({
  result: z
    .object({ tools: z.array(z.object({ name: z.string(), annotations: z.object({ readOnlyHint: z.boolean() }) })) })
    .optional(),
  error: z.object({ message: z.string() }).optional(),
});

describe('A read-only server', () => {
  it('S36: has no tool that writes, and refuses each of them when it is called by name', async () => {
    const connection = await connect({ config: { readOnly: true } });
    const listed = (await connection.client.listTools()).tools.map(({ name }) => name);
    for (const { name, effect } of tools) {
      expect(listed.includes(name)).toBe(effect === 'read');
    }
    for (const { name } of tools.filter(({ effect }) => effect !== 'read')) {
      expect((await connection.call(name, {})).error['code']).toBe('read_only');
    }
    expect(connection.requests.filter((request) => !/^(GET|POST .*token-info)/.test(request))).toEqual([]);
    await connection.close();
  });
});

describe('The profile of a chatbot', () => {
  it('has six to eight tools, that cost a model at most 2,200 tokens and take nothing away', async () => {
    const connection = await connect({ config: { profile: 'chatbot' } });
    const listed = await connection.toolbox.listed();
    expect(listed.length).toBeGreaterThanOrEqual(6);
    expect(listed.length).toBeLessThanOrEqual(8);
    const seen = listed
      .map((tool) => wireTool(tool))
      .map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
    expect(encode(JSON.stringify(seen)).length).toBeLessThanOrEqual(2_200);
    expect(listed.map(({ effect }) => effect)).not.toContain('archive');
    expect((await connection.call('archive_records', { objectType: 'contacts', ids: ['1'] })).error['code']).toBe(
      'not_in_profile',
    );
    await connection.close();
  });
});

describe('A request', () => {
  let connection: Connection;
  let server: HttpServer;
  beforeAll(async () => {
    connection = await connect();
    await connection.hubspot.objects.create('contacts', { properties: { firstname: 'Ann', jobtitle: 'Boss' } });
    server = await serveHttp(connection.toolbox, { port: 0, clock: systemClock, log: () => undefined });
  });
  afterAll(async () => {
    await server.close();
    await connection.close();
  });

  const rpc = async (method: string, params: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const text = await response.text();
    return answer.parse(JSON.parse(text.startsWith('{') ? text : (/^data: (\{.*)$/m.exec(text)?.[1] ?? '{}')));
  };

  it('over HTTP lists and calls less when its headers say so, and only for itself', async () => {
    const all = await rpc('tools/list', {});
    const reading = await rpc('tools/list', {}, { 'hubspot-mcp-read-only': 'true' });
    expect(reading.result?.tools.length).toBeGreaterThan(5);
    expect(reading.result?.tools.every(({ annotations }) => annotations.readOnlyHint)).toBe(true);
    expect(reading.result?.tools.length).toBeLessThan(all.result?.tools.length ?? 0);
    const chat = await rpc('tools/list', {}, { 'hubspot-mcp-profile': 'chatbot', 'hubspot-mcp-toolsets': 'crm' });
    expect(chat.result?.tools.map(({ name }) => name)).toContain('log_note');
    const both = await rpc('tools/list', {}, { 'hubspot-mcp-profile': 'chatbot', 'hubspot-mcp-read-only': 'true' });
    expect(both.result?.tools.map(({ name }) => name)).not.toContain('log_note');
    expect((await rpc('tools/list', {})).result?.tools.length).toBe(all.result?.tools.length);
  });

  it('over plain HTTP as well', async () => {
    const headers = { 'hubspot-mcp-read-only': 'true', 'content-type': 'application/json' };
    const listed = await fetch(`${server.url}/v1/tools`, { headers });
    expect(await listed.text()).not.toContain('create_records');
    const body = JSON.stringify({ objectType: 'contacts', records: [{ properties: { firstname: 'X' } }] });
    const called = await fetch(`${server.url}/v1/tools/create_records`, { method: 'POST', headers, body });
    expect(called.status).toBe(403);
    expect(await called.json()).toMatchObject({ code: 'read_only' });
  });

  it.each([
    { 'hubspot-mcp-read-only': 'maybe' },
    { 'hubspot-mcp-read-only': '' },
    { 'hubspot-mcp-toolsets': 'crm,everything' },
    { 'hubspot-mcp-toolsets': '' },
    { 'hubspot-mcp-profile': 'admin' },
  ])('with the header %j is refused, not served as if it had said nothing', async (headers) => {
    const before = connection.requests.length;
    expect((await rpc('tools/list', {}, headers)).error?.message).toContain('cannot be read');
    expect((await fetch(`${server.url}/v1/tools`, { headers })).status).toBe(400);
    const response = await fetch(`${server.url}/v1/tools/list_owners`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    expect(await response.json()).toMatchObject({ code: 'invalid_policy' });
    expect(connection.requests.slice(before)).toEqual([]);
  });

  it('may hide properties and forbid writes in its _meta', async () => {
    const call = async (policy: unknown, name: string, args: Record<string, unknown>) => {
      const { content } = await connection.client.callTool({
        name,
        arguments: args,
        _meta: { 'hubspot-crm-mcp/policy': policy },
      });
      return JSON.stringify(content);
    };
    const all = { objectType: 'contacts', properties: ['*'], ids: [await firstContact(connection)] };
    expect(await call({}, 'get_records', all)).toContain('Boss');
    expect(await call({ properties: { jobtitle: { access: 'deny' } } }, 'get_records', all)).not.toContain('Boss');
    const created = { objectType: 'contacts', records: [{ properties: { firstname: 'X' } }] };
    const rules = [{ verdict: 'deny', objectTypes: ['contacts'], because: 'Not from here.' }];
    expect(await call({ rules }, 'create_records', created)).toContain('Not from here.');
    expect(await call({ rules: [{ verdict: 'allow' }] }, 'create_records', created)).toContain('invalid_policy');
    const resource = connection.client.readResource({
      uri: 'hubspot://schema/contacts',
      _meta: { 'hubspot-crm-mcp/policy': { readonly: true } },
    });
    await expect(resource).rejects.toThrow('cannot be read');
  });
});

async function firstContact({ hubspot }: Connection): Promise<string> {
  const { results } = await hubspot.objects.list('contacts');
  return results[0]?.id ?? '';
}
