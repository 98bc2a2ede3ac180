/**
 * Everything the client can ask of HubSpot: one line, one endpoint. Nothing else can be reached.
 * Source of the paths: developers.hubspot.com/docs/api-reference/latest, compared 2026-11-22.
 */

import type { HttpMethod } from '../fetch.ts';

export type Host = 'api' | 'forms';

/**
 * What sending a request twice would do. `read`: nothing. `idempotent`: the same as sending it once. `create`: possibly
 * the same thing a second time, so that it is repeated only when HubSpot certainly did not act on it.
 */
export type Meaning = 'read' | 'idempotent' | 'create';

/** The quota a call is counted against. The daily one counts every call. */
export type BudgetName = 'burst' | 'search' | 'associations';

export interface Operation {
  readonly method: HttpMethod;
  readonly path: string;
  readonly meaning: Meaning;
  readonly budget: BudgetName;
  readonly host: Host;
}

const api = (method: HttpMethod, path: string, meaning: Meaning, budget: BudgetName = 'burst'): Operation => {
  return { method, path, meaning, budget, host: 'api' };
};

/**
 * Guess: a search counts against its own limit and the day's, not against the burst limit (its answers carry no burst
 * headers), and calls of the associations API against a limit of their own.
 */
export const OPERATIONS = {
  'objects.search': api('POST', '/crm/objects/{version}/{objectType}/search', 'read', 'search'),
  'objects.list': api('GET', '/crm/objects/{version}/{objectType}', 'read'),
  'objects.get': api('GET', '/crm/objects/{version}/{objectType}/{objectId}', 'read'),
  'objects.create': api('POST', '/crm/objects/{version}/{objectType}', 'create'),
  'objects.update': api('PATCH', '/crm/objects/{version}/{objectType}/{objectId}', 'idempotent'),
  'objects.archive': api('DELETE', '/crm/objects/{version}/{objectType}/{objectId}', 'idempotent'),
  'objects.merge': api('POST', '/crm/objects/{version}/{objectType}/merge', 'create'),
  'objects.batchRead': api('POST', '/crm/objects/{version}/{objectType}/batch/read', 'read'),
  'objects.batchCreate': api('POST', '/crm/objects/{version}/{objectType}/batch/create', 'create'),
  'objects.batchUpdate': api('POST', '/crm/objects/{version}/{objectType}/batch/update', 'idempotent'),
  'objects.batchUpsert': api('POST', '/crm/objects/{version}/{objectType}/batch/upsert', 'idempotent'),
  'objects.batchArchive': api('POST', '/crm/objects/{version}/{objectType}/batch/archive', 'idempotent'),

  'associations.list': api(
    'GET',
    '/crm/objects/{version}/{objectType}/{objectId}/associations/{toObjectType}',
    'read',
    'associations',
  ),
  'associations.batchRead': api(
    'POST',
    '/crm/associations/{version}/{fromObjectType}/{toObjectType}/batch/read',
    'read',
    'associations',
  ),
  'associations.associateDefault': api(
    'POST',
    '/crm/associations/{version}/{fromObjectType}/{toObjectType}/batch/associate/default',
    'idempotent',
    'associations',
  ),
  'associations.associate': api(
    'POST',
    '/crm/associations/{version}/{fromObjectType}/{toObjectType}/batch/create',
    'idempotent',
    'associations',
  ),
  'associations.remove': api(
    'POST',
    '/crm/associations/{version}/{fromObjectType}/{toObjectType}/batch/archive',
    'idempotent',
    'associations',
  ),
  'associations.removeLabels': api(
    'POST',
    '/crm/associations/{version}/{fromObjectType}/{toObjectType}/batch/labels/archive',
    'idempotent',
    'associations',
  ),
  'labels.list': api('GET', '/crm/associations/{version}/{fromObjectType}/{toObjectType}/labels', 'read'),
  'labels.create': api('POST', '/crm/associations/{version}/{fromObjectType}/{toObjectType}/labels', 'create'),
  'labels.update': api('PUT', '/crm/associations/{version}/{fromObjectType}/{toObjectType}/labels', 'idempotent'),
  'labels.delete': api(
    'DELETE',
    '/crm/associations/{version}/{fromObjectType}/{toObjectType}/labels/{associationTypeId}',
    'idempotent',
  ),

  'properties.list': api('GET', '/crm/properties/{version}/{objectType}', 'read'),
  'properties.get': api('GET', '/crm/properties/{version}/{objectType}/{propertyName}', 'read'),
  'properties.create': api('POST', '/crm/properties/{version}/{objectType}', 'create'),
  'properties.update': api('PATCH', '/crm/properties/{version}/{objectType}/{propertyName}', 'idempotent'),
  'properties.archive': api('DELETE', '/crm/properties/{version}/{objectType}/{propertyName}', 'idempotent'),
  'groups.list': api('GET', '/crm/properties/{version}/{objectType}/groups', 'read'),
  'groups.create': api('POST', '/crm/properties/{version}/{objectType}/groups', 'create'),
  'groups.update': api('PATCH', '/crm/properties/{version}/{objectType}/groups/{groupName}', 'idempotent'),
  'groups.archive': api('DELETE', '/crm/properties/{version}/{objectType}/groups/{groupName}', 'idempotent'),

  'pipelines.list': api('GET', '/crm/pipelines/{version}/{objectType}', 'read'),
  'pipelines.create': api('POST', '/crm/pipelines/{version}/{objectType}', 'create'),
  'pipelines.update': api('PATCH', '/crm/pipelines/{version}/{objectType}/{pipelineId}', 'idempotent'),
  'pipelines.archive': api('DELETE', '/crm/pipelines/{version}/{objectType}/{pipelineId}', 'idempotent'),
  'stages.create': api('POST', '/crm/pipelines/{version}/{objectType}/{pipelineId}/stages', 'create'),
  'stages.update': api('PATCH', '/crm/pipelines/{version}/{objectType}/{pipelineId}/stages/{stageId}', 'idempotent'),
  'stages.archive': api('DELETE', '/crm/pipelines/{version}/{objectType}/{pipelineId}/stages/{stageId}', 'idempotent'),

  'owners.list': api('GET', '/crm/owners/{version}', 'read'),
  'owners.get': api('GET', '/crm/owners/{version}/{ownerId}', 'read'),

  'schemas.list': api('GET', '/crm-object-schemas/{version}/schemas', 'read'),
  'schemas.get': api('GET', '/crm-object-schemas/{version}/schemas/{objectType}', 'read'),
  'schemas.create': api('POST', '/crm-object-schemas/{version}/schemas', 'create'),
  'schemas.update': api('PATCH', '/crm-object-schemas/{version}/schemas/{objectType}', 'idempotent'),
  'schemas.archive': api('DELETE', '/crm-object-schemas/{version}/schemas/{objectType}', 'idempotent'),
  'schemas.associate': api('POST', '/crm-object-schemas/{version}/schemas/{objectType}/associations', 'create'),

  'dataQuality.duplicatePairs': api('GET', '/crm/data-quality/objects/{version}/duplicates/default', 'read'),

  'account.details': api('GET', '/account-info/{version}/details', 'read'),
  'account.usage': api('GET', '/account-info/{version}/api-usage/daily/private-apps', 'read'),
  'account.introspect': api('POST', '/oauth/v2/private-apps/get/access-token-info', 'read'),
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
