/** The list of an import's contacts, where it was asked for. */

import { createList } from '../lists/create-list.ts';
import { changeMembers } from '../lists/keep.ts';
import type { PortalContext } from '../route.ts';
import type { StoredImport } from '../store/imports.ts';
import { PORTAL } from '../store/store.ts';
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
  const taken = store.lists
    .list(PORTAL)
    .some((list) => list.name.toLowerCase() === name.toLowerCase() && list.deletedAt === undefined);
  const list = createList(store, clock.now(), {
    name: taken ? `${name} (${stored.id})` : name,
    objectTypeId: CONTACTS,
    processingType: 'SNAPSHOT',
  });
  const live = members.filter((id) => store.records.get(CONTACTS, id)?.archivedAt === null);
  changeMembers(store, list, { add: live }, clock.now());
  return [{ listId: list.listId, objectType: CONTACTS }];
}
