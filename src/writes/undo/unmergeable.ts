/** What is left to do when records were merged: HubSpot takes no merge back, but a record can be made of the snapshot. */

import type { PropertyIndex } from '../../crm/index.ts';
import type { UserError } from '../../crm/user-error.ts';
import { isReadOnly } from '../../crm/values.ts';
import type { MergeChange } from '../change.ts';
import type { Snapshot } from '../record-snapshot.ts';
import { recordName } from '../stored-change.ts';
import { cannotUndo } from './conflict.ts';
import type { Written } from './written.ts';

/** Names and ids alone: values may be whatever somebody wrote, and list_changes shows them as that. */
export function unmergeable(merge: Written, rows: readonly Written[], index: PropertyIndex): UserError {
  const { change, before, callId } = merge;
  if (change.kind !== 'merge') throw new Error('Only a merge cannot be taken apart.');
  const { objectType, loser } = change;
  const stays = recordName(objectType.name, merge.id ?? change.id);
  const { merged = [] } = before !== undefined && 'merged' in before ? before : {};
  const snapshot = merged.find(({ id }) => id === loser);
  const patched = rows.some(({ change: { kind }, callId: other }) => kind === 'update' && other === callId);
  const message = `${recordName(objectType.name, loser)} was merged into ${stays}, and HubSpot takes no merge back${patched ? '; what was written to the record that stayed was written for the merge and stays too' : ''}.`;
  return cannotUndo(
    message,
    snapshot === undefined ? undefined : howToRecreate(change, snapshot, stays, callId, index),
  );
}

function howToRecreate(
  { objectType, loser }: MergeChange,
  { values, associated }: Snapshot,
  stays: string,
  callId: string,
  index: PropertyIndex,
): string {
  const settable = Object.keys(values).filter((name) => index.has(name) && !isReadOnly(index.get(name)));
  const unique = settable.filter(
    (name) => (objectType.name === 'contacts' && name === 'email') || index.get(name).hasUniqueValue === true,
  );
  const links = Object.entries(associated).map(
    ([type, ids]) => `${type} ${ids.slice(0, MOST_IDS).join(', ')}${ids.length > MOST_IDS ? ', …' : ''}`,
  );
  return [
    `What is left is a new record made of the snapshot, if a person wants it: create_records with objectType ${objectType.name} and the properties ${settable.join(', ')}, as list_changes with callId ${callId} shows them under ${recordName(objectType.name, loser)} before the merge`,
    links.length === 0 ? '.' : `; then associate_records with ${links.join('; ')}.`,
    unique.length === 0
      ? ''
      : ` A person has to take ${unique.join(', ')} off ${stays} first: no two records can have the same.`,
    ' Its id, history, activities of its own, lists and consent do not come back.',
  ].join('');
}

const MOST_IDS = 20;
