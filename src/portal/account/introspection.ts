/** `/oauth/v2/private-apps/get/access-token-info`: what a static token may do. */

import { readBody, shape, text } from '../body.ts';
import { PortalError } from '../errors.ts';
import { USER_ID } from '../oauth/user.ts';
import type { Route } from '../route.ts';
import { accountOf } from './details.ts';

/** Guess: any id of an app. */
const APP_ID = 26892217;

const tokenRequest = shape('AccessTokenInfoRequest', { tokenKey: text });

export const introspectionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/oauth/private-apps/get/access-token-info',
    versions: ['v2'],
    scopes: () => [],
    budget: 'none',
    source: {
      page: 'developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview',
      compared: '2026-11-22',
    },
    handle(call) {
      const { tokenKey } = readBody(call, tokenRequest);
      // One that was given by OAuth is no private app's, expired or not.
      const token = call.store.oauthTokens.get(tokenKey) ? undefined : call.tokenOf(tokenKey);
      // Guess: status and words for a token that nobody has, or that is no private app's.
      if (!token) throw new PortalError(404, { message: 'Access token not found', category: 'OBJECT_NOT_FOUND' });
      const { portalId } = accountOf(call);
      return { status: 200, body: { userId: USER_ID, hubId: portalId, appId: APP_ID, scopes: [...token.scopes] } };
    },
  },
];
