/** Which properties the copy of a type holds, held against those that the portal has now. */

import type { ObjectType } from '../crm/index.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';

/** A place in the cells. One that was deleted and made anew under its name has another time, and so another place. */
export interface Slot {
  readonly name: string;
  readonly createdAt?: string;
}

/** The place of a property that is no more: nobody asks for it. */
const NOBODYS: Slot = { name: '' };

export const namesIn = (layout: readonly Slot[]) =>
  layout.map(({ name }) => name).filter((name) => name !== NOBODYS.name);

export interface Definitions {
  /** What the operator's policy hides or shows in part only: neither is ever in the copy. */
  readonly forbidden: (property: string) => boolean;
  /** The places that are held, those of properties that are no more given up, and one more for each that is lacking. */
  readonly grown: (layout: readonly Slot[], wanted: readonly string[]) => readonly Slot[];
  /** A property that came into being after this time: records that were not changed since have no value of it. */
  readonly bornAfter: (slot: Slot, time: number) => boolean;
}

export async function definitionsOf(hubspot: HubSpot, type: ObjectType, call: CallOptions): Promise<Definitions> {
  const all = new Map((await hubspot.properties.list(type.id, {}, call)).map((property) => [property.name, property]));
  const slotOf = (name: string): Slot => {
    const { createdAt } = all.get(name) ?? {};
    return { name, ...(createdAt !== undefined && { createdAt }) };
  };
  const isThere = ({ name, createdAt }: Slot) => all.has(name) && all.get(name)?.createdAt === createdAt;
  return {
    forbidden: (property) =>
      all.get(property)?.restricted === 'mask' || (hubspot.hides?.(type.name, property) ?? false),
    grown(layout, wanted) {
      const held = layout.map((slot) => (isThere(slot) ? slot : NOBODYS));
      const known = new Set(held.map(({ name }) => name));
      return [...held, ...wanted.filter((name) => !known.has(name)).map(slotOf)];
    },
    bornAfter({ name, createdAt }, time) {
      return !all.get(name)?.calculated && createdAt !== undefined && Date.parse(createdAt) > time;
    },
  };
}
