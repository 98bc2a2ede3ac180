/** Lists of a portal file and who is in them. */

import type { List } from '../../facts/definitions.ts';
import { readFilters } from '../../lists/filters/branch.ts';
import { PORTAL, type Store } from '../../store/store.ts';
import { asked } from './asked.ts';
import { typeNamed } from './object-types.ts';
import { inside, list, type Place, PortalFileError } from './read.ts';
import { listDefinition, listFolder } from './read-definitions.ts';

/** The folder that is not stored. */
const ROOT = '0';

export function loadListFolders(store: Store, value: unknown, place: Place, now: number): void {
  const time = new Date(now).toISOString();
  const folders = list(listFolder)(value, place);
  const ids = new Set([ROOT, ...folders.map(({ id }) => id)]);
  for (const [i, { id, name, parentFolderId = ROOT, createdAt = time, ...dates }] of folders.entries()) {
    if (!ids.has(parentFolderId)) {
      throw new PortalFileError(inside(inside(place, i), 'parentFolderId'), `there is no folder ${parentFolderId}.`);
    }
    const { updatedAt = createdAt, updatedContentsAt = createdAt } = dates;
    store.listFolders.put(PORTAL, id, { id, name, parentFolderId, createdAt, updatedAt, updatedContentsAt });
  }
}

/** A list with filters and without members is still to be evaluated. */
export function loadLists(store: Store, value: unknown, place: Place, now: number): void {
  const given = list(listDefinition)(value, place);
  const time = new Date(now).toISOString();
  let next = Math.max(0, ...given.map(({ listId }) => Number(listId ?? 0)));
  for (const [i, read] of given.entries()) {
    const at = inside(place, i);
    const { memberIds, processingType, objectTypeId, listId = String(++next), ...rest } = read;
    const type = typeNamed(store, objectTypeId ?? 'contacts', inside(at, 'objectTypeId'));
    const kind = processingType ?? (read.filterBranch ? 'DYNAMIC' : 'MANUAL');
    if (kind === 'DYNAMIC' && !read.filterBranch) {
      throw new PortalFileError(at, 'a dynamic list needs a "filterBranch"; a list made by hand is "MANUAL".');
    }
    if (read.folderId !== undefined && read.folderId !== ROOT && !store.listFolders.get(PORTAL, read.folderId)) {
      throw new PortalFileError(inside(at, 'folderId'), `there is no folder ${read.folderId} in "listFolders".`);
    }
    if (store.lists.get(PORTAL, listId)) throw new PortalFileError(at, `there is another list ${listId}.`);
    const made: List = {
      ...rest,
      listId,
      objectTypeId: type.id,
      processingType: kind,
      processingStatus: read.processingStatus ?? (kind === 'DYNAMIC' && !memberIds ? 'PROCESSING' : 'COMPLETE'),
      listVersion: read.listVersion ?? 1,
      createdAt: read.createdAt ?? time,
      updatedAt: read.updatedAt ?? read.createdAt ?? time,
    };
    const { filterBranch } = read;
    if (filterBranch) asked(inside(at, 'filterBranch'), () => readFilters(store, type, filterBranch));
    store.lists.put(PORTAL, listId, made);
    // Its members may be others by now: whoever looks at them evaluates the list first.
    if (kind === 'DYNAMIC') store.listStates.setValidUntil(listId, now);
    for (const [j, id] of (memberIds ?? []).entries()) {
      if (store.records.get(type.id, id)?.id === id) continue;
      throw new PortalFileError(
        inside(inside(at, 'memberIds'), j),
        `there is no record ${id} in records.${type.name}.`,
      );
    }
    store.listMembers.add(made, memberIds ?? [], now);
    const size = store.listMembers.count(listId);
    if (size > 0) store.listStates.changed(listId, { at: now, growth: size, removed: false, size: () => size });
  }
}
