import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { leaveMark } from '../../bench/quota/leave-mark.ts';
import { type RedisServer, startRedis } from '../../bench/quota/redis-server.ts';
import { verifyAudit } from '../../src/observe/verify-audit.ts';
import { receiver } from './receiver.ts';
import { contact, served } from './served.ts';

const TOKEN = 'pat-na1-0123456789ab';
const SECRET = 'whsec-0123456789abcdef';
const SEARCH = '/crm/objects/*/*/search';
const search = { objectType: 'contacts' };

describe('/metrics', () => {
  it('counts calls, requests, repetitions, refusals and rows', async () => {
    const server = await served();
    server.portal.control.faults.add({ kind: '429', path: SEARCH, count: 1, retryAfter: 1 });
    await server.call('search_records', search);
    await server.call('create_records', contact('ann@acme.test'));
    await server.call('search_records', { objectType: 'contacts', limt: 1 });
    await server.call('no_such_tool_of_ours');
    const text = await server.metrics();
    for (const line of [
      'hubspot_mcp_tool_calls_total{tool="search_records",outcome="ok",code=""} 1',
      'hubspot_mcp_tool_calls_total{tool="search_records",outcome="invalid",code="unknown_argument"} 1',
      'hubspot_mcp_tool_calls_total{tool="unknown",outcome="invalid",code="unknown_tool"} 1',
      'mcp_server_operation_duration_seconds_count{mcp_method_name="tools/call",gen_ai_tool_name="create_records",error_type=""} 1',
      'http_client_request_duration_seconds_count{http_request_method="POST",server_address="127.0.0.1",http_response_status_code="429",error_type="rate_limited",hubspot_operation="objects.search"} 1',
      'hubspot_mcp_request_retries_total{operation="objects.search"} 1',
      'hubspot_mcp_rate_limited_total{operation="objects.search"} 1',
      'hubspot_mcp_journal_rows_total{state="applied"} 1',
      'hubspot_mcp_journal_rows_total{state="unknown"} 0',
      'hubspot_mcp_quota_remaining{budget="search"}',
      'hubspot_mcp_queue_length{budget="burst"} 0',
      'hubspot_mcp_breaker_open{host="api"} 0',
      'hubspot_mcp_degraded{part="redis"} 0',
    ]) {
      expect(text).toContain(line);
    }
    // A name that somebody made up is no label.
    expect(text).not.toContain('no_such_tool');
  });

  it('counts reads of resources apart from calls, and has a line for each', async () => {
    const server = await served({ HUBSPOT_MCP_LOG_LEVEL: 'debug' });
    const client = new Client({ name: 'reader', version: '1' });
    onTestFinished(() => client.close());
    await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
    await client.readResource({ uri: 'hubspot://schema/contacts' });
    await expect(client.readResource({ uri: 'hubspot://records/contacts/404' })).rejects.toThrow('404');
    await expect(client.readResource({ uri: 'hubspot://schema/cantacts' })).rejects.toThrow('cantacts');
    const text = await server.metrics();
    for (const line of [
      'hubspot_mcp_resource_reads_total{resource="schema",outcome="ok",code=""} 1',
      'hubspot_mcp_resource_reads_total{resource="record",outcome="invalid",code="not_found"} 1',
      'hubspot_mcp_resource_reads_total{resource="schema",outcome="invalid",code="unknown_object_type"} 1',
      'mcp_server_operation_duration_seconds_count{mcp_method_name="resources/read",gen_ai_tool_name="",error_type=""} 1',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).not.toContain('hubspot_mcp_tool_calls_total{');
    expect(server.stderr()).toMatch(/resource schema: ok in \d+ ms/);
  });

  it('counts what people were asked, and jobs', async () => {
    const server = await served();
    await Promise.all(['a@acme.test', 'b@acme.test'].map((email) => server.call('create_records', contact(email))));
    const all = {
      objectType: 'contacts',
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }] }],
    };
    const { data: preview } = await server.call('update_records', { ...all, properties: { city: 'Ulm' } });
    const { digest } = z.object({ preview: z.object({ digest: z.string() }) }).parse(preview).preview;
    const job = await server.call('update_records', { ...all, properties: { city: 'Ulm' }, digest });
    expect(job).toMatchObject({ status: 200, data: { applied: 2, job: { status: 'done' } } });
    const { data: found } = await server.call('search_records', search);
    const { rows } = z.object({ rows: z.array(z.array(z.string().nullable())) }).parse(found);
    await server.call('archive_records', { objectType: 'contacts', ids: rows.map(([id]) => id) });
    expect(await server.metrics()).toContain('hubspot_mcp_jobs{status="done"} 1');
    expect(await server.metrics()).toContain('hubspot_mcp_approvals_total{step="asked"} 1');
  });

  it('is behind the bearer, and health says to strangers only how it is', async () => {
    const server = await served({ HUBSPOT_MCP_BEARER: 'open-sesame' });
    expect(await server.get('/metrics', {})).toMatchObject({ status: 401 });
    expect(await server.get('/metrics')).toMatchObject({ status: 200 });
    expect(JSON.parse((await server.get('/healthz', {})).text)).toEqual({ status: 'ok', version: expect.any(String) });
    expect(await server.health()).toMatchObject({ http: 200, status: 'ok', reasons: [], journal: { state: 'unused' } });
    expect(await server.get('/livez', {})).toMatchObject({ status: 200 });
  });
});

