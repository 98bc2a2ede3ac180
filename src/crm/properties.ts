/** The properties of an object type, found by what people call them. */

import type { CallOptions, HubSpot, Property } from '../hubspot/index.ts';
import type { ObjectType, PropertyIndex } from './types.ts';
import { UserError } from './user-error.ts';
import { fold, nearestOf, quote } from './words.ts';

/** What people call `hubspot_owner_id`, whose label names the type: Contact owner. */
const OWNER = new Set(['owner', 'owner id']);

/** An index costs a pass over hundreds of definitions, and the client gives the same array until they change. */
const indexes = new WeakMap<readonly Property[], PropertyIndex>();

export function createProperties(hubspot: Pick<HubSpot, 'properties'>, call: CallOptions) {
  return {
    async of(type: ObjectType): Promise<PropertyIndex> {
      const definitions = await hubspot.properties.list(type.id, {}, call);
      let index = indexes.get(definitions);
      if (!index) {
        index = indexProperties(type, definitions);
        indexes.set(definitions, index);
      }
      return index;
    },
  };
}

export function indexProperties(type: Pick<ObjectType, 'plural'>, all: readonly Property[]): PropertyIndex {
  const byName = new Map(all.map((property) => [property.name, property]));
  const byWord = new Map<string, Property[]>();
  for (const property of all) {
    for (const word of new Set([fold(property.name), fold(property.label)])) {
      const same = byWord.get(word);
      if (same) same.push(property);
      else byWord.set(word, [property]);
    }
  }

  function get(name: string): Property {
    const exact = byName.get(name) ?? byName.get(name.trim().toLowerCase());
    if (exact) return exact;
    const owner = OWNER.has(fold(name)) ? byName.get('hubspot_owner_id') : undefined;
    const meant = byWord.get(fold(name)) ?? (owner ? [owner] : []);
    if (meant.length === 1 && meant[0]) return meant[0];
    if (meant.length > 1) {
      throw new UserError('ambiguous_property', `${quote(name)} is the label of several properties. Use a name.`, {
        candidates: meant.map((property) => ({ id: property.name, label: property.label })),
      });
    }
    const near = nearestOf(all, name, () => all.map((property) => ({ id: property.name, label: property.label })));
    throw new UserError(
      'unknown_property',
      `${type.plural} have no property ${quote(name)}.${near.length > 0 ? ' Use one of the nearest.' : ''}`,
      { property: name, ...(near.length > 0 && { nearest: near }), next: 'list_properties' },
    );
  }

  return {
    all,
    get,
    has: (name) => byName.has(name),
    find: (words) => findProperties(all, words),
  };
}

/** Looks up several names; those that are wrong stop none of the others, unless all are. */
export function lookUp(
  index: PropertyIndex,
  names: readonly string[],
): { readonly found: readonly Property[]; readonly wrong: readonly UserError[] } {
  const found: Property[] = [];
  const wrong: UserError[] = [];
  for (const name of names) {
    try {
      found.push(index.get(name));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      wrong.push(error);
    }
  }
  if (found.length === 0 && wrong[0]) throw wrong[0];
  return { found, wrong };
}

/** Every word must occur; a hit in the name or label counts more than one elsewhere, and a short name more than a long. */
function findProperties(all: readonly Property[], words: string): Property[] {
  const wanted = fold(words).split(' ').filter(Boolean);
  const whole = wanted.join(' ');
  const hits: { property: Property; score: number }[] = [];
  for (const property of all) {
    const name = fold(property.name);
    const label = fold(property.label);
    const rest = fold(
      `${property.description ?? ''} ${property.groupName} ${(property.options ?? []).map((option) => option.label).join(' ')}`,
    );
    let score = name === whole || label === whole ? 10 : 0;
    const everyWord = wanted.every((word) => {
      const hit = name.includes(word) || label.includes(word) ? 2 : rest.includes(word) ? 1 : 0;
      score += hit;
      return hit > 0;
    });
    if (everyWord) hits.push({ property, score });
  }
  const length = ({ property }: (typeof hits)[number]) => property.name.length + property.label.length;
  return hits.sort((a, b) => b.score - a.score || length(a) - length(b)).map((hit) => hit.property);
}
