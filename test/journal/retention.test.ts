import { expect, test } from 'vitest';
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
