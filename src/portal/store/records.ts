/** Records: one row each, their values as one JSON object, their earlier values as history rows. */

import { type Database, jsonText } from '../../sqlite.ts';
import { sharingIds } from '../facts/object-types.ts';
import type { Change, Merge } from './changes.ts';
import {
  apiSource,
  type ChangeSource,
  calculatedSource,
  historyTable,
  type PropertyVersion,
  readSource,
} from './history.ts';
import type { UniqueValues } from './unique-values.ts';

/** A record as it is stored. Its system and calculated values are added when it is read (see ../objects/present.ts). */
export interface StoredRecord {
  readonly typeId: string;
  /** 11 or 12 digits as HubSpot's; unique only inside its type. */
  readonly id: string;
  /** A cleared property is absent. */
  readonly properties: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, like the other two. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archivedAt: number | null;
  readonly source: ChangeSource;
}

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

export interface Page {
  readonly limit: number;
  /** The id to start from, itself included. */
  readonly from?: string | undefined;
  readonly archived?: boolean;
}

export interface StoredValue {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly value: string | undefined;
}

/** Of one record: its id, when it was created and updated, and the values that were asked for. */
export type ValueRow = readonly [id: number, createdAt: number, updatedAt: number, ...values: (string | null)[]];

export interface RecordTables {
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
  derive(record: StoredRecord, values: Readonly<Record<string, string | undefined>>, at: number): void;
  archive(record: StoredRecord, at: number): void;
  /** Takes an archived record back. Its unique values are the caller's to check: a second holder throws. */
  restore(record: StoredRecord, at: number): StoredRecord;
  /** Forgets a record and its history for good; its id is never given again. The caller has unlinked it. */
  erase(record: StoredRecord): void;
  /** Ends the records that were merged, the primary one too where a new one takes over: their ids mean `newId` from now on. */
  redirect(merge: Merge): void;
  /** In the order of ids. */
  list(typeId: string, page: Page): StoredRecord[];
  all(typeId: string): IterableIterator<StoredRecord>;
  /** Every record, archived ones too, in the order of ids; the portal may be written to meanwhile. */
  each(typeId: string): IterableIterator<StoredRecord>;
  /** One stored value of every record that is not archived. */
  values(typeId: string, property: string): IterableIterator<StoredValue>;
  /**
   * Some stored values of every record that is not archived, in the order of ids and in large pieces, which takes half as
   * long as row by row. No more than some dozens of properties.
   */
  columns(typeId: string, properties: readonly string[]): IterableIterator<readonly ValueRow[]>;
  /** Of records that are not archived. */
  count(typeId: string): number;
  /** Types that have records. */
  typeIds(): string[];
  history(record: StoredRecord, property: string): PropertyVersion[];
  /** The properties that had other values than at creation. */
  historyNames(record: StoredRecord): string[];
}

interface Row {
  type_id: string;
  id: number;
  properties: string;
  created_at: number;
  updated_at: number;
  archived_at: number | null;
  source: string;
}

/** What a record id must look like to be looked up at all. */
function isRecordId(id: string): boolean {
  return /^[1-9]\d{0,14}$/.test(id);
}

