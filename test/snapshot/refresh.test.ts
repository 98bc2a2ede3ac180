import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createCrm } from '../../src/crm/index.ts';
import { valueAt } from '../../src/enrich/table.ts';
import { guard } from '../../src/policy/guard.ts';
import { openPolicy } from '../../src/policy/index.ts';
import { openSnapshot, type SnapshotOptions } from '../../src/snapshot/index.ts';
import { sharedFile } from '../../src/snapshot/shared-file.ts';
import { openDatabase } from '../../src/sqlite.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect } from '../harness.ts';

const HOUR = 3_600_000;
const names = { properties: ['firstname', 'lastname'] };

/** Goes as it does, but hours pass at a word. */
let clock: Clock;
let ahead = 0;
let connection: Connection;
let folder: string;
let owners = 0;

beforeEach(async () => {
  ahead = 0;
  clock = { ...systemClock, now: () => systemClock.now() + ahead };
  connection = await connect({ clock });
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
});

afterEach(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

/** As a process of its own. */
function open(options: Partial<SnapshotOptions> = {}) {
  const { hubspot } = connection;
  return openSnapshot({ folder, hubspot, clock, owner: `process ${++owners}`, log: () => undefined, ...options });
}

const contacts = () => createCrm({ hubspot: connection.hubspot, clock }).objectTypes.resolve('contacts');

async function createContacts(count: number): Promise<readonly string[]> {
  const inputs = Array.from({ length: count }, (_, i) => ({
    properties: { firstname: `First ${i}`, lastname: 'Last' },
  }));
  const rows = await connection.hubspot.objects.batchCreate('contacts', inputs);
  return rows.flatMap((row) => (row.outcome === 'applied' ? row.value.id : []));
}

async function requestsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = connection.requests.length;
  await work();
  return connection.requests.slice(before).map((request) => request.replace('/crm/objects/2026-09/0-1', ''));
}

describe('The copy of a portal', () => {
  it('is read whole once, and then only what changed', async () => {
    const ids = await createContacts(250);
    ahead += HOUR;
    const [type, copy] = [await contacts(), open()];
    const first = await copy.refresh(type, names);
    expect(first).toMatchObject({ objectType: 'contacts', records: 250, upTo: expect.any(Number), unaccounted: 0 });
    ahead += HOUR;
    await connection.hubspot.objects.update('contacts', ids[7] ?? '', { firstname: 'Grace' });
    ahead += HOUR;

    const second = await requestsOf(async () => {
      const found = await copy.refresh(type, names);
      expect(found.version).toBeGreaterThan(first.version);
    });
    const third = await copy.refresh(type, names);

    const table = await copy.table(type, ['firstname', 'lastname']);
    expect(table.rows).toBe(250);
    expect(valueAt(table, 'firstname', 7)).toBe('Grace');
    expect(valueAt(table, 'firstname', 8)).toBe('First 8');
    // How far HubSpot is, and what changed.
    expect(second).toEqual(['POST /search', 'POST /search']);
    expect(third.calls).toBe(2);
    await copy.close();
  });

  it('keeps its version while nothing changes, so that a scan need not be made again', async () => {
    await createContacts(3);
    const [type, copy] = [await contacts(), open()];
    const first = await copy.refresh(type, names);
    const second = await copy.refresh(type, names);
    expect(second.version).toBe(first.version);
    await copy.close();
  });

  it('goes on after a stop at the page where it was, in another process too', async () => {
    await createContacts(450);
    const type = await contacts();
    const stopping = new AbortController();
    const stopped = open();
    const progress = (read: number) => {
      if (read === 200) stopping.abort(new Error('stopped'));
    };
    const before = await requestsOf(() =>
      expect(stopped.refresh(type, { ...names, progress, signal: stopping.signal })).rejects.toThrow('cancelled'),
    );
    const state = await stopped.state(type);
    await stopped.close();
    const next = open();
    const after = await requestsOf(() => next.refresh(type, names));

    expect(state).toMatchObject({ records: 200, reading: { read: 200, of: 450 } });
    expect(before.filter((request) => request === 'GET ')).toHaveLength(2);
    expect(after.filter((request) => request === 'GET ')).toHaveLength(3);
    expect(await next.state(type)).not.toHaveProperty('reading');
    expect((await next.table(type, [])).rows).toBe(450);
    await next.close();
  });

  it('finds what was archived by the count alone, without reading all again', async () => {
    const ids = await createContacts(400);
    ahead += HOUR;
    const [type, copy] = [await contacts(), open()];
    await copy.refresh(type, names);
    ahead += HOUR;
    await connection.hubspot.objects.batchArchive('contacts', [ids[17] ?? '', ids[399] ?? '']);
    ahead += HOUR;
    const requests = await requestsOf(async () => {
      expect(await copy.refresh(type, names)).toMatchObject({ records: 398, unaccounted: 0 });
    });
    expect(requests.filter((request) => request === 'GET ')).toHaveLength(0);
    const table = await copy.table(type, ['firstname']);
    expect(valueAt(table, 'firstname', 17)).toBe('First 18');
    await copy.close();
  });

  it('forgets records that are known to be gone', async () => {
    const ids = await createContacts(3);
    const [type, copy] = [await contacts(), open()];
    const { version } = await copy.refresh(type, names);
    await copy.forget(type, [ids[1] ?? '']);
    expect(await copy.state(type)).toMatchObject({ records: 2, version: version + 1 });
    await copy.close();
  });

  it('reads everything again for a property that it does not hold, but not for one that is new in HubSpot', async () => {
    await createContacts(120);
    ahead += HOUR;
    const [type, copy] = [await contacts(), open()];
    await copy.refresh(type, { properties: ['firstname'] });
    const more = await requestsOf(() => copy.refresh(type, names));
    ahead += HOUR;
    await connection.hubspot.properties.create('contacts', {
      name: 'shoe_size',
      label: 'Shoe size',
      groupName: 'contactinformation',
      type: 'string',
      fieldType: 'text',
    });
    const created = await requestsOf(() => copy.refresh(type, { properties: [...names.properties, 'shoe_size'] }));
    expect(more.filter((request) => request === 'GET ')).toHaveLength(2);
    expect(created.filter((request) => request === 'GET ')).toHaveLength(0);
    const table = await copy.table(type, ['lastname', 'shoe_size']);
    expect([valueAt(table, 'lastname', 5), valueAt(table, 'shoe_size', 5)]).toEqual(['Last', '']);
    await copy.close();
  });

  it('reads properties whose names are too long for an address by batch', async () => {
    const long = Array.from({ length: 60 }, (_, i) => `property_of_a_name_that_is_long_enough_${i}`);
    for (const name of long) {
      await connection.hubspot.properties.create('contacts', {
        name,
        label: name,
        groupName: 'contactinformation',
        type: 'string',
        fieldType: 'text',
      });
    }
    const last = long.at(-1) ?? '';
    await connection.hubspot.objects.create('contacts', { properties: { email: 'ada@acme.com', [last]: 'far out' } });
    const [type, copy] = [await contacts(), open()];
    await copy.refresh(type, { properties: long });
    expect(valueAt(await copy.table(type, [last]), last, 0)).toBe('far out');
    await copy.close();
  });
});

