/** Every endpoint of lists. */

import type { Route } from '../route.ts';
import { listConversionRoutes } from './conversions.ts';
import { listDefinitionRoutes } from './definitions.ts';
import { listFolderRoutes } from './folders.ts';
import { listIdMappingRoutes } from './id-mapping.ts';
import { listMembershipRoutes } from './memberships.ts';
import { recordMembershipRoutes } from './record-memberships.ts';
import { listSearchRoutes } from './search.ts';
import { listHistoryRoutes } from './size-history.ts';

export const listRoutes: readonly Route[] = [
  ...listDefinitionRoutes,
  ...listSearchRoutes,
  ...listFolderRoutes,
  ...listMembershipRoutes,
  ...recordMembershipRoutes,
  ...listConversionRoutes,
  ...listIdMappingRoutes,
  ...listHistoryRoutes,
];
