/**
 * Keeps members of lists true: dynamic ones follow every record and, when they are looked at, the time that passed; no
 * list keeps a record that is gone. Guess: a record that is archived leaves its lists for good, one that is merged stays
 * in those that are kept by hand.
 */

import { PortalError } from '../errors.ts';
import type { List } from '../facts/definitions.ts';
import type { RecordRef } from '../store/associations.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { conversionAt } from './conversion-time.ts';
import { type ListFilters, readFilters } from './filters/branch.ts';
import { Moment } from './filters/moment.ts';
import { subjectOf } from './filters/subject.ts';

/** From now on the lists of the store follow its records. `now` gives milliseconds since the epoch. */
export function followRecords(store: Store, now: () => number): void {
  store.followRecords((records) => {
    if (store.lists.list(PORTAL).length > 0) update(store, records, now());
  });
}

/** Brings every list up to the time: for whoever reads members. Only inside a transaction. */
export function refreshLists(store: Store, now: number): void {
  for (const list of store.lists.list(PORTAL)) {
    if (list.deletedAt !== undefined) continue;
    const at = conversionAt(store, list);
    if (at !== undefined && at <= now) convert(store, list, now);
    else if (list.processingStatus === 'PROCESSING') processList(store, list, now);
  }
  for (const listId of store.listStates.due(now)) {
    const list = store.lists.get(PORTAL, listId);
    if (list && isKept(list)) processList(store, list, now);
  }
  const turned = store.listStates.takeTurns(now).flatMap(({ listId, recordId }) => {
    const list = store.lists.get(PORTAL, listId);
    return list ? [{ typeId: list.objectTypeId, id: recordId }] : [];
  });
  if (turned.length > 0) update(store, turned, now);
}

/** Guess: a converted list is a SNAPSHOT: its filters stay with it and are not looked at any more. */
function convert(store: Store, list: List, now: number): void {
  const { conversion } = list;
  if (!conversion) return;
  if (isKept(list)) processList(store, list, now);
  forgetTimes(store, list);
  store.lists.put(PORTAL, list.listId, {
    ...list,
    processingType: 'SNAPSHOT',
    processingStatus: 'COMPLETE',
    updatedAt: isoTime(now),
    conversion: { ...conversion, convertedAt: isoTime(now) },
  });
}

/** Time does nothing to the list any more. */
export function forgetTimes(store: Store, { listId }: List): void {
  store.listStates.setValidUntil(listId, undefined);
  store.listStates.clearTurns(listId);
}

/** Holds all records against the filters of a list, and updates the lists that look into it. */
export function processList(store: Store, list: List, now: number): void {
  const changed = evaluate(store, list, now);
  if (list.processingStatus !== 'COMPLETE') {
    store.lists.put(PORTAL, list.listId, { ...list, processingStatus: 'COMPLETE' });
  }
  const looksInto = keptLists(store).some(({ filters }) => filters.listIds.has(list.listId));
  if (looksInto && changed.length > 0) {
    update(
      store,
      changed.map((id) => ({ typeId: list.objectTypeId, id })),
      now,
    );
  }
}

/** The ids of the records that joined or left. */
function evaluate(store: Store, list: List, now: number): string[] {
  const type = store.objectType(list.objectTypeId);
  const filters = filtersOf(store, list);
  if (!type || !filters) return [];
  const moment = new Moment(now, zoneOf(store), { whole: true });
  const members = new Set(store.listMembers.list(list.listId, { limit: -1 }).map(({ id }) => id));
  const joining: string[] = [];
  const turns: { readonly id: string; readonly at: number }[] = [];
  for (const record of store.records.all(list.objectTypeId)) {
    const belongs = filters.test(subjectOf(store, type, record), moment);
    const at = moment.takeTurn();
    if (at !== undefined) turns.push({ id: record.id, at });
    if (belongs && !members.delete(record.id)) joining.push(record.id);
  }
  changeMembers(store, list, { add: joining, remove: [...members] }, now);
  if (list.processingType === 'DYNAMIC') {
    forgetTimes(store, list);
    store.listStates.setValidUntil(list.listId, moment.validUntil);
    for (const { id, at } of turns) store.listStates.setTurn(list.listId, id, at);
  }
  return [...joining, ...members];
}

/** Puts records into a list and takes others out; gives those that were not there, and those that were. */
export function changeMembers(
  store: Store,
  list: List,
  change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  now: number,
): { readonly added: string[]; readonly removed: string[] } {
  const removed = store.listMembers.remove(list.listId, change.remove ?? []);
  const added = store.listMembers.add(list, change.add ?? [], now);
  if (added.length > 0 || removed.length > 0) {
    store.listStates.changed(list.listId, {
      at: now,
      growth: added.length - removed.length,
      removed: removed.length > 0,
      size: () => store.listMembers.count(list.listId),
    });
  }
  return { added, removed };
}

