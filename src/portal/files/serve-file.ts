/** The bytes of files, as HubSpot's content network serves them: open to whoever knows the address. */

import { PortalError } from '../errors.ts';
import type { Answer, Call, Route } from '../route.ts';
import type { StoredFile } from '../store/files.ts';
import { PORTAL } from '../store/store.ts';
import { isIndexable, isPublic } from './access.ts';
import { fileByPath } from './find.ts';
import { joinName } from './media.ts';
import { isSigned } from './signature.ts';
import { source } from './versions.ts';

const open = {
  method: 'GET',
  versions: ['none'],
  authentication: 'none',
  scopes: () => [],
  budget: 'none',
  source,
} as const;

/** `attachment` is saved by a browser, `inline` shown where it can be. */
export function servedFile(call: Call, file: StoredFile, disposition: 'attachment' | 'inline'): Answer {
  const name = encodeURIComponent(joinName(file.name, file.extension));
  return {
    status: 200,
    body: call.store.files.bytes(file.id) ?? new Uint8Array(),
    headers: {
      'content-type': file.contentType,
      'content-disposition': `${disposition}; filename*=UTF-8''${name}`,
      // What somebody uploaded must not run as a page of the portal's own host.
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      ...(!isIndexable(file) && { 'x-robots-tag': 'none' }),
    },
  };
}

/** A private file looks as if it were not there. Guess: the body. */
function nothingHere(): PortalError {
  return new PortalError(404, { message: 'resource not found' });
}

export const servedFileRoutes: readonly Route[] = [
  {
    ...open,
    path: '/hubfs/{portalId}/{path}',
    handle(call) {
      const { portalId, path = '' } = call.params;
      const isHere = portalId === String(call.store.account.get(PORTAL, 'account')?.portalId);
      const file = isHere ? fileByPath(call, path) : undefined;
      if (!file || !isPublic(file)) throw nothingHere();
      return servedFile(call, file, 'inline');
    },
  },
  {
    ...open,
    path: '/signed-files/{fileId}',
    handle(call) {
      const id = call.params['fileId'] ?? '';
      call.store.files.expire(call.now);
      const file = call.store.files.file(id);
      if (!file) throw nothingHere();
      // Guess: the words for a signed address that is wrong; an expired one is refused, not unknown.
      if (!isSigned(call, id)) throw new PortalError(403, { message: 'The signed URL is invalid or has expired' });
      return servedFile(call, file, 'inline');
    },
  },
];
