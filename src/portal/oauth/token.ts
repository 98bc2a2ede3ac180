/** `/oauth/…/token`: codes and refresh tokens become access tokens; `/revoke` ends them. */

import { createHash } from 'node:crypto';
import { accountOf } from '../account/details.ts';
import type { Answer, Call, Route } from '../route.ts';
import type { App } from './app.ts';
import { type OAuthForm, readOAuthForm } from './form.ts';
import { ACCESS_TOKEN_SECONDS, issueAccessToken, issueRefreshToken } from './issue.ts';
import { OAuthError } from './oauth-error.ts';
import { USER_ID } from './user.ts';

const open = { authentication: 'none', scopes: () => [], budget: 'none' } as const;

export const tokenRoutes: readonly Route[] = [
  {
    ...open,
    method: 'POST',
    path: '/oauth/token',
    versions: ['v1', 'v3', '2026-03', '2026-09'],
    source: {
      page: 'developers.hubspot.com/docs/api-reference/legacy/authentication/oauth-tokens/create-oauth-token',
      compared: '2026-11-22',
    },
    handle(call) {
      const form = readOAuthForm(call);
      const grantType = form('grant_type');
      if (grantType === 'authorization_code') return byCode(call, form);
      if (grantType === 'refresh_token') return byRefreshToken(call, form);
      if (grantType === 'client_credentials') return byCredentials(call, form);
      throw new OAuthError('BAD_GRANT_TYPE');
    },
  },
  {
    ...open,
    method: 'POST',
    path: '/oauth/token/revoke',
    versions: ['v3', '2026-03', '2026-09'],
    source: {
      page: 'developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide',
      compared: '2026-11-22',
    },
    /** Guess: as RFC 7009 wants it, 200 also for a token that is not there; access tokens outlive their refresh token. */
    handle(call) {
      const form = readOAuthForm(call);
      const app = authenticatedApp(call, form);
      const token = form('token') ?? form('refresh_token') ?? form('access_token');
      if (token === undefined) throw new OAuthError('BAD_TOKEN');
      if (call.store.oauthTokens.get(token)?.appId === app.appId) call.store.oauthTokens.remove(token);
      return { status: 200 };
    },
  },
];

/** The app that shows its secret. @throws OAuthError */
export function authenticatedApp(call: Call, form: OAuthForm): App {
  const app = call.apps.find(({ clientId }) => clientId === form('client_id'));
  if (!app) throw new OAuthError('BAD_CLIENT_ID');
  if (form('client_secret') !== app.clientSecret) throw new OAuthError('BAD_CLIENT_SECRET');
  return app;
}

function byCode(call: Call, form: OAuthForm): Answer {
  const app = authenticatedApp(call, form);
  const code = call.store.oauthTokens.get(form('code') ?? '');
  if (code?.kind !== 'code') throw new OAuthError('BAD_AUTH_CODE');
  if (code.appId !== app.appId) throw new OAuthError('MISMATCH_CLIENT_ID_AUTH_CODE');
  if (code.expiresAt !== null && code.expiresAt <= call.now) throw new OAuthError('EXPIRED_AUTH_CODE');
  const redirectUri = form('redirect_uri');
  if (redirectUri === undefined) throw new OAuthError('BAD_REDIRECT_URI');
  if (redirectUri !== code.redirectUri) throw new OAuthError('MISMATCH_REDIRECT_URI_AUTH_CODE');
  if (code.challenge) {
    const verifier = form('code_verifier') ?? '';
    const shown =
      code.challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
    if (shown !== code.challenge.value) throw new OAuthError('BAD_CODE_VERIFIER');
  }
  // A code is good once.
  call.store.oauthTokens.remove(code.token);
  const refresh = issueRefreshToken(call, app, code.scopes);
  return accessToken(call, app, code.scopes, refresh.token);
}

function byRefreshToken(call: Call, form: OAuthForm): Answer {
  const app = authenticatedApp(call, form);
  const refresh = call.store.oauthTokens.get(form('refresh_token') ?? '');
  if (refresh?.kind !== 'refresh' || refresh.appId !== app.appId) throw new OAuthError('BAD_REFRESH_TOKEN');
  // HubSpot answers with the same refresh token.
  return accessToken(call, app, refresh.scopes, refresh.token);
}

/**
 * A token for what belongs to the app and not to an account (auth.ts).
 * Source: developers.hubspot.com/docs/api-reference/latest/webhooks-journal/guide, compared 2026-11-22.
 * Guess: without `scope`, every scope of the app.
 */
function byCredentials(call: Call, form: OAuthForm): Answer {
  const app = authenticatedApp(call, form);
  const wanted = form('scope')?.split(/\s+/) ?? app.scopes;
  if (wanted.some((scope) => !app.scopes.includes(scope))) throw new OAuthError('BAD_SCOPE');
  const { token, scopes } = issueAccessToken(call, app, wanted, 'client');
  return {
    status: 200,
    body: {
      token_type: 'bearer',
      access_token: token,
      scopes,
      expires_in: ACCESS_TOKEN_SECONDS,
      token_use: 'client_credentials',
    },
  };
}

function accessToken(call: Call, app: App, wanted: readonly string[], refreshToken: string): Answer {
  const { token, scopes } = issueAccessToken(call, app, wanted, 'access');
  return {
    status: 200,
    body: {
      token_type: 'bearer',
      refresh_token: refreshToken,
      access_token: token,
      hub_id: accountOf(call).portalId,
      scopes,
      expires_in: ACCESS_TOKEN_SECONDS,
      token_use: 'access_token',
      user_id: USER_ID,
    },
  };
}
