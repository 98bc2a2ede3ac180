import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsBetween } from '../../../src/enrich/normal/edits.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 32 });

describe('Edits', () => {
  it('are none for the same text, alike both ways, and no more than the longer text has letters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), (a, b) => {
        expect(editsBetween(a, a)).toBe(0);
        expect(editsBetween(a, b)).toBe(editsBetween(b, a));
        expect(editsBetween(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editsBetween(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });

  it('are as many as the table of all distances says', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editsBetween(a, b)).toBe(byTable(a, b));
      }),
    );
  });

  it('are counted in the middle of texts of any length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), word, word, fc.string({ maxLength: 300 }), (start, a, b, end) => {
        expect(editsBetween(start + a + end, start + b + end)).toBe(byTable(a, b));
      }),
    );
  });

  it.each([
    ['gmial', 'gmail', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['ca', 'abc', 3],
  ])('between %s and %s are %i', (a, b, edits) => {
    expect(editsBetween(a, b)).toBe(edits);
  });
});

/** Optimal string alignment, as it is defined. */
function byTable(a: string, b: string): number {
  const table: number[][] = [];
  const at = (i: number, j: number) => table[i]?.[j] ?? Infinity;
  for (let i = 0; i <= a.length; i++) {
    table.push([]);
    for (let j = 0; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      table[i]?.push(Math.min(i + j === 0 ? 0 : Infinity, change, swap, at(i - 1, j) + 1, at(i, j - 1) + 1));
    }
  }
  return at(a.length, b.length);
}
