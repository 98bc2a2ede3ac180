import { type AssociationType, type Crm, type ObjectType, type RecordRef, UserError } from '../crm/index.ts';
import { HubSpotError } from '../hubspot/index.ts';
import type { Change, CheckedRow, RecordId } from './change.ts';
import { checkRows, isRowError, settle, settleRows } from './check-rows.ts';
import { findRecords } from './find-records.ts';
import { associationsAfter, union } from './label-sets.ts';

/** Pairs of records, as a tool is told of them. */
export interface SaidPairs {
  readonly fromObjectType: string;
  readonly toObjectType: string;
  readonly pairs: readonly SaidPair[];
  readonly dryRun?: boolean | undefined;
}

export interface SaidPair {
  readonly from: RecordRef;
  readonly to: RecordRef;
  readonly labels?: readonly string[] | undefined;
}

/**
 * Checks pairs that are to be associated. At HubSpot a labelled association replaces the labels of its pair, so the
 * labels that are there are read first and sent along, unless they are to be replaced.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide, compared 2026-11-22.
 */
export async function checkAssociations(
  crm: Crm,
  said: SaidPairs & { readonly replaceLabels?: boolean | undefined },
): Promise<CheckedRow[]> {
  const { from, to, find } = await prepare(crm, said);
  const rows = await settleRows(said.pairs, async (pair) => {
    const asked = await crm.associationTypes.resolve(from, to, pair.labels);
    return { ...find(pair), types: (pair.labels ?? []).length > 0 ? asked : [] };
  });
  const labelled = rows.flatMap((row) => (isRowError(row) || row.types.length === 0 ? [] : [row.from.id]));
  const current = await readLabels(crm, from, to, said.replaceLabels ? [] : labelled);
  return checkRows(rows, (row) => {
    if (isRowError(row)) return { refused: row };
    if (row.types.length === 0) return { change: { kind: 'associate', ...row } };
    const { held, all } = current.add(row);
    return { change: { kind: 'associate', ...row, types: all }, ...(!said.replaceLabels && { beforeTypes: held }) };
  });
}

/**
 * Checks pairs that are to lose some labels, or their association. What they have is read now rather than before the
 * write: a pair that has nothing to lose needs neither a request nor a person's approval.
 */
export async function checkDissociations(crm: Crm, said: SaidPairs): Promise<CheckedRow[]> {
  const { from, to, find } = await prepare(crm, said);
  const rows = await settleRows(said.pairs, async (pair) => {
    const labels = pair.labels ?? [];
    return { ...find(pair), types: labels.length > 0 ? await crm.associationTypes.resolve(from, to, labels) : [] };
  });
  const ids = rows.flatMap((row) => (isRowError(row) ? [] : [row.from.id]));
  const current = await settle(() => readLabels(crm, from, to, ids));
  return checkRows(rows, (row) => {
    if (isRowError(row)) return { refused: row };
    const change = { kind: 'dissociate', ...row } as const;
    const beforeTypes = isRowError(current) ? undefined : current.remove(change);
    // What stands against reading it is said by the read before the write, of each row.
    if (beforeTypes === undefined) return { change };
    const left = associationsAfter(change, beforeTypes);
    return left.length === beforeTypes.length ? { unchanged: row.from.id, kept: {} } : { change, beforeTypes };
  });
}

interface Prepared {
  readonly from: ObjectType;
  readonly to: ObjectType;
  readonly find: (pair: SaidPair) => { readonly from: RecordId; readonly to: RecordId };
}

async function prepare(crm: Crm, said: SaidPairs): Promise<Prepared> {
  const { fromObjectType, toObjectType, pairs } = said;
  const from = await crm.objectTypes.resolve(fromObjectType);
  const to = await crm.objectTypes.resolve(toObjectType);
  crm.scopes.require(from.scopes.write);
  crm.scopes.require(to.scopes.write);
  if ((await crm.associationTypes.list(from, to)).length === 0) {
    throw new UserError('not_possible', `${from.plural} cannot be associated with ${to.plural}.`, {
      next: `list_object_types says what ${from.plural} can be associated with.`,
    });
  }
  const ends = [
    ...pairs.map((pair) => ({ objectType: fromObjectType, ref: pair.from })),
    ...pairs.map((pair) => ({ objectType: toObjectType, ref: pair.to })),
  ];
  const find = await findRecords(crm, ends, said.dryRun);
  return {
    from,
    to,
    find: (pair) => ({
      from: find({ objectType: fromObjectType, ref: pair.from }),
      to: find({ objectType: toObjectType, ref: pair.to }),
    }),
  };
}

type Dissociation = Extract<Change, { kind: 'dissociate' }>;
type Pair = Pick<Dissociation, 'from' | 'to' | 'types'>;

const keyOf = ({ from, to }: Pair) => `${from.id} ${to.id}`;

/** The labels that pairs have; what a row adds or removes, the next row of its pair finds so. */
async function readLabels(crm: Crm, from: ObjectType, to: ObjectType, ids: readonly string[]) {
  const unique = [...new Set(ids)];
  const read = unique.length === 0 ? [] : await crm.associations.read(from, to, unique);
  const unread = new Map<string, HubSpotError>();
  const labels = new Map<string, readonly AssociationType[]>();
  for (const [place, row] of read.entries()) {
    const id = unique[place] ?? '';
    if (row.outcome !== 'applied') unread.set(id, row.error);
    else for (const { toObjectId, types } of row.value.to) labels.set(`${id} ${toObjectId}`, types);
    if (row.outcome === 'applied' && row.value.next !== undefined) unread.set(id, stopped());
  }
  const find = (pair: Pair) => labels.get(keyOf(pair)) ?? unread.get(pair.from.id) ?? [];
  return {
    /** The labels it had, and those with the new ones. */
    add(pair: Pair) {
      const held = find(pair);
      if (held instanceof HubSpotError) throw held;
      const all = union(held, pair.types);
      labels.set(keyOf(pair), all);
      return { held, all };
    },
    /** The labels it had; undefined where they could not be read. */
    remove(change: Dissociation) {
      const held = find(change);
      if (held instanceof HubSpotError) return undefined;
      labels.set(keyOf(change), associationsAfter(change, held));
      return held;
    },
  };
}

/** A label set that was not read to its end must not be replaced. */
function stopped(): HubSpotError {
  const message = 'There was no time to read all labels of this record, so none was written.';
  return new HubSpotError(message, { code: 'deadline', sent: 'no', retryable: true });
}
