/** A server that is killed in the middle of plain writes, on a portal in a process of its own that outlives it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { seededRandom, sleep, systemClock } from '../../src/clock.ts';
import type { Fetch } from '../../src/fetch.ts';
import { ask, type Holdings, readHoldings } from '../simulation/holdings.ts';
import { type Program, start } from './program.ts';

export type Args = Readonly<Record<string, unknown>>;

/** A call, and how often each of its rows stands in the portal. */
interface Write {
  readonly tool: string;
  readonly args: Args;
  counts(holdings: Holdings): readonly number[];
}

export interface Ended {
  readonly tool: string;
  /** When the server was killed, by what HubSpot had got and the client had heard. */
  readonly killed: 'before it arrived' | 'before its answer' | 'after its answer';
  /** HubSpot never acts on what the server sent before it was killed. */
  readonly lost: boolean;
  /** What the server said of all rows that was started anew. */
  readonly atOnce: string | undefined;
  /** What one said that was started six minutes later. */
  readonly later?: string | undefined;
  readonly counts: readonly number[];
}

/** A create that nothing shows after so long was not done, and may be sent again. */
export const LATER_MS = 360_000;
/** On each way of a write to the portal. */
const LATENCY_MS = 50;
const JITTER_MS = 50;
/** After its call is sent. */
const KILLED_WITHIN_MS = 300;
const LOST_SHARE = 0.2;

const TOKEN = 'pat-na1-kill';
const STAGE = { pipeline: 'default', dealstage: 'appointmentscheduled' };

const ports = z.object({ url: z.string(), controlUrl: z.string() });
const made = z.object({ results: z.array(z.object({ id: z.string() })) });
const arrivals = z.array(z.looseObject({ path: z.string(), arrival: z.number() }));
const answer = z.object({
  id: z.number(),
  result: z.object({ structuredContent: z.looseObject({}).optional(), isError: z.boolean().optional() }),
});
const report = z.object({ failed: z.array(z.unknown()), unknown: z.array(z.unknown()) });

/** @param rounds how many writes; a server of its own is killed in each of them */
export async function killInWrites(rounds: number, seed: number): Promise<readonly Ended[]> {
  return onPortal((places) => play(rounds, seed, places));
}

/** A portal in a process of its own, and a folder for the journal of those that write to it. */
export async function onPortal<T>(work: (places: Places) => Promise<T>): Promise<T> {
  const journal = mkdtempSync(join(tmpdir(), 'server-kill-'));
  const portal = start(['portal', '--port', '0', '--control-port', '0', '--seed', 'none', '--limits', 'off']);
  try {
    const { url, controlUrl } = ports.parse(JSON.parse(await portal.says('stderr', /\}\n/)));
    return await work({ journal, url, controlUrl });
  } finally {
    portal.process.kill();
    await portal.exit;
    rmSync(journal, { recursive: true, force: true });
  }
}

export interface Places {
  readonly journal: string;
  readonly url: string;
  readonly controlUrl: string;
}

async function play(rounds: number, seed: number, places: Places): Promise<readonly Ended[]> {
  const random = seededRandom(seed);
  const overHttp = fetchAt(places.url);
  const control = controlAt(places.controlUrl);
  const open = (laterMs = 0) => openServer(places, [], laterMs);

  const contacts = await make(overHttp, 'contacts', rounds, (n) => ({ email: `c${n}@acme.test` }));
  const [company = ''] = await make(overHttp, 'companies', 1, () => ({ domain: 'acme.test' }));
  const writes = contacts.map((contact, n) => writeOf(n, contact, company));
  const strike = async (fault: object) => {
    await control('DELETE', '/faults');
    await control(
      'POST',
      '/faults',
      WRITE_PATHS.map((path) => ({ method: 'POST', path, count: 'always', ...fault })),
    );
  };

  const played: (Omit<Ended, 'counts'> & Write)[] = [];
  // Whoever came back is the next that is killed.
  let server = await open();
  for (const write of writes) {
    const { tool, args } = write;
    await control('DELETE', '/requests');
    const hangs = random.float() < LOST_SHARE;
    await strike(hangs ? { kind: 'hang' } : SLOW);
    const first = server.call(tool, args);
    await sleep(systemClock, random.float() * KILLED_WITHIN_MS);
    const killedAt = systemClock.now();
    server.program.process.kill('SIGKILL');
    await server.program.exit;
    const answered = (await first) !== undefined;
    await strike(SLOW);
    server = await open();
    const atOnce = await server.call(tool, args);
    const requests = arrivals.parse(await control('GET', '/requests'));
    const arrived = requests.some(({ path, arrival }) => WRITE_PATH.test(path) && arrival <= killedAt);
    const killed = answered ? 'after its answer' : arrived ? 'before its answer' : 'before it arrived';
    played.push({ ...write, killed, lost: hangs && arrived, atOnce });
  }
  await server.end();

  await control('POST', '/clock', { advanceMs: LATER_MS });
  const last = await open(LATER_MS);
  const later: (string | undefined)[] = [];
  for (const { tool, args } of played) later.push(await last.call(tool, args));
  await last.end();
  await control('DELETE', '/faults');
  const holdings = await readHoldings(overHttp, new Set());
  return played.map((each, n) => ({ ...each, later: later[n], counts: each.counts(holdings) }));
}

