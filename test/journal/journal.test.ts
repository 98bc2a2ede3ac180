import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { Begun, Journal, JournalRow, NewCall, OpenCall } from '../../src/journal/journal.ts';
import { fakeClock } from '../fake-clock.ts';
import { tornDisk } from './torn-disk.ts';

const call: NewCall = {
  caller: 'tester',
  session: 'one',
  tool: 'create_records',
  portalId: 1,
  fingerprint: 'abc',
  sameWithinMs: 600_000,
};
const row = (index: number): JournalRow => ({ index, change: { index }, records: [`contacts ${100 + index}`] });

function newOf(begun: Begun): OpenCall {
  if (begun.kind !== 'new') throw new Error(`Expected a new call, but it was ${begun.kind}.`);
  return begun.call;
}

/** Processes that share a folder; each may end without a word. */
function folder() {
  const disk = memoryDisk();
  const clock = fakeClock();
  let seed = 0;
  return { disk, clock, open: () => createJournal({ disk, clock, random: seededRandom(++seed) }) };
}

async function carryOut(journal: Journal, more: Partial<NewCall> = {}, rows = 1): Promise<string> {
  const open = newOf(await journal.begin({ ...call, ...more }));
  await open.intend(Array.from({ length: rows }, (_, index) => row(index)));
  await open.sending(Array.from({ length: rows }, (_, index) => index));
  await open.outcomes(Array.from({ length: rows }, (_, index) => ({ index, state: 'applied' as const })));
  await open.finish({ applied: rows });
  return open.id;
}

async function sendIfNew(journal: Journal): Promise<Begun['kind']> {
  const begun = await journal.begin(call);
  if (begun.kind !== 'new') return begun.kind;
  await begun.call.intend([row(0)]);
  await begun.call.sending([0]);
  await begun.call.outcomes([{ index: 0, state: 'applied' }]);
  await begun.call.finish(null);
  return 'new';
}

