/** Owners, by id, e-mail or name. */

import type { CallOptions, HubSpot, Owner } from '../hubspot/index.ts';
import { UserError } from './user-error.ts';
import { fold, pickOne, quote } from './words.ts';

/** What people call an owner: the full name, else the e-mail. */
export function ownerName(owner: Owner): string {
  return [owner.firstName, owner.lastName].filter(Boolean).join(' ') || owner.email || owner.id;
}

export function createOwners(hubspot: Pick<HubSpot, 'owners'>, call: CallOptions) {
  /** By what was said: thousands of rows have few owners. */
  const known = new Map<string, Owner>();
  const list = (options: { archived?: boolean } = {}): Promise<readonly Owner[]> => hubspot.owners.list(options, call);

  async function find(said: string, archived: boolean): Promise<Owner> {
    const active = await list();
    const fits = (owner: Owner) => owner.id === said.trim() || isCalled(owner, said);
    if (!active.some(fits)) {
      const gone = (await list({ archived: true })).filter(fits);
      if (gone.length > 0) {
        if (archived || gone.some((owner) => owner.id === said.trim())) return pick(said, gone);
        throw new UserError(
          'deactivated_owner',
          `The owner ${quote(said)} is deactivated. Choose an active owner, or use the id to keep this one.`,
          {
            candidates: gone.map(candidate),
            next: 'list_owners',
          },
        );
      }
    }
    return pick(said, active);
  }

  return {
    list,

    /**
     * Active owners come first; deactivated ones are looked up only when no active one fits, and then refused unless
     * `archived` allows them or the id says that no other is meant.
     */
    async resolve(said: string, { archived = false }: { archived?: boolean } = {}): Promise<Owner> {
      const key = `${archived} ${said}`;
      const found = known.get(key) ?? (await find(said, archived));
      known.set(key, found);
      return found;
    },
  };
}

function names({ email = '', firstName = '', lastName = '', ...owner }: Owner): string[] {
  return [ownerName({ email, firstName, lastName, ...owner }), email, `${lastName} ${firstName}`].filter(
    (name) => name.trim() !== '',
  );
}

function isCalled(owner: Owner, said: string): boolean {
  const word = fold(said);
  return [...names(owner), candidate(owner).label].some((name) => fold(name) === word);
}

/** By a first name only where nothing better fits; several of that name are the caller's to tell apart. */
function pick(said: string, owners: readonly Owner[]): Owner {
  const exact = owners.some((owner) => owner.id === said.trim() || isCalled(owner, said));
  const called = (owner: Owner) => (exact ? names(owner) : [...names(owner), owner.firstName ?? '']);
  return pickOne(said, owners, 'owner', (owner) => ({ ...candidate(owner), aliases: called(owner) }), {
    byLabel: true,
    next: 'list_owners',
  });
}

const candidate = (owner: Owner) => ({
  id: owner.id,
  label: owner.email ? `${ownerName(owner)} <${owner.email}>` : ownerName(owner),
});
