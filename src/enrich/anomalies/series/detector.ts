/**
 * Finds what is unusual in a series of daily counts: single days (spikes and drops), a few quiet days together, and a
 * level that has shifted and stays. Square roots make the noise of small and large counts alike, and each weekday has its
 * factor. A quick level follows the series, for single days; a slow one stands still long enough for a shift to add up.
 * Source: CUSUM by Page (Biometrika 1954).
 */

import { normalTwoSided } from '../statistics/distributions.ts';
import { MAD_TO_DEVIATION, median } from '../statistics/robust.ts';

export interface Alarm {
  /** The day, as an index of the series. */
  readonly at: number;
  /** Since when: the same day, but for what builds up over several. */
  readonly from: number;
  readonly kind: 'spike' | 'drop' | 'silence' | 'shift';
  /** In deviations, negative where it fell; of a shift they are summed up. */
  readonly value: number;
  readonly threshold: number;
  /** How likely such a day is by chance, two-sided. */
  readonly p: number;
}

export interface Detection {
  /** By day. */
  readonly expected: readonly number[];
  readonly alarms: readonly Alarm[];
}

/** Chosen on simulated clean series for at most half an alarm per 100 days, with room (bench/anomalies). */
const DAY_THRESHOLD = 3.5;
const QUIET_THRESHOLD = 4.5;
const SHIFT_THRESHOLD = 6.5;
/** Shares by which a day moves the levels. */
const QUICK = 0.1;
const SLOW = 0.03;
/** What a day has to be away from the slow level before it adds to a shift. */
const SLACK = 0.5;
/** How far a wild day counts at most, in deviations: for the quick level, and for a shift. */
const CLIP = 2.5;
const SHIFT_CLIP = 4;
/** Days that are looked at together for silence. */
const QUIET_DAYS = [2, 3];
const WEEK = 7;
/** What the first level is learnt from; no alarm stands in it. */
export const WARM_UP = 4 * WEEK;
/** The variance of the square root of a Poisson count. */
const ROOT_VARIANCE = 0.25;

/**
 * @param counts by day, without gaps
 * @param firstWeekday of the first day, 0 to 6, from whichever weekday on
 * @param skip days whose counts say nothing: holidays
 */
export function detect(
  counts: readonly number[],
  firstWeekday: number,
  skip: ReadonlySet<number> = new Set(),
): Detection {
  const series = seriesOf(counts, firstWeekday, skip);
  const expected = quickLevel(series);
  const deviation = deviations(series, expected);
  return {
    expected: expected.map((root) => root * root),
    alarms: oneADay([...dayAlarms(series, expected, deviation), ...slowAlarms(series, deviation)]),
  };
}

interface Series {
  /** Square roots of the counts. */
  readonly roots: readonly number[];
  /** By day: what its weekday is of the level. */
  readonly factors: readonly number[];
  /** Mean of the squares of a week's factors. */
  readonly power: number;
  readonly skip: ReadonlySet<number>;
}

function seriesOf(counts: readonly number[], firstWeekday: number, skip: ReadonlySet<number>): Series {
  const roots = counts.map(Math.sqrt);
  const ratios: number[][] = Array.from({ length: WEEK }, () => []);
  const half = (WEEK - 1) / 2;
  for (let day = half; day < roots.length - half; day++) {
    if (skip.has(day)) continue;
    const week = roots.slice(day - half, day + half + 1);
    const level = week.reduce((sum, root) => sum + root, 0) / WEEK;
    if (level > 0) ratios[(firstWeekday + day) % WEEK]?.push((roots[day] ?? 0) / level);
  }
  const factors = ratios.map((seen) => (seen.length === 0 ? 1 : median(seen)));
  const power = factors.reduce((sum, factor) => sum + factor * factor, 0) / WEEK;
  return { roots, factors: roots.map((_, day) => factors[(firstWeekday + day) % WEEK] ?? 1), power: power || 1, skip };
}

/** The level that the days from `from` up to `to` have in the middle; days on which next to nothing comes say nothing. */
function levelOf({ roots, factors, skip }: Series, from: number, to: number): number {
  const levels = [];
  for (let day = Math.max(0, from); day < Math.min(to, roots.length); day++) {
    const factor = factors[day] ?? 1;
    if (factor > 0.2 && !skip.has(day)) levels.push((roots[day] ?? 0) / factor);
  }
  return levels.length === 0 ? 0 : median(levels);
}

/** Square roots of what was to be expected. It runs twice: the first time to know how far a wild day may pull. */
function quickLevel(series: Series): number[] {
  const free = follow(series, Number.POSITIVE_INFINITY);
  const noise = MAD_TO_DEVIATION * median(series.roots.map((root, day) => Math.abs(root - (free[day] ?? 0))));
  return follow(series, CLIP * Math.max(noise, Math.sqrt(ROOT_VARIANCE)));
}

function follow(series: Series, clip: number): number[] {
  const { roots, factors, power, skip } = series;
  let level = levelOf(series, 0, WARM_UP);
  return roots.map((root, day) => {
    const factor = factors[day] ?? 1;
    const expected = level * factor;
    const away = Math.max(-clip, Math.min(clip, root - expected));
    if (!skip.has(day)) level = Math.max(0, level + (QUICK * away * factor) / power);
    return expected;
  });
}

/**
 * By day, in roots: Poisson's noise, and what the series has beyond it, which grows with the level. A weekend of few
 * records is then as quiet as it is, and not as loud as the week.
 */
