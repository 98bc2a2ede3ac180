import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createFailures } from '../../src/commands/watch/failures.ts';
import { lookOnce } from '../../src/commands/watch/look.ts';
import { type Item, MOST_TOLD, newsOf } from '../../src/commands/watch/news.ts';
import { nowAndThen } from '../../src/commands/watch/now-and-then.ts';
import { watch } from '../../src/commands/watch.ts';
import { runChecks } from '../../src/enrich/anomalies/index.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { UsageError } from '../../src/option.ts';
import type { Portal } from '../../src/portal/index.ts';
import { openSnapshot } from '../../src/snapshot/index.ts';
import { boundless } from '../boundless.ts';
import { portalWith } from '../enrich/anomalies/small-portal.ts';
import { fakeClock } from '../fake-clock.ts';
import { receiver } from '../observe/receiver.ts';
import { run, servedPortal } from './terminal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('A watch', () => {
  it('looks at once and then each time the hour is over, also after a look that failed', async () => {
    const clock = fakeClock();
    const ending = new AbortController();
    const looks: number[] = [];
    const failures: unknown[] = [];
    const running = nowAndThen({
      clock,
      everyMs: HOUR,
      signal: ending.signal,
      run() {
        looks.push(clock.elapsed());
        return looks.length === 2 ? Promise.reject(new Error('down')) : Promise.resolve();
      },
      failed(error) {
        failures.push(error);
        return Promise.resolve();
      },
    });
    await clock.advance(3 * HOUR);
    ending.abort();
    await running;
    expect(looks).toEqual([0, HOUR, 2 * HOUR, 3 * HOUR]);
    expect(failures).toEqual([new Error('down')]);
  });

  it('tells of failures when they begin, each hour, and when they are over', async () => {
    const clock = fakeClock();
    const told: string[] = [];
    const failures = createFailures(clock, ({ status, message }) => {
      told.push(`${status}: ${message}`);
      return Promise.resolve(true);
    });
    for (let minutes = 0; minutes <= 70; minutes += 10) {
      await failures.failed('No answer.');
      await clock.advance(10 * MINUTE);
    }
    await failures.worked();
    await failures.worked();
    const firing = 'firing: The watch could not look at the account: No answer. It tries again.';
    expect(told).toEqual([firing, firing, 'resolved: The watch can look at the account again.']);
  });

  it('tells a few one by one and of many how many there are, each in one notice only', () => {
    const items = Array.from(
      { length: MOST_TOLD + 7 },
      (_, i): Item => ({
        fingerprint: `${i}`,
        knownBy: [`${i}`],
        severity: 'low',
        kind: 'new_finding',
        message: `${i}.`,
        data: {},
      }),
    );
    const few = newsOf(items.slice(0, 3), false, 5);
    expect(few.map(({ notice }) => [notice.alert, notice.id, notice.message])).toEqual([
      ['new_finding', 'new_finding-0', '0.'],
      ['new_finding', 'new_finding-1', '1.'],
      ['new_finding', 'new_finding-2', '2.'],
    ]);
    const many = newsOf(items, false, 5);
    expect(many).toHaveLength(MOST_TOLD + 1);
    expect(many.at(-1)?.notice.message).toContain('7 findings (0 high, 0 medium, 7 low)');
    expect(many.flatMap((news) => news.items)).toEqual(items);
    expect(newsOf(items, true, 5)).toHaveLength(1);
    expect(newsOf([], true, 5)).toEqual([]);
  });

  it('refuses what is no duration, or too short a one', async () => {
    for (const every of ['soon', '59', '0m', '8d', '1.5h']) {
      expect([every, (await run(watch, { every })).error]).toEqual([every, expect.any(UsageError)]);
    }
  });
});

async function createContact(portal: Portal, properties: Readonly<Record<string, string>>): Promise<void> {
  const { status } = await portal.fetch({
    method: 'POST',
    url: 'http://x/crm/objects/2026-09/contacts',
    headers: { authorization: 'Bearer pat-x', 'content-type': 'application/json' },
    body: JSON.stringify({ properties }),
  });
  expect(status).toBe(201);
}

