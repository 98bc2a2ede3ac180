/** Label by label, newest call first: what one pair of records would be if some calls had not been made. Pure. */

import type { AssociationType } from '../../crm/index.ts';
import type { UserError } from '../../crm/user-error.ts';
import type { AssociationChange } from '../change.ts';
import { sameType, union, without } from '../label-sets.ts';
import { changedSince, laterCall } from './conflict.ts';
import { type LaterWrites, targetOf, type Written } from './written.ts';

export interface RewoundPair {
  readonly change?: AssociationChange;
  readonly conflicts: readonly UserError[];
}

type PairChange = Pick<AssociationChange, 'from' | 'to'>;

const unlabelled = ({ label }: AssociationType) => label === null;
const labels = (types: readonly AssociationType[]) => types.filter((type) => !unlabelled(type));
const named = (types: readonly AssociationType[]) =>
  labels(types)
    .map(({ label }) => JSON.stringify(label))
    .join(', ');

/** @param rows of one pair, newest first */
export function rewindPair(
  rows: readonly Written[],
  pair: PairChange,
  held: readonly AssociationType[],
  later: LaterWrites,
): RewoundPair {
  const conflicts: UserError[] = [];
  let types = held;
  for (const written of rows) {
    const { change, before } = written;
    if (change.kind !== 'associate' && change.kind !== 'dissociate') continue;
    const again = later(targetOf(written), written);
    if (again?.undoes.includes(written.callId)) continue;
    if (before === undefined || !('types' in before)) {
      conflicts.push(changedSince('What this pair was before is not known.'));
    } else if (again !== undefined) {
      conflicts.push(laterCall(again, 'A later call changed this association.'));
    } else {
      const rewound =
        change.kind === 'associate'
          ? apart(change.types, before.types, types)
          : together(change.types, before.types, types);
      if (rewound.conflict !== undefined) conflicts.push(changedSince(rewound.conflict));
      types = rewound.types;
    }
  }
  const change = changeTo(pair, held, types);
  return { ...(change !== undefined && { change }), conflicts };
}

interface Step {
  readonly types: readonly AssociationType[];
  readonly conflict?: string;
}

/** Takes back what an association added, and gives back the labels that it replaced. */
function apart(
  asked: readonly AssociationType[],
  before: readonly AssociationType[],
  now: readonly AssociationType[],
): Step {
  if (now.length === 0) {
    return before.length === 0 ? { types: now } : { types: now, conflict: 'Somebody has ended this association.' };
  }
  const added = without(labels(asked), before);
  const replaced = asked.length === 0 ? [] : without(labels(before), asked);
  const types = union(without(now, added), replaced);
  if (before.length > 0) return { types };
  if (labels(types).length === 0) return { types: [] };
  return {
    types,
    conflict: `Somebody has given this association the label ${named(types)} since, so it is not ended.`,
  };
}

/** Gives back what a dissociation took away. */
function together(
  asked: readonly AssociationType[],
  before: readonly AssociationType[],
  now: readonly AssociationType[],
): Step {
  if (before.length === 0) return { types: now };
  if (asked.length > 0 && now.length === 0) return { types: now, conflict: 'Somebody has ended this association.' };
  const taken = asked.length === 0 ? before : before.filter((type) => asked.some((other) => sameType(type, other)));
  const types = union(now, taken);
  if (asked.length > 0 || without(now, before).length === 0) return { types };
  return { types: now, conflict: `Somebody has associated the two again, with ${named(now) || 'no label'}.` };
}

/** The one change that makes a pair what it is to be; undefined when it is that already. */
function changeTo(
  pair: PairChange,
  held: readonly AssociationType[],
  wanted: readonly AssociationType[],
): AssociationChange | undefined {
  const { from, to } = pair;
  const gone = without(held, wanted);
  const come = without(wanted, held);
  if (gone.length === 0 && come.length === 0) return undefined;
  if (wanted.length === 0) return { kind: 'dissociate', from, to, types: [] };
  if (come.length === 0) return { kind: 'dissociate', from, to, types: labels(gone) };
  // The unlabelled type comes with every association, and names none.
  return { kind: 'associate', from, to, types: labels(wanted) };
}
