import { expect, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
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
