/** Ids of records: which come next, which mean another record since a merge, and which are never given again. */

import type { Database } from '../../sqlite.ts';
import { sharingIds } from '../facts/object-types.ts';

export interface RecordIds {
  /** An id that no record of the type ever had. */
  next(typeId: string): string;
  /** A record has this one. */
  given(typeId: string, id: string): void;
  /** The id that one means which was merged into it. */
  mergedInto(typeId: string, id: string): string | undefined;
  /** From now on an id, and those that were merged into it, mean another. */
  merge(typeId: string, id: string, into: string): void;
  /** Never gives it again. */
  retire(typeId: string, id: string): void;
  /** Forgets what it remembers: after a rollback, or when SQLite went back to a snapshot. */
  forget(): void;
}

/** Every type counts from here, so that ids collide across types as HubSpot's do. */
const FIRST_ID = 37_765_128_000;

/** `nextStep` gives the distance to the next id, at least 1; `flush` writes the records of a type that wait. */
export function recordIds(database: Database, options: { nextStep(): number; flush(typeId: string): void }): RecordIds {
  database.exec(`
    CREATE TABLE IF NOT EXISTS merged (
      type_id TEXT NOT NULL, id INTEGER NOT NULL, into_id INTEGER NOT NULL, PRIMARY KEY (type_id, id)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS erased (
      type_id TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (type_id, id)
    ) WITHOUT ROWID;
  `);
  const selectMerged = database.prepare<{ into_id: number }>('SELECT into_id FROM merged WHERE type_id = ? AND id = ?');
  const insertMerged = database.prepare('INSERT INTO merged (type_id, id, into_id) VALUES (?, ?, ?)');
  const moveMerged = database.prepare('UPDATE merged SET into_id = ? WHERE type_id = ? AND into_id = ?');
  const insertErased = database.prepare('INSERT OR IGNORE INTO erased (type_id, id) VALUES (?, ?)');
  const selectLast = database.prepare<{ id: number }>(`
    SELECT max(id) AS id FROM (
      SELECT max(id) AS id FROM records WHERE type_id = ?1 UNION ALL SELECT max(id) FROM merged WHERE type_id = ?1
      UNION ALL SELECT max(id) FROM erased WHERE type_id = ?1
    ) HAVING max(id) IS NOT NULL`);

  /** The highest id by type, of types that were asked about. */
  const highest = new Map<string, number>();
  const last = (typeId: string): number => {
    const known = highest.get(typeId);
    if (known !== undefined) return known;
    options.flush(typeId);
    const found = selectLast.get(typeId)?.id ?? FIRST_ID;
    highest.set(typeId, found);
    return found;
  };
  const given = (typeId: string, id: string): void => {
    const known = highest.get(typeId);
    if (known !== undefined && Number(id) > known) highest.set(typeId, Number(id));
  };

  return {
    next: (typeId) => String(Math.max(...sharingIds(typeId).map(last)) + options.nextStep()),
    given,
    mergedInto(typeId, id) {
      const into = selectMerged.get(typeId, Number(id))?.into_id;
      return into === undefined ? undefined : String(into);
    },
    merge(typeId, id, into) {
      moveMerged.run(Number(into), typeId, Number(id));
      insertMerged.run(typeId, Number(id), Number(into));
      given(typeId, id);
    },
    retire(typeId, id) {
      insertErased.run(typeId, Number(id));
      given(typeId, id);
    },
    forget: () => highest.clear(),
  };
}