function deviations({ roots, skip }: Series, expected: readonly number[]): number[] {
  // Days on which nothing ever comes have no noise, and would make that of the others look small.
  const days = roots.map((_, day) => day).filter((day) => !skip.has(day) && (expected[day] ?? 0) > 0.5);
  if (days.length === 0) return roots.map(() => Math.sqrt(ROOT_VARIANCE));
  const middle = median(days.map((day) => (expected[day] ?? 0) ** 2));
  let beyond = 0;
  const at = (day: number) => Math.sqrt(ROOT_VARIANCE + beyond * (expected[day] ?? 0) ** 2);
  for (let round = 0; round < 12; round++) {
    const spread =
      MAD_TO_DEVIATION * median(days.map((day) => Math.abs((roots[day] ?? 0) - (expected[day] ?? 0)) / at(day)));
    beyond = Math.max(0, ((ROOT_VARIANCE + beyond * middle) * spread ** 2 - ROOT_VARIANCE) / Math.max(middle, 1e-9));
  }
  return roots.map((_, day) => at(day));
}

function dayAlarms({ roots, skip }: Series, expected: readonly number[], deviation: readonly number[]): Alarm[] {
  return roots.flatMap((root, at): Alarm[] => {
    const value = (root - (expected[at] ?? 0)) / (deviation[at] ?? 1);
    if (skip.has(at) || Math.abs(value) <= DAY_THRESHOLD) return [];
    return [
      { at, from: at, kind: value > 0 ? 'spike' : 'drop', value, threshold: DAY_THRESHOLD, p: normalTwoSided(value) },
    ];
  });
}

/** Silence and shifts: against the level that a few days do not move. */
function slowAlarms(series: Series, deviation: readonly number[]): Alarm[] {
  const { roots, factors, power, skip } = series;
  const alarms: Alarm[] = [];
  const away: number[] = [];
  let level = levelOf(series, 0, WARM_UP);
  const up = rise(1);
  const down = rise(-1);
  for (let at = 0; at < roots.length; at++) {
    if (skip.has(at)) continue;
    const factor = factors[at] ?? 1;
    const noise = deviation[at] ?? 1;
    const value = ((roots[at] ?? 0) - level * factor) / noise;
    away.push(value);
    const clipped = Math.max(-SHIFT_CLIP, Math.min(SHIFT_CLIP, value));
    const before = level;
    level = Math.max(0, level + (SLOW * clipped * noise * factor) / power);
    if (at < WARM_UP) continue;
    const { days, quiet } = quietness(away);
    if (quiet < -QUIET_THRESHOLD) {
      const from = at - days + 1;
      alarms.push({ at, from, kind: 'silence', value: quiet, threshold: QUIET_THRESHOLD, p: normalTwoSided(quiet) });
    }
    for (const side of [up, down]) side.add(clipped, at, before);
    const sum = up.height > down.height ? up : down;
    if (sum.height <= SHIFT_THRESHOLD) continue;
    const { from, height, sign } = sum;
    const p = normalTwoSided(sinceShift(series, deviation, from, sum.level));
    alarms.push({ at, from, kind: 'shift', value: sign * height, threshold: SHIFT_THRESHOLD, p });
    // What was told once is from now on the level.
    level = levelOf(series, at - WEEK + 1, at + 1);
    up.clear();
    down.clear();
  }
  return alarms;
}

/** One side of the CUSUM: how high it stands, since when, and what the level was then. */
function rise(sign: 1 | -1) {
  return {
    sign,
    height: 0,
    from: 0,
    level: 0,
    add(value: number, at: number, level: number) {
      if (this.height === 0) {
        this.from = at;
        this.level = level;
      }
      this.height = Math.max(0, this.height + sign * value - SLACK);
    },
    clear() {
      this.height = 0;
    },
  };
}

/** How far all days since a shift lie from the level before it, in deviations: each day that passes makes it surer. */
function sinceShift(
  { roots, factors, skip }: Series,
  deviation: readonly number[],
  from: number,
  level: number,
): number {
  let sum = 0;
  let days = 0;
  for (let day = from; day < Math.min(roots.length, from + WARM_UP); day++) {
    if (skip.has(day)) continue;
    sum += ((roots[day] ?? 0) - level * (factors[day] ?? 1)) / (deviation[day] ?? 1);
    days++;
  }
  // The level itself is known from about as many days as the slow one remembers.
  return sum / Math.sqrt(days * (1 + days * SLOW));
}

/** The last few days together, if all of them are low. */
function quietness(away: readonly number[]): { readonly days: number; readonly quiet: number } {
  let quietest = { days: 0, quiet: 0 };
  for (const days of QUIET_DAYS) {
    const last = away.slice(-days);
    if (last.length < days || last.some((value) => value > 0)) continue;
    const quiet = last.reduce((sum, value) => sum + value, 0) / Math.sqrt(days);
    if (quiet < quietest.quiet) quietest = { days, quiet };
  }
  return quietest;
}

/** One alarm a day, the least likely, and none before the level is known. */
function oneADay(alarms: readonly Alarm[]): Alarm[] {
  const byDay = new Map<number, Alarm>();
  for (const alarm of alarms.toSorted((a, b) => a.at - b.at || a.p - b.p)) {
    if (alarm.at >= WARM_UP && !byDay.has(alarm.at)) byDay.set(alarm.at, alarm);
  }
  return [...byDay.values()];
}
