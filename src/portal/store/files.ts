/** The file manager: folders, files, their bytes, and the tasks that work on them later. */

import type { Database } from '../../sqlite.ts';
import type { Counters } from './counters.ts';
import type { DefinitionSet } from './definitions.ts';

export interface StoredFolder {
  readonly id: string;
  /** Undefined at the top. */
  readonly parentId?: string;
  readonly name: string;
  /** Milliseconds since the epoch, like every time here. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface StoredFile {
  readonly id: string;
  /** Undefined at the top. */
  readonly folderId?: string;
  /** Without the extension. */
  readonly name: string;
  /** In lower case, without the dot; empty for none. */
  readonly extension: string;
  readonly access: string;
  readonly size: number;
  readonly md5: string;
  readonly contentType: string;
  readonly encoding?: string;
  readonly width?: number;
  readonly height?: number;
  readonly isUsableInContent: boolean;
  readonly expiresAt?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Something that was asked for and is done later. */
export interface FileTask {
  readonly id: string;
  readonly kind: 'import-from-url' | 'update-folder';
  readonly status: 'PENDING' | 'PROCESSING' | 'CANCELED' | 'COMPLETE';
  readonly requestedAt: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly input: unknown;
  /** The id of the file or folder that came of it. */
  readonly resultId?: string;
  readonly error?: string;
}

export interface FileTables {
  /** In scope `PORTAL`: what signed addresses are signed with. */
  readonly secrets: DefinitionSet<string>;
  nextFileId(): string;
  nextFolderId(): string;
  file(id: string): StoredFile | undefined;
  /** Names differ by case nowhere in a folder. */
  fileAt(folderId: string | undefined, name: string, extension: string): StoredFile | undefined;
  files(): StoredFile[];
  filesIn(folderId: string): StoredFile[];
  /** Of these bytes, oldest first. */
  sameBytes(md5: string): StoredFile[];
  bytes(id: string): Uint8Array | undefined;
  /** Bytes are replaced where they are given. */
  putFile(file: StoredFile, bytes?: Uint8Array): void;
  /** With its bytes. */
  removeFile(id: string): void;
  /** Removes the files that are over. */
  expire(now: number): void;
  folder(id: string): StoredFolder | undefined;
  folderAt(parentId: string | undefined, name: string): StoredFolder | undefined;
  folders(): StoredFolder[];
  putFolder(folder: StoredFolder): void;
  removeFolder(id: string): void;
  task(id: string): FileTask | undefined;
  putTask(task: FileTask): void;
  /** Tasks that are not done, oldest first. */
  openTasks(): FileTask[];
  /** Is called whenever there may be something to do. */
  onTask(listener: () => void): void;
}

interface Row {
  value: string;
}

const FIRST_FILE_ID = 184_448_894_240;
const FIRST_FOLDER_ID = 189_156_370_602;

export function fileTables(database: Database, ids: Counters, secrets: DefinitionSet<string>): FileTables {
  database.exec(`
    CREATE TABLE IF NOT EXISTS files (
      id INTEGER PRIMARY KEY, folder_id INTEGER NOT NULL, full_name TEXT NOT NULL, md5 TEXT NOT NULL,
      expires_at INTEGER, value TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS files_by_place ON files (folder_id, full_name);
    CREATE INDEX IF NOT EXISTS files_by_md5 ON files (md5);
    CREATE INDEX IF NOT EXISTS files_by_end ON files (expires_at) WHERE expires_at IS NOT NULL;
    CREATE TABLE IF NOT EXISTS file_contents (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS folders (
      id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL, full_name TEXT NOT NULL, value TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS folders_by_place ON folders (parent_id, full_name);
    CREATE TABLE IF NOT EXISTS file_tasks (id TEXT PRIMARY KEY, requested_at INTEGER NOT NULL, done INTEGER NOT NULL,
      value TEXT NOT NULL);
  `);
  const value = (sql: string) => database.prepare<Row>(sql);
  const selectFile = value('SELECT value FROM files WHERE id = ?');
  const selectFileAt = value('SELECT value FROM files WHERE folder_id = ? AND full_name = ?');
  const selectFiles = value('SELECT value FROM files ORDER BY id');
  const selectFilesIn = value('SELECT value FROM files WHERE folder_id = ? ORDER BY id');
  const selectSameBytes = value('SELECT value FROM files WHERE md5 = ? ORDER BY id');
  const selectFolder = value('SELECT value FROM folders WHERE id = ?');
  const selectFolderAt = value('SELECT value FROM folders WHERE parent_id = ? AND full_name = ?');
  const selectFolders = value('SELECT value FROM folders ORDER BY id');
  const selectTask = value('SELECT value FROM file_tasks WHERE id = ?');
  const selectOpenTasks = value('SELECT value FROM file_tasks WHERE done = 0 ORDER BY requested_at, id');
  const putFile = database.prepare(`
    INSERT INTO files (id, folder_id, full_name, md5, expires_at, value) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET folder_id = excluded.folder_id, full_name = excluded.full_name, md5 = excluded.md5,
      expires_at = excluded.expires_at, value = excluded.value`);
  const putBytes = database.prepare(
    'INSERT INTO file_contents (id, bytes) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes',
  );
  const selectBytes = database.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM file_contents WHERE id = ?');
  const removeFile = database.prepare('DELETE FROM files WHERE id = ?');
  const removeBytes = database.prepare('DELETE FROM file_contents WHERE id = ?');
  const selectExpired = database.prepare<{ id: number }>('SELECT id FROM files WHERE expires_at <= ?');
  const putFolder = database.prepare(`
    INSERT INTO folders (id, parent_id, full_name, value) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, full_name = excluded.full_name,
      value = excluded.value`);
  const removeFolder = database.prepare('DELETE FROM folders WHERE id = ?');
  const putTask = database.prepare(`
    INSERT INTO file_tasks (id, requested_at, done, value) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET done = excluded.done, value = excluded.value`);

  const listeners: (() => void)[] = [];

  const tables: FileTables = {
    secrets,
    nextFileId: () => ids.next('file', FIRST_FILE_ID),
    nextFolderId: () => ids.next('folder', FIRST_FOLDER_ID),
    file: (id) => (isId(id) ? toFile(selectFile.get(Number(id))) : undefined),
    fileAt: (folderId, name, extension) => toFile(selectFileAt.get(key(folderId), fullName(name, extension))),
    files: () => toFiles(selectFiles.all()),
    filesIn: (folderId) => toFiles(selectFilesIn.all(key(folderId))),
    sameBytes: (md5) => toFiles(selectSameBytes.all(md5)),
    bytes: (id) => selectBytes.get(Number(id))?.bytes,
    putFile(stored, bytes) {
      const { id, folderId, name, extension, md5, expiresAt } = stored;
      const json = JSON.stringify(stored);
      putFile.run(Number(id), key(folderId), fullName(name, extension), md5, expiresAt ?? null, json);
      if (bytes) putBytes.run(Number(id), bytes);
    },
    removeFile(id) {
      removeFile.run(Number(id));
      removeBytes.run(Number(id));
    },
    expire(now) {
      for (const { id } of selectExpired.all(now)) tables.removeFile(String(id));
    },
    folder: (id) => (isId(id) ? toFolder(selectFolder.get(Number(id))) : undefined),
    folderAt: (parentId, name) => toFolder(selectFolderAt.get(key(parentId), name.toLowerCase())),
    folders: () => selectFolders.all().flatMap((row) => toFolder(row) ?? []),
    putFolder(stored) {
      const { id, parentId, name } = stored;
      putFolder.run(Number(id), key(parentId), name.toLowerCase(), JSON.stringify(stored));
    },
    removeFolder: (id) => {
      removeFolder.run(Number(id));
    },
    task: (id) => toTask(selectTask.get(id)),
    putTask(stored) {
      const done = stored.status === 'COMPLETE' || stored.status === 'CANCELED';
      putTask.run(stored.id, stored.requestedAt, done, JSON.stringify(stored));
      if (stored.status === 'PENDING') for (const listener of listeners) listener();
    },
    openTasks: () => selectOpenTasks.all().flatMap((row) => toTask(row) ?? []),
    onTask: (listener) => {
      listeners.push(listener);
    },
  };
  return tables;
}

/** The top is 0. */
function key(folderId: string | undefined): number {
  return folderId === undefined ? 0 : Number(folderId);
}

function fullName(name: string, extension: string): string {
  return `${name}.${extension}`.toLowerCase();
}

function isId(id: string): boolean {
  return /^[1-9]\d{0,14}$/.test(id);
}

function toFile(row: Row | undefined): StoredFile | undefined {
  return row && JSON.parse(row.value);
}

function toFiles(rows: readonly Row[]): StoredFile[] {
  return rows.flatMap((row) => toFile(row) ?? []);
}

function toFolder(row: Row | undefined): StoredFolder | undefined {
  return row && JSON.parse(row.value);
}

function toTask(row: Row | undefined): FileTask | undefined {
  return row && JSON.parse(row.value);
}
