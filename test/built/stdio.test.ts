import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, it } from 'vitest';
import { entry, type Program, start } from './program.ts';

const hello = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'hand', version: '1' } },
};
const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
const call = (id: number, name: string, args: object) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const open = (program: Program) => {
  program.write(hello);
  program.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
};

describe('On stdio', () => {
  it('P7: stdout carries JSON-RPC and nothing else, whatever is called', async () => {
    const program = start([], { HUBSPOT_MCP_SEED: 'none' });
    open(program);
    program.write(list);
    program.write(call(3, 'search_records', { objectType: 'contacts' }));
    program.write(call(4, 'search_records', { objectTyp: 'contacts' }));
    program.write(call(5, 'no_such_tool', {}));
    program.process.stdin?.write('this is not JSON\n');
    program.write(call(6, 'list_pipelines', { objectType: 'deals' }));
    await program.says('stdout', '"id":6');
    program.process.stdin?.end();
    expect(await program.exit).toBe(0);
    const messages = program
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line): { jsonrpc?: string } => JSON.parse(line));
    expect(messages.length).toBeGreaterThanOrEqual(6);
    expect(messages.filter(({ jsonrpc }) => jsonrpc !== '2.0')).toEqual([]);
  });

  it('answers what it has received before stdin ended, the last line without its end included', async () => {
    const program = start([], { HUBSPOT_MCP_SEED: 'none' });
    open(program);
    program.write(
      call(2, 'create_records', { objectType: 'contacts', records: [{ properties: { firstname: 'Ada' } }] }),
    );
    program.process.stdin?.end(JSON.stringify(call(3, 'get_account', {})));
    expect(await program.exit).toBe(0);
    expect(program.stdout()).toMatch(/"applied":1.*"id":2/);
    expect(program.stdout()).toMatch(/"structuredContent".*"id":3/);
  });

  it('says nothing untrue of an account that it had no time to ask', async () => {
    const program = start([], { HUBSPOT_ACCESS_TOKEN: 'pat-na1-x', HUBSPOT_BASE_URL: 'http://127.0.0.1:1' });
    program.process.stdin?.end();
    expect(await program.exit).toBe(0);
    expect(program.stderr()).not.toContain('closed');
    expect(program.stderr()).not.toContain('did not say');
  });

  it('ends in order when nobody reads its answers any more', async () => {
    const program = start([], { HUBSPOT_MCP_SEED: 'none' });
    open(program);
    await program.says('stdout', '"id":1');
    program.process.stdout?.destroy();
    program.write(list);
    expect(await program.exit).toBe(0);
  });

  it('says on stderr what it serves', async () => {
    const program = start();
    expect(await program.says('stderr', 'on stdio')).toMatch(
      /hubspot-crm-mcp \d+\.\d+\.\d+ on stdio: \d+ tools on the embedded portal/,
    );
    program.process.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });

  it('says which account a token is for, without the token', async () => {
    const portal = start(['portal', '--port', '0', '--seed', 'none']);
    const url = /http:\S+/.exec(await portal.says('stdout', /http:\S+\n/))?.[0] ?? '';
    const environment = { HUBSPOT_ACCESS_TOKEN: 'pat-na1-very-secret', HUBSPOT_BASE_URL: url };
    const program = start(['--toolsets', 'all'], environment);
    expect(await program.says('stderr', 'on stdio')).toMatch(/tools on HubSpot account \d+ \(STANDARD\)/);
    open(program);
    program.write(call(3, 'search_records', { objectType: 'contacts' }));
    await program.says('stdout', '"id":3');
    program.process.kill('SIGINT');
    expect(await program.exit).toBe(0);
    expect(program.stderr() + program.stdout()).not.toContain('very-secret');
    portal.process.kill('SIGTERM');
    expect(await portal.exit).toBe(0);
  });

  it('reads a rotated token from its file', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'token-')), 'token');
    await writeFile(file, 'pat-na1-first\n');
    const portal = start([
      'portal',
      '--port',
      '0',
      '--seed',
      'none',
      '--token',
      'pat-na1-second=crm.objects.contacts.read',
    ]);
    const url = /http:\S+/.exec(await portal.says('stdout', /http:\S+\n/))?.[0] ?? '';
    const program = start([], { HUBSPOT_ACCESS_TOKEN_FILE: file, HUBSPOT_BASE_URL: url });
    open(program);
    program.write(call(3, 'search_records', { objectType: 'contacts' }));
    expect(await program.says('stdout', '"id":3')).toContain('unauthorized');
    await writeFile(file, 'pat-na1-second\n');
    program.write(call(4, 'search_records', { objectType: 'contacts' }));
    expect(await program.says('stdout', '"id":4')).toMatch(/"id":4.*"total":0|"total":0.*"id":4/);
    program.process.stdin?.end();
    portal.process.kill('SIGTERM');
    await Promise.all([program.exit, portal.exit]);
  });

  const command = { command: process.execPath, args: [entry, '--seed', 'none'], stderr: 'ignore' } as const;
  const search = { name: 'search_records', arguments: { objectType: 'contacts' } };

  it('a client of 2026-07-28 works', async () => {
    const client = new ModernClient({ name: 'modern', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new ModernTransport({ ...command, args: [...command.args] }));
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('search_records');
    expect((await client.callTool(search)).structuredContent).toMatchObject({ total: 0 });
    await client.close();
  });

  it('a client of 2025-11-25 works', async () => {
    const client = new OldClient({ name: 'old', version: '1' });
    await client.connect(new OldTransport({ ...command, args: [...command.args] }));
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('search_records');
    expect((await client.callTool(search)).structuredContent).toMatchObject({ total: 0 });
    await client.close();
  });
});