describe('a call', () => {
  test('is remembered with its rows, what became of them, and what its caller was given', async () => {
    const { open } = folder();
    const journal = open();
    const id = await carryOut(journal, {}, 2);
    const kept = { status: 'finished', result: { applied: 2 }, tool: 'create_records', undoneBy: [] };
    expect(await journal.call(id)).toMatchObject({ ...kept, rows: [{ state: 'applied' }, { state: 'applied' }] });
    expect(await open().call(id)).toEqual(await journal.call(id));
  });

  test('that was finished answers for the same one, also in another process, and not after its time', async () => {
    const { open, clock } = folder();
    const first = open();
    const id = await carryOut(first);
    for (const journal of [first, open()]) {
      expect(await journal.begin(call)).toMatchObject({ kind: 'finished', call: { id, result: { applied: 1 } } });
    }
    await clock.advance(600_001);
    expect(await open().begin(call)).toMatchObject({ kind: 'new' });
  });

  test('with a key is one call, whoever asks', async () => {
    const { open } = folder();
    const [first, second] = [open(), open()];
    const keyed = { ...call, idempotencyKey: 'k' };
    const begun = newOf(await first.begin(keyed));
    expect(await first.begin({ ...keyed, caller: 'other' })).toMatchObject({ kind: 'under_way' });
    expect(await first.begin({ ...keyed, fingerprint: 'other' })).toMatchObject({ kind: 'mismatch', id: begun.id });
    expect(await second.begin(keyed)).toMatchObject({ kind: 'elsewhere', id: begun.id });
    await begun.intend([row(0)]);
    await begun.sending([0]);
    expect(await second.begin(keyed)).toMatchObject({ kind: 'elsewhere', id: begun.id });
    await begun.finish({ fine: true });
    expect(await second.begin(keyed)).toMatchObject({ kind: 'finished', call: { id: begun.id } });
    expect(await second.begin({ ...keyed, fingerprint: 'other' })).toMatchObject({ kind: 'mismatch', id: begun.id });
    expect(await second.begin({ ...keyed, portalId: 2 })).toMatchObject({ kind: 'new' });
  });

  test('without a key is one call before anything of it is in a log, of its caller and portal', async () => {
    const { open, clock } = folder();
    const [first, second] = [open(), open()];
    const begun = newOf(await first.begin(call));
    expect(await first.begin(call)).toMatchObject({ kind: 'under_way' });
    expect(await second.begin(call)).toMatchObject({ kind: 'elsewhere', id: begun.id });
    const others = [{ caller: 'other' }, { portalId: 2 }, { fingerprint: 'other' }, { idempotencyKey: 'k' }];
    for (const other of others) expect(await second.begin({ ...call, ...other })).toMatchObject({ kind: 'new' });
    await clock.advance(600_001);
    expect(await second.begin(call)).toMatchObject({ kind: 'elsewhere', id: begun.id });
    await begun.abandon();
    const again = newOf(await second.begin(call));
    expect(await first.begin(call)).toMatchObject({ kind: 'elsewhere', id: again.id });
  });

  test('without a key is free at once when its process ended before anything of it was in a log', async () => {
    const shared = tornDisk(seededRandom(1));
    const parts = { clock: fakeClock(), random: seededRandom(2) };
    const [disk, other] = [shared.process(), shared.process()];
    newOf(await createJournal({ ...parts, disk }).begin(call));
    disk.kill();
    expect(await createJournal({ ...parts, disk: other }).begin(call)).toMatchObject({ kind: 'new' });
  });

  test.each([0, 3])(
    'without a key is written once by two, however their steps fall (given up %i times)',
    async (times) => {
      for (let apart = 0; apart < 80; apart += 1) {
        const shared = tornDisk(seededRandom(apart));
        const clock = fakeClock();
        const parts = [1, 2].map((seed) => ({ disk: shared.process(), clock, random: seededRandom(seed) }));
        const kinds = await Promise.all(
          parts.map(async (part, which) => {
            const journal = createJournal(part);
            for (let turn = 0; turn < which * apart; turn += 1) await Promise.resolve();
            for (let time = 0; time < times; time += 1) {
              const begun = await journal.begin(call);
              if (begun.kind === 'new') await begun.call.abandon();
            }
            return sendIfNew(journal);
          }),
        );
        expect(kinds.filter((kind) => kind === 'new')).toHaveLength(1);
      }
    },
  );

  test.each([{ idempotencyKey: 'k' }, {}])('that was abandoned leaves its key free: %j', async (key) => {
    const { open } = folder();
    const [first, second] = [open(), open()];
    const keyed = { ...call, ...key };
    await newOf(await first.begin(keyed)).abandon();
    const again = newOf(await second.begin(keyed));
    await again.intend([row(0)]);
    await again.sending([0]);
    await again.outcomes([{ index: 0, state: 'rejected' }]);
    await again.abandon();
    expect(await second.calls({})).toEqual([]);
    const last = newOf(await first.begin(keyed));
    expect(await second.begin(keyed)).toMatchObject({ kind: 'elsewhere', id: last.id });
  });

  test('that a living process goes on with is settled by nobody else', async () => {
    const shared = tornDisk(seededRandom(1));
    const clock = fakeClock();
    let seed = 0;
    const open = () => {
      const disk = shared.process();
      return Object.assign(createJournal({ disk, clock, random: seededRandom(++seed) }), { disk });
    };
    const first = open();
    const begun = newOf(await first.begin(call));
    await begun.intend([row(0)]);
    await begun.sending([0]);
    first.disk.kill();
    const [onlooker, next] = [open(), open()];
    expect(await onlooker.call(begun.id)).toMatchObject({ status: 'interrupted' });
    const taken = await next.begin(call);
    if (taken.kind !== 'interrupted') throw new Error(taken.kind);
    await taken.call.sending([0]);
    await onlooker.settle(begun.id, [{ index: 0, state: 'intended' }]);
    next.disk.kill();
    expect(await onlooker.call(begun.id)).toMatchObject({ status: 'interrupted', rows: [{ state: 'sent' }] });
    await onlooker.settle(begun.id, [{ index: 0, state: 'applied' }]);
    expect(await open().call(begun.id)).toMatchObject({ rows: [{ state: 'applied' }] });
  });

  test('of another process stays its own, whatever this one has dropped', async () => {
    const { open } = folder();
    const [one, other] = [open(), open()];
    const dropped = newOf(await one.begin({ ...call, idempotencyKey: 'a' }));
    await dropped.intend([row(0)]);
    await dropped.sending([0]);
    newOf(await other.begin({ ...call, idempotencyKey: 'b' }));
    await dropped.abandon();
    expect(await one.begin({ ...call, idempotencyKey: 'b' })).toMatchObject({ kind: 'elsewhere' });
  });

  test('that was left is gone on with once, by whoever asks first', async () => {
    const { open } = folder();
    const [first, second] = [open(), open()];
    const begun = newOf(await first.begin(call));
    await begun.intend([row(0), row(1)]);
    await begun.sending([0]);
    await begun.outcomes([{ index: 0, state: 'applied' }]);
    await begun.leave();
    const again = await second.begin(call);
    expect(again).toMatchObject({
      kind: 'interrupted',
      stored: { id: begun.id, rows: [{ state: 'applied' }, { state: 'intended' }] },
    });
    expect(await first.begin(call)).toMatchObject({ kind: 'elsewhere', id: begun.id });
    if (again.kind === 'interrupted') await again.call.leave();
    expect(await first.begin(call)).toMatchObject({ kind: 'interrupted' });
  });
});
