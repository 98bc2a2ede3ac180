/** Which record holds a value that only one record of its type may have. Archived records hold none. */

import type { Database } from '../../sqlite.ts';

export interface UniqueValues {
  /** The id of the record that has this value; an e-mail is compared without case, and also found as an additional one. */
  holder(typeId: string, property: string, value: string): string | undefined;
  /** The values of a record that nobody else may have, as they are held. */
  keys(typeId: string, properties: Readonly<Record<string, string>>): UniqueKey[];
  /** A new record holds these. The caller has checked that nobody else holds one. */
  add(typeId: string, id: string, keys: readonly UniqueKey[]): void;
  /** From now on the record holds these and nothing else. The caller has checked that nobody else holds one. */
  hold(typeId: string, id: string, keys: readonly UniqueKey[]): void;
}

export interface UniqueKey {
  readonly property: string;
  readonly value: string;
}

const CONTACTS = '0-1';

/** `names` gives the properties of a type whose values are unique. */
export function uniqueValues(database: Database, names: (typeId: string) => readonly string[]): UniqueValues {
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
  const add: UniqueValues['add'] = (typeId, id, keys) => {
    for (const { property, value } of keys) insert.run(typeId, property, value, Number(id));
  };
  return {
    holder(typeId, property, value) {
      const id = select.get(typeId, property, keyOf(property, value).value)?.id;
      return id === undefined ? undefined : String(id);
    },
    keys(typeId, properties) {
      const keys: UniqueKey[] = [];
      for (const property of names(typeId)) {
        const value = properties[property];
        if (value !== undefined) keys.push(keyOf(property, value));
      }
      if (typeId === CONTACTS) {
        for (const email of properties['hs_additional_emails']?.split(';') ?? []) {
          const key = keyOf('email', email.trim());
          if (key.value !== '' && !keys.some((k) => k.property === 'email' && k.value === key.value)) keys.push(key);
        }
      }
      return keys;
    },
    add,
    hold(typeId, id, keys) {
      remove.run(typeId, Number(id));
      add(typeId, id, keys);
    },
  };
}

function keyOf(property: string, value: string): UniqueKey {
  return property === 'email' ? { property, value: value.toLowerCase() } : { property, value };
}
