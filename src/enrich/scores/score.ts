/** Points for a record, by rules, each with its reason. The order of rules and groups makes no difference. */

import { matches } from './matches.ts';
import type { Reason, Score, ScoreModel, ScoreRule } from './types.ts';

export type Values = Readonly<Record<string, string | null | undefined>>;

/** @param now wall time in milliseconds since the epoch */
export function scoreOf(values: Values, { base, min, max, bands, groups }: ScoreModel, now: number): Score {
  const reasons: Reason[] = [];
  const counted = (points: number, group: string, says: string) => {
    if (points !== 0) reasons.push({ points, group, says });
  };
  counted(tenths(base) / 10, 'base', 'What every record begins with');
  // Whole tenths: their sums are exact, and so do not depend on the order.
  let sum = tenths(base);
  for (const { name, cap = Number.POSITIVE_INFINITY, floor = Number.NEGATIVE_INFINITY, rules } of groups) {
    const all = rules.map((rule) => ({ says: rule.says, points: tenths(pointsOf(values, rule, now)) }));
    for (const { says, points } of all) counted(points / 10, name, says);
    const together = all.reduce((total, { points }) => total + points, 0);
    const within = Math.min(tenths(cap), Math.max(tenths(floor), together));
    counted(
      (within - together) / 10,
      name,
      within < together ? `No more than ${cap} in all` : `No less than ${floor} in all`,
    );
    sum += within;
  }
  const score = Math.min(tenths(max), Math.max(tenths(min), sum));
  counted((score - sum) / 10, 'limit', score < sum ? `No score is above ${max}` : `No score is below ${min}`);
  return {
    score: score / 10,
    band: score >= tenths(bands.A) ? 'A' : score >= tenths(bands.B) ? 'B' : 'C',
    reasons: reasons.toSorted(weightier),
  };
}

/** Properties that a model reads. */
export function propertiesOf({ groups }: ScoreModel): readonly string[] {
  return [...new Set(groups.flatMap(({ rules }) => rules.flatMap(readBy)))];
}

/** Properties that one rule reads. */
export function readBy({ filters, decay }: ScoreRule): readonly string[] {
  return [...filters.map(({ propertyName }) => propertyName), ...(decay === undefined ? [] : [decay.propertyName])];
}

const DAY_MS = 86_400_000;

function pointsOf(values: Values, { points, filters, decay }: ScoreRule, now: number): number {
  if (!filters.every((filter) => matches(values[filter.propertyName] ?? '', filter, now))) return 0;
  if (decay === undefined) return points;
  const at = momentOf(values[decay.propertyName] ?? '');
  if (Number.isNaN(at)) return 0;
  // What is to come has not begun to fade.
  const days = Math.max(0, now - at) / DAY_MS;
  return points * 0.5 ** (days / decay.halfLifeDays);
}

function momentOf(text: string): number {
  return /^\d{10,}$/.test(text) ? Number(text) : Date.parse(text);
}

function tenths(points: number): number {
  // Half a tenth is rounded away from zero for both signs, so that for and against weigh the same.
  return Math.sign(points) * Math.round(Math.abs(points) * 10);
}

function weightier(a: Reason, b: Reason): number {
  return (
    Math.abs(b.points) - Math.abs(a.points) ||
    order(a.group, b.group) ||
    order(a.says, b.says) ||
    // A rule for and one against may have the same words.
    b.points - a.points
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
