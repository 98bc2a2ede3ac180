/**
 * What is there before a write: as much as is needed to take it back, read in as few requests as HubSpot allows. What a
 * check has read already is not read again.
 */

import * as z from 'zod';
import type { ObjectType } from '../crm/index.ts';
import { isReadOnly } from '../crm/values.ts';
import {
  type AssociationLabel,
  type AssociationsOfRecord,
  type CallOptions,
  type HubSpot,
  HubSpotError,
  type HubSpotRecord,
  type Row,
} from '../hubspot/index.ts';
import type { AssociationChange, Change, CheckedRow, RecordChange } from './change.ts';
import { settle } from './check-rows.ts';
import { definition, definitionBefore } from './definition-before.ts';
import { associationsAfter } from './label-sets.ts';
import { snapshot, values } from './record-snapshot.ts';

const label = z.object({
  category: z.enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK']),
  typeId: z.number(),
  label: z.string().nullable(),
});

/** What the journal keeps of it; a create has none. */
export const before = z.union([
  /** Everything of an archived record that can be set again by hand; ids of what it was linked with, by type name. */
  z.object({ id: z.string(), values, associated: z.record(z.string(), z.array(z.string())) }),
  /** Two records that become one, each whole: what can be set again by hand, what HubSpot sets, what it was linked with. */
  z.object({ merged: z.array(snapshot) }),
  /** The record, and its values of what the change sets. */
  z.object({ id: z.string(), values }),
  /** An upsert found no record. */
  z.object({ absent: z.literal(true) }),
  /** The labels of the pair, empty when it was not associated. */
  z.object({ types: z.array(label) }),
  /** The definition as it was. */
  z.object({ definition }),
]);

export type Before = z.output<typeof before>;

/** What is known of one row, or why it must not be sent. */
export type Image =
  | { readonly before?: Before /** Why there is none, for whoever reads the report. */; readonly note?: string }
  | { readonly refused: HubSpotError };

export type Ready = Extract<CheckedRow, { readonly change: Change }>;

/** A row that passed the check, and its place in the call. */
export interface ReadyRow {
  readonly index: number;
  readonly row: Ready;
}

/**
 * Reads what the rows are about to change. A row whose record could not be read in time is refused, since it could not be
 * taken back. Where the token may not read at all, the row is written and its note says that there is no way back; where
 * HubSpot knows no such record, it has nothing to lose and HubSpot itself refuses it.
 */
export async function readBefore(
  hubspot: HubSpot,
  rows: readonly ReadyRow[],
  options: CallOptions,
): Promise<ReadonlyMap<number, Image>> {
  const images = new Map<number, Image>();
  for (const group of groupsOf(rows)) {
    for (const [index, image] of await readGroup(hubspot, group, options)) images.set(index, image);
  }
  return images;
}

type Images = Iterable<readonly [number, Image]>;

