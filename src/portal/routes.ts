/** Every endpoint of the portal: the one file that changes when a resource is added. */

import { objectRoutes } from './objects/routes.ts';
import type { Route } from './route.ts';

export const routes: readonly Route[] = [...objectRoutes];
