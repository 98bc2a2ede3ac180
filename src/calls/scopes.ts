/** What a tool asks of a token's scopes. Nothing is hidden or refused on a guess. */

import type { ToolDescription } from '../catalogue/tool-description.ts';
import type { Crm, ObjectType } from '../crm/index.ts';
import { standardTypes } from '../crm/standard-types.ts';
import { UserError } from '../crm/user-error.ts';
import type { HubSpot } from '../hubspot/index.ts';

/** What is known of a token's scopes at this moment. */
export type KnownScopes = Pick<HubSpot['scopes'], 'granted' | 'denied'>;

/** What a call must be allowed to do with an object type: its records, or its definitions (HubSpot says `schemas`). */
interface Access {
  readonly area: 'objects' | 'schemas';
  readonly access: 'read' | 'write';
}

interface Needs {
  /** Each of these, for every call. */
  readonly fixed: readonly string[];
  /** Access to the object types that these arguments of a call name. */
  readonly perObjectType: readonly (Access & { readonly argument: string })[];
}

/** Whether the token is known to have none of these. */
function lacks(known: KnownScopes, anyOf: readonly string[]): boolean {
  const granted = known.granted();
  const denied = known.denied();
  return anyOf.length > 0 && anyOf.every((scope) => (granted === undefined ? denied.has(scope) : !granted.has(scope)));
}

function needsOf(scopes: readonly string[]): Needs {
  const fixed: string[] = [];
  const perObjectType: (Access & { argument: string })[] = [];
  for (const scope of scopes) {
    const [, area, argument, access] = /^crm\.(objects|schemas)\.\{(\w+)\}\.(read|write)$/.exec(scope) ?? [];
    const known = (area === 'objects' || area === 'schemas') && (access === 'read' || access === 'write');
    if (known && argument !== undefined) perObjectType.push({ area, argument, access });
    else fixed.push(scope);
  }
  return { fixed, perObjectType };
}

/** Whether some call of a tool with these scopes could succeed, as far as is known. */
export function usable(scopes: readonly string[], known: KnownScopes): boolean {
  const { fixed, perObjectType } = needsOf(scopes);
  return (
    !fixed.some((scope) => lacks(known, [scope])) &&
    !perObjectType.some((needed) => lacks(known, scopesForAnyType(needed)))
  );
}

function scopesForAnyType(needed: Access): readonly string[] {
  return [`crm.${needed.area}.custom.${needed.access}`, ...standardTypes.flatMap((type) => scopesFor(type, needed))];
}

/** Any one of these is enough for that kind of access to the type. */
function scopesFor({ scopes }: Pick<ObjectType, 'scopes'>, { area, access }: Access): readonly string[] {
  return area === 'objects'
    ? scopes[access]
    : scopes[access].map((scope) => scope.replace('crm.objects.', 'crm.schemas.'));
}

/** @throws {@link UserError} `missing_scope`, before any request, for what the token is known not to be allowed */
export async function requireScopes(
  { name, scopes }: Pick<ToolDescription, 'name' | 'scopes'>,
  input: Readonly<Record<string, unknown>>,
  known: KnownScopes,
  crm: Pick<Crm, 'objectTypes'>,
): Promise<void> {
  const { fixed, perObjectType } = needsOf(scopes);
  const missing = fixed.filter((scope) => lacks(known, [scope]));
  for (const needed of perObjectType) {
    const said = input[needed.argument];
    if (typeof said !== 'string') continue;
    const anyOf = scopesFor(await crm.objectTypes.resolve(said), needed);
    if (lacks(known, anyOf)) missing.push(...anyOf);
  }
  if (missing.length === 0) return;
  throw new UserError(
    'missing_scope',
    `The token lacks the scope ${missing.join(' or ')}, which ${name} needs here. Nothing was sent.`,
    {
      missingScopes: missing,
      next: "Ask the person to add it to the token's app or service key and to restart the server.",
    },
  );
}
