/** Imports: what was asked for, the files until they are read, how far it has come, and what went wrong. */

import type { Database } from '../../sqlite.ts';
import type { Counters } from './counters.ts';

export type ImportState = 'STARTED' | 'PROCESSING' | 'DONE' | 'FAILED' | 'CANCELED' | 'DEFERRED' | 'REVERTED';

export interface StoredImport {
  readonly id: string;
  readonly state: ImportState;
  /** Milliseconds since the epoch, like every time here. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The importRequest as it was sent. */
  readonly request: unknown;
  readonly mappedObjectTypeIds: readonly string[];
  /** In the order of the request's files. */
  readonly files: readonly { readonly id: string; readonly name: string }[];
  /** The next row to be read: the file's place, and the row's in it without the header. */
  readonly next: { readonly file: number; readonly row: number };
  readonly counters: Readonly<Record<string, number>>;
  readonly objectLists: readonly { readonly listId: string; readonly objectType: string }[];
}

/** One thing wrong with one row, as it is answered but for its row's data. */
export interface StoredImportError {
  readonly id: string;
  readonly createdAt: number;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly fileId: string;
  readonly lineNumber: number;
  readonly pageName?: string;
  readonly rowData: readonly string[];
  readonly objectTypeId?: string;
  readonly invalidValue?: string;
  /** Counts from 1. */
  readonly columnNumber?: number;
}

export interface ImportTables {
  nextId(): string;
  nextFileId(): string;
  get(id: string): StoredImport | undefined;
  /** From the oldest; `from` is the id to start with. */
  list(page: { readonly limit: number; readonly from?: string | undefined }): StoredImport[];
  /** Those that are not over, oldest first. */
  open(): StoredImport[];
  /** Files are kept until the import is over. */
  add(added: StoredImport, files: readonly Uint8Array[]): void;
  put(changed: StoredImport): void;
  file(id: string, position: number): Uint8Array | undefined;
  addError(id: string, error: Omit<StoredImportError, 'id'>): void;
  errors(id: string, page: { readonly limit: number; readonly from?: string | undefined }): StoredImportError[];
  /** Remembers that the import wrote this record. Whether it is the first time. */
  wrote(id: string, typeId: string, recordId: string): boolean;
  /** Whether the import wrote this record before. */
  hasWritten(id: string, typeId: string, recordId: string): boolean;
  writtenIds(id: string, typeId: string): string[];
  /** Is called whenever an import was added or is over. */
  onChange(listener: () => void): void;
}

const FIRST_ID = 29_801_094;
const FIRST_FILE_ID = 90_375_898_510;

const isOver = (state: ImportState) => state !== 'STARTED' && state !== 'PROCESSING' && state !== 'DEFERRED';

export function importTables(database: Database, ids: Counters): ImportTables {
  database.exec(`
    CREATE TABLE IF NOT EXISTS imports (id INTEGER PRIMARY KEY, is_over INTEGER NOT NULL, value TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS open_imports ON imports (id) WHERE is_over = 0;
    CREATE TABLE IF NOT EXISTS import_files (
      import_id INTEGER NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (import_id, position)
    );
    CREATE TABLE IF NOT EXISTS import_errors (id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL, value TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS import_errors_of_import ON import_errors (import_id, id);
    CREATE TABLE IF NOT EXISTS import_records (
      import_id INTEGER NOT NULL, type_id TEXT NOT NULL, record_id INTEGER NOT NULL,
      PRIMARY KEY (import_id, type_id, record_id)
    ) WITHOUT ROWID;
  `);
  const select = database.prepare<{ value: string }>('SELECT value FROM imports WHERE id = ?');
  const selectPage = database.prepare<{ value: string }>('SELECT value FROM imports WHERE id >= ? ORDER BY id LIMIT ?');
  const selectOpen = database.prepare<{ value: string }>('SELECT value FROM imports WHERE is_over = 0 ORDER BY id');
  const upsert = database.prepare(`
    INSERT INTO imports (id, is_over, value) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET is_over = excluded.is_over, value = excluded.value`);
  const insertFile = database.prepare('INSERT INTO import_files (import_id, position, bytes) VALUES (?, ?, ?)');
  const selectFile = database.prepare<{ bytes: Uint8Array }>(
    'SELECT bytes FROM import_files WHERE import_id = ? AND position = ?',
  );
  const removeFiles = database.prepare('DELETE FROM import_files WHERE import_id = ?');
  const insertError = database.prepare('INSERT INTO import_errors (id, import_id, value) VALUES (?, ?, ?)');
  const selectErrors = database.prepare<{ id: number; value: string }>(
    'SELECT id, value FROM import_errors WHERE import_id = ? AND id >= ? ORDER BY id LIMIT ?',
  );
  const insertRecord = database.prepare(
    'INSERT INTO import_records (import_id, type_id, record_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const selectRecord = database.prepare(
    'SELECT 1 FROM import_records WHERE import_id = ? AND type_id = ? AND record_id = ?',
  );
  const selectRecords = database.prepare<{ record_id: number }>(
    'SELECT record_id FROM import_records WHERE import_id = ? AND type_id = ? ORDER BY record_id',
  );
  const listeners: (() => void)[] = [];
  const write = (stored: StoredImport) =>
    upsert.run(Number(stored.id), isOver(stored.state), JSON.stringify(stored)).changes;
  const tell = () => {
    for (const listener of listeners) listener();
  };

  return {
    nextId: () => ids.next('import', FIRST_ID),
    nextFileId: () => ids.next('importFile', FIRST_FILE_ID),
    get(id) {
      const row = isId(id) ? select.get(Number(id)) : undefined;
      return row && JSON.parse(row.value);
    },
    list: ({ limit, from }) => selectPage.all(startOf(from), limit).map(({ value }) => JSON.parse(value)),
    open: () => selectOpen.all().map(({ value }) => JSON.parse(value)),
    add(added, files) {
      write(added);
      for (const [position, bytes] of files.entries()) insertFile.run(Number(added.id), position, bytes);
      tell();
    },
    put(changed) {
      write(changed);
      if (!isOver(changed.state)) return;
      removeFiles.run(Number(changed.id));
      tell();
    },
    file: (id, position) => selectFile.get(Number(id), position)?.bytes,
    addError(id, error) {
      insertError.run(Number(ids.next('importError', FIRST_ID)), Number(id), JSON.stringify(error));
    },
    errors: (id, { limit, from }) =>
      selectErrors
        .all(Number(id), startOf(from), limit)
        .map((row) => ({ ...JSON.parse(row.value), id: String(row.id) })),
    wrote: (id, typeId, recordId) => insertRecord.run(Number(id), typeId, Number(recordId)).changes > 0,
    hasWritten: (id, typeId, recordId) => selectRecord.get(Number(id), typeId, Number(recordId)) !== undefined,
    writtenIds: (id, typeId) => selectRecords.all(Number(id), typeId).map((row) => String(row.record_id)),
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

function isId(id: string): boolean {
  return /^[1-9]\d{0,14}$/.test(id);
}

function startOf(from: string | undefined): number {
  return from !== undefined && isId(from) ? Number(from) : 0;
}