const guarded = async (access: 'deny' | 'mask') => {
  const properties = { 'contacts.lastname': { access } } as const;
  return guard(connection.hubspot, await openPolicy({ version: 1, properties }));
};

describe('What a policy hides', () => {
  it.each(['deny', 'mask'] as const)('goes from a copy that was made before: %s', async (access) => {
    await connection.hubspot.objects.create('contacts', {
      properties: { firstname: 'Ada', lastname: 'Lovelace-Secret' },
    });
    const type = await contacts();
    const before = open();
    await before.refresh(type, names);
    await before.close();
    const after = open({ hubspot: await guarded(access) });
    await after.refresh(type, { properties: ['firstname'] });
    const table = await after.table(type, ['firstname', 'lastname']);
    await after.close();
    expect([...table.columns.keys()]).toEqual(['firstname']);
    expect(readFileSync(join(folder, 'copy.sqlite'), 'latin1')).not.toContain('Lovelace-Secret');
  });
});

describe('The file', () => {
  it('is nobody else’s to read', async () => {
    const copy = open();
    await copy.refresh(await contacts(), names);
    await copy.close();
    expect(statSync(join(folder, 'copy.sqlite')).mode & 0o077).toBe(0);
  });

  it('is waited for while another process works on it, and no longer than that is sensible', async () => {
    const type = await contacts();
    const first = open();
    await first.refresh(type, names);
    await first.close();
    const waits = fakeClock({ patient: true });
    const copy = open({ clock: waits });
    const other = openDatabase({ file: join(folder, 'copy.sqlite') });
    await expect(waits.settle(copy.state(type))).rejects.toMatchObject({ code: 'copy_in_use' });
    const waiting = copy.state(type);
    other.close();
    expect(await waits.settle(waiting)).toMatchObject({ records: 0 });
    await copy.close();
  });

  it('is read into by one process at a time: the other is told how far that one is, and goes on when it has stopped', async () => {
    await createContacts(250);
    const type = await contacts();
    const [one, two] = [open(), open()];
    let seen: unknown;
    const dying = new AbortController();
    const reading = one.refresh(type, {
      ...names,
      signal: dying.signal,
      progress(read) {
        if (read !== 100) return;
        seen = two.refresh(type, names);
        dying.abort(new Error('died'));
      },
    });
    await expect(reading).rejects.toThrow('cancelled');
    expect(await seen).toMatchObject({ calls: 0, reading: { read: 100, of: 250 } });
    expect(await two.refresh(type, names)).toMatchObject({ records: 250 });
    await Promise.all([one.close(), two.close()]);
  });

  it('is read into by another process when the one that read has been silent for a minute', async () => {
    await createContacts(250);
    const type = await contacts();
    const [dead, next] = [open(), open()];
    const found = await new Promise((resolve, reject) => {
      dead
        .refresh(type, {
          ...names,
          progress(read) {
            if (read !== 100) return;
            ahead += 61_000;
            next.refresh(type, names).then(resolve, reject);
          },
        })
        .catch(reject);
    });
    expect(found).toMatchObject({ records: 250 });
    await Promise.all([dead.close(), next.close()]);
  });

  it('is begun anew when it is damaged or of another version', async () => {
    const log: string[] = [];
    await createContacts(2);
    const type = await contacts();
    writeFileSync(
      join(folder, 'copy.sqlite'),
      'this is no database, but long enough to be looked at as one'.repeat(100),
    );
    const copy = open({ log: (message) => log.push(message) });
    expect(await copy.refresh(type, names)).toMatchObject({ records: 2 });
    await copy.close();
    const newer = openDatabase({ file: join(folder, 'copy.sqlite') });
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    const again = open({ log: (message) => log.push(message) });
    expect(await again.refresh(type, names)).toMatchObject({ records: 2 });
    await again.close();
    expect(log).toEqual([expect.stringContaining('was damaged'), expect.stringContaining('another version')]);
  });

  it('says that the disk is full, and is used again once there is room', async () => {
    const file = join(folder, 'full.sqlite');
    const schema = 'CREATE TABLE texts (text TEXT)';
    const shared = sharedFile({ file, clock, version: 1, schema, damaged: 'drop', log: () => undefined });
    const write = (pages: number) =>
      shared.use((db) => {
        db.exec(`PRAGMA max_page_count = ${pages}`);
        db.transaction(() => db.prepare('INSERT INTO texts (text) VALUES (?)').run('long '.repeat(100_000)));
        return db.prepare<{ found: number }>('SELECT count(*) AS found FROM texts').get()?.found;
      });
    await expect(write(10)).rejects.toMatchObject({
      code: 'disk_full',
      message: expect.stringContaining('full.sqlite'),
    });
    expect(await write(1_000)).toBe(1);
    await shared.close();
  });

  it('of what people said is put aside when it is damaged, and never thrown away', async () => {
    const said = join(folder, 'said.sqlite');
    writeFileSync(said, 'no database at all, however long one looks at it'.repeat(100));
    const copy = open();
    const dismissal = { fingerprint: 'pair:contacts:1:2', by: 'a person', at: 5, reason: 'father and son' };
    await copy.memory.dismiss([dismissal]);
    await copy.close();
    const next = open();
    expect(await next.memory.dismissals()).toEqual([dismissal]);
    await next.close();
    expect(readdirSync(folder).filter((name) => name.startsWith('said.sqlite.damaged-'))).toHaveLength(1);
  });

  it('remembers judgements, what was told, and answers of a model', async () => {
    const copy = open();
    await copy.memory.judge('contacts', [{ a: '1', b: '2', same: true, by: 'person', at: 1 }]);
    await copy.memory.judge('contacts', [{ a: '1', b: '2', same: false, by: 'model', bits: -3.5, at: 2 }]);
    await copy.memory.tell(['aa', 'bb'], 3);
    await copy.memory.cache('key', 'answer', 4);
    await copy.close();
    const next = open();
    const { memory } = next;
    expect(await memory.judgements('contacts')).toEqual([
      { a: '1', b: '2', same: true, by: 'person', at: 1 },
      { a: '1', b: '2', same: false, by: 'model', bits: -3.5, at: 2 },
    ]);
    expect(await memory.judgements('deals')).toEqual([]);
    expect(await memory.told(['bb', 'cc'])).toEqual(new Set(['bb']));
    expect([await memory.cached('key'), await memory.cached('other')]).toEqual(['answer', undefined]);
    await next.close();
  });
});

it('A copy without a folder is in memory', async () => {
  await createContacts(2);
  const type = await contacts();
  const copy = openSnapshot({ hubspot: connection.hubspot, clock: systemClock, owner: 'me', log: () => undefined });
  expect(await copy.refresh(type, names)).toMatchObject({ records: 2 });
  await copy.close();
});
