import { describe, expect, it } from 'vitest';
import { sameValue } from '../../src/writes/same-value.ts';

describe('sameValue', () => {
  it.each([
    ['lead', 'lead'],
    ['', null],
    ['10', '10.0'],
    ['Ann@Acme.test', 'ann@acme.test'],
    ['2026-11-22T10:00:00Z', '1795341600000'],
    ['2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00Z'],
    ['B;A', 'A;B'],
    [';C', 'A;B;C'],
  ])('takes %j and %j for the same', (asked, found) => {
    expect(sameValue(asked, found)).toBe(true);
  });

  it.each([
    ['lead', 'customer'],
    ['lead', null],
    ['', 'lead'],
    ['10', '11'],
    ['A;B', 'A'],
    ['A;B', 'A;B;C'],
    [';C', 'A;B'],
    ['2026-11-22', '2026-11-23'],
    ['Ann', 'ann'],
  ])('tells %j from %j', (asked, found) => {
    expect(sameValue(asked, found)).toBe(false);
  });
});
