import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervals, openCalendar } from '../../src/crm/intervals.ts';

const calendar = await openCalendar('America/New_York');

describe('intervals in the portal’s time zone', () => {
  it.each([
    ['2026-01-01T03:00:00Z', 'day', '2025-12-31'],
    ['2026-01-01T03:00:00Z', 'quarter', '2025-Q4'],
    ['2026-01-01T06:00:00Z', 'year', '2026'],
    ['2027-01-01', 'week', '2026-W53'],
    ['2026-05-17', 'month', '2026-05'],
    [String(Date.parse('2026-05-17T12:00:00Z')), 'quarter', '2026-Q2'],
  ] as const)('%s belongs to the %s %s', (stored, interval, key) => {
    expect(calendar.keyOf(stored, interval)).toBe(key);
  });

  it('cover a span without gap or overlap, and agree with where each instant belongs', () => {
    const instant = fc.date({ min: new Date('2015-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 400 }), fc.constantFrom(...intervals), (first, days, interval) => {
        const last = new Date(first.getTime() + days * 86_400_000);
        const buckets = calendar.buckets(first.toISOString(), last.toISOString(), interval);
        for (const [index, bucket] of buckets.entries()) {
          expect(buckets[index + 1]?.start ?? bucket.end + 1).toBe(bucket.end + 1);
          expect(calendar.keyOf(new Date(bucket.start).toISOString(), interval)).toBe(bucket.key);
          expect(calendar.keyOf(new Date(bucket.end).toISOString(), interval)).toBe(bucket.key);
        }
        expect(buckets[0]?.key).toBe(calendar.keyOf(first.toISOString(), interval));
        expect(buckets.at(-1)?.key).toBe(calendar.keyOf(last.toISOString(), interval));
      }),
      { numRuns: 60 },
    );
  });
});
