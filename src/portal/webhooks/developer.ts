/** Whose webhooks a request is about: they belong to an app, not to the account. */

import { authenticate } from '../auth.ts';
import { notFound, PortalError } from '../errors.ts';
import type { App } from '../oauth/app.ts';
import type { Call } from '../route.ts';

/**
 * The app of the path, for whoever may manage it: the `hapikey` of its developer account, or one of its own tokens. A
 * private app's webhooks are edited in HubSpot's pages only.
 * Source: developers.hubspot.com/docs/api-reference/2026-03/webhooks/guide, compared 2026-11-22.
 * Guess: what is refused with which words, and that a key that is not the app's is passed over where there is a bearer.
 * @throws PortalError 401, 403 or 404
 */
export function managedApp(call: Call): App {
  const app = call.apps.find(({ appId }) => String(appId) === call.params['appId']);
  const key = call.query.get('hapikey') ?? '';
  const known = key !== '' && call.apps.some(({ developerApiKey }) => developerApiKey === key);
  if (!known) {
    const authorization = call.headers['authorization'];
    if (authorization === undefined && key !== '') throw badKey();
    const token = authenticate(authorization, call.tokenOf);
    if (app && token.appId !== app.appId) {
      throw new PortalError(403, {
        message: 'The webhooks of an app can only be managed with its own tokens or its developer API key.',
        category: 'FORBIDDEN',
      });
    }
  }
  if (!app) throw notFound(`App ${call.params['appId']} not found`);
  if (known && app.developerApiKey !== key) throw badKey();
  return app;
}

function badKey(): PortalError {
  return new PortalError(401, {
    message: 'The API key provided is invalid. View or manage your API key here: https://app.hubspot.com/l/api-key/',
    category: 'INVALID_AUTHENTICATION',
    links: { 'api key': 'https://app.hubspot.com/l/api-key/' },
  });
}
