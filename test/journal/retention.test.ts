import { describe, expect, it, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import type { Disk } from '../../src/journal/disk.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { fakeClock } from '../fake-clock.ts';
import { tornDisk } from './torn-disk.ts';

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

test('to begin a call that nobody made lately, no log is read', async () => {
  const { disk, reads } = counting();
  const clock = fakeClock();
  let seed = 0;
  const open = () => createJournal({ disk, clock, random: seededRandom(++seed) });
  const keyless = { ...call, sameWithinMs: 600_000 };
  const first = open();
  await first.begin(keyless);
  await first.close();
  await clock.advance(600_001);
  const last = open();
  expect(await last.begin(keyless)).toMatchObject({ kind: 'new' });
  expect(await last.begin({ ...keyless, fingerprint: 'other' })).toMatchObject({ kind: 'new' });
  expect(reads()).toBe(0);
});

test('what is begun again while its claims are cleaned away is begun by one, however their steps fall', async () => {
  for (let apart = 0; apart < 60; apart += 1) {
    const shared = tornDisk(seededRandom(apart));
    const clock = fakeClock();
    let seed = 0;
    const open = () => createJournal({ disk: shared.process(), clock, random: seededRandom(++seed) });
    const keyless = { ...call, sameWithinMs: 600_000 };
    const first = open();
    const begun = await first.begin(keyless);
    if (begun.kind !== 'new') throw new Error(begun.kind);
    await begun.call.sending([]);
    await begun.call.finish(null);
    await first.close();
    await clock.advance(31 * DAY_MS);
    const cleaner = open();
    const cleaning = write(cleaner, 'applied').then(() => cleaner.close());
    for (let turn = 0; turn < apart; turn += 1) await Promise.resolve();
    const kinds = [(await open().begin(keyless)).kind];
    await cleaning;
    for (let more = 0; more < 2; more += 1) kinds.push((await open().begin(keyless)).kind);
    expect(kinds.filter((kind) => kind === 'new')).toHaveLength(1);
  }
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

  it('forgets within a day what it was asked without a key, and by then the call is another', async () => {
    const disk = memoryDisk();
    const clock = fakeClock();
    const journal = createJournal({ disk, clock, random: seededRandom(1) });
    const ask = (n: number) => journal.begin({ ...call, fingerprint: `f${n}`, sameWithinMs: 600_000 });
    for (let n = 0; n < 1_200; n++) {
      const begun = await ask(n);
      if (begun.kind !== 'new') throw new Error(begun.kind);
      await begun.call.sending([]);
      // One is left for good.
      if (n > 0) await begun.call.finish(null);
      else await begun.call.leave();
    }
    expect(await disk.list('keys')).toHaveLength(1_200);
    await clock.advance(DAY_MS);
    await write(journal, 'applied');
    await clock.advance(1);
    expect(await disk.list('keys')).toHaveLength(0);
    expect(await ask(1)).toMatchObject({ kind: 'new' });
    expect(await ask(1)).toMatchObject({ kind: 'under_way' });
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
