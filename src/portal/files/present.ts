/** Files and folders as HubSpot sends them, and their addresses. */

import { originOf } from '../origin.ts';
import type { Call, PortalContext } from '../route.ts';
import type { FileTables, StoredFile, StoredFolder } from '../store/files.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { joinName, typeOf } from './media.ts';

/** `/a/b` for the folder b in a; empty for the top. */
export function folderPath(files: FileTables, folderId: string | undefined): string {
  let path = '';
  for (let id = folderId; id !== undefined; ) {
    const folder = files.folder(id);
    if (folder) path = `/${folder.name}${path}`;
    id = folder?.parentId;
  }
  return path;
}

export function filePath(files: FileTables, file: StoredFile): string {
  return `${folderPath(files, file.folderId)}/${joinName(file.name, file.extension)}`;
}

/**
 * Where this portal serves what HubSpot's content network serves: on the host that the request came to. The path is one
 * segment, so that a folder named like an API version is none.
 */
export function publicUrl(call: Pick<Call, 'headers' | 'store'>, path: string): string {
  const portalId = call.store.account.get(PORTAL, 'account')?.portalId ?? 0;
  return `${originOf(call)}/hubfs/${portalId}/${encodeURIComponent(path.slice(1))}`;
}

/** `properties` names what to show beside what every file has; none: everything. */
export function presentFile(
  call: Pick<Call, 'headers' | 'store'>,
  file: StoredFile,
  properties: readonly string[] = [],
) {
  const path = filePath(call.store.files, file);
  const url = publicUrl(call, path);
  return {
    id: file.id,
    createdAt: isoTime(file.createdAt),
    updatedAt: isoTime(file.updatedAt),
    archived: false,
    access: file.access,
    ...chosen(properties, {
      ...(file.folderId !== undefined && { parentFolderId: file.folderId }),
      name: file.name,
      path,
      size: file.size,
      ...(file.height !== undefined && { height: file.height }),
      ...(file.width !== undefined && { width: file.width }),
      ...(file.encoding !== undefined && { encoding: file.encoding }),
      type: typeOf(file.extension),
      extension: file.extension,
      defaultHostingUrl: url,
      url,
      isUsableInContent: file.isUsableInContent,
      fileMd5: file.md5,
      sourceGroup: 'CONTENT',
      ...(file.expiresAt !== undefined && { expiresAt: file.expiresAt }),
    }),
  };
}

export function presentFolder(
  { store }: Pick<PortalContext, 'store'>,
  folder: StoredFolder,
  properties: readonly string[] = [],
) {
  return {
    id: folder.id,
    createdAt: isoTime(folder.createdAt),
    updatedAt: isoTime(folder.updatedAt),
    archived: false,
    ...chosen(properties, {
      ...(folder.parentId !== undefined && { parentFolderId: folder.parentId }),
      name: folder.name,
      path: folderPath(store.files, folder.id),
    }),
  };
}

function chosen(properties: readonly string[], all: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (properties.length === 0) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => properties.includes(name)));
}
