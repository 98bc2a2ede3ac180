/** What a tool asks of a token's scopes. Nothing is hidden or refused on a guess. */

import { standardTypes } from './crm/standard-types.ts';
import type { HubSpot } from './hubspot/index.ts';

/** What is known of a token's scopes at this moment. */
export type KnownScopes = Pick<HubSpot['scopes'], 'granted' | 'denied'>;

type Access = 'read' | 'write';

interface Needs {
  /** Each of these, for every call. */
  readonly fixed: readonly string[];
  /** Access to the object types that these arguments of a call name. */
  readonly perObjectType: readonly { readonly argument: string; readonly access: Access }[];
}

/** Whether the token is known to have none of these. */
export function lacks(known: KnownScopes, anyOf: readonly string[]): boolean {
  const granted = known.granted();
  const denied = known.denied();
  return anyOf.length > 0 && anyOf.every((scope) => (granted === undefined ? denied.has(scope) : !granted.has(scope)));
}

export function needsOf(scopes: readonly string[]): Needs {
  const fixed: string[] = [];
  const perObjectType: { argument: string; access: Access }[] = [];
  for (const scope of scopes) {
    const [, argument, access] = /^crm\.objects\.\{(\w+)\}\.(read|write)$/.exec(scope) ?? [];
    if (argument !== undefined && (access === 'read' || access === 'write')) perObjectType.push({ argument, access });
    else fixed.push(scope);
  }
  return { fixed, perObjectType };
}

/** Whether some call of a tool with these scopes could succeed, as far as is known. */
export function usable(scopes: readonly string[], known: KnownScopes): boolean {
  const { fixed, perObjectType } = needsOf(scopes);
  return (
    !fixed.some((scope) => lacks(known, [scope])) &&
    !perObjectType.some(({ access }) => lacks(known, scopesForAnyType(access)))
  );
}

function scopesForAnyType(access: Access): readonly string[] {
  return [`crm.objects.custom.${access}`, ...standardTypes.flatMap((type) => type.scopes[access])];
}
