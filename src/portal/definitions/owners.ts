/** `/crm/owners`: the people, and former people, that records can belong to. */

import { invalid, notFound } from '../errors.ts';
import type { Owner } from '../facts/definitions.ts';
import { nextPage, readFlag, readLimit, readStart } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';

const source = { page: 'developers.hubspot.com/docs/api-reference/latest/crm/owners/guide', compared: '2026-11-22' };
const scopes = () => ['crm.objects.owners.read'];

function owners(call: Call, archived: boolean): Owner[] {
  return call.store.owners
    .list(PORTAL)
    .filter((owner) => owner.archived === archived)
    .sort((a, b) => Number(a.id) - Number(b.id));
}

/** Teams are only shown where there are some. */
function present(owner: Owner): Partial<Owner> {
  const { teams, ...rest } = owner;
  return teams.length > 0 ? owner : rest;
}

export const ownerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/owners',
    scopes,
    budget: 'burst',
    source,
    handle(call) {
      const limit = readLimit(call, 100, 500);
      const email = call.query.get('email')?.toLowerCase();
      const after = readStart(call);
      const found = owners(call, readFlag(call, 'archived')).filter(
        (owner) => Number(owner.id) >= after && (!email || owner.email.toLowerCase() === email),
      );
      const next = found[limit];
      const results = found.slice(0, limit).map(present);
      return { status: 200, body: { results, ...(next && { paging: nextPage(call, call.path, next.id) }) } };
    },
  },
  {
    method: 'GET',
    path: '/crm/owners/{ownerId}',
    scopes,
    budget: 'burst',
    source,
    handle(call) {
      const asked = call.params['ownerId'] ?? '';
      const idProperty = call.query.get('idProperty') ?? 'id';
      // Guess: the words for what owners have no ids by.
      if (idProperty !== 'id' && idProperty !== 'userId') {
        throw invalid(`Invalid idProperty ${idProperty}: it must be id or userId`);
      }
      const owner = owners(call, readFlag(call, 'archived')).find((candidate) =>
        idProperty === 'userId' ? String(candidate.userIdIncludingInactive) === asked : candidate.id === asked,
      );
      // Guess: the words for an owner who is not there.
      if (!owner) throw notFound(`Owner ${asked} does not exist`);
      return { status: 200, body: present(owner) };
    },
  },
];
