/** `/files/files/{fileId}` and what hangs on it: details, changes, deletion, download and signed addresses. */

import { flag, oneOf, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import { readNames } from '../paging.ts';
import type { Route } from '../route.ts';
import type { StoredFile } from '../store/files.ts';
import { isoTime } from '../time.ts';
import { accessLevels, checkMaySee, fileScopes } from './access.ts';
import { fileByPath, requireFile } from './find.ts';
import { typeOf } from './media.ts';
import { checkFileFree, checkName, folderByPath, makeFolders, requireFolder } from './place.ts';
import { presentFile, presentFolder } from './present.ts';
import { expiry } from './save.ts';
import { servedFile } from './serve-file.ts';
import { signedUrl } from './signature.ts';
import { singleFileVersions, source } from './versions.ts';

const fileUpdate = shape('FileUpdateInput', {
  access: optional(oneOf('FileAccess', accessLevels)),
  name: optional(text),
  parentFolderId: optional(text),
  parentFolderPath: optional(text),
  isUsableInContent: optional(flag),
  expiresAt: optional(text),
  clearExpires: optional(flag),
});

const HOUR_S = 3_600;

const common = { versions: singleFileVersions, budget: 'burst', source } as const;

export const singleFileRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/files/files/{fileId}',
    ...common,
    scopes: fileScopes.read,
    handle: (call) => ({ status: 200, body: presentFile(call, requireFile(call), readNames(call, 'properties')) }),
  },
  {
    method: 'PATCH',
    path: '/files/files/{fileId}',
    ...common,
    scopes: fileScopes.write,
    handle(call) {
      const { files } = call.store;
      const known = requireFile(call);
      const input = readBody(call, fileUpdate);
      if (input.parentFolderId !== undefined && input.parentFolderPath !== undefined) {
        throw invalid('Only one of parentFolderId and parentFolderPath can be given');
      }
      if (input.clearExpires && input.expiresAt !== undefined) {
        throw invalid('Only one of expiresAt and clearExpires can be given');
      }
      const { expiresAt, ...kept } = known;
      const moved =
        input.parentFolderId !== undefined
          ? { folderId: requireFolder(files, input.parentFolderId).id }
          : input.parentFolderPath !== undefined
            ? placed(makeFolders(files, input.parentFolderPath, call.now))
            : placed(known.folderId);
      const { folderId: _before, ...rest } = kept;
      const updated: StoredFile = {
        ...rest,
        ...moved,
        // Guess: the extension stays, whatever the new name says.
        name: input.name === undefined ? known.name : withoutExtension(checkName(input.name), known.extension),
        access: input.access ?? known.access,
        isUsableInContent: input.isUsableInContent ?? known.isUsableInContent,
        updatedAt: call.now,
        ...(expiresAt !== undefined && !input.clearExpires && { expiresAt }),
        ...expiry(input.expiresAt === undefined ? {} : { expiresAt: input.expiresAt }, call.now),
      };
      checkFileFree(files, updated);
      files.putFile(updated);
      return { status: 200, body: presentFile(call, updated) };
    },
  },
  ...['/files/files/{fileId}', '/files/files/{fileId}/gdpr-delete'].map(
    // HubSpot may keep the bytes of a deleted file for some days; nobody can reach them.
    (path): Route => ({
      method: 'DELETE',
      path,
      ...common,
      scopes: fileScopes.write,
      handle(call) {
        call.store.files.removeFile(requireFile(call).id);
        return { status: 204 };
      },
    }),
  ),
  {
    method: 'GET',
    path: '/files/files/stat/{path}',
    ...common,
    scopes: fileScopes.read,
    handle(call) {
      const path = call.params['path'] ?? '';
      const properties = readNames(call, 'properties');
      const file = fileByPath(call, path);
      if (file) {
        checkMaySee(call, file);
        return { status: 200, body: { file: presentFile(call, file, properties) } };
      }
      const folder = folderByPath(call.store.files, path);
      // Guess: the words for a path that leads to nothing.
      if (!folder) throw notFound(`No file or folder found at path ${path}`);
      return { status: 200, body: { folder: presentFolder(call, folder, properties) } };
    },
  },
  {
    method: 'GET',
    path: '/files/files/{fileId}/signed-url',
    ...common,
    scopes: fileScopes.read,
    handle(call) {
      const file = requireFile(call);
      const seconds = secondsOf(call.query.get('expirationSeconds'));
      const size = call.query.get('size');
      if (size !== null && !['thumb', 'icon', 'medium', 'preview'].includes(size)) {
        throw invalid(`Invalid size ${size}: it must be one of thumb, icon, medium, preview`);
      }
      const expiresAt = call.now + seconds * 1000;
      // What is served is the image as it is: this portal draws no smaller ones.
      const body = {
        url: signedUrl(call, file, expiresAt),
        expiresAt: isoTime(expiresAt),
        name: file.name,
        extension: file.extension,
        type: typeOf(file.extension),
        size: file.size,
        ...(file.width !== undefined && { width: file.width }),
        ...(file.height !== undefined && { height: file.height }),
      };
      return { status: 200, body };
    },
  },
  {
    method: 'GET',
    path: '/files/files/{fileId}/download',
    ...common,
    versions: ['v3', '2026-09-beta'],
    scopes: fileScopes.read,
    handle: (call) => servedFile(call, requireFile(call), 'attachment'),
  },
];

function placed(folderId: string | undefined): { folderId?: string } {
  return folderId === undefined ? {} : { folderId };
}

function withoutExtension(name: string, extension: string): string {
  const end = `.${extension}`;
  return extension !== '' && name.toLowerCase().endsWith(end) ? name.slice(0, -end.length) : name;
}

/** Guess: an hour when nothing is said, and at most a year. @throws PortalError 400 */
function secondsOf(said: string | null): number {
  if (said === null || said === '') return HOUR_S;
  const seconds = Number(said);
  if (!/^\d{1,8}$/.test(said) || seconds < 1 || seconds > 366 * 24 * HOUR_S) {
    throw invalid(`Invalid expirationSeconds ${said}`);
  }
  return seconds;
}
