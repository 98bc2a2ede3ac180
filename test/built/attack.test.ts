/** P5 and P7 on the built program, when much goes wrong: what is secret stays so, and stdout is JSON-RPC to its last line. */

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, start } from './program.ts';

const SECRETS = {
  HUBSPOT_ACCESS_TOKEN: 'pat-na1-0a1b2c3d-5ec2e7-token',
  HUBSPOT_MCP_BEARER: 'bearer-5ec2e7-0123456789',
  HUBSPOT_MCP_ALERT_SECRET: 'alert-5ec2e7-0123456789',
};
const REDIS_PASSWORD = 'redis-5ec2e7-0123456789';
const HOOK_KEY = 'hook-5ec2e7-0123456789';
/** In every one of them, and in nothing else. */
const MARK = '5ec2e7';

let folder = '';
let portal: Program;
let url = '';
let control = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attack-'));
  portal = start(['portal', '--port', '0', '--control-port', '0', '--seed', 'none', '--limits', 'off']);
  [url = '', control = ''] = (await portal.says('stdout', /http:\S+[^]*http:\S+\n/)).match(/http:[^\s,]+/g) ?? [];
});
afterAll(async () => {
  portal.process.kill();
  await portal.exit;
  await rm(folder, { recursive: true });
});

const fault = (...faults: object[]) => fetch(`${control}/faults`, { method: 'POST', body: JSON.stringify(faults) });

function open(environment: Readonly<Record<string, string>>, args: readonly string[] = []): Program {
  return start(args, {
    ...SECRETS,
    HUBSPOT_BASE_URL: url,
    HUBSPOT_MCP_JOURNAL_DIR: join(folder, 'journal'),
    HUBSPOT_MCP_AUDIT: join(folder, 'audit.jsonl'),
    HUBSPOT_MCP_AUDIT_READS: 'true',
    HUBSPOT_MCP_LOG_LEVEL: 'debug',
    HUBSPOT_MCP_ALERT_WEBHOOK: `http://127.0.0.1:1/hook?key=${HOOK_KEY}`,
    HUBSPOT_MCP_TOOLSETS: 'all',
    HUBSPOT_MCP_DEADLINE_MS: '10000',
    ...environment,
  });
}

const hello = {
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'hand', version: '1' } },
};
const call = (name: string, args: object) => ({
  method: 'tools/call',
  params: { name, arguments: args, _meta: { progressToken: name } },
});

/** Says one thing after the other, each when the last is answered. */
async function talk(program: Program, messages: readonly object[], from = 1): Promise<void> {
  for (const [index, message] of messages.entries()) {
    program.write({ jsonrpc: '2.0', id: from + index, ...message });
    await program.says('stdout', new RegExp(`"id":${from + index}[,}]`));
  }
}

/** The lines that are no message, the last one left out where the process was killed in the middle of it. */
function strayLines(stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .filter((line) => {
      try {
        return JSON.parse(line)?.jsonrpc !== '2.0';
      } catch {
        return true;
      }
    });
}

async function everythingIn(path: string): Promise<string> {
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'));
  return (await Promise.all(files)).join('\n');
}

const contacts = (prefix: string, count: number) => ({
  objectType: 'contacts',
  records: Array.from({ length: count }, (_, n) => ({ properties: { email: `${prefix}${n}@acme.test`, city: 'Ulm' } })),
});
const inUlm = [{ filters: [{ propertyName: 'city', operator: 'EQ', value: 'Ulm' }] }];

