import { expect, it } from 'vitest';
import type { Outcome } from '../../src/calls/toolbox.ts';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { type Belief, pursue } from './agent.ts';
import type { Deed } from './deeds.ts';
import { virtualTime } from './virtual-time.ts';

const report = { columns: [], rows: [], failed: [], unknown: [] };
const applied: Outcome = { ok: true, failed: false, data: { ...report, applied: 1 } };
const reason = { index: 0, code: 'unavailable', message: 'Nothing was sent.', retryable: true };
const failed: Outcome = { ok: true, failed: true, data: { ...report, applied: 0, failed: [reason] } };
const unknown: Outcome = {
  ok: true,
  failed: true,
  data: { ...report, applied: 0, unknown: [{ ...reason, next: 'Look.' }] },
};
const late: Outcome = { ok: false, error: { code: 'deadline', message: 'Too late.', retryable: true } };

/** What an agent believes of a row when it was given these answers, the last of them for good. */
async function believed(args: Deed['args'], ...answers: readonly Outcome[]): Promise<Belief | undefined> {
  const time = virtualTime(0);
  const last = answers.at(-1) ?? late;
  let asked = 0;
  const process = {
    name: 'process',
    alive: () => true,
    call: () => Promise.resolve(answers[asked++] ?? last),
    kill: () => undefined,
    killIn: () => undefined,
    died: new Promise<void>(() => undefined),
    journal: createJournal({ disk: memoryDisk(), clock: time, random: seededRandom(1) }),
  };
  const deed: Deed = { mark: 'w', tool: 'update_records', args, rows: 1, count: () => 0 };
  // It never goes away, and hears every answer.
  const random = { ...seededRandom(1), float: () => 0.5 };
  try {
    const told = pursue(deed, { clock: time, random, process: () => Promise.resolve(process) });
    return (await time.until(told, 3_600_000)).beliefs[0];
  } finally {
    time.close();
  }
}

const key = { idempotencyKey: 'k' };

it.each([
  ['all of them failed', [failed], 'failed'],
  ['one without an answer may have written', [late, failed], 'unknown'],
  ['one after it had no answer', [failed, late], 'unknown'],
  ['one before it is unknown', [unknown, failed], 'unknown'],
  ['one after it wrote', [late, failed, applied], 'applied'],
] as const)('an agent whose calls are each their own believes that %s', async (_, answers, belief) => {
  expect(await believed({}, ...answers)).toBe(belief);
});

it.each([
  ['failed, whatever was not answered before', [late, failed], 'failed'],
  ['failed, though it was unknown before', [unknown, failed], 'failed'],
  ['unknown, when nothing was heard after that', [failed, late], 'unknown'],
] as const)('an agent whose calls are taken for one believes it to have %s', async (_, answers, belief) => {
  expect(await believed(key, ...answers)).toBe(belief);
});
