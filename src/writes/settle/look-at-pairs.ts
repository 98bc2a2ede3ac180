/** Associations: the labels of the pair say whether they were written; writing them once more does nothing. */

import type { AssociationType } from '../../crm/index.ts';
import type { AssociationChange } from '../change.ts';
import type { Doubt, Looking, Verdict, Verdicts } from './verdict.ts';

/** @param doubts of one kind and pair of object types */
export async function lookAtPairs(
  doubts: readonly Doubt<AssociationChange>[],
  { hubspot, options }: Looking,
): Promise<Verdicts> {
  const [first] = doubts;
  if (first === undefined) return new Map();
  const { from, to } = first.change;
  const ids = [...new Set(doubts.map(({ change }) => change.from.id))];
  const rows = await hubspot.associations.batchRead(from.objectType.id, to.objectType.id, ids, {}, options);
  const read = new Map(ids.map((id, place) => [id, rows[place]]));
  return new Map(
    doubts.map(({ index, change }): [number, Verdict] => {
      const row = read.get(change.from.id);
      if (row?.outcome !== 'applied') return [index, { is: 'unknown' }];
      const pair = row.value.to.find(({ toObjectId }) => toObjectId === change.to.id);
      if (pair === undefined && row.value.next !== undefined) return [index, { is: 'unknown' }];
      if (!isDone(change, pair?.types)) return [index, { is: 'absent' }];
      return [index, { is: 'applied', cells: { from: change.from.id, to: change.to.id } }];
    }),
  );
}

/** @param held undefined when the pair is not associated */
function isDone({ kind, types }: AssociationChange, held: readonly AssociationType[] | undefined): boolean {
  const has = ({ category, typeId }: AssociationType) =>
    held?.some((type) => type.category === category && type.typeId === typeId) ?? false;
  if (kind === 'dissociate') return types.length === 0 ? held === undefined : !types.some(has);
  if (types.length === 0) return held !== undefined;
  const more = held?.some(
    (type) =>
      type.label !== null && !types.some((asked) => asked.typeId === type.typeId && asked.category === type.category),
  );
  return types.every(has) && more !== true;
}