describe('The command line', () => {
  it.each([
    [['--toolset', 'crm'], {}, "unknown option '--toolset'"],
    [['--toolsets', 'marketing'], {}, '--toolsets: expected default, crm, schema, journal, quality or all'],
    [['--allow-destructive'], {}, '--allow-destructive: it is gone. A person now approves each such call'],
    [[], { HUBSPOT_MCP_ALLOW_DESTRUCTIVE: 'true' }, 'HUBSPOT_MCP_ALLOW_DESTRUCTIVE: it is gone.'],
    [['portal', '--port', 'x'], {}, '--port: expected a port from 0 to 65535'],
    [[], { HUBSPOT_BASE_URL: 'http://api.hubapi.com' }, 'HUBSPOT_BASE_URL: the token is sent there'],
    [[], { HUBSPOT_ACCESS_TOKEN_FILE: '/nowhere/token' }, 'HUBSPOT_ACCESS_TOKEN_FILE: '],
    [['--audit', '/nowhere/audit.log'], {}, '--audit: there is no folder /nowhere. Make it first, or name another.'],
    [['verify-audit', '/'], {}, '/ is a folder. Name the files in it, the oldest first.'],
    [['portal', '--seed', '/'], {}, '--seed /: it is a folder, not a file'],
    [['import', '--suggest', '/'], {}, '/ is a folder. Name a file in it.'],
    [
      ['import', '/x.csv', '--mapping', '/nowhere.json', '--dry-run'],
      {},
      '--mapping /nowhere.json: there is no such file',
    ],
    [['export', 'contacts', '--filter-file', '/'], {}, '--filter-file /: it is a folder, not a file'],
    [['duplicates'], {}, "missing required argument 'file'"],
    [['nonsense'], {}, "unknown command 'nonsense'"],
    [['portl'], {}, "unknown command 'portl'. Did you mean portal?"],
    [['portal', 'exprt'], {}, "unknown command 'exprt'. Did you mean export?"],
  ])('%j %j ends with 2 and says what is wrong', async (args, environment, message) => {
    const program = start(args, environment);
    expect(await program.exit).toBe(2);
    expect(program.stderr()).toContain(message);
    expect(program.stdout()).toBe('');
  });

  it('says which variable was meant to hold the token, and goes on without', async () => {
    const program = start(['--seed', 'none'], { HUBSPOT_ACCES_TOKEN: 'pat-na1-very-secret' });
    const said = await program.says('stderr', 'on the embedded portal');
    expect(said).toMatch(/^hubspot-crm-mcp: HUBSPOT_ACCES_TOKEN is set, and nothing here reads it/);
    expect(said).not.toContain('very-secret');
    program.process.stdin?.end();
    expect(await program.exit).toBe(0);
  });

  it('ends with 0 where a reader has had enough', async () => {
    const piped = 'set -o pipefail; "$0" "$1" export contacts --seed demo | head -n 1';
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', piped, process.execPath, entry]);
    expect(stdout).toMatch(/^hs_object_id,.*\n$/);
    expect(stderr).not.toContain('EPIPE');
  });

  it('ends with 1 when it cannot run, with a sentence for people and no stack', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'hubspot-crm-mcp-')), 'new', 'portal.sqlite');
    const portal = start(['portal', '--port', '0', '--seed', 'none', '--data', file]);
    const port = /127\.0\.0\.1:(\d+)/.exec(await portal.says('stdout', /:\d+\n/))?.[1] ?? '';
    const refused = [
      [start(['portal', '--port', port, '--seed', 'none']), `Port ${port} is taken`],
      [start(['--http', port, '--seed', 'none']), 'Choose another with --http PORT'],
      [start(['portal', '--port', '0', '--data', file]), 'in use by another process'],
      [start(['--http', '0', '--data-dir', dirname(file)]), 'in use by another process'],
      [start(['portal', '--port', '0', '--data', import.meta.filename]), 'it is no SQLite database'],
    ] as const;
    for (const [program, words] of refused) {
      expect(await program.exit).toBe(1);
      expect(program.stderr()).toContain(`hubspot-crm-mcp: `);
      expect(program.stderr()).toContain(words);
      expect(program.stderr()).not.toContain('    at ');
    }
    const late = start(['--data-dir', dirname(file)]);
    expect(await late.says('stderr', 'on stdio')).toContain('in use by another process');
    late.process.stdin?.end();
    expect(await late.exit).toBe(0);
    portal.process.kill('SIGTERM');
    await portal.exit;
  });

  it('says which settings do nothing without a token', async () => {
    const program = start([], {
      HUBSPOT_MCP_SCOPES: 'tickets',
      HUBSPOT_BASE_URL: 'http://127.0.0.1:1',
    });
    program.process.stdin?.end();
    await program.exit;
    expect(program.stderr()).toContain('HUBSPOT_BASE_URL, HUBSPOT_MCP_SCOPES does nothing');
  });

  it('explains itself and ends with 0', async () => {
    const help = start(['--help']);
    expect(await help.exit).toBe(0);
    expect(help.stdout()).toContain('HUBSPOT_ACCESS_TOKEN');
    const version = start(['--version']);
    await version.exit;
    expect(version.stdout().trim()).toBe(
      JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')).version,
    );
  });
});

