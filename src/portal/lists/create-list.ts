/** Making a list, for whoever makes one. */

import type { List } from '../facts/definitions.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { processList } from './keep.ts';

/** What a new list is; its filters and its name were checked. */
export type NewList = Pick<List, 'name' | 'objectTypeId' | 'processingType'> &
  Partial<
    Pick<
      List,
      'filterBranch' | 'folderId' | 'customProperties' | 'listPermissions' | 'membershipSettings' | 'createdById'
    >
  >;

/** Stores it under the next free id, with the records that its filters mean. `now`: milliseconds since the epoch. */
export function createList(store: Store, now: number, given: NewList): List {
  const ids = store.lists.list(PORTAL).map(({ listId }) => Number(listId));
  const at = isoTime(now);
  const list: List = {
    customProperties: {},
    membershipSettings: { membershipTeamId: null, includeUnassigned: null },
    ...given,
    listId: String(Math.max(0, ...ids) + 1),
    processingStatus: 'COMPLETE',
    listVersion: 1,
    createdAt: at,
    updatedAt: at,
    filtersUpdatedAt: at,
  };
  store.lists.put(PORTAL, list.listId, list);
  if (list.filterBranch) processList(store, list, now);
  return list;
}
