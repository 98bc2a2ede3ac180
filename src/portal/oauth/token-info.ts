/** What a token is and may do: v1's `/access-tokens/{token}` and `/refresh-tokens/{token}`, later `/introspect`. */

import { accountOf } from '../account/details.ts';
import { notFound } from '../errors.ts';
import type { Call, Route } from '../route.ts';
import type { OAuthToken } from '../store/oauth-tokens.ts';
import { readOAuthForm } from './form.ts';
import { OAuthError } from './oauth-error.ts';
import { authenticatedApp } from './token.ts';
import { USER_EMAIL, USER_ID } from './user.ts';

const open = { authentication: 'none', scopes: () => [], budget: 'none' } as const;

const v1Page = {
  page: 'developers.hubspot.com/docs/api-reference/legacy/authentication/oauth-tokens/v1/guide',
  compared: '2026-11-22',
};

export const tokenInfoRoutes: readonly Route[] = [
  {
    ...open,
    method: 'GET',
    path: '/oauth/access-tokens/{token}',
    versions: ['v1'],
    source: v1Page,
    handle(call) {
      const token = stored(call, 'access');
      return {
        status: 200,
        body: {
          token: token.token,
          ...owner(call),
          scopes: token.scopes,
          signed_access_token: signedAccessToken(call, token),
          app_id: token.appId,
          expires_in: secondsLeft(call, token),
          is_private_distribution: false,
          token_type: 'access',
        },
      };
    },
  },
  {
    ...open,
    method: 'GET',
    path: '/oauth/refresh-tokens/{token}',
    versions: ['v1'],
    source: v1Page,
    handle(call) {
      const token = stored(call, 'refresh');
      const client_id = call.apps.find(({ appId }) => appId === token.appId)?.clientId;
      return {
        status: 200,
        body: { token: token.token, ...owner(call), scopes: token.scopes, client_id, token_type: 'refresh' },
      };
    },
  },
  {
    ...open,
    method: 'DELETE',
    path: '/oauth/refresh-tokens/{token}',
    versions: ['v1'],
    source: v1Page,
    /** The app stays installed, and its access tokens live out their time. */
    handle(call) {
      call.store.oauthTokens.remove(stored(call, 'refresh').token);
      return { status: 204 };
    },
  },
  {
    ...open,
    method: 'POST',
    path: '/oauth/token/introspect',
    versions: ['v3', '2026-03', '2026-09'],
    source: {
      page: 'developers.hubspot.com/docs/api-reference/2026-03/authentication/oauth-tokens/token-introspect',
      compared: '2026-11-22',
    },
    /** Guess: what is unknown, expired or another app's is only said not to be active, as in RFC 7662. */
    handle(call) {
      const form = readOAuthForm(call);
      const app = authenticatedApp(call, form);
      const said = form('token') ?? form('access_token') ?? form('refresh_token');
      if (said === undefined) throw new OAuthError('BAD_TOKEN');
      const token = call.store.oauthTokens.get(said);
      const live = token && token.kind !== 'code' && token.appId === app.appId && secondsLeft(call, token) > 0;
      if (!live) return { status: 200, body: { active: false } };
      const body = {
        active: true,
        token: token.token,
        token_type: 'bearer',
        client_id: app.clientId,
        app_id: app.appId,
        ...owner(call),
        scopes: token.scopes,
      };
      if (token.kind === 'refresh') return { status: 200, body: { ...body, token_use: 'refresh_token' } };
      return {
        status: 200,
        body: {
          ...body,
          token_use: token.kind === 'client' ? 'client_credentials' : 'access_token',
          expires_in: secondsLeft(call, token),
          is_private_distribution: false,
          signed_access_token: signedAccessToken(call, token),
        },
      };
    },
  },
];

/** Guess: 404 and its words; an access token that expired is not there any more. @throws PortalError 404 */
function stored(call: Call, kind: 'access' | 'refresh'): OAuthToken {
  const token = call.store.oauthTokens.get(call.params['token'] ?? '');
  if (token?.kind !== kind || secondsLeft(call, token) <= 0) throw notFound(`${kind} token not found`);
  return token;
}

/** Infinite for one that does not expire. */
function secondsLeft(call: Call, { expiresAt }: OAuthToken): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : Math.ceil((expiresAt - call.now) / 1000);
}

function owner(call: Call): { user: string; hub_domain: string; hub_id: number; user_id: number } {
  const { portalId } = accountOf(call);
  return { user: USER_EMAIL, hub_domain: `${portalId}.example.com`, hub_id: portalId, user_id: USER_ID };
}

/** Guess: every value that only HubSpot itself can read is empty. */
function signedAccessToken(call: Call, token: OAuthToken): Readonly<Record<string, unknown>> {
  const { portalId, dataHostingLocation } = accountOf(call);
  return {
    appId: token.appId,
    appInstallId: `${portalId}-${token.appId}`,
    audience: 'Public',
    expiresAt: token.expiresAt,
    hubId: portalId,
    hublet: dataHostingLocation,
    installingUserId: USER_ID,
    isPrivateDistribution: false,
    isServiceAccount: false,
    isUserLevel: false,
    newSignature: '',
    scopeToScopeGroupPks: '',
    scopes: '',
    signature: '',
    trialScopeToScopeGroupPks: '',
    trialScopes: '',
    userId: USER_ID,
  };
}
