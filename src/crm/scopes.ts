/** What the token may do, and what it may do for nothing. */

import type { HubSpot } from '../hubspot/index.ts';
import type { Crm } from './index.ts';
import { standardTypes } from './standard-types.ts';
import { UserError } from './user-error.ts';

/**
 * @param needed the scopes of the enabled tools; a part in braces, such as `{objectType}`, stands for any type
 */
export function createScopes(hubspot: Pick<HubSpot, 'scopes'>, needed: readonly string[]): Crm['scopes'] {
  const granted = () => hubspot.scopes.granted();
  const allow = (anyOf: readonly string[]) => {
    const known = granted();
    return !known || anyOf.length === 0 || anyOf.some((scope) => known.has(scope));
  };
  return {
    granted,
    allow,

    unneeded() {
      const patterns = needed.map(
        (scope) => new RegExp(`^${scope.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[a-z_-]+')}$`),
      );
      const wanted = (scope: string) => patterns.some((pattern) => pattern.test(scope));
      // One scope that a type takes in place of its own, such as `tickets` or `e-commerce`, is needed like its own.
      const instead = new Set(
        standardTypes.flatMap(({ name, scopes }) =>
          (['read', 'write'] as const).flatMap((access) =>
            wanted(`crm.objects.${name}.${access}`) ? scopes[access] : [],
          ),
        ),
      );
      return [...(granted() ?? [])]
        .filter((scope) => scope !== 'oauth' && !wanted(scope) && !instead.has(scope))
        .sort();
    },

    require(anyOf) {
      if (allow(anyOf)) return;
      throw new UserError(
        'missing_scope',
        `The HubSpot token lacks ${anyOf.length === 1 ? `the scope ${anyOf[0]}` : `one of the scopes ${anyOf.join(', ')}`}. Ask its owner to add it.`,
        { missingScopes: anyOf },
      );
    },
  };
}
