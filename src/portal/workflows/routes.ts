/** Everything of workflows: v4 and its dated betas, and what v2 alone can do. */

import type { Route } from '../route.ts';
import { enrollmentRoutes } from './enrollments.ts';
import { flowBatchRoutes } from './flow-batches.ts';
import { flowRoutes } from './flows.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/legacy/automation/workflows/guide',
  compared: '2026-11-22',
};

/** 2027-03-beta stands behind a v4: `/automation/v4/2027-03-beta/flows`. */
const areas = [
  { path: '/automation', versions: ['v4', '2026-09-beta'], beta: ['2026-09-beta'] },
  { path: '/automation/2027-03-beta', versions: ['v4'], beta: ['v4'] },
] as const;

export const workflowRoutes: readonly Route[] = [
  ...areas.flatMap(({ path, versions, beta }) =>
    [...flowRoutes, ...flowBatchRoutes].map(
      ({ only, ...route }): Route => ({
        ...route,
        path: `${path}/${route.path}`,
        versions: only === 'beta' ? beta : versions,
        scopes: () => ['automation'],
        budget: 'burst',
        source,
      }),
    ),
  ),
  ...enrollmentRoutes,
];
