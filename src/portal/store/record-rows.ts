/**
 * The table of records. A row that was read or written stays an object until the transaction ends, and is written as text
 * only then or when somebody looks through a type: what one request inserts, calculates and shows is one row, once.
 */

import { type Database, jsonText } from '../../sqlite.ts';
import { ownMembers } from '../own-members.ts';
import { type ChangeSource, readSource } from './history.ts';
import { keyOf } from './record-ref.ts';

/** A record as it is stored. Its system values are added when it is read (see ../objects/present.ts). */
export interface StoredRecord {
  readonly typeId: string;
  /** 11 or 12 digits as HubSpot's; unique only inside its type. */
  readonly id: string;
  /** A cleared property is absent; there is no prototype. */
  readonly properties: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, like the other two. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archivedAt: number | null;
  readonly source: ChangeSource;
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

/** Looks through the records of a type. */
export interface RecordScans {
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
}

export interface RecordRows {
  /** They see what waits, too. */
  readonly scans: RecordScans;
  get(typeId: string, id: string): StoredRecord | undefined;
  /** A new row. An id that is in use throws when the row is written. */
  insert(record: StoredRecord): void;
  /** What the row is from now on. */
  update(record: StoredRecord): void;
  delete(typeId: string, id: string): void;
  /**
   * Writes what waits, of one type or of all: before SQLite is asked about them, before a nested transaction, so that
   * rolling it back takes away nothing else, and before a commit.
   */
  flush(typeId?: string): void;
  /** Forgets every object, those that wait too: after a commit, a rollback, or when SQLite went back to a snapshot. */
  forget(): void;
}

/** What a record id must look like to be looked up at all. */
export function isRecordId(id: string): boolean {
  return /^[1-9]\d{0,14}$/.test(id);
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

export function recordRows(database: Database): RecordRows {
  database.exec(`
    CREATE TABLE IF NOT EXISTS records (
      type_id TEXT NOT NULL, id INTEGER NOT NULL, properties TEXT NOT NULL, created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL, archived_at INTEGER, source TEXT NOT NULL, PRIMARY KEY (type_id, id)
    )`);
  const columns = 'type_id, id, properties, created_at, updated_at, archived_at, source';
  const insertRow = database.prepare(`INSERT INTO records (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const updateRow = database.prepare(
    'UPDATE records SET properties = ?, updated_at = ?, archived_at = ? WHERE type_id = ? AND id = ?',
  );
  const deleteRow = database.prepare('DELETE FROM records WHERE type_id = ? AND id = ?');
  const selectRow = database.prepare<Row>(`SELECT ${columns} FROM records WHERE type_id = ? AND id = ?`);
  const page = (archived: string) =>
    database.prepare<Row>(
      `SELECT ${columns} FROM records WHERE type_id = ? AND id >= ? AND archived_at ${archived} ORDER BY id LIMIT ?`,
    );
  const selectLive = page('IS NULL');
  const selectArchived = page('IS NOT NULL');
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

  const held = new Map<string, StoredRecord>();
  /** By type, those that SQLite does not know yet, and what its row needs to say the same. */
  const waiting = new Map<string, Map<string, 'insert' | 'update'>>();
  const waitingOf = (typeId: string): Map<string, 'insert' | 'update'> => {
    const known = waiting.get(typeId) ?? new Map();
    if (known.size === 0) waiting.set(typeId, known);
    return known;
  };

  const write = (record: StoredRecord, how: 'insert' | 'update'): void => {
    const { typeId, id, properties, createdAt, updatedAt, archivedAt, source } = record;
    const [values, number] = [jsonText(properties), Number(id)];
    if (how === 'insert') {
      insertRow.run(typeId, number, values, createdAt, updatedAt, archivedAt, JSON.stringify(source));
    } else {
      updateRow.run(values, updatedAt, archivedAt, typeId, number);
    }
  };
  const flush = (typeId?: string): void => {
    for (const records of typeId === undefined ? waiting.values() : [waiting.get(typeId) ?? none]) {
      for (const [key, how] of records) {
        const record = held.get(key);
        if (record) write(record, how);
      }
    }
    if (typeId === undefined) waiting.clear();
    else waiting.delete(typeId);
  };
  const hold = (key: string, record: StoredRecord): void => {
    // Not more than fits into memory beside everything else.
    if (held.size >= MOST_HELD && !held.has(key)) {
      flush();
      held.clear();
    }
    held.set(key, record);
  };

  const scans: RecordScans = {
    list(typeId, { limit, from, archived }) {
      flush(typeId);
      const start = from !== undefined && isRecordId(from) ? Number(from) : 0;
      return (archived ? selectArchived : selectLive).all(typeId, start, limit).map(fromRow);
    },
    *all(typeId) {
      flush(typeId);
      for (const row of selectAll.iterate(typeId)) yield fromRow(row);
    },
    *each(typeId) {
      let last = 0;
      for (;;) {
        flush(typeId);
        const rows = selectEach.all(typeId, last);
        yield* rows.map(fromRow);
        if (rows.length < BATCH) return;
        last = rows.at(-1)?.id ?? last;
      }
    },
    *values(typeId, property) {
      flush(typeId);
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
        flush(typeId);
        const piece: readonly ValueRow[] = JSON.parse(select.get(...paths, typeId, last)?.piece ?? '[]');
        yield piece;
        if (piece.length < PIECE) return;
        last = piece.at(-1)?.[0] ?? 0;
      }
    },
    count(typeId) {
      flush(typeId);
      return countLive.get(typeId)?.n ?? 0;
    },
    typeIds() {
      flush();
      return selectTypes.all().map((row) => row.type_id);
    },
  };

  return {
    scans,
    get(typeId, id) {
      const key = keyOf({ typeId, id });
      const known = held.get(key);
      if (known) return known;
      const row = selectRow.get(typeId, Number(id));
      if (!row) return undefined;
      const record = fromRow(row);
      hold(key, record);
      return record;
    },
    insert(record) {
      const key = keyOf(record);
      hold(key, record);
      waitingOf(record.typeId).set(key, 'insert');
    },
    update(record) {
      const key = keyOf(record);
      hold(key, record);
      const records = waitingOf(record.typeId);
      if (!records.has(key)) records.set(key, 'update');
    },
    delete(typeId, id) {
      const key = keyOf({ typeId, id });
      const records = waiting.get(typeId);
      if (records?.get(key) !== 'insert') deleteRow.run(typeId, Number(id));
      held.delete(key);
      records?.delete(key);
    },
    flush,
    forget() {
      held.clear();
      waiting.clear();
    },
  };
}

const none: ReadonlyMap<string, 'insert' | 'update'> = new Map();

/** Objects that are held at once. */
const MOST_HELD = 20_000;

/** Whole records that are read at once. */
const BATCH = 500;

/** Rows that are read at once. */
const PIECE = 10_000;

function fromRow(row: Row): StoredRecord {
  return {
    typeId: row.type_id,
    id: String(row.id),
    properties: ownMembers(JSON.parse(row.properties)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
    source: readSource(row.source),
  };
}