/** Rows that one read serves. */
function groupsOf(rows: readonly ReadyRow[]): readonly (readonly ReadyRow[])[] {
  const groups = new Map<string, ReadyRow[]>();
  for (const each of rows) {
    const { change } = each.row;
    const key =
      change.kind === 'define'
        ? `define ${each.index}`
        : 'from' in change
          ? `pair ${change.from.objectType.id} ${change.to.objectType.id}`
          : `${change.kind} ${change.objectType.id} ${'idProperty' in change ? change.idProperty : ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

function readGroup(hubspot: HubSpot, group: readonly ReadyRow[], options: CallOptions): Promise<Images> | Images {
  const change = group[0]?.row.change;
  switch (change?.kind) {
    case 'update':
    case 'upsert':
      return readValues(hubspot, group, options);
    case 'archive':
      return readArchived(hubspot, group, options);
    case 'merge':
      return group.map(keptWhole);
    case 'associate':
    case 'dissociate':
      return readPairs(hubspot, group, options);
    case 'define':
      return readDefinition(hubspot, group, options);
    case 'create':
    case undefined:
      return [];
  }
}

/** What plans a merge reads both records whole. */
function keptWhole({ index, row: { merged } }: ReadyRow): [number, Image] {
  if (merged === undefined) throw new Error(`Of the merge of row ${index} nothing would be left.`);
  return [index, { before: { merged: [...merged] } }];
}

type Keyed = Extract<RecordChange, { kind: 'update' | 'upsert' }>;

async function readValues(hubspot: HubSpot, group: readonly ReadyRow[], options: CallOptions): Promise<Images> {
  const keyed = group.flatMap(({ index, row }) =>
    row.change.kind === 'update' || row.change.kind === 'upsert' ? [{ index, change: row.change, row }] : [],
  );
  const known = new Map(keyed.flatMap(({ index, change, row }) => fromCheck(index, change, row)));
  const unread = keyed.filter(({ index }) => !known.has(index));
  const [first] = unread;
  if (first === undefined) return known;
  const { objectType } = first.change;
  const properties = [...new Set(unread.flatMap(({ change }) => Object.keys(change.properties)))];
  const idProperty = first.change.kind === 'upsert' ? { idProperty: first.change.idProperty } : {};
  const ids = unread.map(({ change }) => (change.kind === 'update' ? change.id : change.value));
  const found = await batch(ids, () =>
    hubspot.objects.batchRead(objectType.id, ids, { properties, ...idProperty }, options),
  );
  unread.forEach(({ index, change }, place) => {
    const row = found[place];
    if (row === undefined) throw new Error(`Row ${index} was not read.`);
    known.set(
      index,
      row.outcome === 'applied'
        ? { before: valuesBefore(row.value, change) }
        : row.error.code === 'not_found'
          ? change.kind === 'upsert'
            ? { before: { absent: true } }
            : {}
          : without(row.error, objectType.plural),
    );
  });
  return known;
}

/** The check has read it: every value that is about to change, or that there is no record. */
function fromCheck(index: number, change: Keyed, { before: held, absent }: Ready): [number, Image][] {
  if (absent) return [[index, { before: { absent } }]];
  // What an upsert finds is told apart from what it does not find by its id alone.
  const id = change.kind === 'update' ? change.id : (held?.['hs_object_id'] ?? undefined);
  if (held === undefined || id === undefined || !Object.keys(change.properties).every((name) => name in held))
    return [];
  return [[index, { before: valuesBefore({ id, properties: held }, change) }]];
}

function valuesBefore({ id, properties }: Pick<HubSpotRecord, 'id' | 'properties'>, change: Keyed): Before {
  const names = Object.keys(change.properties);
  return { id, values: Object.fromEntries(names.map((name) => [name, properties[name] ?? null])) };
}

/** What records are most often linked with; enough to link a record made by hand in its place. */
const LINKED = ['contacts', 'companies', 'deals', 'tickets', 'notes', 'calls', 'emails', 'meetings', 'tasks'];

/** The types whose links are read before records of a type are archived, one request each. */
export function linkedTypes({ custom, associableTo, name }: ObjectType): readonly string[] {
  return custom ? [] : LINKED.filter((other) => associableTo === undefined || other !== name);
}

async function readArchived(hubspot: HubSpot, group: readonly ReadyRow[], options: CallOptions): Promise<Images> {
  const archives = group.flatMap(({ index, row }) => (row.change.kind === 'archive' ? [{ index, ...row.change }] : []));
  const [first] = archives;
  if (first === undefined) return [];
  const { objectType } = first;
  const ids = archives.map(({ id }) => id);
  const defined = await settle(() => hubspot.properties.list(objectType.id, {}, options));
  if (defined instanceof Error) throw defined;
  const properties = defined.filter((property) => !isReadOnly(property)).map(({ name }) => name);
  const found = await batch(ids, () => hubspot.objects.batchRead(objectType.id, ids, { properties }, options));
  const links = new Map<string, Record<string, string[]>>(ids.map((id) => [id, {}]));
  for (const name of linkedTypes(objectType)) {
    const read = await batch(ids, () => hubspot.associations.batchRead(objectType.id, name, ids, {}, options));
    read.forEach((row, place) => {
      const linked = links.get(ids[place] ?? '');
      if (linked !== undefined && row.outcome === 'applied' && row.value.to.length > 0) {
        linked[name] = row.value.to.map(({ toObjectId }) => toObjectId);
      }
    });
  }
  return archives.map(({ index, id }, place) => {
    const row = found[place];
    if (row === undefined) throw new Error(`Row ${index} was not read.`);
    if (row.outcome !== 'applied') return [index, without(row.error, objectType.plural)];
    const values = Object.entries(row.value.properties).filter(([, value]) => value !== null && value !== '');
    return [index, { before: { id, values: Object.fromEntries(values), associated: links.get(id) ?? {} } }];
  });
}

/** One record's associations are read once, however many of its pairs change; a pair's next row finds what the last one left. */
async function readPairs(hubspot: HubSpot, group: readonly ReadyRow[], options: CallOptions): Promise<Images> {
  const pairs = group.flatMap(({ index, row }) =>
    row.change.kind === 'associate' || row.change.kind === 'dissociate'
      ? [{ index, change: row.change, types: row.beforeTypes }]
      : [],
  );
  const [first] = pairs;
  if (first === undefined) return [];
  const { from, to } = first.change;
  const ids = [...new Set(pairs.filter(({ types }) => types === undefined).map(({ change }) => change.from.id))];
  const read = await batch(ids, () =>
    hubspot.associations.batchRead(from.objectType.id, to.objectType.id, ids, {}, options),
  );
  const rows = new Map(ids.map((id, place) => [id, read[place]]));
  const held = new Map<string, readonly AssociationLabel[]>();
  const images = new Map<number, Image>();
  for (const { index, change, types } of pairs) {
    const key = `${change.from.id} ${change.to.id}`;
    const now = held.get(key) ?? types ?? labelsOf(rows.get(change.from.id), change);
    if (now instanceof HubSpotError) {
      images.set(index, without(now, from.objectType.plural));
      continue;
    }
    images.set(index, { before: { types: [...now] } });
    held.set(key, associationsAfter(change, now));
  }
  return images;
}

function labelsOf(
  row: Row<AssociationsOfRecord> | undefined,
  { to }: AssociationChange,
): readonly AssociationLabel[] | HubSpotError {
  if (row === undefined) throw new Error(`The associations with ${to.id} were not read.`);
  if (row.outcome !== 'applied') return row.error;
  const pair = row.value.to.find(({ toObjectId }) => toObjectId === to.id);
  if (pair !== undefined) return pair.types;
  if (row.value.next === undefined) return [];
  const message = 'There was no time to read all associations of this record.';
  return new HubSpotError(message, { code: 'deadline', sent: 'no', retryable: true });
}

async function readDefinition(hubspot: HubSpot, group: readonly ReadyRow[], options: CallOptions): Promise<Images> {
  const [each] = group;
  if (each?.row.change.kind !== 'define') return [];
  const { change } = each.row;
  const found = await settle(() => definitionBefore(hubspot, change, options));
  if (found instanceof HubSpotError) return [[each.index, without(found, 'definitions')]];
  if (found instanceof Error) throw found;
  return found === undefined ? [] : [[each.index, { before: { definition: found } }]];
}

/** The rows of a batch; a batch that failed as a whole gives every row its error. */
async function batch<T>(ids: readonly string[], read: () => Promise<Row<T>[]>): Promise<readonly Row<T>[]> {
  if (ids.length === 0) return [];
  const rows = await settle(read);
  if (!(rows instanceof Error)) return rows;
  if (!(rows instanceof HubSpotError)) throw rows;
  return ids.map((_, index) => ({ index, outcome: 'not_sent', error: rows }));
}

/** HubSpot refuses what it does not know or understand by itself, and then nothing is lost. */
const HUBSPOT_JUDGES = new Set(['not_found', 'validation', 'invalid_argument', 'conflict', 'unsupported']);
const NOT_ALLOWED = new Set(['missing_scope', 'forbidden']);

function without(error: HubSpotError, what: string): Image {
  if (HUBSPOT_JUDGES.has(error.code)) return {};
  if (NOT_ALLOWED.has(error.code)) {
    return { note: `The token may not read ${what}, so what was there before is not known: undo_changes cannot help.` };
  }
  const message = `What is there now could not be read, so nothing was sent for this row: it could not be taken back. ${error.message}`;
  const { code, retryable, retryAfterMs, missingScopes } = error;
  return {
    refused: new HubSpotError(message, {
      code,
      sent: 'no',
      retryable: retryable || code === 'deadline',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(missingScopes !== undefined && { missingScopes }),
    }),
  };
}
