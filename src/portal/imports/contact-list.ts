/** The list of an import's contacts, where it was asked for. */

import { changeMembers } from '../lists/keep.ts';
import type { PortalContext } from '../route.ts';
import type { StoredImport } from '../store/imports.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { importRequest } from './request.ts';

const CONTACTS = '0-1';

/** As `metadata.objectLists` shows it. Guess: a name that another list has gets the import's id. */
export function createContactList(
  { store, clock }: Pick<PortalContext, 'store' | 'clock'>,
  stored: StoredImport,
): StoredImport['objectLists'] {
  const { createContactListFromImport, name } = importRequest(stored.request, []);
  const members = store.imports.writtenIds(stored.id, CONTACTS);
  if (!createContactListFromImport || members.length === 0) return stored.objectLists;
  const lists = store.lists.list(PORTAL);
  const isTaken = lists.some((list) => list.name.toLowerCase() === name.toLowerCase() && list.deletedAt === undefined);
  const at = isoTime(clock.now());
  const list = {
    listId: String(Math.max(0, ...lists.map(({ listId }) => Number(listId))) + 1),
    name: isTaken ? `${name} (${stored.id})` : name,
    objectTypeId: CONTACTS,
    processingType: 'SNAPSHOT',
    processingStatus: 'COMPLETE',
    listVersion: 1,
    createdAt: at,
    updatedAt: at,
  } as const;
  store.lists.put(PORTAL, list.listId, list);
  const live = members.filter((id) => store.records.get(CONTACTS, id)?.archivedAt === null);
  changeMembers(store, list, { add: live }, clock.now());
  return [{ listId: list.listId, objectType: CONTACTS }];
}
