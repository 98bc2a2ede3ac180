/** What a route of the webhooks API brings; the rest is the same for all of them. */

import type { Route } from '../route.ts';

/** `path` is what comes behind the app's id. */
export type WebhookRoute = Pick<Route, 'method' | 'path' | 'handle'>;
