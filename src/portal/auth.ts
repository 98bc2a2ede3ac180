/** Who may ask. Source: HubSpot's docs on private apps, service keys and OAuth; bodies as clients recorded them. */

import { PortalError, unauthorized } from './errors.ts';
import type { Token } from './route.ts';
import { allScopes } from './scopes.ts';
import { apiSource, type ChangeSource } from './store/history.ts';
import type { OAuthTokens } from './store/oauth-tokens.ts';

/** The token that a bearer is; undefined for one that nobody has. @throws PortalError 401 for one that expired */
export type TokenOf = (bearer: string) => Token | undefined;

export function tokenOf(options: {
  /** The scopes of each static token. Undefined: any `pat-…` bearer is good, with all scopes. */
  readonly given: ReadonlyMap<string, readonly string[]> | undefined;
  readonly oauth: OAuthTokens;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}): TokenOf {
  const given = options.given && new Map([...options.given].map(([token, scopes]) => [token, new Set(scopes)]));
  return (bearer) => {
    const granted = given ? given.get(bearer) : bearer.startsWith('pat-') ? allScopes : undefined;
    if (granted) return { value: bearer, scopes: granted, kind: 'private' };
    const token = options.oauth.get(bearer);
    if (token?.kind !== 'access' && token?.kind !== 'client') return undefined;
    if (token.expiresAt !== null && token.expiresAt <= options.now()) throw expired(token.expiresAt, options.now());
    // Guess: to an account, a token of the app itself opens nothing; HubSpot has the account's installation for that.
    const scopes = new Set(token.kind === 'client' ? [] : token.scopes);
    return { value: bearer, scopes, kind: 'oauth', appId: token.appId };
  };
}

/** The token of a request. @throws PortalError 401 */
export function authenticate(authorization: string | undefined, tokenOf: TokenOf): Token {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) {
    throw unauthorized(
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    );
  }
  const token = tokenOf(bearer);
  if (!token) {
    throw unauthorized(
      'The OAuth token used to make this call is invalid. Check that it was copied whole and that it was not revoked or rotated.',
    );
  }
  return token;
}

/** Whom the history names for what a token writes: an app sees by it which events come of its own writes. */
export function sourceOf({ appId }: Token): ChangeSource {
  return appId === undefined ? apiSource : { sourceType: 'INTEGRATION', sourceId: String(appId) };
}

/** As recorded from a live call. Guess: where seconds become minutes, hours and days. */
function expired(at: number, now: number): PortalError {
  const seconds = Math.floor((now - at) / 1000);
  const [count, unit] =
    seconds < 60
      ? [seconds, 'second']
      : seconds < 7200
        ? [Math.floor(seconds / 60), 'minute']
        : seconds < 172_800
          ? [Math.floor(seconds / 3600), 'hour']
          : [Math.floor(seconds / 86_400), 'day'];
  return new PortalError(401, {
    message: `The OAuth token used to make this call expired ${count} ${unit}(s) ago.`,
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': [new Date(at).toISOString()] },
  });
}
