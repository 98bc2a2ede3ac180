/** The fix for what only a person knows: a task for each owner, on the records that it is about. */

import { interned } from '../interned.ts';
import { type Table, textAt } from '../table.ts';
import { SHOWN } from './affected.ts';
import type { Fix, PortalData } from './types.ts';

/** @param subject what is to be done, a sentence of our own */
export function tasksFor(data: PortalData, table: Table, rows: readonly number[], subject: string): Fix {
  const column = table.columns.get('hubspot_owner_id');
  const owners = column === undefined ? undefined : interned(column);
  const working = new Set(data.owners.filter(({ archived }) => !archived).map(({ id }) => id));
  const byOwner = new Map<string, string[]>();
  for (const row of rows.slice(0, SHOWN)) {
    const owner = owners?.text(owners.codes[row] ?? 0) ?? '';
    // A task cannot be given to somebody who has left.
    const key = working.has(owner) ? owner : '';
    const ids = byOwner.get(key) ?? [];
    byOwner.set(key, ids);
    ids.push(textAt(table.ids, row));
  }
  return {
    tool: 'log_activity',
    arguments: {
      activities: [...byOwner].map(([owner, ids]) => ({
        type: 'task',
        subject,
        ...(owner !== '' && { owner }),
        associations: ids.map((to) => ({ toObjectType: table.objectType, to })),
      })),
    },
    reversible: true,
    ...(rows.length > SHOWN && { note: `Tasks for the first ${SHOWN} records.` }),
  };
}

/** A task on no record: what is to be looked into is the portal itself. */
export const taskFor = (subject: string): Fix => ({
  tool: 'log_activity',
  arguments: { activities: [{ type: 'task', subject }] },
  reversible: true,
});
