/** Imports 100,000 contacts into a portal with HubSpot's limits in a process of its own: how much of the physical limit is used. */

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sleep, systemClock, systemRandom } from '../../src/clock.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { createLedger } from '../../src/hubspot/ledger.ts';
import { createTransport } from '../../src/hubspot/transport.ts';
import type { Arrival } from '../quota/messages.ts';

const ROWS = Number(process.argv[2] ?? 100_000);
const BATCH = 100;
/** Of a private app on Professional: calls in a rolling window. */
const CALLS = 190;
const WINDOW_S = 10;
const PHYSICAL = (BATCH * CALLS) / WINDOW_S;

const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
const program = resolve(process.argv[3] ?? 'dist/main.js');

interface Measured {
  readonly seconds: number;
  readonly arrivals: readonly Arrival[];
  readonly mostMegabytes?: number;
  /** Of the importing process, where the system tells. */
  readonly cpuSeconds?: number;
}

class PortalProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  #seen = 0;

  constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(): Promise<PortalProcess> {
    const child = fork(resolve(import.meta.dirname, 'quota-portal.js'), [JSON.stringify({ jitterMs: [0, 0] })]);
    const [{ url }] = await once(child, 'message');
    return new PortalProcess(child, url);
  }

  /** The requests since it was last asked. */
  async arrivals(): Promise<readonly Arrival[]> {
    const answer = once(this.#child, 'message');
    this.#child.send('arrivals');
    const [{ arrivals }] = await answer;
    const fresh = arrivals.slice(this.#seen);
    this.#seen = arrivals.length;
    return fresh;
  }

  stop(): void {
    this.#child.disconnect();
  }
}

const mapping = {
  version: 1,
  objectType: 'contacts',
  columns: ['email', 'firstname', 'lastname', 'phone', 'city', 'note'],
  key: [{ property: 'email', column: 'email' }],
  properties: Object.fromEntries(
    ['email', 'firstname', 'lastname', 'phone', 'city'].map((column) => [column, { column }]),
  ),
};

function writeFile(name: string, city: string): string {
  const lines = Array.from(
    { length: ROWS },
    (_, n) => `person.${n}@bench.test,First ${n},Last ${n},+49 30 ${n},${city},not imported`,
  );
  const path = join(folder, name);
  writeFileSync(path, [mapping.columns.join(','), ...lines, ''].join('\n'));
  return path;
}

/** The built program, as a person starts it. */
async function importOnce(portal: PortalProcess, file: string): Promise<Measured> {
  await pause(portal);
  const begun = systemClock.elapsed();
  const child = spawn(process.execPath, [program, 'import', file, '--mapping', join(folder, 'mapping.json'), '--yes'], {
    env: {
      ...process.env,
      HUBSPOT_ACCESS_TOKEN: 'pat-na1-bench',
      HUBSPOT_BASE_URL: portal.url,
      HUBSPOT_MCP_JOURNAL_DIR: join(folder, 'journal'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  let most = 0;
  let cpu = 0;
  const closed = once(child, 'close');
  while (child.exitCode === null) {
    most = Math.max(most, memoryOf(child.pid ?? 0));
    cpu = Math.max(cpu, cpuOf(child.pid ?? 0));
    await Promise.race([closed, sleep(systemClock, 500)]);
  }
  await closed;
  if (child.exitCode !== 0) throw new Error(`The import ended with ${child.exitCode}:\n${said}`);
  process.stderr.write(said);
  return {
    seconds: (systemClock.elapsed() - begun) / 1000,
    arrivals: await portal.arrivals(),
    mostMegabytes: most,
    cpuSeconds: cpu,
  };
}

/** What nothing that looks first can reach: upserts alone, one batch after the other, several at once. */
async function writeOnly(portal: PortalProcess): Promise<Measured> {
  await pause(portal);
  const network = createTransport();
  const hubspot = createHubSpot({
    fetch: network,
    baseUrl: portal.url,
    token: () => 'pat-na1-bench',
    clock: systemClock,
    random: systemRandom,
    ledger: createLedger(systemClock),
  });
  const begun = systemClock.elapsed();
  let next = 0;
  const worker = async () => {
    while (next < ROWS) {
      const first = next;
      next += BATCH;
      const inputs = Array.from({ length: Math.min(BATCH, ROWS - first) }, (_, n) => ({
        id: `blind.${first + n}@bench.test`,
        idProperty: 'email',
        properties: { email: `blind.${first + n}@bench.test`, firstname: 'F', lastname: 'L', phone: '1', city: 'C' },
      }));
      await hubspot.objects.batchUpsert('contacts', inputs, { deadlineMs: 600_000 });
    }
  };
  await Promise.all(Array.from({ length: 12 }, worker));
  const seconds = (systemClock.elapsed() - begun) / 1000;
  await hubspot.close();
  await network.close();
  return { seconds, arrivals: await portal.arrivals() };
}

/** So that no run pays for the calls of the one before. */
async function pause(portal: PortalProcess): Promise<void> {
  await portal.arrivals();
  await sleep(systemClock, WINDOW_S * 1000 + 500);
}

function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(told(pid, 'status')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** User and system time, which Linux counts in hundredths of a second. */
function cpuOf(pid: number): number {
  const fields = told(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

function told(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch (error) {
    // It has just ended, or this is no Linux.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function line(what: string, { seconds, arrivals, mostMegabytes, cpuSeconds }: Measured): void {
  const rate = ROWS / seconds;
  const refused = arrivals.filter(({ status }) => status === 429).length;
  const cells = [
    what,
    seconds.toFixed(1),
    rate.toFixed(0),
    `${((100 * rate) / PHYSICAL).toFixed(1)} %`,
    String(arrivals.length),
    (arrivals.length / (ROWS / BATCH)).toFixed(2),
    `${((100 * (arrivals.length / seconds)) / (CALLS / WINDOW_S)).toFixed(1)} %`,
    String(refused),
    mostMegabytes === undefined ? '' : `${mostMegabytes} MB`,
    cpuSeconds === undefined ? '' : `${cpuSeconds.toFixed(0)} s`,
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping));
const portal = await PortalProcess.start();
try {
  process.stdout.write(
    `${ROWS} contacts; the physical limit is ${BATCH} rows x ${CALLS} calls / ${WINDOW_S} s = ${PHYSICAL} rows/s.\n\n` +
      '| run | seconds | rows/s | of the physical limit | calls | calls per 100 rows | of the quota | 429s | peak memory | its CPU |\n' +
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n',
  );
  const first = writeFile('first.csv', 'Berlin');
  line('import, all new: read by key, then upsert', await importOnce(portal, first));
  line('the same file again: read by key, nothing to write', await importOnce(portal, first));
  line('one column changed: read by key, then update', await importOnce(portal, writeFile('second.csv', 'Hamburg')));
  line('upserts alone, nothing read and nothing to take back', await writeOnly(portal));
} finally {
  portal.stop();
  rmSync(folder, { recursive: true, force: true });
}
