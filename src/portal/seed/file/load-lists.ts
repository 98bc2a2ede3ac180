/** Lists of a portal file and who is in them. */

import type { List } from '../../facts/definitions.ts';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import { checkCircle } from '../../lists/circle.ts';
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
  const parents = new Map(folders.map(({ id, parentFolderId = ROOT }) => [id, parentFolderId]));
  for (const [i, { id, name, parentFolderId = ROOT, createdAt = time, ...dates }] of folders.entries()) {
    if (!ids.has(parentFolderId)) {
      throw new PortalFileError(inside(inside(place, i), 'parentFolderId'), `there is no folder ${parentFolderId}.`);
    }
    if (isInside(parents, parentFolderId, id)) {
      throw new PortalFileError(inside(inside(place, i), 'parentFolderId'), `the folder ${id} would be inside itself.`);
    }
    const { updatedAt = createdAt, updatedContentsAt = createdAt } = dates;
    store.listFolders.put(PORTAL, id, { id, name, parentFolderId, createdAt, updatedAt, updatedContentsAt });
  }
}

/** Whether a folder is another one or anywhere in it. */
function isInside(parents: ReadonlyMap<string, string>, id: string, outer: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === outer) return true;
    seen.add(at);
  }
  return false;
}

/** A list with filters and without members is still to be evaluated. */
export function loadLists(store: Store, value: unknown, place: Place, now: number): void {
  const given = list(listDefinition)(value, place);
  const time = new Date(now).toISOString();
  const named = new Set<string>();
  let next = Math.max(0, ...given.map(({ listId }) => Number(listId ?? 0)));
  const loaded: { made: List; type: ObjectTypeFacts; at: Place }[] = [];
  for (const [i, read] of given.entries()) {
    const at = inside(place, i);
    const { memberIds, processingType, objectTypeId, listId = String(++next), ...rest } = read;
    const name = read.deletedAt === undefined ? read.name.toLowerCase() : undefined;
    if (name !== undefined && named.has(name)) {
      throw new PortalFileError(inside(at, 'name'), `there is another list ${JSON.stringify(read.name)}.`);
    }
    if (name !== undefined) named.add(name);
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
    store.lists.put(PORTAL, listId, made);
    loaded.push({ made, type, at });
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
  // A list may look into one that comes later.
  for (const { made, type, at } of loaded) {
    if (made.filterBranch === undefined) continue;
    asked(inside(at, 'filterBranch'), () => {
      readFilters(store, type, made.filterBranch);
      checkCircle(store, made);
    });
  }
}
