/** What is known of a list besides its members: how large it was, when records left, and until when time changes nothing. */

import type { Database } from '../../sqlite.ts';

export interface ListSize {
  /** Milliseconds since the epoch, as all times here: the last change of that UTC day. */
  readonly at: number;
  readonly size: number;
}

export interface ListStates {
  /** Notes that records joined or left. `size` counts the list as it is now; it is asked where no earlier size is known. */
  changed(
    listId: string,
    change: { readonly at: number; readonly growth: number; readonly removed: boolean; readonly size: () => number },
  ): void;
  lastRemovedAt(listId: string): number | undefined;
  /** One for every day on which the size changed, oldest first. */
  sizes(listId: string): ListSize[];
  /** From then on the time that passed may have changed who belongs in the list; undefined: it never does. */
  setValidUntil(listId: string, at: number | undefined): void;
  validUntil(listId: string): number | undefined;
  /** The lists whose time has come. */
  due(now: number): string[];
  /** The same for one record: from then on it may belong in the list or not belong there any more. */
  setTurn(listId: string, recordId: string, at: number | undefined): void;
  /** Forgets the turns of all records of a list. */
  clearTurns(listId: string): void;
  /** The records whose turn has come; they have none any more. */
  takeTurns(now: number): { readonly listId: string; readonly recordId: string }[];
  /** Is called whenever a list may have got another time at which something happens to it. */
  onSchedule(listener: () => void): void;
  scheduled(): void;
}

const DAY = 86_400_000;

export function listStates(database: Database): ListStates {
  database.exec(`
    CREATE TABLE IF NOT EXISTS list_states (list_id TEXT PRIMARY KEY, removed_at INTEGER, valid_until INTEGER) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS list_turns (
      list_id TEXT NOT NULL, record_id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (list_id, record_id)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS list_turns_by_time ON list_turns (at);
    CREATE TABLE IF NOT EXISTS list_sizes (
      list_id TEXT NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (list_id, day)
    ) WITHOUT ROWID;
  `);
  const select = database.prepare<{ removed_at: number | null; valid_until: number | null }>(
    'SELECT removed_at, valid_until FROM list_states WHERE list_id = ?',
  );
  const putRemoved = database.prepare(`
    INSERT INTO list_states (list_id, removed_at) VALUES (?, ?)
    ON CONFLICT (list_id) DO UPDATE SET removed_at = excluded.removed_at`);
  const putUntil = database.prepare(`
    INSERT INTO list_states (list_id, valid_until) VALUES (?, ?)
    ON CONFLICT (list_id) DO UPDATE SET valid_until = excluded.valid_until`);
  const selectDue = database.prepare<{ list_id: string }>('SELECT list_id FROM list_states WHERE valid_until <= ?');
  const putSize = database.prepare(`
    INSERT INTO list_sizes (list_id, day, at, size) VALUES (?, ?, ?, ?)
    ON CONFLICT (list_id, day) DO UPDATE SET at = excluded.at, size = excluded.size`);
  const selectSize = database.prepare<ListSize>(
    'SELECT at, size FROM list_sizes WHERE list_id = ? ORDER BY day DESC LIMIT 1',
  );
  const selectSizes = database.prepare<ListSize>('SELECT at, size FROM list_sizes WHERE list_id = ? ORDER BY day');
  const putTurn = database.prepare('INSERT OR REPLACE INTO list_turns (list_id, record_id, at) VALUES (?, ?, ?)');
  const removeTurn = database.prepare('DELETE FROM list_turns WHERE list_id = ? AND record_id = ?');
  const removeTurns = database.prepare('DELETE FROM list_turns WHERE list_id = ?');
  const selectTurns = database.prepare<{ list_id: string; record_id: number }>(
    'SELECT list_id, record_id FROM list_turns WHERE at <= ?',
  );
  const removePast = database.prepare('DELETE FROM list_turns WHERE at <= ?');
  const listeners: (() => void)[] = [];
  return {
    changed(listId, { at, growth, removed, size }) {
      const before = selectSize.get(listId)?.size;
      putSize.run(listId, Math.floor(at / DAY), at, before === undefined ? size() : before + growth);
      if (removed) putRemoved.run(listId, at);
    },
    lastRemovedAt: (listId) => select.get(listId)?.removed_at ?? undefined,
    sizes: (listId) => selectSizes.all(listId),
    setValidUntil(listId, at) {
      if ((select.get(listId)?.valid_until ?? undefined) !== at) putUntil.run(listId, at ?? null);
    },
    validUntil: (listId) => select.get(listId)?.valid_until ?? undefined,
    due: (now) => selectDue.all(now).map((row) => row.list_id),
    setTurn(listId, recordId, at) {
      if (at === undefined) removeTurn.run(listId, Number(recordId));
      else putTurn.run(listId, Number(recordId), at);
    },
    clearTurns(listId) {
      removeTurns.run(listId);
    },
    takeTurns(now) {
      const turns = selectTurns.all(now);
      if (turns.length > 0) removePast.run(now);
      return turns.map((row) => ({ listId: row.list_id, recordId: String(row.record_id) }));
    },
    onSchedule: (listener) => listeners.push(listener),
    scheduled() {
      for (const listener of listeners) listener();
    },
  };
}
