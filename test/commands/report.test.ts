import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { counted, ranges, reportLoaded } from '../../src/commands/demo/report.ts';

it('names rows in a row as a range, and every row exactly once', () => {
  expect(ranges([2, 3, 4, 7, 9, 10])).toBe('2–4, 7, 9–10');
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50)), (numbers) => {
      const rising = numbers.sort((a, b) => a - b);
      const read = ranges(rising)
        .split(', ')
        .filter((range) => range !== '')
        .flatMap((range) => {
          const [from = 0, to = from] = range.split('–').map(Number);
          return Array.from({ length: to - from + 1 }, (_, index) => from + index);
        });
      expect(read).toEqual(rising);
    }),
  );
});

it('speaks of one thing in the singular', () => {
  expect([0, 1, 2].map((count) => counted(count, 'row'))).toEqual(['0 rows', '1 row', '2 rows']);
});

it('gives each reason once, with the rows it is true of', () => {
  const nothing = { created: 0, updated: 0, unknown: [], notSent: 0, spread: [], ids: [] };
  const failed = [
    { row: 2, reason: 'too long' },
    { row: 3, reason: 'too long' },
    { row: 4, reason: 'empty' },
  ];
  expect(reportLoaded({ ...nothing, failed }, 3).split('\n')).toEqual([
    '3 rows: 0 created, 0 updated, 3 failed',
    '   failed: row 2–3: too long',
    '   failed: row 4: empty',
  ]);
});
