/** What a tool asks of a token's scopes. Nothing is hidden or refused on a guess. */

import type { ObjectType } from './crm/index.ts';
import { standardTypes } from './crm/standard-types.ts';
import type { HubSpot } from './hubspot/index.ts';

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
export function lacks(known: KnownScopes, anyOf: readonly string[]): boolean {
  const granted = known.granted();
  const denied = known.denied();
  return anyOf.length > 0 && anyOf.every((scope) => (granted === undefined ? denied.has(scope) : !granted.has(scope)));
}

export function needsOf(scopes: readonly string[]): Needs {
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
export function scopesFor({ scopes }: Pick<ObjectType, 'scopes'>, { area, access }: Access): readonly string[] {
  return area === 'objects'
    ? scopes[access]
    : scopes[access].map((scope) => scope.replace('crm.objects.', 'crm.schemas.'));
}