describe('Health tells the truth', () => {
  it('when HubSpot answers with errors only, and when it works again', async () => {
    const server = await served();
    await server.call('search_records', search);
    server.portal.control.faults.add({ kind: '503', path: SEARCH, count: 'always', body: 'json' });
    await Promise.all(Array.from({ length: 10 }, () => server.call('search_records', search)));
    expect(await server.health()).toMatchObject({ http: 503, status: 'down', hubspot: { breaker: 'open' } });
    expect(await server.get('/livez')).toMatchObject({ status: 200 });
    await expect.poll(server.stderr).toContain('ALERT hubspot_down (firing)');
    const metrics = await server.metrics();
    expect(metrics).toContain('hubspot_mcp_breaker_open{host="api"} 1');
    expect(metrics).toContain('hubspot_mcp_alert_firing{alert="hubspot_down"} 1');
    server.portal.control.faults.clear();
    await expect.poll(() => server.call('search_records', search), { timeout: 10_000 }).toMatchObject({ status: 200 });
    expect(await server.health()).toMatchObject({ http: 200, status: 'ok' });
  }, 20_000);

  it('when HubSpot refuses the token', async () => {
    const server = await served({ HUBSPOT_ACCESS_TOKEN: 'no-token-of-hubspot' });
    await server.call('search_records', search);
    expect(await server.health()).toMatchObject({ http: 503, status: 'down', hubspot: { tokenRefused: true } });
    await expect.poll(server.stderr).toContain('ALERT token_refused (firing)');
  });

  it('when the day is used up', async () => {
    const server = await served();
    await server.call('search_records', search);
    server.portal.control.faults.add({ kind: '429', path: SEARCH, count: 'always', policy: 'DAILY' });
    await server.call('search_records', search);
    expect(await server.health()).toMatchObject({ http: 503, status: 'down' });
    await expect.poll(server.stderr).toContain('ALERT quota_low (firing)');
  });

  it('when the disk takes no journal, and when it does again', async () => {
    const server = await served();
    const inTheWay = join(server.folder, 'journal');
    await writeFile(inTheWay, 'no folder');
    expect(await server.call('create_records', contact('ann@acme.test'))).toMatchObject({
      data: { code: 'journal_unusable' },
    });
    expect(await server.health()).toMatchObject({
      http: 200,
      status: 'degraded',
      journal: { state: 'broken' },
      reasons: [expect.stringContaining('The journal')],
    });
    await expect.poll(server.stderr).toContain('ALERT journal_broken (firing)');
    await rm(inTheWay);
    await expect
      .poll(() => server.call('create_records', contact('ann@acme.test')), { timeout: 5_000 })
      .toMatchObject({ status: 200 });
    expect(await server.health()).toMatchObject({ http: 200, status: 'ok', journal: { state: 'ok' } });
  });

  describe('when Redis', () => {
    let redis: RedisServer | undefined;
    afterAll(() => redis?.close());

    it('is gone', async () => {
      redis = await startRedis();
      await leaveMark(redis.url, TOKEN);
      const server = await served(
        { HUBSPOT_MCP_REDIS_URL: redis.url, HUBSPOT_ACCESS_TOKEN: TOKEN },
        { deadlineMs: '1000' },
      );
      await server.call('search_records', search);
      expect(await server.health()).toMatchObject({ status: 'ok' });
      await redis.kill();
      await server.call('search_records', search);
      const lost = { http: 200, status: 'degraded', quota: { degraded: expect.any(String) } };
      await expect.poll(server.health, { timeout: 10_000 }).toMatchObject(lost);
      await expect.poll(server.stderr).toContain('ALERT redis_lost (firing)');
      const { data } = await server.call('get_account');
      expect(data).toMatchObject({ note: expect.stringContaining('Less than the whole quota') });
      expect(await server.metrics()).toContain('hubspot_mcp_degraded{part="redis"} 1');
    }, 20_000);
  });
});

