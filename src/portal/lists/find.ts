/** What every endpoint of lists has in common. */

import { invalid, notFound } from '../errors.ts';
import type { List } from '../facts/definitions.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import type { ApiVersion } from '../versions.ts';
import { refreshLists } from './keep.ts';

const versions: readonly ApiVersion[] = ['v3', '2026-03', '2026-09', '2026-09-beta'];

const shared = {
  budget: 'burst',
  versions,
  source: { page: 'developers.hubspot.com/docs/api-reference/latest/crm/lists/guide', compared: '2026-11-22' },
} as const;

/** An endpoint that reads: it finds every list as it is now. */
export function reads(route: Pick<Route, 'method' | 'path' | 'handle'> & Partial<Route>): Route {
  return {
    ...shared,
    scopes: () => ['crm.lists.read'],
    ...route,
    handle(call) {
      refreshLists(call.store, call.now);
      return route.handle(call);
    },
  };
}

export function writes(route: Pick<Route, 'method' | 'path' | 'handle'> & Partial<Route>): Route {
  return {
    ...shared,
    scopes: () => ['crm.lists.write', 'cms.membership.access_groups.write'],
    ...route,
    handle(call) {
      refreshLists(call.store, call.now);
      return route.handle(call);
    },
  };
}

/** Lists that are not deleted, in the order of their ids. */
export function allLists(call: Call): List[] {
  return call.store.lists
    .list(PORTAL)
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort((a, b) => Number(a.listId) - Number(b.listId));
}

/** The list that a request names, with `deleted` also one that was deleted. @throws PortalError 404 (Guess: the words) */
export function requireList(call: Call, listId = call.params['listId'] ?? '', { deleted = false } = {}): List {
  const list = call.store.lists.get(PORTAL, listId);
  if (!list || (!deleted && list.deletedAt !== undefined)) {
    throw notFound(`List does not exist with ID ${listId}.`, {
      subCategory: 'ListError.LIST_DOES_NOT_EXIST',
      context: { listId: [listId] },
    });
  }
  return list;
}

/** Guess: that all names differ without case, whatever the object type, and the words. @throws PortalError 400 */
export function checkName(call: Call, name: string, self?: string): void {
  if (name.trim() === '') throw invalid('Every list must have a name.', { subCategory: 'ListError.INVALID_LIST_NAME' });
  const same = allLists(call).find((list) => list.name.toLowerCase() === name.toLowerCase() && list.listId !== self);
  if (!same) return;
  throw invalid(`A list with the name "${name}" already exists.`, {
    subCategory: 'ListError.DUPLICATE_LIST_NAME',
    context: { name: [name], listId: [same.listId] },
  });
}
