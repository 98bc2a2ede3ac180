/** From an operation and its arguments to a URL that can be that operation's and no other's. */

import type { HubSpotError } from './errors.ts';
import { refusedHere } from './errors.ts';
import type { Host, OperationName } from './operations.ts';
import { OPERATIONS } from './operations.ts';
import { API_VERSION_PATTERN, versionOf } from './versions.ts';

export type PathParameters = Readonly<Record<string, string>>;
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

const API_HOST = 'https://api.hubapi.com';
const FORMS_HOST = 'https://api.hsforms.com';

/**
 * What each parameter may look like. Where a parameter stands beside fixed words of other endpoints (`.../{propertyName}`
 * beside `.../groups`), those words are not values.
 */
const OBJECT_TYPE =
  /^(?!(?:all|associations|batch|default|definitions|groups|labels|search|usage)$)(?:[a-z][a-z0-9_]{0,149}|\d{1,3}-\d{1,19})$/i;
const ID = /^\d{1,20}$/;
const NAME = /^(?!(?:batch|groups)$)[a-z0-9_][a-z0-9_-]{0,199}$/i;

const PATTERNS: Readonly<Record<string, RegExp>> = {
  objectType: OBJECT_TYPE,
  fromObjectType: OBJECT_TYPE,
  toObjectType: OBJECT_TYPE,
  objectId: ID,
  ownerId: ID,
  associationTypeId: ID,
  propertyName: NAME,
  groupName: NAME,
  pipelineId: NAME,
  stageId: NAME,
};

const PARAMETER = /^\{(\w+)\}$/;

/** The origins that requests go to. An override takes every host's place. */
export type Hosts = Readonly<Record<Host, string>>;

export function hostsOf(baseUrl?: string): Hosts {
  if (baseUrl === undefined) return { api: API_HOST, forms: FORMS_HOST };
  const origin = originOf(baseUrl);
  return { api: origin, forms: origin };
}

export function checkedApiVersion(version: string): string {
  if (!API_VERSION_PATTERN.test(version)) {
    throw invalid(`${quoted(version)} is not a version of HubSpot's API; one looks like 2026-09.`);
  }
  return version;
}

/** The URL of one operation. Throws `invalid_argument` when an argument is not what the path template expects. */
export function urlOf(
  hosts: Hosts,
  apiVersion: string,
  name: OperationName,
  parameters: PathParameters,
  query: Query,
): string {
  const operation = OPERATIONS[name];
  const version = versionOf(name, apiVersion);
  const segments = operation.path.split('/').map((segment) => {
    const parameter = PARAMETER.exec(segment)?.[1];
    if (parameter === undefined) return segment;
    return parameter === 'version' ? version : checked(parameter, parameters[parameter]);
  });
  const path = segments.map(encodeURIComponent).join('/');
  const url = hosts[operation.host] + path + queryOf(query);
  assertSame(url, hosts[operation.host], path);
  return url;
}

function checked(parameter: string, value: string | undefined): string {
  const pattern = PATTERNS[parameter];
  if (typeof value !== 'string' || pattern === undefined || !pattern.test(value)) {
    throw invalid(`${quoted(value)} is not a valid ${parameter}.`);
  }
  return value;
}

/** What a URL parser makes of the text must be what was meant: no other origin, no dot segments, no stray `?` or `#`. */
function assertSame(url: string, origin: string, path: string): void {
  const parsed = new URL(url);
  if (parsed.origin !== origin || parsed.pathname !== path || parsed.hash !== '' || parsed.username !== '') {
    throw invalid('The arguments do not form an address of this operation.');
  }
}

function queryOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (typeof value !== 'object') search.set(name, String(value));
    else if (value.length > 0) search.set(name, value.map((item) => checkedListItem(name, item)).join(','));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** HubSpot reads lists of names separated by commas. */
function checkedListItem(parameter: string, item: string): string {
  if (!/^[\w.-]{1,255}$/.test(item)) throw invalid(`${quoted(item)} is not a valid name in ${parameter}.`);
  return item;
}

function originOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    throw invalid('The base URL has to be an origin, such as https://api.hubapi.com.');
  }
  const { hostname, protocol } = url;
  // 127.0.0.1 has many spellings, such as 2130706433: whoever uses one has something to hide.
  const here = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  const spelt = here ? baseUrl.toLowerCase().includes(`//${hostname}`) : !/^(?:[\d.]+|\[.*\])$/.test(hostname);
  if (!spelt || !(protocol === 'https:' || (protocol === 'http:' && here))) {
    throw invalid(
      `The base URL ${url.origin} has to be HTTPS to a host with a name, or on this machine: the token travels with every call.`,
    );
  }
  return url.origin;
}

function quoted(value: unknown): string {
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 80) : (value ?? null));
}

function invalid(message: string): HubSpotError {
  return refusedHere('invalid_argument', message);
}
