/** Many records changed at once. */

import { interned, times } from '../../interned.ts';
import type { Table } from '../../table.ts';
import { found } from '../found.ts';
import { creationProperties } from '../series/creation.ts';
import { poissonUpper } from '../statistics/distributions.ts';
import type { Check, PortalData, Tested } from '../types.ts';

const TYPES = ['contacts', 'companies', 'deals', 'tickets'] as const;
const HOUR = 3_600_000;
const FEWEST_CHANGED = 100;
const TIMES_USUAL = 20;
const BURST_DAYS = 90;
const BURST_CHANCE = 1e-6;
const modified = ['hs_lastmodifieddate', 'lastmodifieddate'] as const;
const changed = Object.fromEntries(
  TYPES.map((type) => [type, [...modified, 'hs_updated_by_user_id', ...creationProperties]]),
);

export const burst: Check = {
  id: 'P02',
  version: 1,
  title: 'Many records changed within an hour',
  about: `Of what was last changed in the last ${BURST_DAYS} days: ${FEWEST_CHANGED} records by one user or app within an hour, ${TIMES_USUAL} times what it changes in other hours, and by Poisson less likely than ${BURST_CHANCE}. Low where no user is named.`,
  severity: 'high',
  objectType: '*',
  needs: {},
  uses: changed,
  statistical: true,
  run: (data) => {
    const all = TYPES.flatMap((type) => {
      const table = data.tables.get(type);
      return table === undefined ? [] : [burstsIn(data, table)];
    });
    return { drafts: all.flatMap(({ drafts }) => drafts), tests: all.reduce((sum, { tests }) => sum + tests, 0) };
  },
};

function burstsIn(data: PortalData, table: Table): Tested {
  const column = modified.map((name) => table.columns.get(name)).find((one) => one !== undefined);
  if (column === undefined) return { drafts: [], tests: 0 };
  const at = times(column);
  const createdColumn = creationProperties.map((name) => table.columns.get(name)).find((one) => one !== undefined);
  const created = createdColumn && times(createdColumn);
  const byColumn = table.columns.get('hs_updated_by_user_id');
  const by = byColumn && interned(byColumn);
  const first = Math.floor((data.now - BURST_DAYS * 24 * HOUR) / HOUR);
  const hours = Math.floor(data.now / HOUR) - first + 1;
  const cells = new Map<number, number>();
  const cellOf = (row: number) => {
    const instant = at[row] ?? Number.NaN;
    const hour = Math.floor(instant / HOUR) - first;
    // What is as it was made was created, not changed.
    if (!(hour >= 0 && hour < hours) || instant - (created?.[row] ?? 0) < HOUR) return -1;
    return (by?.codes[row] ?? 0) * hours + hour;
  };
  for (let row = 0; row < table.rows; row++) {
    const cell = cellOf(row);
    if (cell >= 0) cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const byUser = new Map<number, { records: number; hours: number }>();
  for (const [cell, count] of cells) {
    const user = Math.floor(cell / hours);
    const seen = byUser.get(user) ?? { records: 0, hours: 0 };
    byUser.set(user, { records: seen.records + count, hours: seen.hours + 1 });
  }
  const bursts = [...cells].flatMap(([cell, count]) => {
    const user = Math.floor(cell / hours);
    const seen = byUser.get(user) ?? { records: 0, hours: 0 };
    const usual = Math.max(1, (seen.records - count) / Math.max(1, seen.hours - 1));
    const p = poissonUpper(count, usual);
    return count >= FEWEST_CHANGED && count > TIMES_USUAL * usual && p < BURST_CHANCE
      ? [{ cell, user, count, usual, p }]
      : [];
  });
  const drafts = bursts.flatMap(({ cell, user, count, usual, p }) => {
    const rows = [];
    for (let row = 0; row < table.rows; row++) if (cellOf(row) === cell) rows.push(row);
    const hour = new Date((first + (cell % hours)) * HOUR).toISOString();
    return found(table, rows, () => ({
      objectType: table.objectType,
      subject: `${by?.text(user) ?? ''} ${hour}`,
      statistic: {
        name: 'records changed in an hour',
        value: count,
        threshold: Math.ceil(TIMES_USUAL * usual),
        n: cells.size,
        p,
      },
      // A change by nobody is most often HubSpot's own: a score worked out anew, a workflow, an app.
      severity: user === 0 ? 'low' : 'high',
      evidence: {
        ...(user === 0 ? {} : { user: by?.text(user) ?? '' }),
        hour,
        records: count,
        usual: Math.round(usual * 10) / 10,
      },
      note:
        user === 0
          ? 'Many records were changed at once, by no user: a workflow, an app, or a property that HubSpot worked out anew.'
          : 'Many records were changed at once: if nobody meant it, their history still holds what they were.',
      fix: {
        tool: 'list_changes',
        arguments: {},
        reversible: true,
        note: 'Shows whether this server made the change; undo_changes takes such a one back.',
      },
    }));
  });
  return { drafts, tests: cells.size };
}
