import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/clock.ts';
import {
  type Calibration,
  calibrated,
  enoughJudgements,
  type Judged,
  probabilityFrom,
  shippedCalibration,
} from '../../../src/enrich/duplicates/model/calibrate.ts';
import { measurePairs } from '../../../src/enrich/measures/pairs.ts';
import { truthOf } from '../../../src/enrich/measures/truth.ts';
import { probability, type Row, scanned, strangers } from './tables.ts';

const seeds = [1, 2, 3, 4, 5, 6];
const flat = { slope: 0.4, offset: 1 };

function probabilityOn({ slope, offset }: Pick<Calibration, 'slope' | 'offset'>, bits: number): number {
  return probabilityFrom(slope * bits + offset);
}

/** About 0, of spread 1. */
function normal(random: Random): number {
  return Array.from({ length: 12 }, () => random.float()).reduce((sum, each) => sum + each, 0) - 6;
}

/** Pairs of which as many are the same as a line says. */
function drawn(count: number, line: Pick<Calibration, 'slope' | 'offset'>, random: Random): readonly Judged[] {
  return Array.from({ length: count }, () => {
    const bits = random.float() * 50 - 20;
    return { bits, same: random.float() < probabilityOn(line, bits), decided: false };
  });
}

/** Pairs whose bits leave no doubt: those that are the same have many, the others few. */
function parted(count: number, random: Random): readonly Judged[] {
  return Array.from({ length: count }, () => {
    const same = random.float() < 0.6;
    return { bits: (same ? 14 : -8) + 3 * normal(random), same, decided: false };
  });
}

/** As somebody says it who is wrong now and then. */
function said(pairs: readonly Judged[], wrong: number, random: Random): readonly Judged[] {
  return pairs.map((pair) => (random.float() < wrong ? { ...pair, same: !pair.same } : pair));
}

function f1(pairs: readonly Judged[], line: Calibration, from = 0.95): number {
  const found = pairs.filter(({ bits }) => probabilityOn(line, bits) >= from);
  const right = found.filter(({ same }) => same).length;
  return (2 * right) / (found.length + pairs.filter(({ same }) => same).length);
}

/** Expected calibration error in ten bins. */
function errorOf(pairs: readonly Judged[], line: Calibration): number {
  const bins = new Float64Array(10);
  for (const { bits, same } of pairs) {
    const held = probabilityOn(line, bits);
    const bin = Math.min(9, Math.floor(held * 10));
    bins[bin] = (bins[bin] ?? 0) + held - (same ? 1 : 0);
  }
  return bins.reduce((sum, off) => sum + Math.abs(off), 0) / pairs.length;
}

describe('The line that judgements make', () => {
  it('is the shipped one until there are fifty', () => {
    const random = seededRandom(1);
    expect(calibrated(drawn(enoughJudgements - 1, flat, random))).toEqual(shippedCalibration);
    expect(calibrated(drawn(enoughJudgements, flat, random))).toMatchObject({ method: 'platt', judgements: 50 });
    expect(enoughJudgements).toBe(50);
  });

  it.each(seeds)('does no harm where the shipped one was right, though one in twenty is wrong (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const rest = drawn(5000, shippedCalibration, random);
    const line = calibrated(said(drawn(200, shippedCalibration, random), 0.05, random));
    expect(errorOf(rest, line)).toBeLessThanOrEqual(0.03);
    // A line found from 200 is off by about a bit where much is open.
    expect(f1(rest, line)).toBeGreaterThan(f1(rest, shippedCalibration) - 0.035);
  });

  it.each(seeds)('does no harm where hardly anything is open, though one in twenty is wrong (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const rest = parted(5000, random);
    const line = calibrated(said(parted(200, random), 0.05, random));
    expect(errorOf(rest, line)).toBeLessThanOrEqual(0.03);
    expect(f1(rest, line)).toBeGreaterThan(f1(rest, shippedCalibration) - 0.02);
  });

  it.each(seeds)('comes nearer to what holds where the shipped one was wrong (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const rest = drawn(5000, flat, random);
    const line = calibrated(said(drawn(200, flat, random), 0.05, random));
    expect(errorOf(rest, line)).toBeLessThan(errorOf(rest, shippedCalibration) - 0.01);
  });

  it.each([true, false])('stays sane where all are judged alike (same: %s)', (same) => {
    const random = seededRandom(7);
    const line = calibrated(drawn(300, shippedCalibration, random).map((each) => ({ ...each, same })));
    expect(line.slope).toBeGreaterThan(0.1);
    expect(line.slope).toBeLessThan(1.2);
    expect(Math.abs(line.offset)).toBeLessThan(3.1);
    const sure = calibrated(parted(300, random).filter((each) => each.same === same));
    expect(probabilityOn(sure, 25)).toBeGreaterThan(0.99);
    expect(probabilityOn(sure, -20)).toBeLessThan(0.01);
  });

  it('rests on what bits decided: pairs of a gate or a veto say nothing of it', () => {
    const random = seededRandom(8);
    const open = drawn(100, shippedCalibration, random);
    const gated = Array.from({ length: 100 }, () => ({ bits: 20, same: false, decided: true }));
    const [with_, without] = [calibrated([...open, ...gated]), calibrated(open)];
    expect({ ...with_, judgements: 0 }).toEqual({ ...without, judgements: 0 });
    expect(calibrated(open.map((each) => ({ ...each, decided: true }))).slope).toBeCloseTo(shippedCalibration.slope);
  });

  it('is the same in whatever order they were said', () => {
    const judged = said(drawn(120, flat, seededRandom(9)), 0.05, seededRandom(10));
    const [one, two] = [calibrated(judged), calibrated(judged.toReversed())];
    expect(two.slope).toBeCloseTo(one.slope, 10);
    expect(two.offset).toBeCloseTo(one.offset, 10);
  });
});

