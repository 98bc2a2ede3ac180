/** `/crm/lists/{listId}/memberships`: who is in a list, and putting records in and taking them out by hand. */

import { list as listOf, readBody, shape, text } from '../body.ts';
import { invalid } from '../errors.ts';
import type { List } from '../facts/definitions.ts';
import { nextPage, readLimit } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import type { ListMember } from '../store/list-members.ts';
import { isoTime } from '../time.ts';
import { reads, requireList, writes } from './find.ts';
import { changeMembers, update } from './keep.ts';

const ids = listOf(text);
const changeBody = shape('MembershipChangeRequest', { recordIdsToAdd: ids, recordIdsToRemove: ids });

const LIMIT = 100;
const MAX_LIMIT = 250;
const MAX_IDS = 100_000;

const path = '/crm/lists/{listId}/memberships';

export const listMembershipRoutes: readonly Route[] = [
  reads({ method: 'GET', path, handle: (call) => page(call, byRecord) }),
  reads({ method: 'GET', path: `${path}/join-order`, handle: (call) => page(call, byJoining) }),
  writes({
    method: 'PUT',
    path: `${path}/add`,
    handle: (call) => change(call, { add: readBody(call, ids), remove: [] }),
  }),
  writes({
    method: 'PUT',
    path: `${path}/remove`,
    handle: (call) => change(call, { add: [], remove: readBody(call, ids) }),
  }),
  writes({
    method: 'PUT',
    path: `${path}/add-and-remove`,
    handle(call) {
      const { recordIdsToAdd, recordIdsToRemove } = readBody(call, changeBody);
      return change(call, { add: recordIdsToAdd, remove: recordIdsToRemove });
    },
  }),
  writes({
    method: 'PUT',
    path: `${path}/add-from/{sourceListId}`,
    handle(call) {
      const list = requireManual(call);
      const source = requireList(call, call.params['sourceListId']);
      if (source.objectTypeId !== list.objectTypeId) {
        throw invalid(`The lists ${list.listId} and ${source.listId} hold different object types.`);
      }
      const members = call.store.listMembers.list(source.listId, { limit: MAX_IDS + 1 });
      checkCount(members.length);
      move(call, list, { add: members.map(({ id }) => id) });
      return { status: 204 };
    },
  }),
  writes({
    method: 'DELETE',
    path,
    handle(call) {
      const list = requireManual(call);
      move(call, list, { remove: call.store.listMembers.list(list.listId, { limit: -1 }).map(({ id }) => id) });
      return { status: 204 };
    },
  }),
];

/** Source of the words: the same refusal of the first version of the API, as recorded. @throws PortalError 400, 404 */
function requireManual(call: Call): List {
  const list = requireList(call);
  if (list.processingType === 'DYNAMIC') {
    throw invalid('Can not operate manually on a dynamic list', {
      subCategory: 'ListError.INVALID_PROCESSING_TYPE',
      context: { listId: [list.listId] },
    });
  }
  return list;
}

function checkCount(count: number): void {
  if (count > MAX_IDS) throw invalid(`Too many records (count: ${count}, max allowed: ${MAX_IDS})`);
}

/** Guess: a merged id means the record that it lives on in; an archived record is missing. */
function change(call: Call, asked: { readonly add: readonly string[]; readonly remove: readonly string[] }) {
  const list = requireManual(call);
  checkCount(asked.add.length + asked.remove.length);
  const missing = new Set<string>();
  const existing = (said: readonly string[]) =>
    said.flatMap((id) => {
      const record = call.store.records.get(list.objectTypeId, id);
      if (record && record.archivedAt === null) return [record.id];
      missing.add(id);
      return [];
    });
  const { added, removed } = move(call, list, { add: existing(asked.add), remove: existing(asked.remove) });
  return {
    status: 200,
    body: { recordIdsMissing: [...missing], recordIdsRemoved: removed, recordsIdsAdded: added },
  };
}

/** Changes the members, and after them those of the lists that look into this one. */
function move(call: Call, list: List, change: { add?: string[]; remove?: string[] }) {
  const moved = changeMembers(call.store, list, change, call.now);
  const records = [...moved.added, ...moved.removed].map((id) => ({ typeId: list.objectTypeId, id }));
  if (records.length > 0) update(call.store, records, call.now);
  return moved;
}

/** A way through the members of a list. */
interface Order {
  from(call: Call, list: List, after: ListMember | undefined, limit: number): ListMember[];
  before(call: Call, list: List, before: ListMember, limit: number): ListMember[];
}

const byRecord: Order = {
  from: ({ store }, { listId }, after, limit) =>
    store.listMembers.list(listId, { limit, from: after && String(Number(after.id) + 1) }),
  before: ({ store }, { listId }, { id }, limit) => store.listMembers.listBefore(listId, { limit, before: id }),
};

const byJoining: Order = {
  from: ({ store }, { listId }, after, limit) => store.listMembers.byJoining(listId, { limit, after }),
  before: ({ store }, { listId }, before, limit) => store.listMembers.byJoiningBefore(listId, { limit, before }),
};

function page(call: Call, order: Order) {
  const list = requireList(call);
  const limit = readLimit(call, LIMIT, MAX_LIMIT);
  const after = readCursor(call, 'after');
  const before = readCursor(call, 'before');
  if (after && before) throw invalid('Only one of after and before can be given.');
  const members = before ? order.before(call, list, before, limit) : order.from(call, list, after, limit);
  const [first, last] = [members[0], members.at(-1)];
  const hasNext = last !== undefined && order.from(call, list, last, 1).length > 0;
  const hasPrevious = first !== undefined && order.before(call, list, first, 1).length > 0;
  const paging = {
    ...(hasNext && nextPage(call, call.path, writeCursor(last))),
    ...(hasPrevious && { prev: { before: writeCursor(first) } }),
  };
  return {
    status: 200,
    body: {
      results: members.map(({ id, joinedAt }) => ({ recordId: id, membershipTimestamp: isoTime(joinedAt) })),
      total: call.store.listMembers.count(list.listId),
      ...((hasNext || hasPrevious) && { paging }),
    },
  };
}

/** Guess: what a cursor looks like; it is only ever given back. */
function writeCursor({ id, joinedAt }: ListMember): string {
  return Buffer.from(`${joinedAt}:${id}`).toString('base64url');
}

/** @throws PortalError 400 */
function readCursor(call: Call, name: 'after' | 'before'): ListMember | undefined {
  const said = call.query.get(name);
  if (said === null || said === '') return undefined;
  const match = /^(-?\d{1,16}):(\d{1,15})$/.exec(Buffer.from(said, 'base64url').toString());
  if (!match) throw invalid(`Invalid ${name}: ${said}`, { subCategory: 'INVALID_CURSOR' });
  return { joinedAt: Number(match[1]), id: match[2] ?? '' };
}
