/** Records: their values as one row each, their earlier values as history rows, their ids and what only one of them may have. */

import type { RecordRef } from './associations.ts';
import type { Change, Merge } from './changes.ts';
import { apiSource, type ChangeSource, calculatedSource, type HistoryTable, type PropertyVersion } from './history.ts';
import type { RecordIds } from './record-ids.ts';
import { isRecordId, type RecordRows, type RecordScans, type StoredRecord } from './record-rows.ts';
import type { UniqueValues } from './unique-values.ts';

export type { StoredRecord, ValueRow } from './record-rows.ts';

export interface NewRecord {
  readonly typeId: string;
  /** Omitted: the next free one. Given: digits only, not in use. */
  readonly id?: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Omitted: as created. */
  readonly updatedAt?: number;
  readonly archivedAt?: number;
  readonly source?: ChangeSource;
  /** Values that it had before or still has, by property, when they are not simply its values at creation. */
  readonly history?: Readonly<Record<string, readonly PropertyVersion[]>>;
}

export interface RecordTables extends RecordScans {
  /** An id that no record of the type has. */
  nextId(typeId: string): string;
  /** Values that must be unique are the caller's to check: a second holder throws. */
  insert(record: NewRecord): StoredRecord;
  /** The record of that id, archived ones included; a merged id gives the record that it lives on in. */
  get(typeId: string, id: string): StoredRecord | undefined;
  /** Undefined where no such id was merged into another. */
  mergedInto(typeId: string, id: string): string | undefined;
  /** Sets and, with null, clears values; a change is written to the history. */
  update(
    record: StoredRecord,
    changes: Readonly<Record<string, string | null>>,
    at: number,
    source?: ChangeSource,
  ): StoredRecord;
  /**
   * Sets what follows from other values, as no modification. What takes the place of another value is written to the
   * history; a first value counts from the record's creation until the record is changed.
   */
  derive(record: StoredRecord, values: ReadonlyMap<string, string | undefined>, at: number): void;
  archive(record: StoredRecord, at: number): void;
  /** Takes an archived record back. Its unique values are the caller's to check: a second holder throws. */
  restore(record: StoredRecord, at: number): StoredRecord;
  /** Forgets a record and its history for good; its id is never given again. The caller has unlinked it. */
  erase(record: StoredRecord): void;
  /** Ends the records that were merged, the primary one too where a new one takes over: their ids mean `newId` from now on. */
  redirect(merge: Merge): void;
  history(record: StoredRecord, property: string): PropertyVersion[];
  /** The properties that had other values than at creation. */
  historyNames(record: StoredRecord): string[];
}

/** Hears of every record that was written. */
export interface RecordListener {
  /** Which values became others; omitted: all may have. */
  changed(record: RecordRef, properties?: ReadonlySet<string>): void;
  /** Its calculated values did, and nothing else. */
  derived(record: RecordRef): void;
  happened(change: Change): void;
}

