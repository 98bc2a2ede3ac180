/** Addresses of private files that work for a while: signed with a secret of the portal. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { originOf } from '../origin.ts';
import type { Call } from '../route.ts';
import type { StoredFile } from '../store/files.ts';
import { PORTAL } from '../store/store.ts';

export function signedUrl(call: Call, file: StoredFile, expiresAt: number): string {
  const query = new URLSearchParams({ Expires: String(expiresAt), Signature: sign(call, file.id, expiresAt) });
  return `${originOf(call)}/signed-files/${file.id}?${query.toString()}`;
}

/** Whether the request's signature is one of this portal's, for this file, and not over. */
export function isSigned(call: Call, fileId: string): boolean {
  const expires = call.query.get('Expires') ?? '';
  if (!/^\d{1,16}$/.test(expires) || Number(expires) <= call.now) return false;
  const expected = Buffer.from(sign(call, fileId, Number(expires)));
  const given = Buffer.from(call.query.get('Signature') ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function sign(call: Call, fileId: string, expiresAt: number): string {
  return createHmac('sha256', secretOf(call)).update(`${fileId}\n${expiresAt}`).digest('base64url');
}

/** Made with the first signature, and kept with the portal. */
function secretOf({ store, random }: Call): string {
  const known = store.files.secrets.get(PORTAL, 'signature');
  if (known !== undefined) return known;
  const secret = random.uuid() + random.uuid();
  store.files.secrets.put(PORTAL, 'signature', secret);
  return secret;
}