describe('An alert', () => {
  it('reaches the webhook signed, again when that fails, and never where it redirects to', async () => {
    const hook = await receiver(SECRET, [302, 500]);
    const server = await served({ HUBSPOT_MCP_ALERT_WEBHOOK: hook.url, HUBSPOT_MCP_ALERT_SECRET: SECRET });
    await server.call('search_records', search);
    server.portal.control.faults.add({ kind: '503', path: SEARCH, count: 'always', body: 'json' });
    await Promise.all(Array.from({ length: 10 }, () => server.call('search_records', search)));
    await expect
      .poll(() => hook.got.filter(({ alert }) => alert['alert'] === 'hubspot_down').length, { timeout: 10_000 })
      .toBeGreaterThan(0);
    await expect.poll(() => hook.got.length, { timeout: 12_000 }).toBeGreaterThan(2);
    expect(hook.got.every(({ genuine, path }) => genuine && path === '/alerts?team=crm')).toBe(true);
    expect(hook.got[0]?.alert).toMatchObject({
      source: 'hubspot-crm-mcp',
      status: 'firing',
      severity: 'critical',
      message: expect.any(String),
      since: expect.any(String),
    });
  }, 30_000);

  it('becomes a task in HubSpot, through the door like every write', async () => {
    const server = await served({}, { alertTasks: true });
    server.portal.control.faults.add({ kind: '429', path: SEARCH, count: 3, retryAfter: 0 });
    await Promise.all([1, 2, 3].map(() => server.call('search_records', search)));
    await expect.poll(server.stderr, { timeout: 5_000 }).toContain('ALERT rate_limited (firing)');
    const changes = () => server.call('list_changes', { caller: 'hubspot-crm-mcp alerts' });
    await expect.poll(async () => JSON.stringify(await changes()), { timeout: 5_000 }).toContain('log_activity');
  }, 20_000);
});

