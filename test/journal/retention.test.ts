import { describe, expect, it, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import type { Disk } from '../../src/journal/disk.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { fakeClock } from '../fake-clock.ts';

const DAY_MS = 86_400_000;
const call = { caller: 'c', session: 's', tool: 't', portalId: 1, fingerprint: 'f', sameWithinMs: 0 };

async function write(journal: Journal, state: 'applied' | 'unknown', idempotencyKey?: string): Promise<string> {
  const begun = await journal.begin({ ...call, ...(idempotencyKey !== undefined && { idempotencyKey }) });
  if (begun.kind !== 'new') throw new Error(begun.kind);
  await begun.call.intend([{ index: 0, change: null, records: [] }]);
  await begun.call.sending([0]);
  await begun.call.outcomes([{ index: 0, state }]);
  await begun.call.finish(null);
  return begun.call.id;
}

test('what is old is forgotten, but nothing that is not settled, and no key of the last day', async () => {
  const disk = memoryDisk();
  const clock = fakeClock();
  let seed = 0;
  const open = () => createJournal({ disk, clock, random: seededRandom(++seed) });
  const settled = open();
  await write(settled, 'applied', 'old');
  await settled.close();
  const unsettled = open();
  const unknown = await write(unsettled, 'unknown', 'open');
  await unsettled.close();
  await clock.advance(29.5 * DAY_MS);
  const later = open();
  const kept = await write(later, 'applied', 'new');
  await later.close();
  await clock.advance(DAY_MS);

  const last = open();
  const now = await write(last, 'applied');
  await last.close();
  const reader = open();
  expect((await reader.calls({})).map(({ id }) => id)).toEqual([now, kept, unknown]);
  expect(await reader.begin({ ...call, idempotencyKey: 'new' })).toMatchObject({ kind: 'finished' });
  expect(await reader.begin({ ...call, idempotencyKey: 'old' })).toMatchObject({ kind: 'new' });
  expect(await disk.list('logs')).toHaveLength(4);

  await reader.settle(unknown, [{ index: 0, state: 'applied' }]);
  await reader.close();
  await clock.advance(31 * DAY_MS);
  const after = open();
  await write(after, 'applied');
  await after.close();
  expect(await disk.list('logs')).toHaveLength(1);
});

test('what another process has removed is forgotten, and what is left is found', async () => {
  const disk = memoryDisk();
  const clock = fakeClock();
  let seed = 0;
  const open = () => createJournal({ disk, clock, random: seededRandom(++seed) });
  const old = open();
  await write(old, 'applied');
  await old.close();
  const onlooker = open();
  expect(await onlooker.calls({})).toHaveLength(1);
  await clock.advance(31 * DAY_MS);
  const cleaner = open();
  const kept = await write(cleaner, 'applied');
  await cleaner.close();
  expect((await onlooker.calls({})).map(({ id }) => id)).toEqual([kept]);
});

test('to know a call again, only the logs of its time are read', async () => {
  const shared = memoryDisk();
  const changed = new Map<string, number>();
  const read = new Set<string>();
  const disk: Disk = {
    ...shared,
    changed: async (file) => changed.get(file),
    read: (file, offset, length) => {
      read.add(file);
      return shared.read(file, offset, length);
    },
  };
  const clock = fakeClock();
  let seed = 0;
  const open = () => createJournal({ disk, clock, random: seededRandom(++seed) });
  const keyless = { ...call, sameWithinMs: 600_000 };
  const logs: string[] = [];
  for (const hours of [0, 24]) {
    await clock.advance(hours * 3_600_000);
    const journal = open();
    await write(journal, 'applied');
    await journal.close();
    const log = (await shared.list('logs')).find((name) => !logs.includes(name)) ?? '';
    logs.push(log);
    changed.set(`logs/${log}`, clock.now());
  }
  await clock.advance(60_000);
  read.clear();
  const last = open();
  const other = { ...keyless, fingerprint: 'other' };
  expect(await last.begin(other)).toMatchObject({ kind: 'new' });
  expect([...read]).toContain(`logs/${logs[1]}`);
  expect([...read]).not.toContain(`logs/${logs[0]}`);
  expect(await last.begin(keyless)).toMatchObject({ kind: 'finished' });
  expect(await last.calls({})).toHaveLength(2);
});

test('a long log gets a successor, and both are read', async () => {
  const disk = memoryDisk();
  const parts = { disk, clock: fakeClock(), random: seededRandom(1) };
  const journal = createJournal({ ...parts, maxLogBytes: 1_000 });
  const ids: string[] = [];
  for (let i = 0; i < 10; i++) ids.unshift(await write(journal, 'applied'));
  expect((await disk.list('logs')).length).toBeGreaterThan(2);
  await journal.close();
  expect((await createJournal(parts).calls({})).map(({ id }) => id)).toEqual(ids);
});

/** Counts how often a log is read. */
function counting(): { readonly disk: Disk; readonly reads: () => number } {
  const shared = memoryDisk();
  let reads = 0;
  const disk: Disk = {
    ...shared,
    read: (file, offset, length) => {
      if (file.startsWith('logs/')) reads += 1;
      return shared.read(file, offset, length);
    },
  };
  return { disk, reads: () => reads };
}

describe('a server that runs for months', () => {
  it('begins a log a day, and forgets keys, logs and calls that are old', async () => {
    const disk = memoryDisk();
    const clock = fakeClock();
    const journal = createJournal({ disk, clock, random: seededRandom(1) });
    const unknown = await write(journal, 'unknown', 'unknown');
    await clock.advance(DAY_MS);
    const ids: string[] = [];
    for (let day = 0; day < 70; day++) {
      ids.unshift(await write(journal, 'applied', `day ${day}`));
      await clock.advance(DAY_MS);
      expect((await disk.list('logs')).length).toBeLessThanOrEqual(34);
      expect((await disk.list('keys')).length).toBeLessThanOrEqual(34);
    }
    const found = (await journal.calls({ limit: 100 })).map(({ id }) => id);
    expect(found).toEqual([...ids.slice(0, found.length - 1), unknown]);
    expect(found.length).toBeLessThanOrEqual(34);
    expect(await journal.begin({ ...call, idempotencyKey: 'day 69' })).toMatchObject({ kind: 'finished' });
    expect(await journal.begin({ ...call, idempotencyKey: 'day 0' })).toMatchObject({ kind: 'new' });
  });

  it('reads each log that has a successor once, and its keys without reading the logs for each', async () => {
    const { disk, reads } = counting();
    const clock = fakeClock();
    const journal = createJournal({ disk, clock, random: seededRandom(1), maxLogBytes: 100 });
    for (let i = 0; i < 1_200; i++) await write(journal, 'applied', `key ${i}`);
    expect((await disk.list('logs')).length).toBeGreaterThan(1_000);
    await journal.calls({ limit: 1 });
    expect(reads()).toBeLessThan(20_000);
    await clock.advance(3 * DAY_MS);
    const before = reads();
    await write(journal, 'applied', 'after');
    await clock.advance(1);
    expect(await disk.list('keys')).toHaveLength(1);
    expect(reads() - before).toBeLessThan(5_000);
    expect(await journal.begin({ ...call, idempotencyKey: 'after' })).toMatchObject({ kind: 'finished' });
  });

  it('keeps all of a job that has not ended, however old, and forgets it after it has', async () => {
    const disk = memoryDisk();
    const clock = fakeClock();
    let seed = 0;
    const open = () => createJournal({ disk, clock, random: seededRandom(++seed) });
    const first = open();
    const begun = { task: { from: 'a' }, portalId: 1, caller: 'c', session: 's', state: null };
    const { id } = await first.jobs.create(begun);
    await first.jobs.addItems(id, ['one', 'two']);
    await first.jobs.checkpoint(id, 'running', 1);
    await first.close();
    for (let i = 0; i < 2; i++) {
      await clock.advance(31 * DAY_MS);
      const next = open();
      await write(next, 'applied');
      expect(await next.jobs.get(id)).toMatchObject({ task: begun.task, status: 'interrupted' });
      expect(await next.jobs.adopt(id)).toBe(true);
      expect(await next.jobs.items(id, 0, 9)).toEqual(['one', 'two']);
      if (i === 1) await next.jobs.checkpoint(id, 'done', 2);
      await next.close();
    }
    await clock.advance(31 * DAY_MS);
    const last = open();
    await write(last, 'applied');
    await last.close();
    const after = open();
    expect(await after.jobs.list()).toEqual([]);
    expect(await disk.list('logs')).toHaveLength(1);
  });
});
