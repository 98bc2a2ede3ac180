/**
 * HubSpot's API versions: which paths mean the same endpoint, and which endpoint exists in which version.
 * Sources: developers.hubspot.com/docs/developer-tooling/platform/versioning and HubSpot's published endpoint
 * inventory, compared 2026-11-22.
 */

import type { Route } from './route.ts';

/** In 2025-09, a beta of some endpoints, the portal has none. */
const known = ['v1', 'v2', 'v3', 'v4', '2025-09', '2026-03', '2026-09', '2026-09-beta', '2027-03-beta'] as const;

/** `none`: a path without a version, such as that of a download. */
export type ApiVersion = (typeof known)[number] | 'none';

/** A request's path without its version. */
export interface VersionedPath {
  readonly version: ApiVersion;
  /** Segments still encoded, as they were sent. */
  readonly segments: readonly string[];
}

/** Legacy areas that the dated paths renamed. */
const renamed: readonly { readonly legacy: readonly string[]; readonly area: readonly string[] }[] = [
  { legacy: ['crm', 'schemas'], area: ['crm-object-schemas', 'schemas'] },
  { legacy: ['integrations', 'me'], area: ['account-info', 'details'] },
];

/**
 * Takes the version out of a path: `/crm/v3/objects/contacts`, `/crm/objects/2026-09/contacts` and
 * `/crm/associations/v4/…` all become `/crm/…/…` plus their version.
 */
export function readVersion(path: string): VersionedPath {
  const segments = path
    .replace(/(?<!\/)\/+$/, '')
    .split('/')
    .slice(1);
  // The version is the second to fourth segment; later ones are ids that only look like it.
  const at = segments.slice(1, 4).findIndex((segment) => known.some((version) => version === segment)) + 1;
  const version = known.find((each) => each === segments[at]);
  if (version === undefined) return { version: 'none', segments };
  const rest = [...segments.slice(0, at), ...segments.slice(at + 1)];
  const match = renamed.find(({ legacy }) => legacy.every((segment, i) => rest[i] === segment));
  return {
    version,
    segments: match ? [...match.area, ...rest.slice(match.legacy.length)] : rest,
  };
}

/** Legacy versions of an area; an endpoint exists in these and the dated ones, unless its route says otherwise. */
const areas: readonly { readonly path: string; readonly versions: readonly ApiVersion[] }[] = [
  { path: '/crm/objects/{objectType}/{objectId}/associations', versions: ['v4', '2026-03', '2026-09', '2026-09-beta'] },
  { path: '/crm/objects', versions: ['v3', '2026-03', '2026-09'] },
  { path: '/crm/associations', versions: ['v4', '2026-03', '2026-09', '2026-09-beta'] },
  { path: '/oauth', versions: ['v1', 'v2', 'v3', '2026-03', '2026-09'] },
  { path: '/', versions: ['v3', '2026-03', '2026-09'] },
];

/** The versions in which a route exists. */
export function versionsOf(route: Pick<Route, 'path' | 'versions'>): readonly ApiVersion[] {
  return route.versions ?? areas.find(({ path }) => route.path.startsWith(path))?.versions ?? [];
}
