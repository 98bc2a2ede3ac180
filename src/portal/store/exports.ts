/** Exports: what was asked for, how far it has come, and the files that came of it while they can be fetched. */

import type { Database } from '../../sqlite.ts';
import type { Counters } from './counters.ts';

export type ExportState = 'ENQUEUED' | 'PROCESSING' | 'DONE' | 'FAILED';

export interface StoredExport {
  readonly id: string;
  readonly state: ExportState;
  /** Milliseconds since the epoch, like every time here. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  /** As it was sent. */
  readonly request: unknown;
  readonly recordCount?: number;
  /** The latest address of the file: what stands in it, and when it was made. */
  readonly link?: { readonly token: string; readonly madeAt: number };
  readonly fileName?: string;
  readonly contentType?: string;
  readonly error?: string;
}

export interface ExportTables {
  nextId(): string;
  get(id: string): StoredExport | undefined;
  byToken(token: string): StoredExport | undefined;
  put(changed: StoredExport): void;
  /** Those that are not over, oldest first. */
  open(): StoredExport[];
  /** How many were asked for after that time. */
  countSince(at: number): number;
  putFile(id: string, bytes: Uint8Array): void;
  file(id: string): Uint8Array | undefined;
  /** Removes the files of exports that were over before that time. */
  expire(before: number): void;
  /** Is called whenever an export was added. */
  onChange(listener: () => void): void;
  changed(): void;
}

const FIRST_ID = 22_735_650;

export function exportTables(database: Database, ids: Counters): ExportTables {
  database.exec(`
    CREATE TABLE IF NOT EXISTS exports (
      id INTEGER PRIMARY KEY, state TEXT NOT NULL, created_at INTEGER NOT NULL, completed_at INTEGER, token TEXT,
      value TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS exports_by_token ON exports (token);
    CREATE TABLE IF NOT EXISTS export_files (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  `);
  const select = database.prepare<{ value: string }>('SELECT value FROM exports WHERE id = ?');
  const selectByToken = database.prepare<{ value: string }>('SELECT value FROM exports WHERE token = ?');
  const selectOpen = database.prepare<{ value: string }>(
    "SELECT value FROM exports WHERE state IN ('ENQUEUED', 'PROCESSING') ORDER BY id",
  );
  const upsert = database.prepare(`
    INSERT INTO exports (id, state, created_at, completed_at, token, value) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, completed_at = excluded.completed_at, token = excluded.token, value = excluded.value`);
  const count = database.prepare<{ n: number }>('SELECT count(*) AS n FROM exports WHERE created_at > ?');
  const insertFile = database.prepare('INSERT OR REPLACE INTO export_files (id, bytes) VALUES (?, ?)');
  const selectFile = database.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM export_files WHERE id = ?');
  const removeFiles = database.prepare(
    'DELETE FROM export_files WHERE id IN (SELECT id FROM exports WHERE completed_at <= ?)',
  );
  const listeners: (() => void)[] = [];
  return {
    nextId: () => ids.next('export', FIRST_ID),
    get: (id) => (/^\d{1,15}$/.test(id) ? read(select.get(Number(id))) : undefined),
    byToken: (token) => read(selectByToken.get(token)),
    put(changed) {
      const { id, state, createdAt, completedAt = null, link } = changed;
      upsert.run(Number(id), state, createdAt, completedAt, link?.token ?? null, JSON.stringify(changed));
    },
    open: () => selectOpen.all().flatMap((row) => read(row) ?? []),
    countSince: (at) => count.get(at)?.n ?? 0,
    putFile(id, bytes) {
      insertFile.run(Number(id), bytes);
    },
    file: (id) => selectFile.get(Number(id))?.bytes,
    expire(before) {
      removeFiles.run(before);
    },
    onChange: (listener) => listeners.push(listener),
    changed() {
      for (const listener of listeners) listener();
    },
  };
}

function read(row: { value: string } | undefined): StoredExport | undefined {
  return row && JSON.parse(row.value);
}
