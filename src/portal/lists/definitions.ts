/** `/crm/lists`: creating, reading, changing, deleting and restoring lists. */

import { anything, flag, integer, list as listOf, oneOf, optional, readBody, shape, text, textMap } from '../body.ts';
import { requireUse } from '../definitions/sensitive-data.ts';
import { invalid, notEmulated, notFound } from '../errors.ts';
import type { List } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { readFlag, readNames } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { checkCircle } from './circle.ts';
import { createList } from './create-list.ts';
import { completed, readFilters } from './filters/branch.ts';
import { checkName, reads, requireList, writes } from './find.ts';
import { requireFolder } from './folders.ts';
import { forgetTimes, processList } from './keep.ts';
import { present } from './present.ts';

const createBody = shape('ListCreateRequest', {
  name: text,
  objectTypeId: text,
  processingType: oneOf('ListProcessingType', ['MANUAL', 'DYNAMIC', 'SNAPSHOT']),
  filterBranch: optional(anything),
  listFolderId: optional(integer),
  customProperties: optional(textMap),
  listPermissions: optional(
    shape('PublicListPermissions', { teamsWithEditAccess: listOf(integer), usersWithEditAccess: listOf(integer) }),
  ),
  membershipSettings: optional(
    shape('PublicMembershipSettings', { membershipTeamId: optional(integer), includeUnassigned: optional(flag) }),
  ),
});

const filterBody = shape('ListFilterUpdateRequest', { filterBranch: anything });

/** How long a deleted list can be taken back. */
const RESTORABLE_MS = 90 * 86_400_000;

export const listDefinitionRoutes: readonly Route[] = [
  writes({ method: 'POST', path: '/crm/lists', handle: create }),
  reads({
    method: 'GET',
    path: '/crm/lists',
    handle(call) {
      const lists = readNames(call, 'listIds').flatMap((id) => call.store.lists.get(PORTAL, id) ?? []);
      const found = lists.filter(({ deletedAt }) => deletedAt === undefined);
      return { status: 200, body: { lists: found.map((list) => present(call, list)) } };
    },
  }),
  reads({
    method: 'GET',
    path: '/crm/lists/{listId}',
    handle: (call) => ({ status: 200, body: { list: present(call, requireList(call)) } }),
  }),
  reads({
    method: 'GET',
    path: '/crm/lists/object-type-id/{objectTypeId}/name/{listName}',
    handle(call) {
      const { objectTypeId = '', listName = '' } = call.params;
      const list = call.store.lists
        .list(PORTAL)
        .find((each) => each.deletedAt === undefined && each.objectTypeId === objectTypeId && each.name === listName);
      // Guess: the words for a name that no list has.
      if (!list) throw notFound(`List does not exist with name "${listName}" and object type ID ${objectTypeId}.`);
      return { status: 200, body: { list: present(call, list) } };
    },
  }),
  writes({
    method: 'PUT',
    path: '/crm/lists/{listId}/update-list-name',
    handle(call) {
      const list = requireList(call);
      const name = call.query.get('listName') ?? '';
      checkName(call, name, list.listId);
      const updatedList = edit(call, { ...list, name });
      return { status: 200, body: { updatedList: present(call, updatedList) } };
    },
  }),
  writes({ method: 'PUT', path: '/crm/lists/{listId}/update-list-filters', handle: updateFilters }),
  writes({
    method: 'DELETE',
    path: '/crm/lists/{listId}',
    handle(call) {
      const list = requireList(call);
      forgetTimes(call.store, list);
      call.store.lists.put(PORTAL, list.listId, { ...list, deletedAt: isoTime(call.now) });
      return { status: 204 };
    },
  }),
  writes({ method: 'PUT', path: '/crm/lists/{listId}/restore', handle: restore }),
];

