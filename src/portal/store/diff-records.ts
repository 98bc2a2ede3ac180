/** The part of a difference that is about records and how they are linked. */

import { isoTime } from '../time.ts';
import { categoryAt, categoryNumber } from './association-rows.ts';
import { isFirstDirection } from './associations.ts';
import type { BeforeImages, Touched } from './before-images.ts';
import type { Difference, PortalDiff } from './diff.ts';
import { calculatedSource, readSource } from './history.ts';
import type { Store } from './store.ts';

interface RecordRow {
  type_id: string;
  id: number;
  properties: string;
  updated_at: number;
  archived_at: number | null;
}

type Mutable<T> = { -readonly [Member in keyof T]: T[Member] extends readonly (infer Entry)[] ? Entry[] : T[Member] };

export function recordDifferences(store: Store, images: BeforeImages, name: string): PortalDiff['records'] {
  const found: Mutable<PortalDiff['records']> = {
    created: [],
    updated: [],
    archived: [],
    restored: [],
    merged: [],
    deleted: [],
    calculated: [],
  };
  const writes = writtenValues(images, name);
  const rows = images.touched<RecordRow>('records', name, (row) => `${row.type_id}/${row.id}`);
  for (const [, { before, after }] of [...rows].sort(byKey)) {
    const row = after ?? before;
    const record = row && { objectType: nameOf(store, row.type_id), id: String(row.id) };
    if (!record) continue;
    if (!after) {
      const into = store.records.mergedInto(row.type_id, record.id);
      if (into === undefined) found.deleted.push(record);
      else found.merged.push({ ...record, into });
      continue;
    }
    const { written, calculated } = valueDifferences(store, before, after, (property) =>
      writes.has(`${row.type_id}/${row.id}/${property}`),
    );
    if (!before) {
      const properties = Object.entries(written).map(([property, { after: value }]) => [property, value ?? '']);
      found.created.push({ ...record, properties: Object.fromEntries(properties) });
    } else if (Object.keys(written).length > 0) {
      found.updated.push({ ...record, properties: written });
    }
    if (Object.keys(calculated).length > 0) found.calculated.push({ ...record, properties: calculated });
    const wasArchived = before !== undefined && before.archived_at !== null;
    if (after.archived_at !== null && !wasArchived) found.archived.push(record);
    if (after.archived_at === null && wasArchived) found.restored.push(record);
  }
  return found;
}

type Differences = Record<string, Difference>;

interface HistoryRow {
  type_id: string;
  id: number;
  property: string;
  at: number;
  value: string;
  source: string;
}

/** Values that somebody wrote into records that were there, as `type/id/property`: each has left a row in the history. */
function writtenValues(images: BeforeImages, name: string): Set<string> {
  const written = new Set<string>();
  for (const { after } of images.touched<HistoryRow>('history', name, versionKey).values()) {
    if (after && readSource(after.source).sourceType !== calculatedSource.sourceType) {
      written.add(`${after.type_id}/${after.id}/${after.property}`);
    }
  }
  return written;
}

function versionKey({ type_id, id, property, at, value }: HistoryRow): string {
  return [type_id, id, property, at, value].join('/');
}

/** `before` undefined: the record is new, and so are all its values. */
function valueDifferences(
  store: Store,
  before: RecordRow | undefined,
  after: RecordRow,
  wasWritten: (property: string) => boolean,
) {
  const written: Differences = {};
  const calculated: Differences = {};
  const old = before ? readProperties(before) : new Map<string, string>();
  const now = readProperties(after);
  for (const property of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const difference = { before: old.get(property) ?? null, after: now.get(property) ?? null };
    if (difference.before === difference.after) continue;
    const definition = store.properties.get(after.type_id, property);
    const isReadOnly = definition?.calculated === true || definition?.modificationMetadata.readOnlyValue === true;
    const follows = isReadOnly || (before !== undefined && !wasWritten(property));
    (follows ? calculated : written)[property] = difference;
  }
  const modified = store.objectType(after.type_id)?.modifiedProperty;
  if (before && modified !== undefined && before.updated_at !== after.updated_at) {
    calculated[modified] = { before: isoTime(before.updated_at), after: isoTime(after.updated_at) };
  }
  return { written, calculated };
}

/** A property may be called `constructor`, which a plain object has of itself. */
function readProperties({ properties }: RecordRow): Map<string, string> {
  return new Map(Object.entries<string>(JSON.parse(properties)));
}

interface AssociationRow {
  from_type: string;
  from_id: number;
  to_type: string;
  to_id: number;
  category: number;
  association_type: number;
}

export function associationDifferences(store: Store, images: BeforeImages, name: string): PortalDiff['associations'] {
  const found: Mutable<PortalDiff['associations']> = { added: [], removed: [] };
  const rows = images.touched<AssociationRow>('associations', name, keyOf);
  const came = ({ before, after }: Touched<AssociationRow>) =>
    Number(after !== undefined) - Number(before !== undefined);
  for (const [, touched] of [...rows].sort(byKey)) {
    const row = touched.after ?? touched.before;
    if (!row || came(touched) === 0) continue;
    const { from_type, from_id, to_type, to_id } = row;
    const type = { category: categoryAt(row.category), typeId: row.association_type };
    const definition = store.associationTypes.find(from_type, to_type, type);
    const inverse = definition?.inverse;
    const back =
      inverse &&
      rows.get(
        keyOf({
          from_type: to_type,
          from_id: to_id,
          to_type: from_type,
          to_id: from_id,
          category: categoryNumber(inverse),
          association_type: inverse.typeId,
        }),
      );
    const isSecond = !isFirstDirection(
      { typeId: from_type, id: String(from_id) },
      { typeId: to_type, id: String(to_id) },
    );
    if (isSecond && back && came(back) === came(touched)) continue;
    (touched.after ? found.added : found.removed).push({
      from: { objectType: nameOf(store, from_type), id: String(from_id) },
      to: { objectType: nameOf(store, to_type), id: String(to_id) },
      ...type,
      label: definition?.label ?? null,
    });
  }
  return found;
}

function keyOf(row: AssociationRow): string {
  return [row.from_type, row.from_id, row.to_type, row.to_id, row.category, row.association_type].join('/');
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function nameOf(store: Store, typeId: string): string {
  return store.objectType(typeId)?.name ?? typeId;
}
