/** Owners who are no more: contacts' and companies' alike. */

import { grouped, interned } from '../interned.ts';
import { affected } from './affected.ts';
import { columnOf, largestFirst, tableOf } from './columns.ts';
import type { Check, FindingDraft } from './types.ts';

/** A check of one type's owners. */
export function ownerGone(id: string, objectType: string): Check {
  return {
    id,
    version: 1,
    title: 'Owner who is deactivated or does not exist',
    about: 'The owner was deactivated, or no owner has this id.',
    severity: 'high',
    objectType,
    needs: { [objectType]: ['hubspot_owner_id'] },
    run(data) {
      // Without owners nothing can be said of any: the scope is missing, or they were not read.
      if (data.owners.length === 0) return [];
      const table = tableOf(data, objectType);
      const column = columnOf(table, 'hubspot_owner_id');
      const view = interned(column);
      const { starts, rows } = grouped(column);
      const owners = new Map(data.owners.map((owner) => [owner.id, owner]));
      const gone: { name: string; rows: number[] }[] = [];
      for (let code = 1; code <= view.size; code++) {
        const name = view.text(code);
        if (owners.get(name)?.archived === false) continue;
        gone.push({ name, rows: [...rows.subarray(starts[code], starts[code + 1])] });
      }
      return largestFirst(gone).map(({ name, rows: own }): FindingDraft => {
        const owner = owners.get(name);
        return {
          ...affected(table, own),
          subject: name,
          evidence: { hubspot_owner_id: name, ...(owner === undefined ? {} : { email: owner.email }) },
          note: 'Nobody looks after these: tasks, notifications and rotations go to an owner who is gone.',
          fix: {
            tool: 'update_records',
            arguments: {
              objectType,
              filterGroups: [{ filters: [{ propertyName: 'hubspot_owner_id', operator: 'EQ', value: name }] }],
              properties: { hubspot_owner_id: '' },
            },
            reversible: true,
            note: 'As it stands it leaves them without owner, for rules of assignment to pick up: put who takes them over into hubspot_owner_id instead.',
          },
        };
      });
    },
  };
}
