/** Values that properties had, and who set them. A value that stands since its record was created has no row. */

import type { Database } from '../../sqlite.ts';
import type { RecordRef } from './associations.ts';
import { keyOf } from './record-ref.ts';

/** Who changed a value, in the words of HubSpot's `propertiesWithHistory`. */
export interface ChangeSource {
  readonly sourceType: string;
  readonly sourceId?: string;
  readonly sourceLabel?: string;
  readonly updatedByUserId?: number;
}

/** An earlier or current value of one property, newest first where there are several. */
export interface PropertyVersion extends ChangeSource {
  /** Empty when the value was cleared. */
  readonly value: string;
  readonly at: number;
}

/** The portal's own changes: an integration's, with the portal's app. */
export const apiSource: ChangeSource = { sourceType: 'INTEGRATION', sourceId: '26892217' };

/** What HubSpot works out by itself: calculated properties. */
export const calculatedSource: ChangeSource = { sourceType: 'CALCULATED' };

export interface HistoryTable {
  /** The record is new: it has no row but those that are added from now on. */
  begin(record: RecordRef): void;
  /** The properties that have a row, of a record that was made in this transaction; undefined for others. */
  ofNew(record: RecordRef): ReadonlySet<string> | undefined;
  add(record: RecordRef, property: string, version: PropertyVersion): void;
  has(record: RecordRef, property: string): boolean;
  /** Newest first. */
  list(record: RecordRef, property: string): PropertyVersion[];
  /** The properties that have a row. */
  names(record: RecordRef): string[];
  erase(record: RecordRef): void;
  /** No record is new any more: after a commit, a rollback, or when SQLite went back to a snapshot. */
  forget(): void;
}

export function historyTable(database: Database): HistoryTable {
  database.exec(`
    CREATE TABLE IF NOT EXISTS history (
      position INTEGER PRIMARY KEY, type_id TEXT NOT NULL, id INTEGER NOT NULL, property TEXT NOT NULL,
      at INTEGER NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS history_of_record ON history (type_id, id, property);
  `);
  const insert = database.prepare(
    'INSERT INTO history (type_id, id, property, at, value, source) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const select = database.prepare<{ at: number; value: string; source: string }>(
    'SELECT at, value, source FROM history WHERE type_id = ? AND id = ? AND property = ? ORDER BY at DESC, rowid DESC',
  );
  const selectAny = database.prepare('SELECT 1 FROM history WHERE type_id = ? AND id = ? AND property = ? LIMIT 1');
  const selectNames = database.prepare<{ property: string }>(
    'SELECT DISTINCT property FROM history WHERE type_id = ? AND id = ?',
  );
  const remove = database.prepare('DELETE FROM history WHERE type_id = ? AND id = ?');

  /** The properties that have rows, by new record: nobody needs to look for others. */
  const added = new Map<string, ReadonlySet<string>>();
  return {
    begin: (record) => added.set(keyOf(record), none),
    ofNew: (record) => added.get(keyOf(record)),
    add(record, property, { value, at, ...source }) {
      const known = added.get(keyOf(record));
      if (known && !known.has(property)) added.set(keyOf(record), new Set([...known, property]));
      insert.run(record.typeId, Number(record.id), property, at, value, JSON.stringify(source));
    },
    has(record, property) {
      const known = added.get(keyOf(record));
      if (known) return known.has(property);
      return selectAny.get(record.typeId, Number(record.id), property) !== undefined;
    },
    list(record, property) {
      if (added.get(keyOf(record))?.has(property) === false) return [];
      return select
        .all(record.typeId, Number(record.id), property)
        .map(({ at, value, source }) => ({ value, at, ...readSource(source) }));
    },
    names: ({ typeId, id }) => selectNames.all(typeId, Number(id)).map(({ property }) => property),
    erase({ typeId, id }) {
      remove.run(typeId, Number(id));
    },
    forget: () => added.clear(),
  };
}

const none: ReadonlySet<string> = new Set();

export function readSource(text: string): ChangeSource {
  return JSON.parse(text);
}