describe('The audit log', () => {
  it('has a whole line for each call that wrote, was refused or needed a person', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'audit-')), 'audit.jsonl');
    const server = await served({}, { audit: file });
    const { data } = await server.call('create_records', contact('ann@acme.test'), { 'user-agent': 'workflow-7' });
    const { callId, rows } = z
      .object({ callId: z.string(), rows: z.array(z.tuple([z.number(), z.string()])) })
      .parse(data);
    await server.call('search_records', search);
    await server.call('create_records', contact('bob@acme.test'), { 'hubspot-mcp-read-only': 'true' });
    const archive = { objectType: 'contacts', ids: rows.map(([, id]) => id) };
    const asked = await server.call('archive_records', archive);
    const { approvalToken } = z.object({ approvalToken: z.string() }).parse(asked.data);
    await server.call('archive_records', { ...archive, approvalToken });
    await server.end();
    const text = await readFile(file, 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const id = rows[0]?.[1];
    expect(lines).toMatchObject([
      {
        event: 'write',
        caller: 'workflow-7',
        tool: 'create_records',
        callId,
        rows: { applied: 1 },
        records: [`contacts ${id}`],
      },
      { event: 'refused', tool: 'create_records', code: 'read_only' },
      { event: 'approval', approval: 'asked', tool: 'archive_records', reason: 'archive', digest: expect.any(String) },
      { event: 'approval', approval: 'granted', tool: 'archive_records', digest: expect.any(String) },
      { event: 'write', tool: 'archive_records', rows: { applied: 1 }, records: [`contacts ${id}`] },
    ]);
    expect(text).not.toContain('acme.test');
    expect(text).not.toContain(approvalToken);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await verifyAudit([file])).toMatchObject({ lines: 5, chains: 1, problems: [], cut: [] });
  });
});

describe('No secret', () => {
  it('is in anything that an operator reads, however it got to where it was said', async () => {
    const hook = await receiver(SECRET);
    const bearer = 'bearer-of-the-callers';
    const folder = await mkdtemp(join(tmpdir(), 'audit-'));
    const server = await served(
      {
        HUBSPOT_ACCESS_TOKEN: TOKEN,
        HUBSPOT_MCP_BEARER: bearer,
        HUBSPOT_MCP_ALERT_WEBHOOK: `${hook.url}&key=${SECRET}`,
        HUBSPOT_MCP_ALERT_SECRET: SECRET,
      },
      { audit: join(folder, 'audit.jsonl'), auditReads: true, logFormat: 'json', logLevel: 'debug' },
    );
    const secrets = [TOKEN, bearer, SECRET];
    const calls = secrets.flatMap((secret) => [
      server.call(
        'search_records',
        { objectType: secret },
        { 'user-agent': `agent ${secret}`, 'hubspot-mcp-run': secret },
      ),
      server.call(encodeURIComponent(secret), {}, { 'user-agent': secret }),
      server.call(
        'create_records',
        { objectType: 'contacts', records: [{ properties: { firstname: secret } }] },
        { 'user-agent': secret },
      ),
    ]);
    server.portal.control.faults.add({ kind: '429', path: SEARCH, count: 3, retryAfter: 0 });
    await Promise.all([...calls, ...[1, 2, 3].map(() => server.call('search_records', search))]);
    await expect.poll(() => hook.got.length, { timeout: 5_000 }).toBeGreaterThan(0);
    const health = await server.get('/healthz');
    const metrics = await server.metrics();
    await server.end();
    const read = [
      server.stderr(),
      health.text,
      metrics,
      await readFile(join(folder, 'audit.jsonl'), 'utf8'),
      ...hook.got.map(({ body }) => body),
    ];
    expect(secrets.filter((secret) => read.some((text) => text.includes(secret)))).toEqual([]);
    const logged = server
      .stderr()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(logged).toContainEqual(
      expect.objectContaining({
        level: 'info',
        tool: 'create_records',
        time: expect.any(String),
        callId: expect.any(String),
      }),
    );
    expect(logged).toContainEqual(expect.objectContaining({ level: 'warn', alert: 'rate_limited' }));
  }, 20_000);

  it('is in what is said of a Redis that is not there', async () => {
    const url = 'redis://default:redis%2Dpassword@127.0.0.1:1';
    const server = await served({ HUBSPOT_MCP_REDIS_URL: url }, { deadlineMs: '500', logLevel: 'debug' });
    await server.call('search_records', search);
    await expect.poll(server.stderr).toContain('ALERT redis_lost (firing)');
    const health = await server.get('/healthz');
    await server.end();
    expect(server.stderr() + health.text).not.toMatch(/redis(%2D|-)password/);
  });
});
