import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleOf } from '../../bench/sample.ts';

it('half of the values lie at or below the median and half at or above it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const { median, min, max, runs } = sampleOf(values);
      const half = values.length / 2;
      expect(values.filter((value) => value <= median).length).toBeGreaterThanOrEqual(half);
      expect(values.filter((value) => value >= median).length).toBeGreaterThanOrEqual(half);
      expect([min, max, runs]).toEqual([Math.min(...values), Math.max(...values), values.length]);
    }),
  );
});

it('nothing measured has no median', () => {
  expect(() => sampleOf([])).toThrow('Nothing was measured');
});
