/** Who may see a file: the levels of access, and the scopes that the API asks for. */

import { missingScopes } from '../errors.ts';
import type { Call } from '../route.ts';
import type { StoredFile } from '../store/files.ts';

export const accessLevels = [
  'PUBLIC_INDEXABLE',
  'PUBLIC_NOT_INDEXABLE',
  'PRIVATE',
  'HIDDEN_INDEXABLE',
  'HIDDEN_NOT_INDEXABLE',
  'HIDDEN_PRIVATE',
  'HIDDEN_SENSITIVE',
  'SENSITIVE',
] as const;

/** Whoever knows the address of such a file may read it. */
export function isPublic({ access }: Pick<StoredFile, 'access'>): boolean {
  return access.endsWith('_INDEXABLE');
}

/** Search engines may list it. */
export function isIndexable(file: Pick<StoredFile, 'access'>): boolean {
  return isPublic(file) && !file.access.endsWith('_NOT_INDEXABLE');
}

export const fileScopes = {
  read: () => ['files', 'files.ui_hidden.read'],
  write: () => ['files'],
};

/** Guess: a token with `files` alone sees no hidden file in a search, and is refused one by id. */
export function maySee(call: Call, { access }: StoredFile): boolean {
  return !access.startsWith('HIDDEN_') || call.token.scopes.has('files.ui_hidden.read');
}

/** @throws PortalError 403 */
export function checkMaySee(call: Call, file: StoredFile): void {
  if (!maySee(call, file)) throw missingScopes(['files.ui_hidden.read']);
}