function create(call: Call) {
  const input = readBody(call, createBody);
  checkName(call, input.name);
  const type = typeOfList(call, input.objectTypeId);
  const folderId = input.listFolderId === undefined ? undefined : requireFolder(call, String(input.listFolderId)).id;
  const custom = Object.entries(input.customProperties ?? {}).map(([name, value]) => [name, value ?? ''] as const);
  const list = createList(call.store, call.now, {
    name: input.name,
    objectTypeId: type.id,
    processingType: input.processingType,
    ...readDefinition(call, type, input.processingType, input.filterBranch),
    ...(folderId !== undefined && { folderId }),
    customProperties: Object.fromEntries(custom),
    ...(input.listPermissions && { listPermissions: input.listPermissions }),
    membershipSettings: {
      membershipTeamId: input.membershipSettings?.membershipTeamId ?? null,
      includeUnassigned: input.membershipSettings?.includeUnassigned ?? null,
    },
  });
  // HubSpot counts in the background; what it answers shows the filters without being asked.
  return { status: 200, body: { list: present(call, list, { fresh: true, filters: true }) } };
}

/** Only an id names the type. Guess: the words for what names none. @throws PortalError 400, 501 */
function typeOfList(call: Call, id: string): ObjectTypeFacts {
  const type = call.store.objectType(id);
  if (type?.id !== id) {
    throw invalid(`The object type ID ${id} is not valid.`, { subCategory: 'ListError.INVALID_OBJECT_TYPE' });
  }
  if (!type.emulated) throw notEmulated(`lists of the object type ${type.name}`);
  return type;
}

/** Guess: a MANUAL list with filters is refused, as is a DYNAMIC one without; a SNAPSHOT without filters is empty. */
function readDefinition(
  call: Call,
  type: ObjectTypeFacts,
  processingType: List['processingType'],
  definition: unknown,
): Pick<List, 'filterBranch'> {
  if (definition === undefined) {
    if (processingType !== 'DYNAMIC') return {};
    throw invalid('A filterBranch is required for a list with the processing type DYNAMIC.', {
      subCategory: 'ListError.MISSING_FILTER_BRANCH',
    });
  }
  if (processingType === 'MANUAL') {
    throw invalid('A list with the processing type MANUAL cannot have a filterBranch.', {
      subCategory: 'ListError.INVALID_FILTER_BRANCH',
    });
  }
  const { properties } = readFilters(call.store, type, definition);
  for (const property of properties) requireUse(call, property.type, [property.name], 'read');
  return { filterBranch: completed({ ...Object(definition) }) };
}

/** Guess: every edit makes a new version. */
function edit(call: Call, list: List): List {
  const at = isoTime(call.now);
  const edited: List = {
    ...list,
    listVersion: list.listVersion + 1,
    updatedAt: at,
    edits: [...(list.edits ?? []), at],
  };
  call.store.lists.put(PORTAL, list.listId, edited);
  return edited;
}

function updateFilters(call: Call) {
  const list = requireList(call);
  const { filterBranch } = readBody(call, filterBody);
  const type = typeOfList(call, list.objectTypeId);
  if (list.processingType !== 'DYNAMIC') {
    throw invalid(`The filters of a list with the processing type ${list.processingType} cannot be updated.`, {
      subCategory: 'ListError.INVALID_PROCESSING_TYPE',
    });
  }
  // Workflows are enrolled by nobody yet when filters change: the parameter is read, and only that.
  readFlag(call, 'enrollObjectsInWorkflows');
  const definition = readDefinition(call, type, list.processingType, filterBranch);
  const updated = edit(call, { ...list, ...definition, filtersUpdatedAt: isoTime(call.now) });
  checkCircle(call.store, updated);
  processList(call.store, updated, call.now);
  return { status: 200, body: { updatedList: present(call, updated, { fresh: true, filters: true }) } };
}

/** Guess: the words of the refusals; a list that is not deleted is restored without a word. */
function restore(call: Call) {
  const { deletedAt, ...list } = requireList(call, undefined, { deleted: true });
  if (deletedAt === undefined) return { status: 204 };
  if (Date.parse(deletedAt) + RESTORABLE_MS < call.now) {
    throw invalid(`The list ${list.listId} was deleted more than 90 days ago and cannot be restored.`, {
      subCategory: 'ListError.LIST_NOT_RESTORABLE',
    });
  }
  checkName(call, list.name, list.listId);
  call.store.lists.put(PORTAL, list.listId, { ...list, updatedAt: isoTime(call.now) });
  if (list.processingType === 'DYNAMIC') processList(call.store, list, call.now);
  call.store.listStates.scheduled();
  return { status: 204 };
}
