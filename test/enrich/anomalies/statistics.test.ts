import { describe, expect, it } from 'vitest';
import {
  chiSquareUpper,
  gammaLower,
  gammaUpper,
  kolmogorovUpper,
  logGamma,
  normalTwoSided,
  poissonLower,
  poissonUpper,
} from '../../../src/enrich/anomalies/statistics/distributions.ts';
import { centre, fences, median, quantile, robustZ, sorted } from '../../../src/enrich/anomalies/statistics/robust.ts';
import {
  chiSquare,
  kolmogorovSmirnov,
  stabilityIndex,
  twoProportions,
} from '../../../src/enrich/anomalies/statistics/two-samples.ts';

/** As close as the given share of the wanted value. */
const near = (seen: number, wanted: number, share = 1e-9) => Math.abs(seen - wanted) <= share * Math.abs(wanted);

describe('Distributions', () => {
  it('gives the values of published tables, far into the tail', () => {
    expect(near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)))).toBe(true);
    expect(near(logGamma(10), Math.log(362_880))).toBe(true);
    expect(near(normalTwoSided(3), 0.0026997960632601866)).toBe(true);
    expect(near(chiSquareUpper(3.841458820694124, 1), 0.05)).toBe(true);
    expect(near(chiSquareUpper(18.307038053275146, 10), 0.05)).toBe(true);
    // Of an even number of degrees it is a sum of finitely many terms.
    const closed = Math.exp(-100) * (1 + 100 + 100 ** 2 / 2 + 100 ** 3 / 6 + 100 ** 4 / 24);
    expect(near(chiSquareUpper(200, 10), closed)).toBe(true);
  });

  it('sums Poisson tails as adding up the probabilities does', () => {
    for (const mean of [0.3, 4, 40]) {
      let below = 0;
      let term = Math.exp(-mean);
      for (let count = 0; count < 60; count++) {
        below += term;
        term *= mean / (count + 1);
        expect(near(poissonLower(count, mean), below, 1e-9)).toBe(true);
      }
    }
    expect(near(poissonUpper(3, 1), 0.08030139707139418)).toBe(true);
    expect(poissonUpper(0, 5)).toBe(1);
    expect(poissonLower(-1, 5)).toBe(0);
  });

  it('keeps the two halves of the incomplete gamma function one', () => {
    for (const a of [0.5, 3, 250]) {
      for (const x of [0.1, 2, 249, 400]) {
        expect(near(gammaLower(a, x) + gammaUpper(a, x), 1)).toBe(true);
      }
    }
  });

  it('gives the 5 % point of the Kolmogorov distribution for large samples', () => {
    expect(near(kolmogorovUpper(1.3581 / Math.sqrt(5000), 10_000, 10_000), 0.05, 0.02)).toBe(true);
    expect(kolmogorovUpper(0, 50, 50)).toBe(1);
  });
});

describe('Robust middles', () => {
  it('interpolates quantiles as R does', () => {
    const values = sorted([4, 1, 3, 2, Number.NaN]);
    expect(quantile(values, 0.5)).toBe(2.5);
    expect(quantile(values, 0.25)).toBe(1.75);
    expect(quantile(values, 1)).toBe(4);
    expect(median([])).toBeNaN();
  });

  it('is not moved by one wild value', () => {
    const calm = centre([9, 10, 11, 10, 9, 11, 10]);
    const wild = centre([9, 10, 11, 10, 9, 11, 1e9]);
    expect(wild.median).toBe(calm.median);
    expect(robustZ(1e9, wild)).toBeGreaterThan(1000);
    expect(robustZ(5, centre([1, 1, 1, 5]))).toBe(0);
  });

  it('sets fences three ranges away', () => {
    expect(fences([1, 2, 3, 4, 5])).toStrictEqual({ low: -4, high: 10 });
  });
});

describe('Tests of two samples', () => {
  it('finds a difference of shares as the textbook does', () => {
    const { value, p } = twoProportions(45, 100, 30, 100);
    expect(near(value, 2.190890230020664)).toBe(true);
    expect(near(p, 0.02846, 1e-3)).toBe(true);
    expect(twoProportions(0, 50, 0, 50)).toStrictEqual({ value: 0, p: 1 });
  });

  it('gives chi-square of a two by two table as the square of that z', () => {
    const { value, p } = chiSquare([45, 55], [30, 70]);
    expect(near(value, 2.190890230020664 ** 2)).toBe(true);
    expect(near(p, twoProportions(45, 100, 30, 100).p)).toBe(true);
    expect(chiSquare([5], [7]).p).toBe(1);
  });

  it('calls the same mix stable and another one not', () => {
    expect(stabilityIndex([500, 300, 200], [5000, 3000, 2000])).toBeLessThan(0.001);
    expect(stabilityIndex([200, 300, 500], [500, 300, 200])).toBeGreaterThan(0.25);
  });

  it('measures the distance of two distributions', () => {
    const left = Array.from({ length: 200 }, (_, index) => index);
    const right = left.map((value) => value + 100);
    expect(kolmogorovSmirnov(left, right).value).toBe(0.5);
    expect(kolmogorovSmirnov(left, right).p).toBeLessThan(1e-20);
    expect(kolmogorovSmirnov(left, left)).toStrictEqual({ value: 0, p: 1 });
  });
});