describe('A server on which much goes wrong, and which is killed in the end', () => {
  it.each([
    ['', {}, '1@acme.test'],
    [
      ', without its Redis',
      { HUBSPOT_MCP_REDIS_URL: `redis://somebody:${REDIS_PASSWORD}@127.0.0.1:1/0`, HUBSPOT_MCP_DEADLINE_MS: '1500' },
      'create_records',
    ],
  ] as const)(
    'P5, P7: tells no secret and nothing but messages%s',
    async (name, environment, written) => {
      const program = open(environment);
      const prefix = name === '' ? 'a' : 'b';
      program.process.setMaxListeners(50);
      await talk(program, [hello]);
      program.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
      await fault(
        { kind: 'apply-then-502', method: 'POST', path: '/crm/**/batch/create' },
        { kind: '500', path: '/crm/**/search' },
        { kind: '503', path: '/crm/properties/**' },
        { kind: 'invalid-json', path: '/crm/**/batch/read' },
        { kind: 'drop', path: '/crm/**/batch/update' },
      );
      await talk(
        program,
        [
          call('create_records', contacts(prefix, 90)),
          call('search_records', { objectType: 'contacts' }),
          call('search_records', { objectType: `contacts ${SECRETS.HUBSPOT_MCP_BEARER.replace(MARK, '')}` }),
          call('update_records', { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } }),
          call('archive_records', { objectType: 'contacts', filterGroups: inUlm }),
          call('update_records', {
            objectType: 'contacts',
            records: [{ id: { idProperty: 'email', value: `${prefix}1@acme.test` }, properties: { city: 'Bonn' } }],
          }),
          call('list_changes', { unsettled: true }),
          call('get_account', {}),
          call('no_such_tool', {}),
          { method: 'no/such' },
        ],
        2,
      );
      program.process.stdin?.write('this is not JSON\n{"jsonrpc":"2.0","id":null}\n\u0000\n');
      // In the middle of a write.
      program.write({ jsonrpc: '2.0', id: 90, ...call('create_records', contacts(`${prefix}-late-`, 100)) });
      await new Promise((resolve) => setTimeout(resolve, 60));
      program.process.kill('SIGKILL');
      await program.exit;
      expect(strayLines(program.stdout())).toEqual([]);
      expect(program.stdout().split('\n').length).toBeGreaterThan(10);
      expect(program.stderr()).not.toBe('');
      const files = await everythingIn(folder);
      expect(files).toContain(written);
      const leaks = Object.entries({ stdout: program.stdout(), stderr: program.stderr(), files }).filter(([, text]) =>
        text.includes(MARK),
      );
      expect(
        leaks.map(([where, text]) => [
          where,
          text.slice(Math.max(0, text.indexOf(MARK) - 200), text.indexOf(MARK) + 50),
        ]),
      ).toEqual([]);
      await fetch(`${control}/faults`, { method: 'DELETE' });
    },
    60_000,
  );

  it.each([
    ['a token that HubSpot refuses', { HUBSPOT_ACCESS_TOKEN: `nonsense-${MARK}-0123456789` }, []],
    ['an address that is none', { HUBSPOT_BASE_URL: `https://${SECRETS.HUBSPOT_MCP_BEARER}@api.hubapi.com` }, []],
    ['a Redis address that is none', { HUBSPOT_MCP_REDIS_URL: `http://x:${REDIS_PASSWORD}@127.0.0.1` }, []],
    ['a webhook that is none', { HUBSPOT_MCP_ALERT_WEBHOOK: `gopher://127.0.0.1/${HOOK_KEY}` }, []],
    ['a bearer in two lines', { HUBSPOT_MCP_BEARER: `${SECRETS.HUBSPOT_MCP_BEARER}\nx` }, []],
    ['help', {}, ['--help']],
    ['an unknown flag', {}, ['--tokn']],
  ] as const)('S54: says none of them on %s', async (_, environment, args) => {
    const program = open(environment, args);
    program.process.stdin?.end(`${JSON.stringify({ jsonrpc: '2.0', id: 1, ...hello })}\n`);
    await program.exit;
    const said = program.stdout() + program.stderr();
    expect(said).not.toBe('');
    expect(said).not.toContain(MARK);
  });

  it('S54: has none of them where every user of the machine can read it', async () => {
    const program = open({});
    await talk(program, [hello]);
    expect(await readFile(`/proc/${program.process.pid}/cmdline`, 'utf8')).not.toContain(MARK);
    program.process.kill();
    await program.exit;
  });
});