/** The portal's own address, for faults, its clock and what it was asked. */
export function controlAt(controlUrl: string): (method: string, path: string, body?: unknown) => Promise<unknown> {
  return async (method, path, body) => {
    const said = await fetch(`${controlUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!said.ok) throw new Error(`${method} ${path}: ${said.status} ${await said.text()}`);
    const text = await said.text();
    return text === '' ? undefined : JSON.parse(text);
  };
}

/** @param laterMs as if it was started so much later */
export async function openServer({ journal, url }: Places, more: readonly string[], laterMs = 0): Promise<Session> {
  const later = `--import data:text/javascript,const{now}=Date;Date.now=()=>now()+${laterMs}`;
  const environment = { HUBSPOT_ACCESS_TOKEN: TOKEN, HUBSPOT_BASE_URL: url };
  const args = ['--journal-dir', journal, ...more];
  return talk(start(args, { ...environment, ...(laterMs > 0 && { NODE_OPTIONS: later }) }));
}

export const SLOW = { kind: 'latency', ms: LATENCY_MS, jitterMs: JITTER_MS };
const WRITE_PATH = /\/batch\/(create|update|associate\/default)$/;
const WRITE_PATHS = ['/crm/**/batch/create', '/crm/**/batch/update', '/crm/**/batch/associate/**'];

function writeOf(n: number, contact: string, company: string): Write {
  const idempotencyKey = `round ${n}`;
  const marks = [`w${n}.0`, `w${n}.1`];
  switch (n % 4) {
    case 0:
      return {
        tool: 'create_records',
        args: {
          objectType: 'deals',
          records: marks.map((dealname) => ({ properties: { dealname, ...STAGE } })),
          idempotencyKey,
        },
        counts: ({ deals }) => marks.map((mark) => deals.filter((name) => name === mark).length),
      };
    case 1: {
      const associations = [{ toObjectType: 'contacts', to: contact }];
      return {
        tool: 'log_note',
        args: { notes: marks.map((body) => ({ body, associations })), idempotencyKey },
        counts: ({ activities }) => marks.map((mark) => activities.filter((body) => body.includes(mark)).length),
      };
    }
    case 2:
      return {
        tool: 'update_records',
        args: {
          objectType: 'contacts',
          records: [{ id: contact, properties: { jobtitle: marks[0] } }],
          idempotencyKey,
        },
        counts: (holdings) => [
          holdings.contacts.find(({ id }) => id === contact)?.jobtitle.filter((value) => value === marks[0]).length ??
            0,
        ],
      };
    default:
      return {
        tool: 'associate_records',
        args: {
          fromObjectType: 'contacts',
          toObjectType: 'companies',
          pairs: [{ from: contact, to: company }],
          idempotencyKey,
        },
        counts: ({ pairs }) => [pairs.filter(({ from, to }) => from === contact && to === company).length],
      };
  }
}

export async function make(
  portal: Fetch,
  type: string,
  count: number,
  properties: (n: number) => Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const inputs = Array.from({ length: count }, (_, n) => ({ properties: properties(n), associations: [] }));
  const { results } = made.parse(await ask(portal, 'POST', `/crm/v3/objects/${type}/batch/create`, { inputs }));
  return results.map(({ id }) => id);
}

export function fetchAt(url: string): Fetch {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const { method, headers, body } = request;
    const said = await fetch(`${url}${pathname}${search}`, {
      method,
      headers: { ...headers },
      ...(typeof body === 'string' && { body }),
    });
    return {
      status: said.status,
      headers: Object.fromEntries(said.headers),
      body: new Uint8Array(await said.arrayBuffer()),
    };
  };
}

export interface Session {
  readonly program: Program;
  /** What the server said of the rows, in short; undefined when it ended before. */
  call(tool: string, args: Args): Promise<string | undefined>;
  end(): Promise<void>;
}

async function talk(program: Program): Promise<Session> {
  let id = 1;
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'kill', version: '1' } };
  program.write({ jsonrpc: '2.0', id, method: 'initialize', params });
  await program.says('stdout', '"id":1');
  program.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return {
    program,
    async call(name, args) {
      id += 1;
      const mine = id;
      program.write({ jsonrpc: '2.0', id: mine, method: 'tools/call', params: { name, arguments: args } });
      const line = new RegExp(`^.*"id":${mine}[,}].*\n`, 'm');
      const heard = await program.says('stdout', line).catch(() => undefined);
      return heard === undefined ? undefined : inShort(line.exec(heard)?.[0] ?? '');
    },
    async end() {
      program.process.stdin?.end();
      await program.exit;
    },
  };
}

function inShort(line: string): string {
  const { result } = answer.parse(JSON.parse(line));
  const rows = report.safeParse(result.structuredContent);
  if (!rows.success) return line;
  const { failed, unknown } = rows.data;
  if (failed.length > 0) return `failed: ${JSON.stringify(failed)}`;
  return unknown.length > 0 ? 'unknown' : 'applied';
}
