/** The webhooks API of apps, under its old and its new name. */

import type { Route } from '../route.ts';
import { settingsRoutes } from './settings.ts';
import { subscriptionRoutes } from './subscriptions.ts';

const areas = [
  { path: '/webhooks', versions: ['v3', '2026-03'] },
  { path: '/app-webhooks', versions: ['2026-09', '2027-03-beta'] },
] as const;

export const webhookRoutes: readonly Route[] = areas.flatMap(({ path, versions }) =>
  [...settingsRoutes, ...subscriptionRoutes].map(
    (route): Route => ({
      ...route,
      path: `${path}/{appId}/${route.path}`,
      versions,
      // Each handler asks for the developer's key or the app's token (developer.ts).
      authentication: 'none',
      scopes: () => [],
      budget: 'none',
      source: { page: 'developers.hubspot.com/docs/api-reference/2026-03/webhooks/guide', compared: '2026-11-22' },
    }),
  ),
);
