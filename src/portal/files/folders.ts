/** `/files/folders`: folders, one at a time. */

import { integer, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import { readNames } from '../paging.ts';
import type { Route } from '../route.ts';
import type { FileTables, StoredFolder } from '../store/files.ts';
import { fileScopes } from './access.ts';
import { folderOf } from './find.ts';
import { checkFolderFree, checkName, folderByPath, makeFolder, requireFolder, segmentsOf } from './place.ts';
import { presentFolder } from './present.ts';
import { fileVersions, singleFileVersions, source } from './versions.ts';

const folderInput = shape('FolderInput', { name: text, parentFolderId: optional(text), parentPath: optional(text) });

const changes = { name: optional(text), parentFolderId: optional(integer) };
const folderUpdate = shape('FolderUpdateInput', changes);
export const folderUpdateWithId = shape('FolderUpdateInputWithId', { id: text, ...changes });

/** Renames and moves a folder; what lies in it moves along. 0 is the top. @throws PortalError 400, 404, 409 */
export function updateFolder(
  files: FileTables,
  folder: StoredFolder,
  input: { readonly name?: string; readonly parentFolderId?: number },
  now: number,
): StoredFolder {
  const { parentId: before, ...rest } = folder;
  const asked = input.parentFolderId === undefined ? before : String(input.parentFolderId);
  const parentId = asked === undefined || asked === '0' ? undefined : requireFolder(files, asked).id;
  for (let above = parentId; above !== undefined; above = files.folder(above)?.parentId) {
    // Guess: the words for a folder that would be inside itself.
    if (above === folder.id) throw invalid('A folder cannot be moved into itself');
  }
  const name = input.name === undefined ? folder.name : checkName(input.name);
  checkFolderFree(files, parentId, name, folder.id);
  const updated = { ...rest, name, updatedAt: now, ...(parentId !== undefined && { parentId }) };
  files.putFolder(updated);
  return updated;
}

/** With everything in it. Guess: HubSpot deletes what is in a deleted folder. */
function removeFolder(files: FileTables, folder: StoredFolder): void {
  for (const file of files.filesIn(folder.id)) files.removeFile(file.id);
  for (const inner of files.folders().filter(({ parentId }) => parentId === folder.id)) removeFolder(files, inner);
  files.removeFolder(folder.id);
}

export const folderRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/files/folders',
    versions: singleFileVersions,
    scopes: fileScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const { files } = call.store;
      const { name, parentFolderId, parentPath } = readBody(call, folderInput);
      if (parentFolderId !== undefined && parentPath !== undefined) {
        throw invalid('Only one of parentFolderId and parentPath can be given');
      }
      const byPath = parentPath === undefined ? undefined : folderByPath(files, parentPath);
      // Guess: the words for a parent folder that is not there.
      if (parentPath !== undefined && segmentsOf(parentPath).length > 0 && !byPath) {
        throw notFound(`Folder ${parentPath} does not exist`);
      }
      const parentId = parentFolderId === undefined ? byPath?.id : requireFolder(files, parentFolderId).id;
      return { status: 201, body: presentFolder(call, makeFolder(files, parentId, checkName(name), call.now)) };
    },
  },
  {
    method: 'GET',
    path: '/files/folders/{folder}',
    versions: singleFileVersions,
    scopes: fileScopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: presentFolder(call, folderOf(call), readNames(call, 'properties')) }),
  },
  {
    method: 'PATCH',
    path: '/files/folders/{folder}',
    versions: fileVersions,
    scopes: fileScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const updated = updateFolder(call.store.files, folderOf(call), readBody(call, folderUpdate), call.now);
      return { status: 200, body: presentFolder(call, updated) };
    },
  },
  {
    method: 'DELETE',
    path: '/files/folders/{folder}',
    versions: singleFileVersions,
    scopes: fileScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      removeFolder(call.store.files, folderOf(call));
      return { status: 204 };
    },
  },
];
