/** What a model is told of a thousand rows that are taken back: how many of each kind, and the first few of those. */

import type { Failure } from '../failure.ts';
import type { WriteReport } from '../report.ts';

/** As many as any other call writes are told one by one. */
export const MOST_IN_FULL = 100;
export const FEW = 10;

export const MORE_OF_IT = 'The same call with the callId of one call, objectType or record shows more.';

/** The journal keeps the whole report, and `list_changes` gives it. */
export function inBrief(report: WriteReport): WriteReport {
  const { dryRun, callId, rows, failed, unknown, differences = [], notes = [] } = report;
  const lists = [rows, failed, unknown, differences];
  if (lists.every(({ length }) => length <= MOST_IN_FULL)) return report;
  return {
    ...report,
    rows: few(rows),
    failed: fewOfEach(failed),
    unknown: fewOfEach(unknown),
    ...(differences.length > 0 && { differences: few(differences) }),
    notes: [
      ...countsOf('Not taken back', failed),
      ...countsOf('Of unknown outcome', unknown),
      `Of more than ${MOST_IN_FULL} of a kind the first ${FEW} are shown.`,
      ...(callId === undefined ? [] : [`list_changes with callId ${callId} shows all.`]),
      ...(callId === undefined && !dryRun ? [MORE_OF_IT] : []),
      ...notes,
    ],
  };
}

function few<T>(all: readonly T[]): T[] {
  return all.length > MOST_IN_FULL ? all.slice(0, FEW) : [...all];
}

/** Of each code, since a rare one may be the one that matters. */
function fewOfEach(failures: readonly Failure[]): Failure[] {
  if (failures.length <= MOST_IN_FULL) return [...failures];
  const shown = new Map<string, number>();
  return failures.filter(({ code }) => {
    const count = (shown.get(code) ?? 0) + 1;
    shown.set(code, count);
    return count <= FEW;
  });
}

/** Such as `Not taken back: 400 changed_since, 3 cannot_undo.` */
function countsOf(what: string, failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { code } of failures) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [`${what}: ${[...counts].map(([code, count]) => `${count} ${code}`).join(', ')}.`];
}
