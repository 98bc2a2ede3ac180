/** Finds the route of a request: one table, one version-neutral path per endpoint. */

import type { HttpMethod } from '../fetch.ts';
import type { Route } from './route.ts';
import { type ApiVersion, readVersion, versionsOf } from './versions.ts';

/** `elsewhere`: the endpoint exists, under another version or another method. `none`: nothing here has that path. */
export type Match =
  | {
      readonly kind: 'route';
      readonly route: Route;
      readonly version: ApiVersion;
      readonly params: Record<string, string>;
    }
  | { readonly kind: 'elsewhere'; readonly methods: readonly HttpMethod[] }
  | { readonly kind: 'none' };

export type Router = (method: HttpMethod, path: string) => Match;

interface Entry {
  readonly route: Route;
  readonly segments: readonly string[];
  readonly versions: readonly ApiVersion[];
}

export function createRouter(routes: readonly Route[]): Router {
  const byLength = new Map<number, Entry[]>();
  for (const route of routes) {
    const segments = route.path.split('/').slice(1);
    const entry = { route, segments, versions: versionsOf(route) };
    byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), entry]);
  }
  // Text before placeholders, from the left: `/batch/read` is no record called `batch`.
  for (const entries of byLength.values()) entries.sort((a, b) => compare(a.segments, b.segments));

  return (method, path) => {
    const asked = readVersion(path);
    const methods: HttpMethod[] = [];
    let exists = false;
    for (const { route, segments, versions } of byLength.get(asked.segments.length) ?? []) {
      const params = match(segments, asked.segments);
      if (!params) continue;
      exists = true;
      if (!versions.includes(asked.version)) continue;
      if (route.method === method) return { kind: 'route', route, version: asked.version, params };
      methods.push(route.method);
    }
    return exists ? { kind: 'elsewhere', methods } : { kind: 'none' };
  };
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [i, segment] of a.entries()) {
    const difference = Number(isPlaceholder(segment)) - Number(isPlaceholder(b[i] ?? ''));
    if (difference !== 0) return difference;
  }
  return 0;
}

const isPlaceholder = (segment: string) => segment.startsWith('{');

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [i, expected] of pattern.entries()) {
    const value = decode(segments[i] ?? '');
    if (value === undefined || value === '') return undefined;
    if (isPlaceholder(expected)) params[expected.slice(1, -1)] = value;
    else if (expected !== value) return undefined;
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray % names nothing.
    return undefined;
  }
}
