import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, JournalUnusable } from '../../src/journal/index.ts';
import type { Begun, Journal, NewCall, OpenCall } from '../../src/journal/journal.ts';
import { fakeClock } from '../fake-clock.ts';
import { type TornFolder, tornDisk } from './torn-disk.ts';

const call: NewCall = { caller: 'c', session: 's', tool: 't', portalId: 1, fingerprint: 'f', sameWithinMs: 0 };

function newOf(begun: Begun): OpenCall {
  if (begun.kind !== 'new') throw new Error(begun.kind);
  return begun.call;
}

function bench() {
  const folder = tornDisk(seededRandom(7));
  const clock = fakeClock();
  const troubles: string[] = [];
  let seed = 0;
  const open = () => {
    const disk = folder.process();
    const random = seededRandom(++seed);
    return Object.assign(createJournal({ disk, clock, random, onTrouble: (said) => troubles.push(said) }), { disk });
  };
  return { folder, clock, troubles, open };
}

async function write(journal: Journal, key: string): Promise<string> {
  const open = newOf(await journal.begin({ ...call, idempotencyKey: key }));
  await open.intend([{ index: 0, change: key, records: [] }]);
  await open.sending([0]);
  await open.outcomes([{ index: 0, state: 'applied' }]);
  await open.finish(key);
  return open.id;
}

/** A call that was sent, and whose end the disk did not take. */
async function learntInTrouble(
  journal: Journal,
  folder: TornFolder,
  trouble: TornFolder['trouble'],
): Promise<OpenCall> {
  const under = newOf(await journal.begin(call));
  await under.intend([{ index: 0, change: 'x', records: [] }]);
  await under.sending([0]);
  folder.trouble = trouble;
  await under.outcomes([{ index: 0, state: 'applied' }]);
  await expect(under.finish('fine')).rejects.toThrow(JournalUnusable);
  return under;
}

