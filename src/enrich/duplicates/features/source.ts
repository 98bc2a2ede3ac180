/** Numbers under which other systems hold a record. */

import { fold } from '../../normal/fold.ts';
import { known } from '../../normal/placeholder.ts';
import type { Table } from '../../table.ts';
import type { Columns } from '../kinds/columns.ts';
import { Dictionary } from './dictionary.ts';
import { codes, columnsOf, type Feature, feature } from './feature.ts';
import { add } from './names.ts';

/**
 * `source:0`, ... : the number in the first slot, the system that gave it in the second. HubSpot names the system in
 * `hs_object_source`; of a column of its own (`salesforcecontactid`) the system is always the same.
 *
 * Guess: `hs_object_source_id` names a record in the other system only where an integration made it. Where a form, an
 * import, a workflow or a user did, it is theirs, and two records of one import have the same.
 */
export function sourceFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const [system] = columnsOf(table, columns.of('source'));
  for (const [nth, property] of columns.of('sourceId').entries()) {
    const [column] = columnsOf(table, [property]);
    if (column === undefined) continue;
    const values = new Dictionary();
    const numbers = codes(table.rows);
    const systems = codes(table.rows);
    const named = property === 'hs_object_source_id';
    for (let row = 0; row < table.rows; row++) {
      const id = fold(known(column.text(column.codes[row] ?? 0)));
      const by = named ? (system?.text(system.codes[row] ?? 0) ?? '') : property;
      if (id === '' || (named && !systemsWithIds.has(by))) continue;
      numbers[row] = values.code(`id ${id}`);
      systems[row] = values.code(`of ${by}`);
    }
    add(made, `source:${nth}`, feature([numbers, systems], values.pack()));
  }
  return made;
}

const systemsWithIds: ReadonlySet<string> = new Set(['SALESFORCE', 'INTEGRATION_SYNC', 'DATA_SYNC']);
