/** `/crm/limits`: how much of what an account may have it has. */

import type { Route } from '../route.ts';
import { associationLimitRoutes } from './associations.ts';
import { definitionLimitRoutes } from './definitions.ts';

export const limitsTrackingRoutes: readonly Route[] = [...definitionLimitRoutes, ...associationLimitRoutes];
