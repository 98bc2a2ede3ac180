/** Which record holds a value that only one record of its type may have. Archived records hold none. */

import type { Database } from '../../sqlite.ts';

export interface UniqueValues {
  holder(typeId: string, property: string, value: string): string | undefined;
  /** The caller has checked that nobody else holds it. */
  hold(typeId: string, property: string, value: string, id: string): void;
  /** Gives back every value of one record. */
  release(typeId: string, id: string): void;
}

export function uniqueValues(database: Database): UniqueValues {
  database.exec(`
    CREATE TABLE IF NOT EXISTS unique_values (
      type_id TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, id INTEGER NOT NULL,
      PRIMARY KEY (type_id, property, value)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS unique_values_of_record ON unique_values (type_id, id);
  `);
  const select = database.prepare<{ id: number }>(
    'SELECT id FROM unique_values WHERE type_id = ? AND property = ? AND value = ?',
  );
  const insert = database.prepare('INSERT INTO unique_values (type_id, property, value, id) VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM unique_values WHERE type_id = ? AND id = ?');
  return {
    holder(typeId, property, value) {
      const id = select.get(typeId, property, value)?.id;
      return id === undefined ? undefined : String(id);
    },
    hold(typeId, property, value, id) {
      insert.run(typeId, property, value, Number(id));
    },
    release(typeId, id) {
      remove.run(typeId, Number(id));
    },
  };
}
