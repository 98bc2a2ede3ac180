/** Every endpoint of the portal: the one file that changes when a resource is added. */

import { accountRoutes } from './account/details.ts';
import { introspectionRoutes } from './account/introspection.ts';
import { associationRoutes } from './associations/routes.ts';
import { ownerRoutes } from './definitions/owners.ts';
import { pipelineStages } from './definitions/pipeline-stages.ts';
import { pipelines } from './definitions/pipelines.ts';
import { properties } from './definitions/properties.ts';
import { propertyBatches } from './definitions/property-batches.ts';
import { propertyGroups } from './definitions/property-groups.ts';
import { schemas } from './definitions/schemas.ts';
import { objectRoutes } from './objects/routes.ts';
import type { Route } from './route.ts';
import { searchRoutes } from './search/search.ts';

export const routes: readonly Route[] = [
  ...objectRoutes,
  ...searchRoutes,
  ...associationRoutes,
  ...properties,
  ...propertyBatches,
  ...propertyGroups,
  ...pipelines,
  ...pipelineStages,
  ...schemas,
  ...ownerRoutes,
  ...accountRoutes,
  ...introspectionRoutes,
];
