/** The index of search: one table per object type that was searched, behind the store by HubSpot's delay. */

import type { Clock } from '../../clock.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { RecordRef } from '../store/associations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { Backlog } from './backlog.ts';
import { LiveTable, type Table } from './table.ts';

/**
 * `delayMs` is asked at every search and commit, in the portal's own time: with 0, everything that waits is known at once.
 * Guess: what a search finds and what it shows of a record come from the same index; HubSpot only says that new and
 * changed records take a few moments.
 */
export function searchTables(
  store: Store,
  options: { readonly clock: Pick<Clock, 'now'>; readonly delayMs: () => number },
): (type: ObjectTypeFacts) => Table {
  const tables = new Map<string, LiveTable>();
  const backlog = new Backlog(store.associations);
  const now = ({ typeId, id }: RecordRef): StoredRecord | undefined => {
    const record = store.records.get(typeId, id);
    return record?.id === id && record.archivedAt === null ? record : undefined;
  };
  const refresh = (refs: readonly RecordRef[]) => {
    for (const ref of refs) tables.get(ref.typeId)?.put(ref.id, now(ref));
  };
  const catchUp = () => {
    if (backlog.isEmpty) return;
    for (const { typeId, id, record } of backlog.release(options.clock.now() - options.delayMs())) {
      tables.get(typeId)?.put(id, record);
    }
  };
  store.onCommit((commit) => {
    catchUp();
    // A snapshot that is restored is no write: search is at once what it was.
    if (commit.restored) refresh(backlog.clear());
    if (commit.restored || (options.delayMs() === 0 && backlog.isEmpty)) refresh(commit.records);
    else backlog.add(commit, options.clock.now(), now);
    for (const [typeId, table] of tables) if (table.isWasteful()) tables.delete(typeId);
  });
  return (type) => {
    catchUp();
    const known = tables.get(type.id);
    if (known) return known;
    const table = new LiveTable(store, type, backlog);
    tables.set(type.id, table);
    return table;
  };
}
