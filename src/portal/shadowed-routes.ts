/** HubSpot's endpoints that are not emulated and that a `{placeholder}` of an emulated one would take for an id. */

import { notEmulated } from './errors.ts';
import type { Route } from './route.ts';

const paths = ['/settings/users/seats'];

/** Answer 501, as whatever no route takes does. Not among `routes`: they are no emulation. */
export const shadowedRoutes: readonly Route[] = paths.map((path) => ({
  method: 'GET',
  path,
  authentication: 'none',
  scopes: () => [],
  budget: 'none',
  source: { page: 'developers.hubspot.com/docs/api-reference', compared: '2026-11-22' },
  handle(call) {
    throw notEmulated(`${call.method} ${call.path}`);
  },
}));
