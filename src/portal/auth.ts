/** Who may ask. Source: HubSpot's docs on private apps and service keys: a static bearer that starts with `pat-`. */

import { unauthorized } from './errors.ts';
import type { Token } from './route.ts';
import { allScopes } from './scopes.ts';

/** Undefined tokens: any `pat-…` bearer is good, with all scopes. */
export function scopesOf(
  tokens: ReadonlyMap<string, readonly string[]> | undefined,
): (bearer: string) => ReadonlySet<string> | undefined {
  if (!tokens) return (bearer) => (bearer.startsWith('pat-') ? allScopes : undefined);
  const known = new Map([...tokens].map(([token, scopes]) => [token, new Set(scopes)]));
  return (bearer) => known.get(bearer);
}

/** The token of a request. @throws PortalError 401 */
export function authenticate(
  authorization: string | undefined,
  scopes: (bearer: string) => ReadonlySet<string> | undefined,
): Token {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) {
    throw unauthorized(
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    );
  }
  const granted = scopes(bearer);
  if (!granted) {
    throw unauthorized(
      'The OAuth token used to make this call is invalid. Check that it was copied whole and that it was not revoked or rotated.',
    );
  }
  return { value: bearer, scopes: granted };
}
