import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureClusters } from '../../../src/enrich/measures/clusters.ts';
import { type JudgedPair, measurePairs } from '../../../src/enrich/measures/pairs.ts';
import { ratesOf, shareOf } from '../../../src/enrich/measures/rates.ts';
import { isTrue, truthOf } from '../../../src/enrich/measures/truth.ts';

const pair = (a: number, b: number, probability: number): JudgedPair => ({ a, b, probability });

/** Rows 0-2 are one thing, 3-4 another, 5 and 6 are nobody's. */
const five = truthOf(['x', 'x', 'x', 'y', 'y', '', '']);

const labels = fc.array(fc.constantFrom('', 'a', 'b', 'c', 'd'), { maxLength: 14 });

/** Any partition of so many rows, made of a number for each. */
const partition = (rows: number, numbers: readonly number[]) => {
  const clusters = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = numbers[row] ?? 0;
    clusters.set(key, [...(clusters.get(key) ?? []), row]);
  }
  return [...clusters.values()];
};

const allPairs = (rows: number) =>
  Array.from({ length: rows }, (_, a) =>
    Array.from({ length: rows - a - 1 }, (__, n) => [a, a + n + 1] as const),
  ).flat();

describe('Truth', () => {
  it('takes rows of the same value for the same thing, and rows without one for nobody', () => {
    expect(five.pairs).toBe(4);
    expect([isTrue(five, 0, 2), isTrue(five, 2, 3), isTrue(five, 5, 6), isTrue(five, 0, 99)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('counts as many pairs as can be listed', () => {
    fc.assert(
      fc.property(labels, (said) => {
        const truth = truthOf(said);
        expect(truth.pairs).toBe(allPairs(said.length).filter(([a, b]) => isTrue(truth, a, b)).length);
      }),
    );
  });
});

describe('Pairs', () => {
  const pairs = [pair(0, 1, 1), pair(0, 2, 0.96), pair(3, 4, 0.3), pair(2, 3, 0.97), pair(5, 6, 0.1)];
  const measured = measurePairs(five, pairs);

  it('are measured at a threshold as by hand', () => {
    // Three are found, two of them true; four are true.
    expect(measured.at(0.5)).toEqual({ precision: 2 / 3, recall: 1 / 2, f1: 4 / 7 });
    expect(measured.at(0.97)).toEqual({ precision: 1 / 2, recall: 1 / 4, f1: 1 / 3 });
    expect(measured.at(0.99)).toEqual({ precision: 1, recall: 1 / 4, f1: 0.4 });
  });

  it('are measured at the best threshold, which is one of theirs', () => {
    // From .3 on: three of four found are true, three of four true are found.
    expect(measured.best).toEqual({ precision: 3 / 4, recall: 3 / 4, f1: 3 / 4, threshold: 0.3 });
  });

  it('say how many true ones were compared, how far off the probabilities are, and what is left to people', () => {
    expect(measured.blockingRecall).toBe(3 / 4);
    // Bins: 1 | .96 | .97 together hold 2.93 and two true; .3 is one true; .1 is none.
    expect(measured.ece).toBeCloseTo((0.93 + 0.7 + 0.1) / 5, 12);
    expect(measured.brier).toBeCloseTo((0 + 0.04 ** 2 + 0.7 ** 2 + 0.97 ** 2 + 0.1 ** 2) / 5, 12);
    expect(measured.reviewLoad).toBeCloseTo(1000 / 7, 9);
    expect(measured.certain).toMatchObject({ share: 1, of: 1 });
  });

  it('with a veto are compared, but neither found nor calibrated', () => {
    const vetoed = measurePairs(five, [...pairs.slice(0, 3), { ...pair(2, 3, 0.97), veto: 'two tax numbers' }]);
    expect(vetoed.at(0.5)).toEqual({ precision: 1, recall: 1 / 2, f1: 2 / 3 });
    expect(measurePairs(five, [{ ...pair(0, 1, 1), veto: 'two tax numbers' }])).toMatchObject({
      blockingRecall: 1 / 4,
      ece: 0,
      best: { f1: 0 },
    });
  });

  it('are best at a threshold that none of all thresholds beats', () => {
    const scored = fc.record({
      said: labels,
      probabilities: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 91, maxLength: 91 }),
    });
    fc.assert(
      fc.property(scored, ({ said, probabilities }) => {
        const truth = truthOf(said);
        const judged = allPairs(said.length).map(([a, b], n) => pair(a, b, (probabilities[n] ?? 0) / 20));
        const { at, best, blockingRecall } = measurePairs(truth, judged);
        const every = Array.from({ length: 21 }, (_, n) => at(n / 20).f1);
        expect(best.f1).toBeCloseTo(Math.max(...every), 12);
        expect(at(best.threshold).f1).toBeCloseTo(best.f1, 12);
        expect(blockingRecall).toBe(1);
      }),
    );
  });

  it('that are as probable as they are true are calibrated', () => {
    const truth = truthOf(Array.from({ length: 200 }, (_, row) => `${row >> 1}`));
    // Of ten pairs at .7, seven are true.
    const judged = Array.from({ length: 100 }, (_, n) => pair(2 * n, n % 10 < 7 ? 2 * n + 1 : (2 * n + 2) % 200, 0.7));
    const { ece, brier } = measurePairs(truth, judged);
    expect(ece).toBeCloseTo(0, 12);
    expect(brier).toBeCloseTo(0.21, 12);
  });
});

describe('Clusters', () => {
  it('are measured as by hand', () => {
    // 0 and 1 with 3; 2 alone; 4 with nobody's 5.
    const { pairs, bCubed, exact, largest } = measureClusters(five, [
      [0, 1, 3],
      [4, 5],
    ]);
    expect(pairs).toEqual(ratesOf(1, 4, 4));
    expect(bCubed.precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 + 1 / 3 + 1 / 2 + 1 / 2 + 1) / 7, 12);
    expect(bCubed.recall).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2 + 1 + 1) / 7, 12);
    expect(exact).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(largest).toBe(3);
  });

  it('that are the truth are right in every measure, and only those', () => {
    const drawn = fc.record({
      said: labels,
      numbers: fc.array(fc.nat(4), { minLength: 14, maxLength: 14 }),
    });
    fc.assert(
      fc.property(drawn, ({ said, numbers }) => {
        const truth = truthOf(said);
        const own = said.map((label, row) => (label === '' ? 100 + row : ['a', 'b', 'c', 'd'].indexOf(label)));
        const right = measureClusters(truth, partition(said.length, own));
        expect([right.pairs.f1, right.bCubed.f1, right.exact.f1]).toEqual([1, expect.closeTo(1, 12), 1]);

        const clusters = partition(said.length, numbers);
        const drawnRates = measureClusters(truth, clusters);
        const together = allPairs(said.length).filter(([a, b]) => (numbers[a] ?? 0) === (numbers[b] ?? 0));
        const hits = together.filter(([a, b]) => isTrue(truth, a, b)).length;
        expect(drawnRates.pairs).toEqual(ratesOf(hits, together.length, truth.pairs));
        expect(drawnRates.bCubed.f1 > 1 - 1e-12).toBe(drawnRates.pairs.f1 === 1);
      }),
    );
  });

  it('leave the rows of none by themselves', () => {
    const drawn = fc.record({ said: labels, numbers: fc.array(fc.nat(4), { minLength: 14, maxLength: 14 }) });
    fc.assert(
      fc.property(drawn, ({ said, numbers }) => {
        const truth = truthOf(said);
        const all = partition(said.length, numbers);
        const named = all.filter((members) => members.length > 1);
        const { largest, ...spelt } = measureClusters(truth, all);
        const { largest: ofNamed, ...silent } = measureClusters(truth, named);
        expect(silent.pairs).toEqual(spelt.pairs);
        expect(silent.bCubed.f1).toBeCloseTo(spelt.bCubed.f1, 12);
        expect(Math.max(ofNamed, Math.min(1, said.length))).toBe(largest);
      }),
    );
  });

  it('of hundreds of thousands of true pairs are counted and not listed', () => {
    const truth = truthOf(Array.from({ length: 100_000 }, (_, row) => `${row % 20}`));
    const clusters = partition(
      100_000,
      Array.from({ length: 100_000 }, (_, row) => row % 40),
    );
    const { pairs, bCubed } = measureClusters(truth, clusters);
    expect(truth.pairs).toBe(20 * ((5_000 * 4_999) / 2));
    expect(pairs.precision).toBe(1);
    expect(bCubed.recall).toBeCloseTo(1 / 2, 12);
  });
});

describe('A share', () => {
  it('comes with the interval of Wilson', () => {
    // Of a textbook: 8 of 10 lie between .4902 and .9433.
    const { low, high } = shareOf(8, 10);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
    expect(shareOf(50, 50)).toMatchObject({ share: 1, high: 1, low: expect.closeTo(0.9287, 4) });
    expect(shareOf(0, 0)).toEqual({ share: 1, of: 0, low: 0, high: 1 });
  });

  it('lies within its interval', () => {
    const drawn = fc.record({
      of: fc.integer({ min: 1, max: 10_000 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(drawn, ({ of, part }) => {
        const { share, low, high } = shareOf(Math.floor(part * of), of);
        expect(low - 1e-12 <= share && share <= high + 1e-12 && low >= 0 && high <= 1).toBe(true);
      }),
    );
  });
});