describe('Over HTTP', () => {
  it('serves also when HubSpot does not answer, and says so', async () => {
    const environment = { HUBSPOT_ACCESS_TOKEN: 'pat-na1-x', HUBSPOT_BASE_URL: 'http://127.0.0.1:1' };
    const program = start(['--http', '0'], environment);
    const said = await program.says('stdout', 'health');
    expect(said).toMatch(/tools on a HubSpot account that (has not answered yet|did not say)/);
    expect((await fetch(/http:\S+\/healthz/.exec(said)?.[0] ?? '')).status).toBe(200);
    program.process.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });

  it('says what it serves, where, how many records, and how to connect each client', async () => {
    const program = start(['--http', '0', '--seed', 'demo']);
    const said = await program.says('stdout', 'ChatGPT');
    expect(said).toMatch(/serves \d+ tools on the embedded portal \(in memory/);
    expect(said).toMatch(/with \d{3,} records: .*\d+ contacts/);
    for (const client of ['Claude Desktop', 'Claude Code', 'Cursor', 'VS Code', 'ChatGPT'])
      expect(said).toContain(client);
    const url = /http:\S+\/mcp/.exec(said)?.[0] ?? '';
    const client = new ModernClient({ name: 'modern', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    const { structuredContent } = await client.callTool({
      name: 'search_records',
      arguments: { objectType: 'contacts', limit: 1 },
    });
    expect(structuredContent).toMatchObject({ total: expect.any(Number) });
    await client.close();
    program.process.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });
});
