/** Which object types can be associated, and by which labels. */

import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { AssociationType, ObjectType } from './types.ts';
import { UserError } from './user-error.ts';
import { firstOf, pickOne } from './words.ts';

/** False only where HubSpot is known to have no association between two types. */
export function canAssociate(from: ObjectType, to: ObjectType): boolean {
  if (!from.associableTo || !to.associableTo) return true;
  return from.associableTo.has(to.id) || to.associableTo.has(from.id);
}

export function createAssociationTypes(hubspot: Pick<HubSpot, 'associations'>, call: CallOptions) {
  async function list(from: ObjectType, to: ObjectType): Promise<readonly AssociationType[]> {
    requirePair(from, to);
    return hubspot.associations.labels(from.id, to.id, call);
  }

  async function resolve(
    from: ObjectType,
    to: ObjectType,
    label?: string | readonly string[],
  ): Promise<readonly AssociationType[]> {
    const types = await list(from, to);
    const said = label === undefined ? [] : typeof label === 'string' ? [label] : label;
    if (said.length === 0) return [unlabelled(from, to, types)];
    const labelled = types.filter((type) => type.label !== null);
    return said.map((each) =>
      pickOne(
        each,
        labelled,
        'association label',
        ({ typeId, label }) => ({ id: String(typeId), label: label ?? '' }),
        {
          where: ` from ${from.plural.toLowerCase()} to ${to.plural.toLowerCase()}`,
          byLabel: true,
          next: 'list_object_types',
        },
      ),
    );
  }

  return { list, resolve };
}

/** Refuses an impossible pair before any request. */
export function requirePair(from: ObjectType, to: ObjectType): void {
  if (canAssociate(from, to)) return;
  const takes = from.associableTo?.size === 0 ? from : to.associableTo?.size === 0 ? to : undefined;
  throw new UserError(
    'not_possible',
    takes
      ? `HubSpot associates ${takes.plural.toLowerCase()} with nothing.${takes.name === 'products' ? ' Products reach deals through line_items.' : ''}`
      : `HubSpot has no association between ${from.plural.toLowerCase()} and ${to.plural.toLowerCase()}. See list_object_types.`,
    { next: 'list_object_types' },
  );
}

function unlabelled(from: ObjectType, to: ObjectType, types: readonly AssociationType[]): AssociationType {
  const plain = types.filter((type) => type.label === null);
  const found = plain.find((type) => type.category === 'HUBSPOT_DEFINED') ?? plain[0];
  if (found) return found;
  throw new UserError(
    'not_possible',
    `${from.plural} and ${to.plural.toLowerCase()} have no association without a label. Give one of those allowed.`,
    { allowed: firstOf(types.map((type) => type.label ?? String(type.typeId))) },
  );
}
