import { assert, infiniteStream, integer, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJson } from '../../src/jobs/json.ts';
import { nextDay } from '../../src/jobs/setback.ts';
import { batchCount, doneOf, isSettled, newState, readState, rowsOf, settleBatch } from '../../src/jobs/state.ts';
import type { WriteReport } from '../../src/writes/index.ts';

type Failure = WriteReport['failed'][number];

const failure = (index: number, code: string, message: string): Failure => ({
  index,
  code,
  message,
  sent: true,
  retryable: false,
});

function report(rows: number, failed: readonly Failure[], unknown: readonly Failure[] = []): WriteReport {
  return {
    applied: rows - failed.length - unknown.length,
    columns: [],
    rows: [],
    failed: [...failed],
    unknown: [...unknown],
  };
}

const next = (stream: Iterator<number>) => Number(stream.next().value);

/** Without figures, which reasons of one kind may differ by. */
const words = (n: number) => String.fromCodePoint(97 + (n % 26)).repeat(1 + Math.floor(n / 26));

describe('the state of a job', () => {
  it('counts each item once, in whichever order batches end, and whatever is put back', () => {
    assert(
      property(integer({ min: 1, max: 950 }), infiniteStream(nat(99)), infiniteStream(nat(9)), (count, picks, dice) => {
        const state = newState();
        state.work = { from: 0, count };
        const failedRows = new Set<number>();
        for (let left = 40; ; left -= 1) {
          const open = Array.from({ length: batchCount(state) }, (_, batch) => batch).filter(
            (batch) => !isSettled(state, batch),
          );
          const batch = open[next(picks) % Math.max(1, open.length)];
          if (batch === undefined) break;
          const rows = rowsOf(state, batch);
          const failed = rows.flatMap((_, index) =>
            next(dice) === 0 ? [failure(index, 'bad', `Row "${index}".`)] : [],
          );
          const back = left > 0 ? failed.filter(() => next(dice) < 5).map(({ index }) => index) : [];
          for (const line of settleBatch(state, batch, rows, report(rows.length, failed), new Set(back))) {
            const [row] = Array.isArray(line) ? line : [];
            expect(failedRows.has(Number(row))).toBe(false);
            failedRows.add(Number(row));
          }
        }
        expect(doneOf(state)).toBe(count);
        expect(failedRows.size).toBe(state.failed);
        expect(state.ahead).toEqual([]);
        expect(readState(toJson(state))).toEqual(state);
      }),
      { numRuns: 60 },
    );
  });

  it('says a reason once, also where reports only refer to it, and with each row what is its own', () => {
    const state = newState();
    state.work = { from: 0, count: 300 };
    const first = settleBatch(
      state,
      0,
      rowsOf(state, 0),
      report(100, [
        { ...failure(3, 'not_found', 'There is no contact "9".'), next: 'Search.' },
        failure(5, 'not_found', 'As index 3, but "11".'),
        failure(6, 'not_found', 'As index 3.'),
      ]),
      new Set(),
    );
    const second = settleBatch(
      state,
      1,
      rowsOf(state, 1),
      report(100, [failure(0, 'not_found', 'There is no contact "12".')], [failure(1, 'network', 'No answer.')]),
      new Set(),
    );
    expect(state.reasons).toEqual([
      { code: 'not_found', message: 'There is no contact "9".', next: 'Search.', rows: 4 },
      { code: 'network', message: 'No answer.', rows: 1 },
    ]);
    expect(first).toEqual([
      [3, 0, 'failed'],
      [5, 0, 'failed', '"11"'],
      [6, 0, 'failed'],
    ]);
    expect(second).toEqual([
      [100, 0, 'failed', '"12"'],
      [101, 1, 'unknown'],
    ]);
  });

  it('keeps the number of reasons bounded, and then says them with each row', () => {
    const state = newState();
    state.work = { from: 0, count: 100 };
    const failed = Array.from({ length: 80 }, (_, index) => failure(index, 'bad', `Because of ${words(index)}.`));
    const lines = settleBatch(state, 0, rowsOf(state, 0), report(100, failed), new Set());
    expect(state.reasons).toHaveLength(50);
    expect(lines.at(-1)).toEqual([79, -1, 'failed', `bad: Because of ${words(79)}.`]);
  });
});

describe('the next day of an account', () => {
  it.each([
    ['2026-11-22T12:00:00Z', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T23:59:59.500Z', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T04:59:00Z', 'America/New_York', '2026-11-22T05:00:00.000Z'],
    ['2026-11-22T18:31:00Z', 'Asia/Kolkata', '2026-11-23T18:30:00.000Z'],
  ])('after %s in %s begins at %s', (now, zone, midnight) => {
    expect(new Date(nextDay(Date.parse(now), zone)).toISOString()).toBe(midnight);
  });
});