/** Contacts, and of every second one another record with less in it and a slip. */
const people = strangers(240, 21);
const doubles: readonly Row[] = people
  .filter((_, nth) => nth % 2 === 0)
  .map(({ id = '', firstname = '', lastname = '', email = '', phone = '', company = '' }, nth) => ({
    id: `d${id}`,
    firstname: nth % 3 === 0 ? firstname.slice(0, 1) : firstname,
    lastname: nth % 4 === 0 ? `${lastname.slice(0, 2)}${lastname.slice(3)}` : lastname,
    email: nth % 5 < 2 ? email : '',
    phone: nth % 5 === 2 ? phone : '',
    company: nth % 5 < 4 ? company : '',
  }));
const table = [...people, ...doubles];
const isSame = (a: string, b: string) => a === `d${b}` || b === `d${a}`;

describe('A scan with judgements', () => {
  it('is as good with 200 of them, one in twenty wrong, in whatever order', { timeout: 60_000 }, async () => {
    const plain = await scanned(table, { keepFrom: 0 });
    const idOf = (row: number) => table[row]?.['id'] ?? '';
    const random = seededRandom(31);
    const judgements = plain.scan.pairs
      .filter((pair) => pair.veto === undefined && pair.probability > 0.02)
      .map((pair) => ({ pair, lot: random.float() }))
      .sort((x, y) => x.lot - y.lot)
      .slice(0, 200)
      .map(({ pair }) => [idOf(pair.a), idOf(pair.b)] as const)
      .map(([a, b]) => ({ a, b, same: isSame(a, b) !== random.float() < 0.05 }));
    const told = await scanned(table, { keepFrom: 0, judgements });
    expect(told.scan.calibration).toEqual({ method: 'platt', judgements: judgements.length });
    const judged = new Set(judgements.map(({ a, b }) => `${a} ${b}`));
    const left = ({ scan }: typeof plain) =>
      scan.pairs.filter((pair) => !judged.has(`${idOf(pair.a)} ${idOf(pair.b)}`));
    const truth = truthOf(table.map(({ id = '' }) => id.replace(/^d/, '')));
    const [before, after] = [measurePairs(truth, left(plain)), measurePairs(truth, left(told))];
    expect(after.ece).toBeLessThanOrEqual(0.03);
    expect(after.at(0.95).f1).toBeGreaterThan(before.at(0.95).f1 - 0.02);
    const again = await scanned(table, { keepFrom: 0, judgements: judgements.toReversed() });
    expect(again.scan.pairs.map((pair) => pair.probability.toFixed(9))).toEqual(
      told.scan.pairs.map((pair) => pair.probability.toFixed(9)),
    );
  });

  it('changes nothing but what was judged with fewer than fifty', { timeout: 60_000 }, async () => {
    const few = doubles.slice(0, 49).map(({ id = '' }) => ({ a: id, b: id.slice(1), same: true }));
    const [plain, told] = [await scanned(table), await scanned(table, { judgements: few })];
    expect(told.scan.calibration).toEqual({ method: 'shipped', judgements: 0 });
    for (const { id = '' } of doubles.slice(60)) {
      expect(probability(told, id, id.slice(1))).toBe(probability(plain, id, id.slice(1)));
    }
  });
});
