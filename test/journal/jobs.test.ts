import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal } from '../../src/journal/index.ts';
import { fakeClock } from '../fake-clock.ts';
import { tornDisk } from './torn-disk.ts';

const job = { caller: 'c', session: 's', portalId: 1, task: { what: 'import' }, state: { done: 0 } };

function bench() {
  const folder = tornDisk(seededRandom(3));
  const clock = fakeClock();
  let seed = 0;
  const open = () => {
    const disk = folder.process();
    return Object.assign(createJournal({ disk, clock, random: seededRandom(++seed) }), { disk });
  };
  return { folder, open, clock };
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

describe('a job', () => {
  test('keeps its task, its items and its last checkpoint', async () => {
    const { open } = bench();
    const journal = open();
    const { id } = await journal.jobs.create(job);
    expect(await journal.jobs.get(id)).toMatchObject({ ...job, status: 'running' });
    for (let from = 0; from < 2_500; from += 500) await journal.jobs.addItems(id, numbers(from, 500));
    await journal.jobs.checkpoint(id, 'running', { done: 7 });
    const reader = open();
    expect(await reader.jobs.items(id, 490, 520)).toEqual(numbers(490, 520));
    expect(await reader.jobs.items(id, 2_490, 100)).toEqual(numbers(2_490, 10));
    expect(await reader.jobs.items(id, 9_000, 1)).toEqual([]);
    await journal.jobs.checkpoint(id, 'done', { done: 2_500 });
    expect(await reader.jobs.list()).toMatchObject([{ id, status: 'done', state: { done: 2_500 } }]);
    expect(await reader.jobs.adopt(id)).toBe(false);
  });

  test('of a key is begun once, whoever asks for it at the same moment', async () => {
    const { open, clock } = bench();
    const all = [open(), open(), open()];
    const asked = [...all, ...all].map((each) => each.jobs.create(job, 'seen'));
    const made = await clock.settle(Promise.all(asked));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await open().jobs.list()).toHaveLength(1);
    expect((await open().jobs.create({ ...job, portalId: 2 }, 'seen')).isNew).toBe(true);
    expect((await open().jobs.create(job, 'other')).isNew).toBe(true);
  });

  test('of a key is begun by the next who asks when its process is killed at any step, and is one', async () => {
    const outcomes = new Set<boolean>();
    for (let steps = 0; steps < 12; steps += 1) {
      const { folder, open, clock } = bench();
      const first = open();
      first.disk.killIn(steps);
      await Promise.race([first.jobs.create(job, 'seen'), first.disk.killed]);
      first.disk.kill();
      folder.powerCut();
      const { id, isNew } = await clock.settle(open().jobs.create(job, 'seen'));
      expect(await open().jobs.list()).toMatchObject([{ id }]);
      outcomes.add(isNew);
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });

  test('of a key that the disk did not take can be begun again', async () => {
    const { folder, open, clock } = bench();
    const journal = open();
    await journal.jobs.create(job);
    folder.trouble = 'full';
    await expect(journal.jobs.create(job, 'seen')).rejects.toThrow(/written/);
    folder.trouble = undefined;
    await clock.advance(2_000);
    expect((await clock.settle(journal.jobs.create(job, 'seen'))).isNew).toBe(true);
  });

  test('whose process is gone is adopted once, at its last checkpoint', async () => {
    const { folder, open } = bench();
    const first = open();
    const { id } = await first.jobs.create(job);
    await first.jobs.addItems(id, numbers(0, 10));
    await first.jobs.checkpoint(id, 'running', { done: 1 });
    await first.jobs.addItems(id, [-1, -2, -3]);
    const others = [open(), open(), open()];
    expect(await Promise.all(others.map((each) => each.jobs.adopt(id)))).toEqual([false, false, false]);
    first.disk.kill();
    expect(await others[0]?.jobs.get(id)).toMatchObject({ status: 'interrupted', state: { done: 1 } });
    const adopted = await Promise.all(others.map((each) => each.jobs.adopt(id)));
    expect(adopted.filter((mine) => mine)).toHaveLength(1);
    const owner = others[adopted.indexOf(true)];
    await owner?.jobs.addItems(id, numbers(10, 5));
    await owner?.jobs.checkpoint(id, 'running', { done: 2 });
    folder.powerCut();
    const last = open();
    expect(await last.jobs.items(id, 0, 100)).toEqual(numbers(0, 15));
    expect(await last.jobs.get(id)).toMatchObject({ status: 'interrupted', state: { done: 2 } });
  });

  test('that another process has cancelled stays so', async () => {
    const { open } = bench();
    const [runner, other] = [open(), open()];
    const { id } = await runner.jobs.create(job);
    await other.jobs.checkpoint(id, 'cancelled', { done: 0 });
    expect(await runner.jobs.get(id)).toMatchObject({ status: 'cancelled' });
    await runner.jobs.checkpoint(id, 'running', { done: 3 });
    expect(await other.jobs.get(id)).toMatchObject({ status: 'cancelled', state: { done: 3 } });
  });
});
