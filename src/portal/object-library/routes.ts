/**
 * `/crm/object-library`: which object types an account has switched on. They can be switched on in HubSpot's settings
 * only, so a portal has all that it serves.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/object-library/guide, compared 2026-11-22.
 * Guess: the library holds HubSpot's own types only, and an id that means none is a 404.
 */

import { notFound } from '../errors.ts';
import { objectTypes } from '../facts/object-types.ts';
import type { Route } from '../route.ts';

const shared = {
  method: 'GET',
  budget: 'burst',
  /** Any scope of any type. */
  scopes: () => [...new Set(objectTypes.flatMap(({ scopes }) => [...scopes.read, ...scopes.write]))],
  source: { page: 'developers.hubspot.com/docs/api-reference/latest/crm/object-library/guide', compared: '2026-11-22' },
} as const;

export const objectLibraryRoutes: readonly Route[] = [
  {
    ...shared,
    path: '/crm/object-library/enablement',
    handle() {
      const known = objectTypes.filter(({ id }) => id.startsWith('0-'));
      const enablementByObjectTypeId = Object.fromEntries(known.map(({ id, emulated }) => [id, emulated]));
      return { status: 200, body: { enablementByObjectTypeId } };
    },
  },
  {
    ...shared,
    path: '/crm/object-library/enablement/{objectTypeId}',
    handle(call) {
      const type = objectTypes.find(({ id }) => id === call.params['objectTypeId'] && id.startsWith('0-'));
      if (!type) throw notFound();
      return { status: 200, body: { enablement: type.emulated } };
    },
  },
];
