/**
 * Where files and folders lie: finding and making folders, and names that are taken.
 * Guess: a folder path that does not exist is made; names differ by case nowhere in a folder; the words of the refusals.
 */

import { conflict, invalid, notFound } from '../errors.ts';
import type { FileTables, StoredFile, StoredFolder } from '../store/files.ts';
import { joinName } from './media.ts';

/** The names of a path's folders, from the top. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment.trim() !== '');
}

const MAX_NAME = 255;

/** Guess: what HubSpot's file manager puts in no name: separators, control characters and halves of characters. */
const never = /[/\\\p{Cc}\p{Cs}]/u;

/** The name as it is stored. @throws PortalError 400 */
export function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > MAX_NAME || never.test(trimmed) || trimmed === '.' || trimmed === '..') {
    throw invalid(`Invalid name: ${name}`);
  }
  return trimmed;
}

/** The folder at a path; undefined where there is none. The top has no folder. */
export function folderByPath(files: FileTables, path: string): StoredFolder | undefined {
  let folder: StoredFolder | undefined;
  for (const name of segmentsOf(path)) {
    folder = files.folderAt(folder?.id, name);
    if (!folder) return undefined;
  }
  return folder;
}

/** @throws PortalError 404 */
export function requireFolder(files: FileTables, id: string): StoredFolder {
  const folder = files.folder(id);
  if (!folder) throw notFound(`Folder ${id} does not exist`);
  return folder;
}

/** Guess: HubSpot's own limit is not documented. */
const MAX_DEPTH = 100;

/**
 * The id of the folder at a path, made with all above it where it is missing; undefined for the top.
 * @throws PortalError 400
 */
export function makeFolders(files: FileTables, path: string, now: number): string | undefined {
  const names = segmentsOf(path);
  if (names.length > MAX_DEPTH) throw invalid(`Folders can be at most ${MAX_DEPTH} levels deep`);
  let parentId: string | undefined;
  for (const name of names) {
    parentId = (files.folderAt(parentId, checkName(name)) ?? makeFolder(files, parentId, name, now)).id;
  }
  return parentId;
}

/** @throws PortalError 409 */
export function makeFolder(files: FileTables, parentId: string | undefined, name: string, now: number): StoredFolder {
  checkFolderFree(files, parentId, name);
  const id = files.nextFolderId();
  const folder = { id, name, createdAt: now, updatedAt: now, ...(parentId !== undefined && { parentId }) };
  files.putFolder(folder);
  return folder;
}

/** @throws PortalError 409 */
export function checkFolderFree(files: FileTables, parentId: string | undefined, name: string, self?: string): void {
  const holder = files.folderAt(parentId, name);
  if (holder && holder.id !== self) {
    throw conflict(`A folder named ${name} already exists in this folder`, { context: { id: [holder.id] } });
  }
}

/** @throws PortalError 409 */
export function checkFileFree(files: FileTables, file: StoredFile): void {
  const holder = files.fileAt(file.folderId, file.name, file.extension);
  if (holder && holder.id !== file.id) {
    throw conflict(`A file named ${joinName(file.name, file.extension)} already exists in this folder`, {
      context: { id: [holder.id] },
    });
  }
}

/** `cat`, or `cat-1`, `cat-2` … where that name is taken. */
export function freeName(files: FileTables, folderId: string | undefined, name: string, extension: string): string {
  for (let n = 0; ; n++) {
    const candidate = n === 0 ? name : `${name}-${n}`;
    if (!files.fileAt(folderId, candidate, extension)) return candidate;
  }
}
