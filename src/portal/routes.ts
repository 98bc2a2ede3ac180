/** Every endpoint of the portal: the one file that changes when a resource is added. */

import type { Route } from './route.ts';

export const routes: readonly Route[] = [];
