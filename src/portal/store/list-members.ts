/**
 * Which records are in which list, for lists of every processing type: those that are evaluated keep what came of it.
 * Nothing here looks at records: whoever archives, merges or erases one takes it out.
 */

import type { Database } from '../../sqlite.ts';
import type { RecordRef } from './associations.ts';

export interface ListMember {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly joinedAt: number;
}

export interface ListMembers {
  /** Gives the ids that were not in the list before. `at`: when they join. */
  add(list: { readonly listId: string; readonly objectTypeId: string }, ids: readonly string[], at: number): string[];
  /** Gives the ids that were in the list. */
  remove(listId: string, ids: readonly string[]): string[];
  /** Empties the list. */
  clear(listId: string): void;
  has(listId: string, id: string): boolean;
  count(listId: string): number;
  /** In the order of ids, starting at `from` itself. A limit of -1: all. */
  list(listId: string, page: { readonly limit: number; readonly from?: string | undefined }): ListMember[];
  /** The same, starting after `after`, in the order in which they joined, and in the order of ids within one moment. */
  byJoining(listId: string, page: { readonly limit: number; readonly after?: ListMember | undefined }): ListMember[];
  /** The last ones before a member, in the same orders. */
  listBefore(listId: string, page: { readonly limit: number; readonly before: string }): ListMember[];
  byJoiningBefore(listId: string, page: { readonly limit: number; readonly before: ListMember }): ListMember[];
  /** When the last one of those that are in it joined. */
  lastJoinedAt(listId: string): number | undefined;
  /** The lists that a record is in, with the time at which it joined. */
  listsOf(record: RecordRef): { readonly listId: string; readonly joinedAt: number }[];
}

interface Row {
  record_id: number;
  joined_at: number;
}

export function listMembers(database: Database): ListMembers {
  database.exec(`
    CREATE TABLE IF NOT EXISTS list_members (
      list_id TEXT NOT NULL, type_id TEXT NOT NULL, record_id INTEGER NOT NULL, joined_at INTEGER NOT NULL,
      PRIMARY KEY (list_id, record_id)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS list_members_by_joining ON list_members (list_id, joined_at, record_id);
    CREATE INDEX IF NOT EXISTS list_members_of_record ON list_members (type_id, record_id);
  `);
  const insert = database.prepare(
    'INSERT OR IGNORE INTO list_members (list_id, type_id, record_id, joined_at) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM list_members WHERE list_id = ? AND record_id = ?');
  const clear = database.prepare('DELETE FROM list_members WHERE list_id = ?');
  const select = database.prepare('SELECT 1 FROM list_members WHERE list_id = ? AND record_id = ?');
  const count = database.prepare<{ n: number }>('SELECT count(*) AS n FROM list_members WHERE list_id = ?');
  const selectPage = database.prepare<Row>(
    'SELECT record_id, joined_at FROM list_members WHERE list_id = ? AND record_id >= ? ORDER BY record_id LIMIT ?',
  );
  const selectJoined = database.prepare<Row>(`
    SELECT record_id, joined_at FROM list_members WHERE list_id = ? AND (joined_at, record_id) > (?, ?)
    ORDER BY joined_at, record_id LIMIT ?`);
  const selectBefore = database.prepare<Row>(
    'SELECT record_id, joined_at FROM list_members WHERE list_id = ? AND record_id < ? ORDER BY record_id DESC LIMIT ?',
  );
  const selectJoinedBefore = database.prepare<Row>(`
    SELECT record_id, joined_at FROM list_members WHERE list_id = ? AND (joined_at, record_id) < (?, ?)
    ORDER BY joined_at DESC, record_id DESC LIMIT ?`);
  const selectLast = database.prepare<{ joined_at: number }>(
    'SELECT joined_at FROM list_members WHERE list_id = ? ORDER BY joined_at DESC LIMIT 1',
  );
  const selectLists = database.prepare<{ list_id: string; joined_at: number }>(
    'SELECT list_id, joined_at FROM list_members WHERE type_id = ? AND record_id = ? ORDER BY list_id',
  );
  return {
    add: ({ listId, objectTypeId }, ids, at) =>
      ids.filter((id) => insert.run(listId, objectTypeId, Number(id), at).changes > 0),
    remove: (listId, ids) => ids.filter((id) => remove.run(listId, Number(id)).changes > 0),
    clear(listId) {
      clear.run(listId);
    },
    has: (listId, id) => select.get(listId, Number(id)) !== undefined,
    count: (listId) => count.get(listId)?.n ?? 0,
    list: (listId, { limit, from }) => selectPage.all(listId, Number(from ?? 0), limit).map(toMember),
    byJoining: (listId, { limit, after }) =>
      selectJoined.all(listId, after?.joinedAt ?? 0, Number(after?.id ?? 0), limit).map(toMember),
    listBefore: (listId, { limit, before }) =>
      selectBefore.all(listId, Number(before), limit).map(toMember).toReversed(),
    byJoiningBefore: (listId, { limit, before }) =>
      selectJoinedBefore.all(listId, before.joinedAt, Number(before.id), limit).map(toMember).toReversed(),
    lastJoinedAt: (listId) => selectLast.get(listId)?.joined_at,
    listsOf: ({ typeId, id }) =>
      selectLists.all(typeId, Number(id)).map((row) => ({ listId: row.list_id, joinedAt: row.joined_at })),
  };
}

function toMember(row: Row): ListMember {
  return { id: String(row.record_id), joinedAt: row.joined_at };
}
