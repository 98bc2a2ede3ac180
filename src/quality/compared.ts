/** What the records of a type are compared by. */

import { type Crm, type ObjectType, type PropertyIndex, UserError } from '../crm/index.ts';
import type { Rules } from '../enrich/anomalies/types.ts';
import { knownProperties } from '../enrich/duplicates/kinds/known-properties.ts';
import type { Kind } from '../enrich/duplicates/types.ts';
import { ifReadable } from './portal-facts.ts';

export interface Compared {
  readonly kind: Kind;
  /** Properties that say which records are one; of custom objects only. */
  readonly keys: readonly string[];
  readonly properties: readonly string[];
}

/** Types that a kind of its own knows. */
const kinds: Readonly<Partial<Record<string, Kind>>> = {
  contacts: 'contacts',
  companies: 'companies',
  deals: 'deals',
  tickets: 'tickets',
};

/** What is shown in part only is not compared: two values that are masked alike need not be alike. */
export function seenIn(index: PropertyIndex): ReadonlySet<string> {
  return new Set(index.all.filter(({ restricted }) => restricted !== 'mask').map(({ name }) => name));
}

/** What the operator has set for the type; a rule about a type that this portal does not have says nothing. */
export async function keysInRules(
  { id }: ObjectType,
  { objectTypes }: Pick<Crm, 'objectTypes'>,
  { keys = {} }: Pick<Rules, 'keys'> = {},
): Promise<readonly string[] | undefined> {
  for (const [name, properties] of Object.entries(keys)) {
    const type = await ifReadable(() => objectTypes.resolve(name));
    if (type?.id === id) return properties;
  }
  return undefined;
}

/**
 * Of the properties that a kind knows, those that the portal has and the caller may see.
 * @throws UserError `no_key`, `not_possible`, `unknown_property`
 */
export function comparedIn(type: ObjectType, index: PropertyIndex, said: readonly string[] = []): Compared {
  const kind = kinds[type.name] ?? (type.custom ? 'generic' : undefined);
  if (kind === undefined) {
    throw new UserError('not_possible', `${type.plural} are not compared.`, {
      allowed: [...Object.keys(kinds), 'custom objects, with keys'],
    });
  }
  const seen = seenIn(index);
  const keys = said.map((name) => index.get(name).name);
  const hidden = keys.find((name) => !seen.has(name));
  if (hidden !== undefined) {
    throw new UserError('property_masked', `${hidden} is shown in part only here, so records cannot be told by it.`, {
      property: hidden,
    });
  }
  if (kind === 'generic' && keys.length === 0) {
    throw new UserError(
      'no_key',
      `Name in keys the properties by which ${type.plural.toLowerCase()} are the same: a custom object's are not known here.`,
      { next: 'list_properties' },
    );
  }
  const known = kind === 'generic' ? [] : knownProperties[kind].map(({ property }) => property);
  const properties = [...new Set([...known, ...keys])].filter((name) => seen.has(name));
  if (properties.length > 0) return { kind, keys, properties };
  throw new UserError('not_possible', `Nothing that ${type.plural.toLowerCase()} are compared by may be seen here.`);
}
