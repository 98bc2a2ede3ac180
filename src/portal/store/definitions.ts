/** Everything in a portal that is not a record: named definitions, in scopes, read far more often than written. */

import type { Database } from '../../sqlite.ts';

/**
 * Definitions of one kind, by scope and name, in the order in which they were first put. SQLite is the truth; a scope is
 * read whole on first use and kept.
 */
export interface DefinitionSet<T> {
  /** In the order in which they were first put. The array is the caller's; its members are not. */
  list(scope: string): T[];
  get(scope: string, name: string): T | undefined;
  put(scope: string, name: string, value: T): void;
  /** Whether there was one. */
  delete(scope: string, name: string): boolean;
  /** Every scope that holds a definition. */
  scopes(): string[];
}

export interface DefinitionTables {
  /** Once for every kind: whoever brings a kind keeps its set. */
  set<T>(kind: string): DefinitionSet<T>;
  /** Goes back to what SQLite holds; called when a transaction was rolled back. */
  forget(): void;
  /** Grows with every put and delete, and when a rollback took some back. */
  readonly revision: number;
}

export function definitionTables(database: Database): DefinitionTables {
  database.exec(`
    CREATE TABLE IF NOT EXISTS definitions (
      position INTEGER PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
      UNIQUE (kind, scope, name)
    )`);
  const select = database.prepare<{ name: string; value: string }>(
    'SELECT name, value FROM definitions WHERE kind = ? AND scope = ? ORDER BY position',
  );
  const selectScopes = database.prepare<{ scope: string }>(
    'SELECT scope FROM definitions WHERE kind = ? GROUP BY scope ORDER BY min(position)',
  );
  const upsert = database.prepare(`
    INSERT INTO definitions (kind, scope, name, value) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, scope, name) DO UPDATE SET value = excluded.value`);
  const remove = database.prepare('DELETE FROM definitions WHERE kind = ? AND scope = ? AND name = ?');

  const caches = new Map<string, { clear(): void }>();
  let revision = 0;

  function set<T>(kind: string): DefinitionSet<T> {
    if (caches.has(kind)) throw new Error(`There is a set of ${kind} definitions already.`);
    const cached = new Map<string, Map<string, T>>();
    caches.set(kind, cached);
    const load = (scope: string): Map<string, T> => {
      const known = cached.get(scope);
      if (known) return known;
      const loaded = new Map<string, T>();
      for (const { name, value } of select.all(kind, scope)) loaded.set(name, JSON.parse(value));
      cached.set(scope, loaded);
      return loaded;
    };
    return {
      list: (scope) => [...load(scope).values()],
      get: (scope, name) => load(scope).get(name),
      put(scope, name, value) {
        upsert.run(kind, scope, name, JSON.stringify(value));
        load(scope).set(name, value);
        revision++;
      },
      delete(scope, name) {
        revision++;
        load(scope).delete(name);
        return remove.run(kind, scope, name).changes > 0;
      },
      scopes: () => selectScopes.all(kind).map((row) => row.scope),
    };
  }

  return {
    set,
    forget() {
      for (const cache of caches.values()) cache.clear();
      revision++;
    },
    get revision() {
      return revision;
    },
  };
}
