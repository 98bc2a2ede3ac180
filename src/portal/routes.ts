/** Every endpoint of the portal: the one file that changes when a resource is added. */

import { associationRoutes } from './associations/routes.ts';
import { objectRoutes } from './objects/routes.ts';
import type { Route } from './route.ts';
import { searchRoutes } from './search/search.ts';

export const routes: readonly Route[] = [...objectRoutes, ...searchRoutes, ...associationRoutes];
