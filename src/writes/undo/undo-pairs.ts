/** Taking back what calls did to associations. */

import type { AssociationType, Crm } from '../../crm/index.ts';
import type { AssociationChange } from '../change.ts';
import { rewindPair } from './rewind-pair.ts';
import type { Rewinding, Undone } from './undo-records.ts';
import type { Written } from './written.ts';

/** @param targets rows by pair, newest first, all of one pair of types */
export async function undoPairs(
  targets: ReadonlyMap<string, readonly Written[]>,
  { crm, later }: Rewinding,
): Promise<ReadonlyMap<string, Undone>> {
  const pairs = [...targets].flatMap(([target, rows]) => {
    const change = rows[0]?.change;
    return change?.kind === 'associate' || change?.kind === 'dissociate' ? [{ target, rows, change }] : [];
  });
  const held = await readHeld(
    crm,
    pairs.map(({ change }) => change),
  );
  return new Map(
    pairs.map(({ target, rows, change }) => {
      const { conflicts, ...rewound } = rewindPair(rows, change, held(change), later);
      return [target, { ...rewound, problems: conflicts }];
    }),
  );
}

async function readHeld(
  crm: Crm,
  changes: readonly AssociationChange[],
): Promise<(change: AssociationChange) => readonly AssociationType[]> {
  const [first] = changes;
  if (first === undefined) return () => [];
  const ids = [...new Set(changes.map(({ from }) => from.id))];
  const rows = await crm.associations.read(first.from.objectType, first.to.objectType, ids);
  const read = new Map(ids.map((id, place) => [id, rows[place]]));
  return ({ from, to }) => {
    const row = read.get(from.id);
    if (row === undefined) throw new Error(`The associations of ${from.id} were not read.`);
    // A record that is not there has none.
    if (row.outcome !== 'applied') {
      if (row.error.code === 'not_found') return [];
      throw row.error;
    }
    return row.value.to.find(({ toObjectId }) => toObjectId === to.id)?.types ?? [];
  };
}
