import { beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { Begun, Journal, NewCall, OpenCall } from '../../src/journal/journal.ts';
import type { Happening } from '../../src/observe/happening.ts';
import { watchedJournal } from '../../src/observe/watched-journal.ts';
import { fakeClock } from '../fake-clock.ts';

const head: NewCall = {
  caller: 'a',
  session: 's',
  tool: 'upsert_records',
  portalId: 1,
  fingerprint: 'f',
  idempotencyKey: 'k',
  sameWithinMs: 0,
};
const row = (index: number, ...records: string[]) => ({ index, change: {}, records });

let journal: Journal;
let told: Happening[];
beforeEach(() => {
  told = [];
  const plain = createJournal({ disk: memoryDisk(), clock: fakeClock(), random: seededRandom(1) });
  journal = watchedJournal(plain, (happening) => told.push(happening));
});

function opened(begun: Begun): OpenCall {
  if (begun.kind !== 'new' && begun.kind !== 'interrupted') throw new Error(begun.kind);
  return begun.call;
}

describe('What was written is told', () => {
  it('when the call is over, with the ids of the records and nothing that somebody wrote', async () => {
    const call = opened(await journal.begin(head));
    await call.intend([
      row(0, 'contacts 101'),
      row(1, 'contacts ann@acme.test'),
      row(2, 'contacts 103'),
      row(3, 'deals 9'),
    ]);
    await call.sending([0, 1, 2]);
    await call.outcomes([
      { index: 0, state: 'applied' },
      { index: 1, state: 'applied', record: 'contacts 102' },
      { index: 2, state: 'rejected' },
    ]);
    expect(told).toEqual([]);
    await call.finish({});
    expect(told).toMatchObject([
      {
        kind: 'written',
        author: { caller: 'a', session: 's' },
        callId: call.id,
        rows: { applied: 2, rejected: 1, intended: 1, unknown: 0, sent: 0 },
        records: ['contacts 101', 'contacts 102'],
        unknown: [],
      },
    ]);
  });

  it('when it was left, when somebody goes on with it, and when its rows are settled', async () => {
    const call = opened(await journal.begin(head));
    await call.intend([row(0, 'contacts 101'), row(1, 'contacts 102')]);
    await call.sending([0]);
    await call.outcomes([{ index: 0, state: 'unknown' }]);
    await call.leave();
    expect(told.at(-1)).toMatchObject({ kind: 'written', rows: { unknown: 1, intended: 1 }, unknown: [0] });
    const again = opened(await journal.begin(head));
    await again.sending([1]);
    await again.outcomes([{ index: 1, state: 'applied' }]);
    await again.finish({});
    expect(told.at(-1)).toMatchObject({ kind: 'written', rows: { unknown: 1, applied: 1 }, unknown: [0] });
    await journal.settle(call.id, [{ index: 0, state: 'applied' }]);
    expect(told.at(-1)).toEqual({ kind: 'settled', callId: call.id, rows: [{ index: 0, state: 'applied' }] });
  });

  it('not when the call changed nothing and is forgotten', async () => {
    const call = opened(await journal.begin(head));
    await call.intend([row(0, 'contacts 101')]);
    await call.abandon();
    expect(told).toEqual([]);
  });
});