describe('a disk that is full, or that fails', () => {
  test.each(['full', 'io'] as const)(
    '(%s) lets nothing be sent, and is used again when it is well',
    async (trouble) => {
      const { folder, clock, open } = bench();
      const journal = open();
      const before = await write(journal, 'before');
      const under = newOf(await journal.begin({ ...call, idempotencyKey: 'under way' }));
      await under.intend([{ index: 0, change: 'x', records: [] }]);

      folder.trouble = trouble;
      await expect(under.sending([0])).rejects.toThrow(JournalUnusable);
      await expect(journal.begin(call)).rejects.toThrow(/nothing is sent to HubSpot.*Make room/);
      expect(journal.state().broken).toContain(trouble === 'full' ? 'ENOSPC' : 'EIO');
      expect(await journal.call(before)).toMatchObject({ status: 'finished' });

      folder.trouble = undefined;
      await expect(under.sending([0])).rejects.toThrow(JournalUnusable);
      await clock.advance(1_000);
      await under.sending([0]);
      await under.finish('fine');
      expect(journal.state().broken).toBeUndefined();
      folder.powerCut();
      const next = open();
      expect(await next.begin({ ...call, idempotencyKey: 'before' })).toMatchObject({ kind: 'finished' });
      expect(await next.call(under.id)).toMatchObject({ result: 'fine', rows: [{ state: 'sent', change: 'x' }] });
    },
  );

  test('what was learnt meanwhile is written down when it is well', async () => {
    const { folder, clock, open } = bench();
    const journal = open();
    const under = newOf(await journal.begin(call));
    await under.intend([{ index: 0, change: 'x', records: [] }]);
    await under.sending([0]);
    folder.trouble = 'io';
    await under.outcomes([{ index: 0, state: 'applied', record: 'contacts 7' }]);
    await expect(under.finish('fine')).rejects.toThrow(JournalUnusable);
    folder.trouble = undefined;
    await clock.advance(1_000);
    await write(journal, 'next');
    folder.powerCut();
    const found = await open().calls({ record: 'contacts 7' });
    expect(found).toMatchObject([{ id: under.id, status: 'finished', rows: [{ state: 'applied' }] }]);
  });

  test.each(['full', 'io'] as const)(
    '(%s) gets what was learnt meanwhile by itself when it is well, though nobody writes anything more',
    async (trouble) => {
      const { folder, clock, open } = bench();
      const under = await learntInTrouble(open(), folder, trouble);
      await clock.advance(5_000);
      folder.trouble = undefined;
      await clock.advance(8_000);
      folder.powerCut();
      expect(await open().call(under.id)).toMatchObject({ status: 'finished', rows: [{ state: 'applied' }] });
    },
  );

  test('(io) that loses what was read already costs a call one try, and not every later one', async () => {
    const { folder, clock, open } = bench();
    const journal = open();
    const under = newOf(await journal.begin(call));
    await under.intend([{ index: 0, change: 'x', records: [] }]);
    await under.sending([0]);
    await under.outcomes([{ index: 0, state: 'applied' }]);
    expect(await journal.call(under.id)).toMatchObject({ rows: [{ state: 'applied' }] });
    folder.trouble = 'io';
    await expect(under.finish('fine')).rejects.toThrow(JournalUnusable);
    await expect(journal.call(under.id)).rejects.toThrow(JournalUnusable);
    folder.trouble = undefined;
    await clock.advance(1_000);
    expect(await journal.call(under.id)).toMatchObject({ status: 'finished', rows: [{ state: 'applied' }] });
  });

  test('(io) that loses items of a job never makes it a shorter one', async () => {
    const { folder, clock, open } = bench();
    const { jobs } = open();
    const { id } = await jobs.create({ caller: 'c', session: 's', portalId: 1, task: 't', state: null });
    await jobs.addItems(id, ['a']);
    await jobs.checkpoint(id, 'running', 1);
    await jobs.addItems(id, ['b', 'c']);
    expect(await jobs.items(id, 0, 9)).toEqual(['a', 'b', 'c']);
    folder.trouble = 'io';
    await expect(jobs.checkpoint(id, 'running', 2)).rejects.toThrow(JournalUnusable);
    await expect(jobs.items(id, 0, 9)).rejects.toThrow(JournalUnusable);
    await expect(jobs.items(id, 0, 9)).rejects.toThrow(JournalUnusable);
    expect(await jobs.items(id, 0, 1)).toEqual(['a']);
    folder.trouble = undefined;
    await clock.advance(1_000);
    expect(await jobs.items(id, 0, 9)).toEqual(['a', 'b', 'c']);
  });

  test('gets what was learnt meanwhile at the latest when the journal is closed', async () => {
    const { folder, open } = bench();
    const journal = open();
    const under = await learntInTrouble(journal, folder, 'io');
    folder.trouble = undefined;
    await journal.close();
    folder.powerCut();
    expect(await open().call(under.id)).toMatchObject({ status: 'finished', rows: [{ state: 'applied' }] });
  });

  test('is tried seldom while it goes on failing, so that its folder does not fill with logs', async () => {
    const { folder, clock, open } = bench();
    await learntInTrouble(open(), folder, 'io');
    await clock.advance(3_600_000);
    expect(folder.files().length).toBeLessThan(80);
  });

  test('rows that it refused are not taken for sent ones afterwards', async () => {
    const { folder, clock, open } = bench();
    const journal = open();
    const under = newOf(await journal.begin(call));
    await under.intend([{ index: 0, change: 'x', records: [] }]);
    folder.trouble = 'full';
    await expect(under.sending([0])).rejects.toThrow(JournalUnusable);
    folder.trouble = undefined;
    await clock.advance(1_000);
    await under.leave();
    expect(await open().calls({})).toMatchObject([
      { status: 'interrupted', rows: [{ state: 'intended', change: 'x' }] },
    ]);
  });
});

describe('damage', () => {
  test('in the middle of a log is reported, costs what stood there, and no more', async () => {
    const { folder, troubles, open } = bench();
    const journal = open();
    const ids = [await write(journal, 'a'), await write(journal, 'b'), await write(journal, 'c')];
    const [log = 'logs/none'] = folder.files().filter((file) => file.startsWith('logs/'));
    folder.damage(log, ((await journal.disk.size(log)) ?? 0) / 3 + 60);
    journal.disk.kill();
    const next = open();
    const found = await next.calls({});
    expect(found.length).toBeLessThan(3);
    expect(found.map(({ id }) => id)).toContain(ids[2]);
    expect(troubles).toEqual([expect.stringMatching(/is damaged at byte \d+: what stood there is lost, what follows/)]);
    // Whether it was sent can no longer be known, so it is not sent again.
    await expect(next.begin({ ...call, idempotencyKey: 'b' })).rejects.toThrow(/may or may not have been sent/);
  });

  test('of any one byte never makes the journal say what was not so', async () => {
    for (let at = 0; at < 1_200; at += 29) {
      const { folder, open } = bench();
      const journal = open();
      for (const key of ['a', 'b', 'c']) await write(journal, key);
      const [log = 'logs/none'] = folder.files().filter((file) => file.startsWith('logs/'));
      if (at >= ((await journal.disk.size(log)) ?? 0)) return;
      folder.damage(log, at);
      journal.disk.kill();
      for (const { result, rows } of await open().calls({})) {
        for (const { change } of rows) expect([null, 'a', 'b', 'c']).toContain(change);
        expect([undefined, 'a', 'b', 'c']).toContain(result);
      }
    }
  });
});
