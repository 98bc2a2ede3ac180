/** Reads what OAuth's endpoints are sent: a form, and in v1 also query parameters. */

import { PortalError } from '../errors.ts';
import type { Call } from '../route.ts';

/** A member of the form; empty ones count as absent. */
export type OAuthForm = (name: string) => string | undefined;

/** @throws PortalError 415 */
export function readOAuthForm(call: Call): OAuthForm {
  const type = call.contentType.split(';')[0]?.trim().toLowerCase();
  // Guess: the words of the 415.
  if (call.text !== '' && type !== 'application/x-www-form-urlencoded') {
    throw new PortalError(415, { message: 'HTTP 415 Unsupported Media Type' });
  }
  const form = new URLSearchParams(call.text);
  return (name) => form.get(name) || (call.version === 'v1' && call.query.get(name)) || undefined;
}
