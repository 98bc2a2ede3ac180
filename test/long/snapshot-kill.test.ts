import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { seededRandom, sleep, systemClock } from '../../src/clock.ts';
import { createCrm } from '../../src/crm/index.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { openSnapshot } from '../../src/snapshot/index.ts';
import { controlAt, fetchAt, make, onPortal, openServer } from '../built/server-killed.ts';
import { valuesOf } from '../snapshot/office.ts';

const CONTACTS = 3_000;
const PAGES = CONTACTS / 100;
const KILLS = 8;
/** Whoever read is silent for good then. */
const SILENT_MS = 61_000;
const LOOK_MS = 10;
const MOST_AT_ONCE = 4;

const requests = z.array(z.looseObject({ path: z.string(), query: z.string().optional() }));

it('a server that is killed again and again in its first reading has in the end read everything, and hardly a page twice', {
  timeout: 600_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-kill-'));
  await onPortal(async (places) => {
    const control = controlAt(places.controlUrl);
    const fetch = fetchAt(places.url);
    const ids: string[] = [];
    while (ids.length < CONTACTS) {
      const first = ids.length;
      ids.push(...(await make(fetch, 'contacts', 100, (n) => ({ lastname: `Last ${first + n}` }))));
    }
    await control('DELETE', '/requests');
    await control('POST', '/faults', [{ kind: 'latency', ms: 20, path: '/crm/objects/*/0-1', count: 'always' }]);
    const pages = async () =>
      requests
        .parse(await control('GET', '/requests'))
        .filter(({ path, query = '' }) => path.endsWith('/0-1') && query.includes('limit=100')).length;
    const open = (round: number) => openServer(places, ['--snapshot-dir', folder], round * SILENT_MS);
    const random = seededRandom(5);
    for (let round = 0; round < KILLS; round++) {
      const server = await open(round);
      const until = (await pages()) + 1 + Math.floor(random.float() * MOST_AT_ONCE);
      void server.call('find_duplicates', { objectType: 'contacts' });
      while ((await pages()) < until) await sleep(systemClock, LOOK_MS);
      await sleep(systemClock, random.float() * LOOK_MS);
      server.program.process.kill('SIGKILL');
      await server.program.exit;
    }
    const last = await open(KILLS);
    await last.call('find_duplicates', { objectType: 'contacts' });
    await last.end();
    expect(await pages()).toBeGreaterThanOrEqual(PAGES);
    // A page whose answer was not stored by then is read once more.
    expect(await pages()).toBeLessThanOrEqual(PAGES + KILLS);

    const clock = systemClock;
    const hubspot = createHubSpot({ clock, random, fetch, token: () => 'pat-na1-look' });
    const [portal = ''] = readdirSync(folder);
    const copy = openSnapshot({ folder: join(folder, portal), hubspot, clock, owner: 'a test', log: () => undefined });
    const type = await createCrm({ hubspot, clock }).objectTypes.resolve('contacts');
    expect(await copy.state(type)).not.toHaveProperty('reading');
    const found = await valuesOf(copy, type, 'lastname');
    expect(ids.map((id) => found.get(id))).toEqual(ids.map((_, n) => `Last ${n}`));
    await copy.close();
    await hubspot.close();
  });
  rmSync(folder, { recursive: true });
});
