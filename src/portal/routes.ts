/** Every endpoint of the portal: the one file that changes when a resource is added. */

import { activityRoutes } from './account/activity.ts';
import { accountRoutes } from './account/details.ts';
import { introspectionRoutes } from './account/introspection.ts';
import { associationRoutes } from './associations/routes.ts';
import { duplicateRoutes } from './data-quality/routes.ts';
import { ownerRoutes } from './definitions/owners.ts';
import { pipelineStageRoutes } from './definitions/pipeline-stages.ts';
import { pipelineRoutes } from './definitions/pipelines.ts';
import { propertyRoutes } from './definitions/properties.ts';
import { propertyBatchRoutes } from './definitions/property-batches.ts';
import { propertyGroupRoutes } from './definitions/property-groups.ts';
import { schemaRoutes } from './definitions/schemas.ts';
import { engagementListRoutes } from './engagements/lists.ts';
import { engagementRoutes } from './engagements/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { fileRoutes } from './files/routes.ts';
import { formRoutes } from './forms/routes.ts';
import { importRoutes } from './imports/imports.ts';
import { limitsTrackingRoutes } from './limits-tracking/routes.ts';
import { listRoutes } from './lists/routes.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { objectLibraryRoutes } from './object-library/routes.ts';
import { objectRoutes } from './objects/routes.ts';
import type { Route } from './route.ts';
import { searchRoutes } from './search/search.ts';
import { settingsRoutes } from './settings/routes.ts';
import { validationRoutes } from './validations/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import { workflowRoutes } from './workflows/routes.ts';

export const routes: readonly Route[] = [
  ...objectRoutes,
  ...objectLibraryRoutes,
  ...engagementRoutes,
  ...engagementListRoutes,
  ...searchRoutes,
  ...associationRoutes,
  ...propertyRoutes,
  ...propertyBatchRoutes,
  ...propertyGroupRoutes,
  ...validationRoutes,
  ...pipelineRoutes,
  ...pipelineStageRoutes,
  ...schemaRoutes,
  ...ownerRoutes,
  ...accountRoutes,
  ...activityRoutes,
  ...settingsRoutes,
  ...limitsTrackingRoutes,
  ...duplicateRoutes,
  ...introspectionRoutes,
  ...fileRoutes,
  ...formRoutes,
  ...importRoutes,
  ...oauthRoutes,
  ...listRoutes,
  ...exportRoutes,
  ...webhookRoutes,
  ...workflowRoutes,
];
