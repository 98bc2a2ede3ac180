/** `/crm/lists/folders`: the tree that lists are filed in; its root is `0`. */

import { optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import type { ListFolder } from '../facts/definitions.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { allLists, reads, requireList, writes } from './find.ts';

const ROOT = '0';

const createBody = shape('ListFolderCreateRequest', { name: text, parentFolderId: optional(text) });
const moveBody = shape('ListMoveRequest', { listId: text, newFolderId: text });

export const listFolderRoutes: readonly Route[] = [
  reads({
    method: 'GET',
    path: '/crm/lists/folders',
    handle(call) {
      const folder = requireFolder(call, call.query.get('folderId') || ROOT);
      return { status: 200, body: { folder: present(call, folder) } };
    },
  }),
  writes({
    method: 'POST',
    path: '/crm/lists/folders',
    handle(call) {
      const { name, parentFolderId = ROOT } = readBody(call, createBody);
      checkName(name);
      const parent = requireFolder(call, parentFolderId);
      const at = isoTime(call.now);
      const ids = call.store.listFolders.list(PORTAL).map(({ id }) => Number(id));
      const folder: ListFolder = {
        id: String(Math.max(0, ...ids) + 1),
        name,
        parentFolderId: parent.id,
        createdAt: at,
        updatedAt: at,
        updatedContentsAt: at,
      };
      call.store.listFolders.put(PORTAL, folder.id, folder);
      touch(call, parent.id);
      return { status: 200, body: { folder: present(call, folder) } };
    },
  }),
  writes({
    method: 'PUT',
    path: '/crm/lists/folders/move-list',
    handle(call) {
      const { listId, newFolderId } = readBody(call, moveBody);
      const { folderId = ROOT, ...list } = requireList(call, listId);
      const { id } = requireFolder(call, newFolderId);
      call.store.lists.put(PORTAL, list.listId, { ...list, ...(id !== ROOT && { folderId: id }) });
      touch(call, folderId);
      touch(call, id);
      return { status: 204 };
    },
  }),
  writes({
    method: 'PUT',
    path: '/crm/lists/folders/{folderId}/rename',
    handle(call) {
      const folder = requireOwn(call);
      const name = call.query.get('newFolderName') ?? '';
      checkName(name);
      const renamed = { ...folder, name, updatedAt: isoTime(call.now) };
      call.store.listFolders.put(PORTAL, folder.id, renamed);
      return { status: 200, body: { folder: present(call, renamed) } };
    },
  }),
  writes({
    method: 'PUT',
    path: '/crm/lists/folders/{folderId}/move/{newParentFolderId}',
    handle(call) {
      const folder = requireOwn(call);
      const parent = requireFolder(call, call.params['newParentFolderId'] ?? '');
      if (isWithin(call, parent.id, folder.id)) {
        // Guess: the words for a folder that would be inside itself.
        throw invalid(`The folder ${folder.id} cannot be moved into itself or a folder inside it.`, {
          subCategory: 'ListFolderError.CIRCULAR_REFERENCE',
        });
      }
      const moved = { ...folder, parentFolderId: parent.id, updatedAt: isoTime(call.now) };
      call.store.listFolders.put(PORTAL, folder.id, moved);
      touch(call, folder.parentFolderId);
      touch(call, parent.id);
      return { status: 200, body: { folder: present(call, moved) } };
    },
  }),
  writes({
    method: 'DELETE',
    path: '/crm/lists/folders/{folderId}',
    handle(call) {
      const folder = requireOwn(call);
      // Guess: a folder that is not empty stays, and the words.
      if (foldersIn(call, folder.id).length > 0 || listsIn(call, folder.id).length > 0) {
        throw invalid(`The folder ${folder.id} is not empty and cannot be deleted.`, {
          subCategory: 'ListFolderError.FOLDER_NOT_EMPTY',
        });
      }
      call.store.listFolders.delete(PORTAL, folder.id);
      touch(call, folder.parentFolderId);
      return { status: 204 };
    },
  }),
];

/** The folder of that id, the root too. @throws PortalError 404 (Guess: the words) */
export function requireFolder(call: Call, id: string): ListFolder {
  if (id === ROOT) return root;
  const folder = call.store.listFolders.get(PORTAL, id);
  if (!folder) throw notFound(`Folder does not exist with ID ${id}.`, { context: { folderId: [id] } });
  return folder;
}

/** Guess: the root has no name and no times. */
const root: ListFolder = {
  id: ROOT,
  name: '',
  parentFolderId: ROOT,
  createdAt: '',
  updatedAt: '',
  updatedContentsAt: '',
};

/** The folder of the path, which is not the root. @throws PortalError 400, 404 */
function requireOwn(call: Call): ListFolder {
  const folder = requireFolder(call, call.params['folderId'] ?? '');
  if (folder.id === ROOT) throw invalid('The root folder cannot be changed.');
  return folder;
}

function checkName(name: string): void {
  if (name.trim() === '') throw invalid('Every folder must have a name.');
}

function foldersIn(call: Call, id: string): ListFolder[] {
  return call.store.listFolders.list(PORTAL).filter(({ parentFolderId }) => parentFolderId === id);
}

function listsIn(call: Call, id: string): string[] {
  return allLists(call).flatMap(({ listId, folderId = ROOT }) => (folderId === id ? [listId] : []));
}

/** Whether a folder is the outer one or lies inside it. */
function isWithin(call: Call, id: string, outer: string): boolean {
  for (let at = id; at !== ROOT; at = requireFolder(call, at).parentFolderId) if (at === outer) return true;
  return false;
}

/** The contents of a folder changed. */
function touch(call: Call, id: string): void {
  const folder = call.store.listFolders.get(PORTAL, id);
  if (folder) call.store.listFolders.put(PORTAL, id, { ...folder, updatedContentsAt: isoTime(call.now) });
}

/** Ids are numbers up to 2026-03 and strings from 2026-09 on; lists are numbers in both. */
function present(call: Call, folder: ListFolder): object {
  const id = (said: string) => (call.version.startsWith('2026-09') ? said : Number(said));
  const times = {
    createdAt: folder.createdAt,
    updatedAt: folder.updatedAt,
    updatedContentsAt: folder.updatedContentsAt,
  };
  return {
    id: id(folder.id),
    ...(folder.id !== ROOT && { name: folder.name, ...times }),
    parentFolderId: id(folder.parentFolderId),
    childNodes: foldersIn(call, folder.id).map((child) => present(call, child)),
    childLists: listsIn(call, folder.id).map(Number),
  };
}
