/** Sends checked changes, as few requests as HubSpot allows, and says what became of each. */

import type { Clock } from '../clock.ts';
import type { AssociationType, ObjectType } from '../crm/index.ts';
import {
  type AssociationSpec,
  type CallOptions,
  type CreateInput,
  type HubSpot,
  HubSpotError,
  type HubSpotRecord,
  outcomeOf,
  type Pair,
  type Row,
  type TypedPair,
} from '../hubspot/index.ts';
import type { AssociationChange, Change } from './change.ts';
import { define } from './definition-change.ts';
import type { Cells } from './describe.ts';
import { sendMerge } from './send-merge.ts';

/** What became of one change. */
export type Sent = Row<{
  readonly cells: Cells;
  /** The record as HubSpot gave it back. */
  readonly echo?: HubSpotRecord;
}>;

/** A change and its row in the call. */
export interface Sendable<C extends Change = Change> {
  readonly index: number;
  readonly change: C;
}

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis, compared 2026-11-22. */
const MAX_CHUNK = 100;

/** Changes of one kind and type that one client call takes, in order of first appearance, in chunks of one request each. */
export function groupsOf<Row extends Sendable>(changes: readonly Row[]): readonly (readonly (readonly Row[])[])[] {
  const groups = new Map<string, Row[]>();
  for (const each of changes) {
    const key = batchKey(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()].map((group) =>
    Array.from({ length: Math.ceil(group.length / MAX_CHUNK) }, (_, place) =>
      group.slice(place * MAX_CHUNK, (place + 1) * MAX_CHUNK),
    ),
  );
}

/** The outcome of every change of a chunk, by its row. It never throws for what HubSpot or the network did. */
export async function send(
  hubspot: HubSpot,
  chunk: readonly Sendable[],
  options: CallOptions,
  clock: Clock,
): Promise<ReadonlyMap<number, Sent>> {
  const sent = await sendBatch(
    hubspot,
    chunk.map(({ change }) => change),
    options,
    clock,
  );
  return new Map(
    chunk.flatMap(({ index }, place) => {
      const outcome = sent[place];
      return outcome === undefined ? [] : [[index, { ...outcome, index }] as const];
    }),
  );
}

function batchKey({ index, change }: Sendable): string {
  switch (change.kind) {
    case 'create':
    case 'update':
    case 'upsert':
    case 'archive':
      return `${change.kind} ${change.objectType.id}`;
    case 'associate':
    case 'dissociate':
      return [change.kind, change.from.objectType.id, change.to.objectType.id, change.types.length > 0].join(' ');
    case 'define':
    case 'merge':
      return `${change.kind} ${index}`;
  }
}

/** @param changes of one batch: the first one speaks for all */
async function sendBatch(
  hubspot: HubSpot,
  changes: readonly Change[],
  options: CallOptions,
  clock: Clock,
): Promise<readonly Sent[]> {
  const [first] = changes;
  if (first === undefined) return [];
  try {
    return await sendKind(hubspot, first, changes, options, clock);
  } catch (error) {
    if (!(error instanceof HubSpotError)) throw error;
    return changes.map((_, index) => ({ index, outcome: outcomeOf(error), error }));
  }
}

async function sendKind(
  hubspot: HubSpot,
  first: Change,
  changes: readonly Change[],
  options: CallOptions,
  clock: Clock,
): Promise<readonly Sent[]> {
  const { objects, associations } = hubspot;
  switch (first.kind) {
    case 'create': {
      const inputs = ofKind(changes, 'create').map(createInput);
      return recordRows(await objects.batchCreate(first.objectType.id, inputs, options), first.objectType);
    }
    case 'update': {
      const updates = ofKind(changes, 'update');
      return recordRows(await update(hubspot, first.objectType, updates, options), first.objectType);
    }
    case 'upsert': {
      const inputs = ofKind(changes, 'upsert').map(({ idProperty, value, properties }) => ({
        id: value,
        idProperty,
        properties,
      }));
      return recordRows(await objects.batchUpsert(first.objectType.id, inputs, options), first.objectType);
    }
    case 'archive': {
      const ids = ofKind(changes, 'archive').map(({ id }) => id);
      const rows = await objects.batchArchive(first.objectType.id, ids, options);
      return rows.map((row) => (row.outcome === 'applied' ? { ...row, value: { cells: { id: row.value.id } } } : row));
    }
    case 'associate': {
      const pairs = ofKind(changes, 'associate').map(typedPair);
      const place = [first.from.objectType.id, first.to.objectType.id] as const;
      const rows =
        first.types.length > 0
          ? await associations.associate(...place, pairs, options)
          : await associations.associateDefault(...place, pairs, options);
      return pairRows(rows);
    }
    case 'dissociate': {
      const pairs = ofKind(changes, 'dissociate').map(typedPair);
      const place = [first.from.objectType.id, first.to.objectType.id] as const;
      const rows =
        first.types.length > 0
          ? await associations.removeLabels(...place, pairs, options)
          : await associations.remove(...place, pairs, options);
      return pairRows(rows);
    }
    case 'merge':
      return [await sendMerge(hubspot, first, options, clock)];
    case 'define':
      return [{ index: 0, outcome: 'applied', value: { cells: await define(hubspot, first, options) } }];
  }
}

type Update = Extract<Change, { kind: 'update' }>;

/** A row whose clearing fails goes no further. */
async function update(
  { objects }: HubSpot,
  { id: type }: ObjectType,
  updates: readonly Update[],
  options: CallOptions,
): Promise<readonly Row<HubSpotRecord>[]> {
  const clearing = updates.flatMap(({ id, clearFirst = [] }, index) =>
    clearFirst.length === 0
      ? []
      : [{ index, id, properties: Object.fromEntries(clearFirst.map((name) => [name, ''])) }],
  );
  const cleared = clearing.length === 0 ? [] : await objects.batchUpdate(type, clearing.map(plainUpdate), options);
  const failed = new Map(
    cleared.flatMap((row) => {
      const index = clearing[row.index]?.index;
      return row.outcome === 'applied' || index === undefined ? [] : [[index, { ...row, index }] as const];
    }),
  );
  const left = updates.flatMap((change, index) => (failed.has(index) ? [] : [{ change, index }]));
  const sent =
    left.length === 0
      ? []
      : await objects.batchUpdate(
          type,
          left.map(({ change }) => plainUpdate(change)),
          options,
        );
  const rows = new Map<number, Row<HubSpotRecord>>(failed);
  for (const row of sent) {
    const index = left[row.index]?.index;
    if (index !== undefined) rows.set(index, { ...row, index });
  }
  return [...rows.values()].toSorted((a, b) => a.index - b.index);
}

function plainUpdate({ id, properties }: Pick<Update, 'id' | 'properties'>) {
  return { id, properties };
}

function ofKind<K extends Change['kind']>(changes: readonly Change[], kind: K) {
  return changes.filter((change): change is Extract<Change, { kind: K }> => change.kind === kind);
}

function createInput({ properties, associations }: Extract<Change, { kind: 'create' }>): CreateInput {
  if (associations.length === 0) return { properties };
  return {
    properties,
    associations: associations.map(({ to, types }) => ({ to: { id: to.id }, types: types.map(spec) })),
  };
}

function typedPair({ from, to, types }: AssociationChange): TypedPair {
  return { from: from.id, to: to.id, types: types.map(spec) };
}

function spec({ category, typeId }: AssociationType): AssociationSpec {
  return { associationCategory: category, associationTypeId: typeId };
}

function recordRows(rows: readonly Row<HubSpotRecord>[], { name }: ObjectType): readonly Sent[] {
  return rows.map((row) => {
    if (row.outcome !== 'applied') return row;
    const { id, new: isNew } = row.value;
    const cells = { objectType: name, id, ...(isNew !== undefined && { new: isNew }) };
    return { ...row, value: { cells, echo: row.value } };
  });
}

function pairRows(rows: readonly Row<Pair>[]): readonly Sent[] {
  return rows.map((row) =>
    row.outcome === 'applied' ? { ...row, value: { cells: { from: row.value.from, to: row.value.to } } } : row,
  );
}
