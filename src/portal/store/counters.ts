/** Ids that are given once and never again, also not after what bore them was deleted. */

import type { Database } from '../../sqlite.ts';

export interface Counters {
  /** The next id of that kind; the first one is `first`. */
  next(kind: string, first: number): string;
}

export function counters(database: Database): Counters {
  database.exec('CREATE TABLE IF NOT EXISTS counters (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID');
  const select = database.prepare<{ last: number }>('SELECT last FROM counters WHERE kind = ?');
  const upsert = database.prepare(
    'INSERT INTO counters (kind, last) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET last = excluded.last',
  );
  return {
    next(kind, first) {
      const id = (select.get(kind)?.last ?? first - 1) + 1;
      upsert.run(kind, id);
      return String(id);
    },
  };
}
