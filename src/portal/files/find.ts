/** The file or folder that a request means. */

import { notFound } from '../errors.ts';
import type { Call } from '../route.ts';
import type { StoredFile, StoredFolder } from '../store/files.ts';
import { checkMaySee } from './access.ts';
import { splitName } from './media.ts';
import { folderByPath, segmentsOf } from './place.ts';

/** The file of the path's `{fileId}`. @throws PortalError 403, 404 */
export function requireFile(call: Call): StoredFile {
  const id = call.params['fileId'] ?? '';
  call.store.files.expire(call.now);
  const file = call.store.files.file(id);
  // Guess: the words for a file that is not there.
  if (!file) throw notFound(`No file found with id ${id}`);
  checkMaySee(call, file);
  return file;
}

/** The file at a path such as `/a/b/cat.png`. */
export function fileByPath(call: Call, path: string): StoredFile | undefined {
  const { files } = call.store;
  files.expire(call.now);
  const segments = segmentsOf(path);
  const folder = folderByPath(files, segments.slice(0, -1).join('/'));
  if (segments.length > 1 && !folder) return undefined;
  const { name, extension } = splitName(segments.at(-1) ?? '');
  return files.fileAt(folder?.id, name, extension);
}

/** A folder by id or by path: the API has one placeholder for both. @throws PortalError 404 */
export function folderOf(call: Call): StoredFolder {
  const said = call.params['folder'] ?? '';
  const { files } = call.store;
  const folder = files.folder(said) ?? folderByPath(files, said);
  // Guess: the words for a folder that is not there.
  if (!folder) throw notFound(`Folder ${said} does not exist`);
  return folder;
}