/** `changed` and `derived` hear of every record whose row was written, and `happened` of what was done; `nextStep` gives the distance to the next id, at least 1. */
export function recordTables(
  database: Database,
  options: {
    unique: UniqueValues;
    changed(typeId: string, id: string): void;
    derived(typeId: string, id: string): void;
    happened(change: Change): void;
    nextStep(): number;
  },
): RecordTables {
  database.exec(`
    CREATE TABLE IF NOT EXISTS records (
      type_id TEXT NOT NULL, id INTEGER NOT NULL, properties TEXT NOT NULL, created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL, archived_at INTEGER, source TEXT NOT NULL, PRIMARY KEY (type_id, id)
    );
    CREATE TABLE IF NOT EXISTS merged (
      type_id TEXT NOT NULL, id INTEGER NOT NULL, into_id INTEGER NOT NULL, PRIMARY KEY (type_id, id)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS erased (
      type_id TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (type_id, id)
    ) WITHOUT ROWID;
  `);
  const columns = 'type_id, id, properties, created_at, updated_at, archived_at, source';
  const insertRow = database.prepare(`INSERT INTO records (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const updateRow = database.prepare('UPDATE records SET properties = ?, updated_at = ? WHERE type_id = ? AND id = ?');
  const archiveRow = database.prepare(
    'UPDATE records SET archived_at = ?, updated_at = ? WHERE type_id = ? AND id = ?',
  );
  const selectRow = database.prepare<Row>(`SELECT ${columns} FROM records WHERE type_id = ? AND id = ?`);
  const selectMerged = database.prepare<{ into_id: number }>('SELECT into_id FROM merged WHERE type_id = ? AND id = ?');
  const insertMerged = database.prepare('INSERT INTO merged (type_id, id, into_id) VALUES (?, ?, ?)');
  const moveMerged = database.prepare('UPDATE merged SET into_id = ? WHERE type_id = ? AND into_id = ?');
  const restoreRow = database.prepare(
    'UPDATE records SET archived_at = NULL, updated_at = ? WHERE type_id = ? AND id = ?',
  );
  const insertErased = database.prepare('INSERT OR IGNORE INTO erased (type_id, id) VALUES (?, ?)');
  const deleteRow = database.prepare('DELETE FROM records WHERE type_id = ? AND id = ?');
  const selectLive = database.prepare<Row>(
    `SELECT ${columns} FROM records WHERE type_id = ? AND id >= ? AND archived_at IS NULL ORDER BY id LIMIT ?`,
  );
  const selectArchived = database.prepare<Row>(
    `SELECT ${columns} FROM records WHERE type_id = ? AND id >= ? AND archived_at IS NOT NULL ORDER BY id LIMIT ?`,
  );
  const selectEach = database.prepare<Row>(
    `SELECT ${columns} FROM records WHERE type_id = ? AND id > ? ORDER BY id LIMIT ${BATCH}`,
  );
  const selectAll = database.prepare<Row>(`SELECT ${columns} FROM records WHERE type_id = ? AND archived_at IS NULL`);
  const selectValues = database.prepare<{ id: number; created_at: number; updated_at: number; value: string | null }>(`
    SELECT id, created_at, updated_at, properties ->> ? AS value FROM records
    WHERE type_id = ? AND archived_at IS NULL`);
  const countLive = database.prepare<{ n: number }>(
    'SELECT count(*) AS n FROM records WHERE type_id = ? AND archived_at IS NULL',
  );
  const selectTypes = database.prepare<{ type_id: string }>('SELECT DISTINCT type_id FROM records ORDER BY type_id');
  const lastId = database.prepare<{ id: number }>(`
    SELECT max(id) AS id FROM (
      SELECT max(id) AS id FROM records WHERE type_id = ?1 UNION ALL SELECT max(id) FROM merged WHERE type_id = ?1
      UNION ALL SELECT max(id) FROM erased WHERE type_id = ?1
    ) HAVING max(id) IS NOT NULL`);
  const { unique } = options;
  const history = historyTable(database);
  const nextId = (typeId: string): string => {
    const last = sharingIds(typeId).map((each) => lastId.get(each)?.id ?? FIRST_ID);
    return String(Math.max(...last) + options.nextStep());
  };

  const tables: RecordTables = {
    nextId,
    insert(record) {
      const stored: StoredRecord = {
        typeId: record.typeId,
        id: record.id ?? nextId(record.typeId),
        properties: record.properties,
        createdAt: record.createdAt,
        updatedAt: record.updatedAt ?? record.createdAt,
        archivedAt: record.archivedAt ?? null,
        source: record.source ?? apiSource,
      };
      const { typeId, id, properties, createdAt, updatedAt, archivedAt, source } = stored;
      insertRow.run(typeId, Number(id), jsonText(properties), createdAt, updatedAt, archivedAt, JSON.stringify(source));
      for (const [property, versions] of Object.entries(record.history ?? {})) {
        for (const version of versions) history.add(stored, property, version);
      }
      const keys = archivedAt === null ? unique.keys(typeId, properties) : [];
      if (keys.length > 0) unique.hold(typeId, id, keys);
      options.changed(typeId, id);
      options.happened({ kind: 'created', record: stored });
      return stored;
    },
    get(typeId, id) {
      if (!isRecordId(id)) return undefined;
      const row = selectRow.get(typeId, Number(id));
      if (row) return fromRow(row);
      const into = selectMerged.get(typeId, Number(id))?.into_id;
      const merged = into === undefined ? undefined : selectRow.get(typeId, into);
      return merged && fromRow(merged);
    },
    mergedInto(typeId, id) {
      const into = isRecordId(id) ? selectMerged.get(typeId, Number(id))?.into_id : undefined;
      return into === undefined ? undefined : String(into);
    },
    update(record, changes, at, source = apiSource) {
      const { typeId, id } = record;
      const properties: Record<string, string> = { ...record.properties };
      for (const [property, value] of Object.entries(changes)) {
        const before = properties[property];
        if ((value ?? '') === (before ?? '')) continue;
        // A value that stands since creation has no row until it is replaced.
        if (before !== undefined && !history.has(record, property)) {
          history.add(record, property, { value: before, at: record.createdAt, ...record.source });
        }
        history.add(record, property, { value: value ?? '', at, ...source });
        if (value === null || value === '') delete properties[property];
        else properties[property] = value;
      }
      const updated: StoredRecord = { ...record, properties, updatedAt: at };
      updateRow.run(jsonText(properties), at, typeId, Number(id));
      const held = unique.keys(typeId, record.properties);
      const keys = unique.keys(typeId, properties);
      if (JSON.stringify(held) !== JSON.stringify(keys)) unique.hold(typeId, id, keys);
      options.changed(typeId, id);
      options.happened({ kind: 'updated', before: record, after: updated, source });
      return updated;
    },
    derive(record, values, at) {
      const properties: Record<string, string> = { ...record.properties };
      for (const [property, value] of Object.entries(values)) {
        const before = properties[property];
        if (before !== undefined && !history.has(record, property)) {
          history.add(record, property, { value: before, at: record.createdAt, ...calculatedSource });
        }
        if (before !== undefined || record.updatedAt > record.createdAt) {
          history.add(record, property, { value: value ?? '', at, ...calculatedSource });
        }
        if (value === undefined) delete properties[property];
        else properties[property] = value;
      }
      updateRow.run(jsonText(properties), record.updatedAt, record.typeId, Number(record.id));
      options.derived(record.typeId, record.id);
      options.happened({ kind: 'updated', before: record, after: { ...record, properties }, source: calculatedSource });
    },
    archive(record, at) {
      archiveRow.run(at, at, record.typeId, Number(record.id));
      unique.hold(record.typeId, record.id, []);
      options.changed(record.typeId, record.id);
      options.happened({ kind: 'archived', record: { ...record, archivedAt: at, updatedAt: at }, before: record });
    },
    restore(record, at) {
      const restored: StoredRecord = { ...record, archivedAt: null, updatedAt: at };
      restoreRow.run(at, record.typeId, Number(record.id));
      unique.hold(record.typeId, record.id, unique.keys(record.typeId, record.properties));
      options.changed(record.typeId, record.id);
      options.happened({ kind: 'restored', record: restored });
      return restored;
    },
    erase(record) {
      const { typeId, id } = record;
      deleteRow.run(typeId, Number(id));
      history.forget(record);
      insertErased.run(typeId, Number(id));
      unique.hold(typeId, id, []);
      options.changed(typeId, id);
      options.happened({ kind: 'erased', record });
    },
    redirect(merge) {
      const { typeId, primaryId, mergedIds, newId } = merge;
      const ended: StoredRecord[] = [];
      for (const id of newId === primaryId ? mergedIds : [primaryId, ...mergedIds]) {
        const row = selectRow.get(typeId, Number(id));
        if (row) ended.push(fromRow(row));
        moveMerged.run(Number(newId), typeId, Number(id));
        insertMerged.run(typeId, Number(id), Number(newId));
        deleteRow.run(typeId, Number(id));
        unique.hold(typeId, id, []);
        options.changed(typeId, id);
      }
      options.happened({ kind: 'merged', ended, ...merge });
    },
    list(typeId, { limit, from, archived }) {
      const start = from !== undefined && isRecordId(from) ? Number(from) : 0;
      return (archived ? selectArchived : selectLive).all(typeId, start, limit).map(fromRow);
    },
    *all(typeId) {
      for (const row of selectAll.iterate(typeId)) yield fromRow(row);
    },
    *each(typeId) {
      let last = 0;
      for (;;) {
        const rows = selectEach.all(typeId, last);
        yield* rows.map(fromRow);
        if (rows.length < BATCH) return;
        last = rows.at(-1)?.id ?? last;
      }
    },
    *values(typeId, property) {
      for (const row of selectValues.iterate(`$."${property}"`, typeId)) {
        yield {
          id: String(row.id),
          createdAt: row.created_at,
          updatedAt: row.updated_at,
          value: row.value ?? undefined,
        };
      }
    },
    *columns(typeId, properties) {
      const values = properties.map(() => ', properties ->> ?').join('');
      const select = database.prepare<{ piece: string }>(`
        SELECT json_group_array(json_array(id, created_at, updated_at${values})) AS piece FROM (
          SELECT id, created_at, updated_at, properties FROM records
          WHERE type_id = ? AND id > ? AND archived_at IS NULL ORDER BY id LIMIT ${PIECE}
        )`);
      const paths = properties.map((property) => `$."${property}"`);
      for (let last = 0; ; ) {
        const piece: readonly ValueRow[] = JSON.parse(select.get(...paths, typeId, last)?.piece ?? '[]');
        yield piece;
        if (piece.length < PIECE) return;
        last = piece.at(-1)?.[0] ?? 0;
      }
    },
    count: (typeId) => countLive.get(typeId)?.n ?? 0,
    typeIds: () => selectTypes.all().map((row) => row.type_id),
    history(record, property) {
      const versions = history.list(record, property);
      const value = record.properties[property];
      if (versions.length > 0 || value === undefined) return versions;
      return [{ value, at: record.createdAt, ...record.source }];
    },
    historyNames: (record) => history.names(record),
  };
  return tables;
}

/** Whole records that are read at once. */
const BATCH = 500;

/** Every type counts from here, so that ids collide across types as HubSpot's do. */
const FIRST_ID = 37_765_128_000;

/** Rows that are read at once. */
const PIECE = 10_000;

function fromRow(row: Row): StoredRecord {
  return {
    typeId: row.type_id,
    id: String(row.id),
    properties: JSON.parse(row.properties),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
    source: readSource(row.source),
  };
}
