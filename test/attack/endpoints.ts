/** What a tool may ask of HubSpot, written by hand from HubSpot's pages and not taken from the client: two readings have to agree. */

import type { HttpRequest } from '../../src/fetch.ts';
import type { Effect, Tool } from '../../src/tool.ts';

type Kind = 'read' | 'add' | 'overwrite' | 'link' | 'unlink' | 'archive';

/** Which requests a tool may cause, whatever it is told. */
const allowed: Readonly<Record<Effect, readonly Kind[]>> = {
  read: ['read'],
  add: ['read', 'add'],
  link: ['read', 'link'],
  overwrite: ['read', 'add', 'overwrite', 'unlink'],
  archive: ['read', 'archive'],
  merge: ['read', 'overwrite'],
};

/** What takes writes back may need any of them. */
const TAKES_BACK = 'undo_changes';
const anyWrite: readonly Kind[] = ['read', 'add', 'overwrite', 'link', 'unlink', 'archive'];

interface Template {
  readonly kind: Kind;
  readonly pattern: RegExp;
  readonly query: readonly string[];
}

const V = '20(?:26-03|26-09)';
const TYPE =
  '(?:(?!(?:all|associations|batch|default|definitions|groups|labels|search|usage)(?:/|$))[A-Za-z]\\w*|\\d{1,3}-\\d+)';
const NAME = '(?!(?:batch|groups)(?:/|$))[A-Za-z0-9_][\\w-]*';
const ID = '[0-9]+';
const template = (kind: Kind, line: string, ...query: string[]): Template => {
  const path = line.replaceAll('{v}', V).replaceAll('{type}', TYPE).replaceAll('{name}', NAME).replaceAll('{id}', ID);
  return { kind, pattern: new RegExp(`^${path}$`), query };
};

const templates = [
  template('read', 'POST /crm/objects/{v}/{type}/search'),
  template('read', 'GET /crm/objects/{v}/{type}', 'limit', 'after', 'properties', 'associations', 'archived'),
  template(
    'read',
    'GET /crm/objects/{v}/{type}/{id}',
    'properties',
    'propertiesWithHistory',
    'associations',
    'archived',
  ),
  template('read', 'POST /crm/objects/{v}/{type}/batch/read', 'archived'),
  template('add', 'POST /crm/objects/{v}/{type}'),
  template('add', 'POST /crm/objects/{v}/{type}/batch/create'),
  template('overwrite', 'PATCH /crm/objects/{v}/{type}/{id}'),
  template('overwrite', 'POST /crm/objects/{v}/{type}/batch/(?:update|upsert)'),
  template('archive', 'DELETE /crm/objects/{v}/{type}/{id}'),
  template('archive', 'POST /crm/objects/{v}/{type}/batch/archive'),
  template('read', 'GET /crm/objects/{v}/{type}/{id}/associations/{type}', 'limit', 'after'),
  template('read', 'POST /crm/associations/{v}/{type}/{type}/batch/read'),
  template('link', 'POST /crm/associations/{v}/{type}/{type}/batch/(?:create|associate/default)'),
  template('unlink', 'POST /crm/associations/{v}/{type}/{type}/batch/(?:archive|labels/archive)'),
  template('read', 'GET /crm/associations/{v}/{type}/{type}/labels'),
  template('add', 'POST /crm/associations/{v}/{type}/{type}/labels'),
  template('overwrite', 'PUT /crm/associations/{v}/{type}/{type}/labels'),
  template('archive', 'DELETE /crm/associations/{v}/{type}/{type}/labels/{id}'),
  template('read', 'GET /crm/properties/{v}/{type}', 'archived'),
  template('read', 'GET /crm/properties/{v}/{type}/groups'),
  template('read', 'GET /crm/properties/{v}/{type}/{name}', 'archived'),
  template('add', 'POST /crm/properties/{v}/{type}'),
  template('add', 'POST /crm/properties/{v}/{type}/groups'),
  template('overwrite', 'PATCH /crm/properties/{v}/{type}/{name}'),
  template('overwrite', 'PATCH /crm/properties/{v}/{type}/groups/{name}'),
  template('archive', 'DELETE /crm/properties/{v}/{type}/{name}'),
  template('archive', 'DELETE /crm/properties/{v}/{type}/groups/{name}'),
  template('read', 'GET /crm/pipelines/{v}/{type}'),
  template('add', 'POST /crm/pipelines/{v}/{type}'),
  template('overwrite', 'PATCH /crm/pipelines/{v}/{type}/{name}'),
  template('archive', 'DELETE /crm/pipelines/{v}/{type}/{name}', 'validateReferencesBeforeDelete'),
  template('add', 'POST /crm/pipelines/{v}/{type}/{name}/stages'),
  template('overwrite', 'PATCH /crm/pipelines/{v}/{type}/{name}/stages/{name}'),
  template('archive', 'DELETE /crm/pipelines/{v}/{type}/{name}/stages/{name}'),
  template('read', 'GET /crm/owners/{v}', 'limit', 'after', 'archived', 'email'),
  template('read', 'GET /crm/owners/{v}/{id}', 'archived', 'idProperty'),
  template(
    'read',
    'GET /crm-object-schemas/{v}/schemas',
    'archived',
    'includeAssociationDefinitions',
    'includePropertyDefinitions',
  ),
  template(
    'read',
    'GET /crm-object-schemas/{v}/schemas/{type}',
    'includeAssociationDefinitions',
    'includePropertyDefinitions',
  ),
  template('add', 'POST /crm-object-schemas/{v}/schemas'),
  template('add', 'POST /crm-object-schemas/{v}/schemas/{type}/associations'),
  template('overwrite', 'PATCH /crm-object-schemas/{v}/schemas/{type}'),
  template('archive', 'DELETE /crm-object-schemas/{v}/schemas/{type}', 'archived'),
  template('read', 'GET /crm/data-quality/objects/2027-03-beta/duplicates/default', 'objectType', 'limit', 'after'),
  template('read', 'GET /account-info/{v}/(?:details|api-usage/daily/private-apps)'),
  template('read', 'POST /oauth/v2/private-apps/get/access-token-info'),
];

/** What is wrong with a request that a tool caused; undefined when it is one of those it is for. */
export function complaint(
  { method, url, headers }: HttpRequest,
  { name, effect }: Pick<Tool, 'name' | 'effect'>,
): string | undefined {
  const { origin, pathname, searchParams, hash, username, password, href } = new URL(url);
  if (origin !== 'https://api.hubapi.com' || hash || username || password) return 'another place';
  if (href !== url || /[^\x21-\x7e]/.test(url)) return 'an address that parsers read differently';
  const fitting = templates.filter(({ pattern }) => pattern.test(`${method} ${pathname}`));
  if (fitting.length !== 1) return `${fitting.length} endpoints`;
  const kinds = name === TAKES_BACK ? anyWrite : allowed[effect];
  if (!fitting.every(({ kind }) => kinds.includes(kind))) return `not what a tool that ${effect}s is for`;
  const strays = [...searchParams.keys()].filter((key) => !fitting[0]?.query.includes(key));
  if (strays.length > 0) return `the parameter ${strays.join()}`;
  if (new Set(searchParams.keys()).size !== searchParams.size) return 'a parameter given twice';
  const { accept, authorization, 'content-type': contentType = 'application/json', ...more } = headers;
  if (accept !== 'application/json' || contentType !== 'application/json') return 'another content type';
  if (authorization !== 'Bearer pat-na1-harness' || Object.keys(more).length > 0) return 'another header';
  return undefined;
}
