/** HubSpot's endpoints: what a portal that lacks one says of it, and what the README counts. */

import type { HttpMethod } from '../../../fetch.ts';
import { type ApiVersion, readVersion } from '../../versions.ts';
import { accountEndpoints } from './account.ts';
import { appEndpoints } from './apps.ts';
import { automationEndpoints } from './automation.ts';
import { areasByPrefix } from './by-prefix.ts';
import { commerceEndpoints } from './commerce.ts';
import { conversationEndpoints } from './conversations.ts';
import { crmEndpoints } from './crm.ts';
import { marketingEndpoints } from './marketing.ts';

export interface Endpoint {
  readonly group: string;
  readonly area: string;
  readonly method: HttpMethod;
  /** Without its version, as a route names its own. */
  readonly path: string;
}

const groups = {
  CRM: crmEndpoints,
  Account: accountEndpoints,
  Apps: appEndpoints,
  Automation: automationEndpoints,
  Commerce: commerceEndpoints,
  Conversations: conversationEndpoints,
  Marketing: marketingEndpoints,
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HttpMethod[];

/** Every endpoint of the published inventory, emulated or not, in the order of its areas. */
export function hubspotEndpoints(): Endpoint[] {
  return Object.entries(groups).flatMap(([group, areas]) =>
    Object.entries(areas).flatMap(([area, table]) => linesOf(table).flatMap((line) => readLine(group, area, line))),
  );
}

function readLine(group: string, area: string, line: string): Endpoint[] {
  const [path = '', ...words] = line.split(' ');
  return methods.filter((method) => words.includes(method)).map((method) => ({ group, area, method, path }));
}

/** Beginnings of paths, with their versions, by area. */
export function hubspotPrefixes(): [area: string, prefixes: string[]][] {
  return Object.entries(areasByPrefix).map(([area, table]) => [area, table.trim().split(/\s+/)]);
}

/** The same for two paths that differ only in the names of their placeholders. */
export function shapeOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
}

/** Made at the first question: most portals are never asked. */
let known: { readonly patterns: readonly RegExp[]; readonly prefixes: readonly string[] } | undefined;

/** Versions in which HubSpot has more than this portal. */
const betas: readonly ApiVersion[] = ['2025-09', '2026-09-beta', '2027-03-beta'];

/**
 * Whether HubSpot answers a request that no route takes. `exists`: a route has the path, in other versions.
 * Guess: whatever lies behind a prefix is there, and an endpoint of the inventory is there in every version.
 */
export function isHubSpots(method: HttpMethod, path: string, exists: boolean): boolean {
  known ??= {
    patterns: hubspotEndpoints().map(
      (endpoint) => new RegExp(`^${shapeOf(endpoint).replaceAll('/', '\\/').replaceAll('{}', '[^/]+')}$`),
    ),
    prefixes: hubspotPrefixes().flatMap(([, prefixes]) => prefixes),
  };
  if (known.prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))) return true;
  const { version, segments } = readVersion(path);
  if (version === 'none' || (exists && !betas.includes(version))) return false;
  const asked = `${method} /${segments.join('/')}`;
  return known.patterns.some((pattern) => pattern.test(asked));
}

function linesOf(table: string): string[] {
  return table.trim().split(/(?<!\s)\s*\n\s*/);
}
