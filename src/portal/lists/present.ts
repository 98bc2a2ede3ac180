/** Lists as HubSpot sends them. */

import type { List } from '../facts/definitions.ts';
import { readFlag } from '../paging.ts';
import type { Call } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { keptLists } from './keep.ts';

/** What definitions and search results have in common. */
function facts(list: List) {
  return {
    listId: list.listId,
    listVersion: list.listVersion,
    createdAt: list.createdAt,
    updatedAt: list.updatedAt,
    ...(list.filtersUpdatedAt !== undefined && { filtersUpdatedAt: list.filtersUpdatedAt }),
    ...(list.deletedAt !== undefined && { deletedAt: list.deletedAt }),
    processingStatus: list.processingStatus,
    ...(list.createdById !== undefined && { createdById: list.createdById }),
    ...(list.updatedById !== undefined && { updatedById: list.updatedById }),
    processingType: list.processingType,
    objectTypeId: list.objectTypeId,
    name: list.name,
  };
}

/** Filters are shown when the request asks for them; `fresh`: just written, its members are not counted yet. */
export function present(call: Call, list: List, { fresh = false, filters = readFlag(call, 'includeFilters') } = {}) {
  return {
    ...facts(list),
    ...(fresh && list.filterBranch && { processingStatus: 'PROCESSING' }),
    ...(!fresh && { size: call.store.listMembers.count(list.listId) }),
    ...(filters && list.filterBranch && { filterBranch: list.filterBranch }),
    listPermissions: list.listPermissions ?? { teamsWithEditAccess: [], usersWithEditAccess: [] },
    membershipSettings: list.membershipSettings ?? { membershipTeamId: null, includeUnassigned: null },
  };
}

/** A list as it is found: with its size and more, and never with its filters. */
export function presentFound(call: Call, list: List, wanted: readonly string[]) {
  const { listMembers, listStates, listFolders } = call.store;
  const references = keptLists(call.store).filter(({ filters }) => filters.listIds.has(list.listId));
  const joined = listMembers.lastJoinedAt(list.listId);
  const left = listStates.lastRemovedAt(list.listId);
  const folder = listFolders.get(PORTAL, list.folderId ?? '0')?.name;
  const custom = Object.entries(list.customProperties ?? {}).filter(([name]) => wanted.includes(name));
  return {
    ...facts(list),
    additionalProperties: {
      ...Object.fromEntries(custom),
      hs_list_reference_count: String(references.length),
      hs_list_size: String(listMembers.count(list.listId)),
      ...(joined !== undefined && { hs_last_record_added_at: String(joined) }),
      ...(left !== undefined && { hs_last_record_removed_at: String(left) }),
      ...(folder !== undefined && { hs_folder_name: folder }),
    },
  };
}