/** Holds records, and those whose place depends on them, against all dynamic lists; whoever moved is held again. */
export function update(store: Store, records: readonly RecordRef[], now: number): void {
  const lists = keptLists(store);
  const moments = new Map(lists.map(({ list }) => [list.listId, new Moment(now, zoneOf(store))]));
  const lookedInto = new Set(lists.flatMap(({ filters }) => [...filters.listIds]));
  const waiting = [...records];
  for (let ref = waiting.pop(); ref; ref = waiting.pop()) {
    const record = store.records.get(ref.typeId, ref.id);
    if (record?.id !== ref.id || record.archivedAt !== null) leaveAll(store, ref, record, now);
    for (const { list, filters } of lists) {
      const moment = moments.get(list.listId);
      if (!moment) continue;
      for (const id of dependents(store, list, filters, ref)) {
        const moved = place(store, list, filters, id, moment);
        if (moved && lookedInto.has(list.listId)) waiting.push({ typeId: list.objectTypeId, id });
      }
    }
  }
  for (const [listId, { validUntil }] of moments) {
    const known = store.listStates.validUntil(listId);
    if (validUntil !== undefined && (known === undefined || validUntil < known)) {
      store.listStates.setValidUntil(listId, validUntil);
    }
  }
}

/** Whether the record joined or left. */
function place(store: Store, list: List, filters: ListFilters, id: string, moment: Moment): boolean {
  const type = store.objectType(list.objectTypeId);
  const record = store.records.get(list.objectTypeId, id);
  if (!type || !record || record.id !== id || record.archivedAt !== null) return false;
  const belongs = filters.test(subjectOf(store, type, record), moment);
  store.listStates.setTurn(list.listId, id, moment.takeTurn());
  if (belongs === store.listMembers.has(list.listId, id)) return false;
  changeMembers(store, list, belongs ? { add: [id] } : { remove: [id] }, moment.now);
  return true;
}

/** The records of the list whose place may depend on a record: itself, and those from which a path leads to it. */
function dependents(store: Store, list: List, { paths }: ListFilters, ref: RecordRef): Set<string> {
  const ids = new Set<string>(list.objectTypeId === ref.typeId ? [ref.id] : []);
  for (const path of paths) {
    for (let end = 1; end < path.length; end++) {
      if (path[end] !== ref.typeId) continue;
      let found = [ref];
      for (const typeId of path.slice(0, end).toReversed()) {
        const linked = new Set(found.flatMap((each) => store.associations.linkedWith(typeId, each)));
        found = [...linked].map((id) => ({ typeId, id }));
      }
      for (const { id } of found) ids.add(id);
    }
  }
  return ids;
}

function leaveAll(store: Store, ref: RecordRef, heir: StoredRecord | undefined, now: number): void {
  for (const { listId } of store.listMembers.listsOf(ref)) {
    const list = store.lists.get(PORTAL, listId);
    if (!list) continue;
    const inherits = heir && heir.id !== ref.id && heir.archivedAt === null && list.processingType !== 'DYNAMIC';
    changeMembers(store, list, { remove: [ref.id], ...(inherits && { add: [heir.id] }) }, now);
  }
}

function isKept(list: List): boolean {
  return list.processingType === 'DYNAMIC' && list.deletedAt === undefined && list.processingStatus === 'COMPLETE';
}

/** Dynamic lists that are followed, with their filters. */
export function keptLists(store: Store): { readonly list: List; readonly filters: ListFilters }[] {
  return store.lists.list(PORTAL).flatMap((list) => {
    const filters = isKept(list) ? filtersOf(store, list) : undefined;
    return filters ? [{ list, filters }] : [];
  });
}

const known = new WeakMap<object, { readonly revision: number; readonly filters: ListFilters | undefined }>();

/** Undefined where what they are about is not there any more: such a list keeps the members that it has. */
function filtersOf(store: Store, { objectTypeId, filterBranch }: List): ListFilters | undefined {
  if (!filterBranch) return undefined;
  const read = known.get(filterBranch);
  if (read?.revision === store.revision) return read.filters;
  const type = store.objectType(objectTypeId);
  const filters = type && readable(() => readFilters(store, type, filterBranch));
  known.set(filterBranch, { revision: store.revision, filters });
  return filters;
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PortalError) return undefined;
    throw error;
  }
}

function zoneOf(store: Store): string {
  return store.account.get(PORTAL, 'account')?.timeZone ?? 'UTC';
}