export function recordTables(
  { rows, ids, history, unique }: { rows: RecordRows; ids: RecordIds; history: HistoryTable; unique: UniqueValues },
  heard: RecordListener,
): RecordTables {
  /** The caller may have read it before it was calculated. */
  const latest = (record: StoredRecord) => rows.get(record.typeId, record.id) ?? record;
  return {
    ...rows.scans,
    nextId: (typeId) => ids.next(typeId),
    insert({ history: earlier, ...record }) {
      const stored: StoredRecord = {
        typeId: record.typeId,
        id: record.id ?? ids.next(record.typeId),
        properties: wellFormed(record.properties),
        createdAt: record.createdAt,
        updatedAt: record.updatedAt ?? record.createdAt,
        archivedAt: record.archivedAt ?? null,
        source: record.source ?? apiSource,
      };
      const { typeId, id, properties, archivedAt } = stored;
      rows.insert(stored);
      ids.given(typeId, id);
      history.begin(stored);
      for (const [property, versions] of Object.entries(earlier ?? {})) {
        for (const version of versions) history.add(stored, property, version);
      }
      if (archivedAt === null) unique.add(typeId, id, unique.keys(typeId, properties));
      // It is linked with nobody yet: whoever will read its values is told by being linked.
      heard.changed({ typeId, id }, noValues);
      heard.happened({ kind: 'created', record: stored });
      return stored;
    },
    get(typeId, id) {
      if (!isRecordId(id)) return undefined;
      const record = rows.get(typeId, id);
      if (record) return record;
      const into = ids.mergedInto(typeId, id);
      return into === undefined ? undefined : rows.get(typeId, into);
    },
    mergedInto: (typeId, id) => (isRecordId(id) ? ids.mergedInto(typeId, id) : undefined),
    update(record, changes, at, source = apiSource) {
      const { typeId, id } = record;
      const properties = copyOf(record.properties);
      const changed = new Set<string>();
      for (const [property, said] of Object.entries(changes)) {
        const before = properties[property];
        const value = said?.toWellFormed() ?? '';
        if (value === (before ?? '')) continue;
        changed.add(property);
        // A value that stands since creation has no row until it is replaced.
        if (before !== undefined && !history.has(record, property)) {
          history.add(record, property, { value: before, at: record.createdAt, ...record.source });
        }
        history.add(record, property, { value, at, ...source });
        if (value === '') delete properties[property];
        else properties[property] = value;
      }
      const updated: StoredRecord = { ...record, properties, updatedAt: at };
      rows.update(updated);
      const held = unique.keys(typeId, record.properties);
      const keys = unique.keys(typeId, properties);
      if (JSON.stringify(held) !== JSON.stringify(keys)) unique.hold(typeId, id, keys);
      heard.changed({ typeId, id }, changed);
      heard.happened({ kind: 'updated', before: record, after: updated, source });
      return updated;
    },
    derive(record, values, at) {
      const properties = copyOf(record.properties);
      const ofNew = history.ofNew(record);
      for (const [property, said] of values) {
        const before = properties[property];
        const value = said?.toWellFormed();
        // Until its transaction is over, a record has its first values.
        const replaces = ofNew ? ofNew.has(property) : before !== undefined || record.updatedAt > record.createdAt;
        if (replaces) {
          if (before !== undefined && !history.has(record, property)) {
            history.add(record, property, { value: before, at: record.createdAt, ...calculatedSource });
          }
          history.add(record, property, { value: value ?? '', at, ...calculatedSource });
        }
        if (value === undefined) delete properties[property];
        else properties[property] = value;
      }
      const derived: StoredRecord = { ...record, properties };
      rows.update(derived);
      heard.derived({ typeId: record.typeId, id: record.id });
      heard.happened({ kind: 'updated', before: record, after: derived, source: calculatedSource });
    },
    archive(record, at) {
      const archived: StoredRecord = { ...latest(record), archivedAt: at, updatedAt: at };
      rows.update(archived);
      unique.hold(record.typeId, record.id, []);
      heard.changed({ typeId: record.typeId, id: record.id });
      heard.happened({ kind: 'archived', record: archived, before: record });
    },
    restore(record, at) {
      const restored: StoredRecord = { ...latest(record), archivedAt: null, updatedAt: at };
      rows.update(restored);
      unique.hold(record.typeId, record.id, unique.keys(record.typeId, record.properties));
      heard.changed({ typeId: record.typeId, id: record.id });
      heard.happened({ kind: 'restored', record: restored });
      return restored;
    },
    erase(record) {
      const { typeId, id } = record;
      rows.delete(typeId, id);
      history.erase(record);
      ids.retire(typeId, id);
      unique.hold(typeId, id, []);
      heard.changed({ typeId, id });
      heard.happened({ kind: 'erased', record });
    },
    redirect(merge) {
      const { typeId, primaryId, mergedIds, newId } = merge;
      const ended: StoredRecord[] = [];
      for (const id of newId === primaryId ? mergedIds : [primaryId, ...mergedIds]) {
        const record = rows.get(typeId, id);
        if (record) ended.push(record);
        ids.merge(typeId, id, newId);
        rows.delete(typeId, id);
        unique.hold(typeId, id, []);
        heard.changed({ typeId, id });
      }
      heard.happened({ kind: 'merged', ended, ...merge });
    },
    history(record, property) {
      const versions = history.list(record, property);
      const value = record.properties[property];
      if (versions.length > 0 || value === undefined) return versions;
      return [{ value, at: record.createdAt, ...record.source }];
    },
    historyNames: (record) => history.names(record),
  };
}

const noValues: ReadonlySet<string> = new Set();

/** Half a character cannot be stored: a record never holds what it would not say when it is read again. */
function wellFormed(properties: Readonly<Record<string, string>>): Record<string, string> {
  const formed = copyOf(properties);
  for (const property in formed) formed[property] = formed[property]?.toWellFormed() ?? '';
  return formed;
}

/** Without a prototype from the start, so many values are put together several times as fast. */
function copyOf(properties: Readonly<Record<string, string>>): Record<string, string> {
  const copy: Record<string, string> = Object.create(null);
  for (const property in properties) {
    const value = properties[property];
    if (value !== undefined) copy[property] = value;
  }
  return copy;
}
