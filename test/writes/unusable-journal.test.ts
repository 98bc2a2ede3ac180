import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import type { Disk } from '../../src/journal/disk.ts';
import { createJournal, fileDisk, memoryDisk } from '../../src/journal/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';

/** A server whose journal cannot be used: it writes nothing to HubSpot, says so, and reads on. */

let folder: string;
let crm: Connection | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(async () => {
  await crm?.close().catch(() => undefined);
  crm = undefined;
  await rm(folder, { recursive: true });
});

async function serve(disk: Disk, options: HarnessOptions = {}): Promise<Connection> {
  crm = await connect({
    config: { deadlineMs: 3_000 },
    ...options,
    journal: createJournal({ disk, clock: systemClock, random: seededRandom(1) }),
  });
  return crm;
}

const ann = { objectType: 'contacts', records: [{ properties: { email: 'ann@acme.test' } }] };
const written = ({ requests }: Connection) => requests.filter((request) => /batch\/(create|update)$/.test(request));
const refused = {
  code: 'journal_unusable',
  message: expect.stringMatching(/^Nothing was sent, because it could not be written down first: /),
  next: expect.stringContaining('person who runs this server'),
};

describe('a folder that cannot be used', () => {
  it.each([
    ['file', {}],
    ['link', {}],
    ['file', { policy: { budgets: { writesPerDay: 20 } } }],
  ])('(a %s, with %j) refuses what writes, and nothing else', async (kind, options) => {
    const place = join(folder, 'journal');
    if (kind === 'file') await writeFile(place, 'no folder');
    else await symlink(folder, place);
    const server = await serve(fileDisk(place), options);
    const { id } = await server.hubspot.objects.create('contacts', { properties: { email: 'bob@acme.test' } });

    expect((await server.call('create_records', ann)).error).toMatchObject(refused);
    expect((await server.call('create_records', { ...ann, idempotencyKey: 'k' })).error).toMatchObject(refused);
    const change = { objectType: 'contacts', records: [{ id, properties: { city: 'Ulm' } }] };
    expect((await server.call('update_records', change)).error).toMatchObject(refused);
    expect(written(server)).toEqual([]);

    expect((await server.call('create_records', { ...ann, dryRun: true })).data).toMatchObject({ dryRun: true });
    expect((await server.call('get_records', { objectType: 'contacts', ids: [id] })).isError).toBe(false);
    expect((await server.call('search_records', { objectType: 'contacts' })).isError).toBe(false);
    expect((await server.call('list_changes', {})).error).toMatchObject({
      code: 'journal_unusable',
      message: expect.stringContaining(place),
    });
  });
});

const full = () => Promise.reject(new Error('ENOSPC: no space left on device'));
const wasSent = () => crm?.requests.some((request) => request.endsWith('/batch/create')) === true;

describe('a disk that fails at one thing', () => {
  it('sends nothing when it cannot take a key', async () => {
    const server = await serve({ ...memoryDisk(), create: full });
    expect((await server.call('create_records', { ...ann, idempotencyKey: 'k' })).error).toMatchObject(refused);
    expect(written(server)).toEqual([]);
  });

  it('sends nothing when what was written before cannot be read', async () => {
    const disk = memoryDisk();
    await (await serve(disk)).call('create_records', ann);
    await crm?.close();
    const server = await serve({ ...disk, list: full });
    expect((await server.call('create_records', ann)).error).toMatchObject(refused);
    expect(written(server)).toEqual([]);
  });

  it('reads, but sends nothing while it does not know how much of a budget is left', async () => {
    const disk = memoryDisk();
    const budget = { policy: { budgets: { writesPerDay: 2 } } };
    await (await serve(disk, budget)).call('create_records', { ...ann, idempotencyKey: 'before' });
    await crm?.close();
    let broken = true;
    const server = await serve({ ...disk, list: (drawer) => (broken ? full() : disk.list(drawer)) }, budget);
    const another = (name: string) =>
      server.call('create_records', { objectType: 'contacts', records: [{ properties: { firstname: name } }] });
    expect((await another('Bob')).error).toMatchObject(refused);
    expect((await server.call('search_records', { objectType: 'contacts' })).isError).toBe(false);
    expect(written(server)).toEqual([]);

    broken = false;
    await vi.waitFor(async () => expect((await another('Bob')).data).toMatchObject({ applied: 1 }), 5_000);
    expect((await another('Cem')).error).toMatchObject({ code: 'budget_spent' });
  });

  it('reports rows as unknown when it fails after they were sent', async () => {
    const disk = memoryDisk();
    const server = await serve({ ...disk, list: (drawer) => (wasSent() ? full() : disk.list(drawer)) });
    const { id } = await server.hubspot.objects.create('contacts', { properties: { email: 'bob@acme.test' } });
    server.portal.control.faults.add({ kind: 'apply-then-502', path: '/crm/objects/*/*/batch/create' });
    const note = { body: 'Called', associations: [{ toObjectType: 'contacts', to: id }] };
    const { data } = await server.call('log_note', { notes: [note] });
    expect(data).toMatchObject({ applied: 0, unknown: [{ index: 0, sent: true }] });
  });
});
