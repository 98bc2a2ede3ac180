import type { Difference, Judged, judgeBatch, Refused } from '../../transfer/survey.ts';

/** Of differences and of refusals. */
export const SHOWN = 10;

/** Counts what was judged, and keeps the first of what a person wants to see. */
export function newTally() {
  const keys = new Set<string>();
  const counts = { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0, keys };
  const refusals: Refused[] = [];
  const differences: Difference[] = [];
  return {
    judged: counts satisfies Judged,
    refusals,
    differences,
    add(rows: Awaited<ReturnType<typeof judgeBatch>>['rows']) {
      for (const { item, key, property, outcome, code = '', message = '', differences: own } of rows) {
        counts.rows += 1;
        if (property !== undefined) keys.add(property);
        counts[outcome] += 1;
        if (outcome === 'refused' && refusals.length < SHOWN) refusals.push({ row: item.row, key, code, message });
        if (outcome !== 'refused') differences.push(...own.slice(0, SHOWN - differences.length));
      }
    },
  };
}
