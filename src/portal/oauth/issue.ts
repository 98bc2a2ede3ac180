/** Makes codes and tokens, in shapes like HubSpot's: nobody should read anything out of them. */

import type { Call } from '../route.ts';
import type { OAuthToken } from '../store/oauth-tokens.ts';
import type { App } from './app.ts';

/** Source: developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide. */
export const ACCESS_TOKEN_SECONDS = 1800;

/** Guess: how long HubSpot's codes are good for is not documented. */
const CODE_MS = 10 * 60_000;

/** So long an expired access token is still known as one. */
const REMEMBERED_MS = 7 * 86_400_000;

export function issueCode(
  call: Call,
  app: App,
  grant: Required<Pick<OAuthToken, 'scopes' | 'redirectUri'>> & Pick<OAuthToken, 'challenge'>,
): OAuthToken {
  return add(call, {
    token: call.random.uuid(),
    kind: 'code',
    appId: app.appId,
    expiresAt: call.now + CODE_MS,
    ...grant,
  });
}

export function issueRefreshToken(call: Call, app: App, scopes: readonly string[]): OAuthToken {
  return add(call, { token: `na1-${call.random.uuid()}`, kind: 'refresh', appId: app.appId, scopes, expiresAt: null });
}

/** `client`: for the app itself, whoever installed it. */
export function issueAccessToken(
  call: Call,
  app: App,
  scopes: readonly string[],
  kind: 'access' | 'client',
): OAuthToken {
  const bytes = Buffer.from([0, 1, 2].map(() => call.random.uuid().replaceAll('-', '')).join(''), 'hex');
  const token = `C${bytes.toString('base64url')}`;
  return add(call, { token, kind, appId: app.appId, scopes, expiresAt: call.now + ACCESS_TOKEN_SECONDS * 1000 });
}

function add(call: Call, token: OAuthToken): OAuthToken {
  call.store.oauthTokens.forgetExpired(call.now - REMEMBERED_MS);
  call.store.oauthTokens.add(token);
  return token;
}
