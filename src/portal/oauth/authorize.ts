/**
 * `/oauth/authorize`, where a user installs an app. On HubSpot it is a page of app.hubspot.com that asks for consent; this
 * portal's own answer consents at once and redirects.
 */

import { PortalError } from '../errors.ts';
import type { Call, Route } from '../route.ts';
import type { App } from './app.ts';
import { issueCode } from './issue.ts';

const words = (value: string | null) => (value ?? '').split(/[\s+]+/).filter((word) => word !== '');

export const authorizeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/oauth/authorize',
    versions: ['none'],
    authentication: 'none',
    scopes: () => [],
    budget: 'none',
    source: { page: 'developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide', compared: '2026-11-22' },
    handle(call) {
      const app = askingApp(call);
      const redirectUri = call.query.get('redirect_uri') ?? '';
      // Guess: HubSpot shows pages that say so.
      if (!app.redirectUris.includes(redirectUri)) {
        throw refused(`Authorization failed as the redirect URL doesn't match the app's registered redirect URL`);
      }
      const wanted = words(call.query.get('scope'));
      if (wanted.length === 0 || wanted.some((scope) => !app.scopes.includes(scope))) {
        throw refused(
          `Authorization failed because there is a mismatch between the scopes in the install URL and the app's configured scopes.`,
        );
      }
      const optional = words(call.query.get('optional_scope')).filter((scope) => app.scopes.includes(scope));
      const challenge = readChallenge(call);
      const code = issueCode(call, app, {
        // Every token has it.
        scopes: [...new Set(['oauth', ...wanted, ...optional])],
        redirectUri,
        ...(challenge && { challenge }),
      });
      const target = new URL(redirectUri);
      target.searchParams.set('code', code.token);
      const state = call.query.get('state');
      if (state !== null) target.searchParams.set('state', state);
      return { status: 302, headers: { location: target.href } };
    },
  },
];

function askingApp(call: Call): App {
  const app = call.apps.find(({ clientId }) => clientId === call.query.get('client_id'));
  if (!app) throw refused('An invalid app client_id was provided.');
  return app;
}

/** PKCE. Guess: HubSpot takes both methods of RFC 7636. */
function readChallenge(call: Call): { method: 'S256' | 'plain'; value: string } | undefined {
  const value = call.query.get('code_challenge');
  if (!value) return undefined;
  const method = call.query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') throw refused(`code_challenge_method ${method} is not supported.`);
  return { method, value };
}

function refused(message: string): PortalError {
  return new PortalError(400, { message, category: 'VALIDATION_ERROR' });
}
