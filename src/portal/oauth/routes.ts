/** Everything of OAuth. */

import type { Route } from '../route.ts';
import { authorizeRoutes } from './authorize.ts';
import { tokenRoutes } from './token.ts';
import { tokenInfoRoutes } from './token-info.ts';

export const oauthRoutes: readonly Route[] = [...authorizeRoutes, ...tokenRoutes, ...tokenInfoRoutes];