describe('What did not arrive', () => {
  it('is told with the next look, and only that', async () => {
    const { portal } = await servedPortal({ seed: 'none' });
    const hubspot = createHubSpot({
      clock: systemClock,
      random: seededRandom(1),
      token: () => 'pat-na1-watch',
      ledger: boundless,
      fetch: portal.fetch,
    });
    const snapshot = openSnapshot({ hubspot, clock: systemClock, owner: 'a test', log: () => undefined });
    onTestFinished(async () => {
      await snapshot.close();
      await hubspot.close();
    });
    const findings = runChecks(
      portalWith({ contacts: [{ email: 'no address' }, { firstname: 'Test', lastname: 'Test' }] }),
    );
    expect(findings.findings.length).toBeGreaterThan(1);
    const run = {
      report: findings,
      dismissed: 0,
      dismissedBy: [],
      upTo: 0,
      calls: 0,
      notes: [],
      records: new Map(),
      series: [],
      fill: [],
      ageing: [],
    };
    const arrived: string[] = [];
    const look = (arrives: number) =>
      lookOnce({
        look: () => Promise.resolve({ run, scans: new Map() }),
        memory: snapshot.memory,
        clock: systemClock,
        all: true,
        tell({ id = '' }) {
          if (arrives-- <= 0) return Promise.resolve(false);
          arrived.push(id);
          return Promise.resolve(true);
        },
      });
    const found = findings.findings.length;
    expect(await look(0)).toEqual({ found, fresh: found, undelivered: found });
    expect(await look(1)).toEqual({ found, fresh: found, undelivered: found - 1 });
    expect(await look(99)).toEqual({ found, fresh: found - 1, undelivered: 0 });
    expect(await look(99)).toEqual({ found, fresh: 0, undelivered: 0 });
    expect(new Set(arrived).size).toBe(arrived.length);
    expect(arrived).toHaveLength(found);
  });
});

describe('From one process to the next a watch', () => {
  const secret = 'a-secret-of-the-tests';

  it('tells what is new once, signed, and without what records hold', async () => {
    const { portal, environment } = await servedPortal({ seed: 'none' });
    const folder = await mkdtemp(join(tmpdir(), 'watch-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { url, got } = await receiver(secret);
    const alerts = { HUBSPOT_MCP_ALERT_WEBHOOK: url, HUBSPOT_MCP_ALERT_SECRET: secret };
    const look = async () => {
      const flags = { once: true, types: 'contacts', snapshotDir: folder, journalDir: folder, every: '1m' };
      const { error, stderr, stdout } = await run(watch, flags, { ...environment, ...alerts });
      expect([error, stdout]).toEqual([undefined, '']);
      return stderr;
    };
    const told = () => got.splice(0).map(({ alert, genuine }) => ({ ...alert, genuine }));

    await createContact(portal, { email: 'katherine@okonkwo.example', firstname: 'Katherine', lastname: 'Okonkwo' });
    await createContact(portal, { email: 'test@example.com', firstname: 'Test', lastname: 'Test' });
    expect(await look()).toMatch(
      /The first look .*\nwatch: \d+ new things? of \d+; \d+ calls to HubSpot in [\d.]+ s\n$/s,
    );
    expect(told()).toMatchObject([{ alert: 'new_findings', status: 'firing', genuine: true, data: { first: true } }]);

    expect(await look()).toContain('watch: 0 new things of');
    expect(told()).toEqual([]);

    await createContact(portal, { email: 'ann@gmial.com', firstname: 'Anne', lastname: 'Mistyped' });
    const stderr = await look();
    const again = told();
    expect(again).toContainEqual(
      expect.objectContaining({
        alert: 'new_finding',
        genuine: true,
        id: expect.stringMatching(/^new_finding-[0-9a-f]{32}$/),
        data: expect.objectContaining({ check: 'C02', total: 1 }),
      }),
    );
    expect(stderr).not.toContain('gmial');
    expect(JSON.stringify(again)).not.toContain('gmial');

    expect(await look()).toContain('watch: 0 new things of');
    expect(told()).toEqual([]);
  }, 120_000);
});
