import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, sleep, systemClock } from '../../src/clock.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { type PortalServer, servePortal } from '../../src/portal/serve.ts';
import { start } from './program.ts';

const ROWS = 1_050;
const columns = ['email', 'firstname'];
const mapping = {
  version: 1,
  objectType: 'contacts',
  columns,
  key: [{ property: 'email', column: 'email' }],
  properties: { firstname: { column: 'firstname' } },
};

const jobIn = (said: string) => /--resume (\w+)/.exec(said)?.[1] ?? '';
const nothing = () => Promise.resolve();

describe('An import in a process of its own', () => {
  let portal: Portal;
  let server: PortalServer;
  let folder = '';
  /** Called with the number of each batch that writes, before and after the portal did what it says. */
  let onWrite: (count: number, when: 'before' | 'after') => Promise<void> = nothing;
  let writes = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'built-import-'));
    writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping));
    portal = await createPortal({ clock: systemClock, random: seededRandom(1), seed: 'none', limits: 'off' });
    const exchange: Portal['exchange'] = async (request) => {
      if (!/batch\/(update|create|upsert)$/.test(new URL(request.url).pathname)) return portal.exchange(request);
      writes += 1;
      const number = writes;
      await onWrite(number, 'before');
      const answer = await portal.exchange(request);
      await onWrite(number, 'after');
      return answer;
    };
    server = await servePortal({ exchange }, { port: 0, onError: () => undefined });
  });
  afterAll(async () => {
    await server.close();
    portal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) =>
    start(['import', ...args, '--journal-dir', join(folder, 'journal')], {
      HUBSPOT_ACCESS_TOKEN: 'pat-na1-import',
      HUBSPOT_BASE_URL: server.url,
    });
  const file = (name: string) => {
    const path = join(folder, `${name}.csv`);
    const rows = Array.from({ length: ROWS }, (_, n) => `${name}.${n}@acme.test,N${n}`);
    writeFileSync(path, [columns.join(','), ...rows, ''].join('\n'));
    return [path, '--mapping', join(folder, 'mapping.json'), '--yes'];
  };
  const count = () => portal.describe().records['contacts'] ?? 0;

  it.each(['before', 'after'] as const)(
    'that was killed %s a batch was written is gone on with: nothing twice, nothing left out',
    async (when) => {
      const before = count();
      writes = 0;
      const killed = run(...file(`k${when}`));
      onWrite = async (number, moment) => {
        if (number !== 4 || moment !== when) return;
        killed.process.kill('SIGKILL');
        await killed.exit;
      };
      expect(await killed.exit).toBe('SIGKILL');
      onWrite = nothing;
      const id = jobIn(killed.stderr());
      const report = join(folder, `${when}.csv`);
      const resumed = run('--resume', id, '--report', report);
      expect([await resumed.exit, resumed.stderr()]).toEqual([0, expect.any(String)]);
      expect(resumed.stdout()).toContain(`${ROWS} rows`);
      expect(count() - before).toBe(ROWS);
      const outcomes = readFileSync(report, 'utf8').trim().split('\n').slice(1);
      expect(outcomes.length).toBe(ROWS);
      expect(outcomes.filter((line) => !/,(created|updated|unchanged),/.test(line))).toEqual([]);
      const again = run(...file(`k${when}`));
      expect(await again.exit).toBe(0);
      expect(again.stdout()).toContain(`0 created, 0 updated, ${ROWS} unchanged, 0 failed`);
    },
    60_000,
  );

  it('ends on Ctrl-C at a batch, says how to go on, and goes on', async () => {
    const before = count();
    writes = 0;
    const stopped = run(...file('c'));
    onWrite = async (number, moment) => {
      if (moment !== 'before') return;
      if (number === 3) stopped.process.kill('SIGINT');
      await sleep(systemClock, 150);
    };
    expect(await stopped.exit).toBe(1);
    onWrite = nothing;
    const [, left = ''] = /It was stopped, with (\d+) rows left/.exec(stopped.stderr()) ?? [];
    expect(count() - before).toBe(ROWS - Number(left));
    const resumed = run('--resume', jobIn(stopped.stderr()));
    expect(await resumed.exit).toBe(0);
    expect(count() - before).toBe(ROWS);
  }, 60_000);

  it('ends with 2 for what was said wrongly, and with 1 when rows failed', async () => {
    const [path = ''] = file('e');
    expect(await run(path).exit).toBe(2);
    expect(await run(path, '--mapping', join(folder, 'nosuch.json'), '--yes').exit).toBe(2);
    const bad = join(folder, 'bad.csv');
    writeFileSync(bad, 'email,firstname\nnot an address,X\n');
    const failed = run(bad, '--mapping', join(folder, 'mapping.json'), '--yes');
    expect(await failed.exit).toBe(1);
    expect(failed.stderr()).toContain('1 row of 1 not imported');
  }, 60_000);

  it('takes stdin', async () => {
    const before = count();
    const piped = run('-', '--mapping', join(folder, 'mapping.json'), '--yes');
    piped.process.stdin?.end('email,firstname\npiped@acme.test,P\n');
    expect(await piped.exit).toBe(0);
    expect(count() - before).toBe(1);
  }, 60_000);
});
