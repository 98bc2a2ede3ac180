/** For series too sparse for single days: whole weeks against Poisson. */

import { poissonLower, poissonUpper } from '../statistics/distributions.ts';
import type { Alarm, Detection } from './detector.ts';

const WEEK = 7;
/** Weeks that say what is usual. */
const BASELINE = 12;
const FEWEST = 8;
/** Of a week, to either side. */
const THRESHOLD = 1e-3;

/**
 * @param counts by day; a week that is not over is left out
 * @param firstWeekday of the first day, 0 for the one that weeks begin with: they are the same tomorrow
 */
export function detectSparse(
  counts: readonly number[],
  firstWeekday: number,
  skip: ReadonlySet<number> = new Set(),
): Detection {
  const lead = (WEEK - firstWeekday) % WEEK;
  const weeks: number[] = [];
  for (let from = lead; from + WEEK <= counts.length; from += WEEK) {
    weeks.push(counts.slice(from, from + WEEK).reduce((sum, count) => sum + count, 0));
  }
  const usual = weeks.map((_, week) => usualOf(weeks.slice(Math.max(0, week - BASELINE), week)));
  const alarms = weeks.flatMap((count, week): Alarm[] => {
    const mean = usual[week];
    const at = lead + week * WEEK + WEEK - 1;
    if (mean === undefined || week < FEWEST || holds(skip, at)) return [];
    const low = count < mean;
    const p = low ? poissonLower(count, mean) : poissonUpper(count, mean);
    if (p >= THRESHOLD) return [];
    const value = (count - mean) / Math.sqrt(mean);
    return [
      { at, from: at - WEEK + 1, kind: low ? 'silence' : 'spike', value, threshold: THRESHOLD, p: Math.min(1, 2 * p) },
    ];
  });
  const first = usual.find((mean) => mean !== undefined) ?? 0;
  const last = usual.at(-1) ?? first;
  const expected = counts.map((_, day) => {
    const week = Math.floor((day - lead) / WEEK);
    return (week < weeks.length ? (usual[week] ?? first) : last) / WEEK;
  });
  return { expected, alarms };
}

/** The mean of weeks without the largest, which may itself be what was unusual; with half a record, as nothing is impossible. */
function usualOf(weeks: readonly number[]): number | undefined {
  if (weeks.length === 0) return undefined;
  const calm = weeks.length > 4 ? weeks.toSorted((a, b) => a - b).slice(0, -1) : weeks;
  const mean = weeks.reduce((sum, count) => sum + count, 0) / weeks.length;
  const calmMean = calm.reduce((sum, count) => sum + count, 0) / calm.length;
  // What is left out by chance is little; an outlier is much.
  return (mean > 2 * calmMean + 3 ? calmMean : mean) + 0.5 / (weeks.length + 1);
}

const holds = (skip: ReadonlySet<number>, lastDay: number) =>
  Array.from({ length: WEEK }, (_, back) => lastDay - back).some((day) => skip.has(day));
