import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/crm/user-error.ts';
import type { Plan } from '../../src/writes/change.ts';
import { createIdempotentResults } from '../../src/writes/idempotent-results.ts';
import type { WriteReport } from '../../src/writes/report.ts';

const report = (applied: number): WriteReport => ({ applied, columns: [], rows: [], failed: [], unknown: [] });
const plan = (input: Record<string, unknown>, tool = 'create_records'): Plan => ({
  tool,
  input,
  check: () => Promise.resolve([]),
});

/** Work that counts how often it was done. */
function counted(applied = 1) {
  const work = Object.assign(
    () => {
      work.times++;
      return Promise.resolve(report(applied));
    },
    { times: 0 },
  );
  return work;
}

describe('results by idempotencyKey', () => {
  it.each([[{}], [{ idempotencyKey: '' }]])('does every call that has no key: %j', async (input) => {
    const results = createIdempotentResults();
    const work = counted();
    await results.once(plan(input), work);
    await results.once(plan({ ...input, other: 1 }), work);
    expect(work.times).toBe(2);
  });

  it('gives the stored result for the same key and arguments, in whatever order', async () => {
    const results = createIdempotentResults();
    const work = counted();
    expect(await results.once(plan({ idempotencyKey: 'k', a: 1, b: { c: 2, d: 3 } }), work)).toEqual(report(1));
    const again = await results.once(plan({ b: { d: 3, c: 2 }, a: 1, idempotencyKey: 'k' }), work);
    expect(again).toEqual({ ...report(1), replayed: true });
    expect(work.times).toBe(1);
  });

  it('refuses the same key with other arguments, or for another tool', async () => {
    const results = createIdempotentResults();
    const work = counted();
    await results.once(plan({ idempotencyKey: 'k', a: 1 }), work);
    for (const other of [plan({ idempotencyKey: 'k', a: 2 }), plan({ idempotencyKey: 'k', a: 1 }, 'log_note')]) {
      await expect(results.once(other, work)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    }
    expect(work.times).toBe(1);
  });

  it('joins a call in flight', async () => {
    const results = createIdempotentResults();
    const waiting: ((value: WriteReport) => void)[] = [];
    const first = results.once(plan({ idempotencyKey: 'k' }), () => new Promise((resolve) => waiting.push(resolve)));
    const work = counted();
    const second = results.once(plan({ idempotencyKey: 'k' }), work);
    waiting[0]?.(report(3));
    expect(await first).toMatchObject({ applied: 3 });
    expect(await second).toMatchObject({ applied: 3, replayed: true });
    expect(work.times).toBe(0);
  });

  it('lets a call that changed nothing, or threw, be tried again', async () => {
    const results = createIdempotentResults();
    const input = { idempotencyKey: 'k' };
    await results.once(plan(input), counted(0));
    await expect(
      results.once(plan(input), () => Promise.reject(new UserError('invalid_value', 'refused'))),
    ).rejects.toThrow('refused');
    const work = counted();
    await results.once(plan(input), work);
    expect(work.times).toBe(1);
  });

  it('keeps a call of unknown outcome, so that it is not sent twice', async () => {
    const results = createIdempotentResults();
    const input = { idempotencyKey: 'k' };
    const unknown = [{ index: 0, sent: true, code: 'network', message: 'No answer.', retryable: false }];
    await results.once(plan(input), () => Promise.resolve({ ...report(0), unknown }));
    const work = counted();
    expect(await results.once(plan(input), work)).toMatchObject({ unknown, replayed: true });
    expect(work.times).toBe(0);
  });

  it('keeps a call that failed unexpectedly, since some of it may have been written', async () => {
    const results = createIdempotentResults();
    const input = { idempotencyKey: 'k' };
    await expect(results.once(plan(input), () => Promise.reject(new TypeError('defect')))).rejects.toThrow('defect');
    const work = counted();
    await expect(results.once(plan(input), work)).rejects.toThrow('defect');
    expect(work.times).toBe(0);
  });

  it('forgets the oldest results first', async () => {
    const results = createIdempotentResults();
    for (let n = 0; n <= 500; n++) await results.once(plan({ idempotencyKey: `k${n}` }), counted());
    const [oldest, newest] = [counted(), counted()];
    await results.once(plan({ idempotencyKey: 'k500' }), newest);
    await results.once(plan({ idempotencyKey: 'k0' }), oldest);
    expect([oldest.times, newest.times]).toEqual([1, 0]);
  });
});
