/** The report of records that come near their limit of associations. It goes out by mail, and a portal sends none. */

import { notFound } from '../errors.ts';
import type { Route } from '../route.ts';
import { userOf } from '../settings/users.ts';
import { isoTime } from '../time.ts';
import { source } from './pair.ts';

export const usageReportRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/crm/associations/usage/high-usage-report/{userId}',
    scopes: (call) => [...new Set(call.store.objectTypes().flatMap(({ scopes }) => scopes.read))],
    budget: 'associations',
    source,
    handle(call) {
      const asked = call.params['userId'] ?? '';
      const user = userOf(call.store, asked);
      // Guess: the words for a user who is not there.
      if (!user) throw notFound(`User ${asked} does not exist`);
      // The dated versions' description has a moment in parts, and v4's a date.
      const enqueueTime =
        call.version === 'v4' ? isoTime(call.now) : { value: call.now, dateOnly: false, timeZoneShift: 0 };
      return { status: 200, body: { userId: Number(user.id), userEmail: user.email, enqueueTime } };
    },
  },
];
