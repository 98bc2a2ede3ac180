/** `/crm/exports`: records as files. */

import { readBody } from '../body.ts';
import { requireUse } from '../definitions/sensitive-data.ts';
import { invalid, notEmulated, notFound, PortalError } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { requireList } from '../lists/find.ts';
import { originOf } from '../origin.ts';
import type { Answer, Call, Route } from '../route.ts';
import { prepareFilter } from '../search/filter.ts';
import { namesOf } from '../search/search.ts';
import { prepareSort } from '../search/sort.ts';
import type { ExportState, StoredExport } from '../store/exports.ts';
import { isoTime } from '../time.ts';
import { type ExportRequest, exportRequest, groupsOf } from './request.ts';

const shared = {
  budget: 'burst',
  scopes: () => ['crm.export'],
  source: { page: 'developers.hubspot.com/docs/api-reference/latest/crm/exports/guide', compared: '2026-11-22' },
} as const;

/** How many exports can be asked for in a rolling day. */
const MAX_A_DAY = 30;
const DAY_MS = 86_400_000;

/** How long an address of a file works. Whoever asks for the status after that is told a new one. */
const LINK_MS = 5 * 60_000;

/** Guess: how long HubSpot keeps a file. */
const FILE_MS = 30 * DAY_MS;

const MAX_ASSOCIATED_TYPES = 4;

export const exportRoutes: readonly Route[] = [
  { ...shared, method: 'POST', path: '/crm/exports/export/async', handle: start },
  {
    ...shared,
    method: 'GET',
    path: '/crm/exports/export/async/tasks/{taskId}/status',
    handle(call) {
      const task = requireExport(call, call.params['taskId'] ?? '');
      return { status: 200, body: presentTask(call, withLink(call, task)) };
    },
  },
  {
    ...shared,
    method: 'GET',
    path: '/crm/exports/export/{exportId}',
    handle(call) {
      return { status: 200, body: presentExport(requireExport(call, call.params['exportId'] ?? '')) };
    },
  },
  {
    ...shared,
    method: 'GET',
    path: '/exported-files/{token}/{fileName}',
    versions: ['none'],
    authentication: 'none',
    scopes: () => [],
    budget: 'none',
    handle: download,
  },
];

function start(call: Call): Answer {
  const request = readBody(call, exportRequest);
  check(call, request);
  const now = call.now;
  if (call.store.exports.countSince(now - DAY_MS) >= MAX_A_DAY) {
    // Guess: status and words for one export too many within 24 hours; only the limit is documented.
    throw new PortalError(429, {
      message: `You have reached the limit of ${MAX_A_DAY} exports within 24 hours.`,
      category: 'RATE_LIMITS',
    });
  }
  const id = call.store.exports.nextId();
  call.store.exports.put({ id, state: 'ENQUEUED', createdAt: now, updatedAt: now, request: JSON.parse(call.text) });
  call.store.exports.changed();
  return { status: 202, body: { id, links: { status: `${originOf(call)}${call.path}/tasks/${id}/status` } } };
}

/** Refuses what cannot be exported now. Guess: the words of these refusals. @throws PortalError 400, 404, 501 */
function check(call: Call, request: ExportRequest): void {
  const type = typeNamed(call, request.objectType);
  const unknown = request.objectProperties.filter(
    (name) => call.store.properties.get(type.id, name)?.archived !== false,
  );
  if (unknown.length > 0) {
    throw invalid(`Properties do not exist for ${type.fullyQualifiedName}: [${unknown.join(', ')}]`, {
      errors: unknown.map((name) => ({
        message: `Property "${name}" does not exist`,
        code: 'PROPERTY_DOESNT_EXIST',
        context: { propertyName: [name] },
      })),
    });
  }
  const [sort] = request.publicCrmSearchRequest?.sorts ?? [];
  requireUse(call, type, [...request.objectProperties, ...namesOf({ groups: groupsOf(request), sort })], 'read');
  const associated = request.associatedObjectType ?? [];
  if (associated.length > MAX_ASSOCIATED_TYPES) {
    throw invalid(
      `Too many associated object types (count: ${associated.length}, max allowed: ${MAX_ASSOCIATED_TYPES})`,
    );
  }
  for (const segment of associated) {
    const target = typeNamed(call, segment);
    if (!call.store.associationTypes.unlabelled(type.id, target.id)) {
      throw invalid(`${type.fullyQualifiedName} has no associations with ${target.fullyQualifiedName}`);
    }
  }
  if (request.exportType === 'LIST') checkList(call, type, request);
  else checkView(call, type, request);
}

function typeNamed(call: Call, segment: string): ObjectTypeFacts {
  const type = call.store.objectType(segment);
  if (!type) throw new PortalError(400, { message: `Unable to infer object type from: ${segment}` });
  if (!type.emulated) throw notEmulated(`exports of the object type ${type.name}`);
  return type;
}

function checkList(call: Call, type: ObjectTypeFacts, { listId }: ExportRequest): void {
  if (listId === undefined) throw invalid('listId is required for an export of the type LIST');
  const list = requireList(call, listId);
  if (list.objectTypeId !== type.id) {
    throw invalid(`The list ${listId} holds records of ${list.objectTypeId}, not of ${type.id}`);
  }
}

function checkView({ store }: Call, type: ObjectTypeFacts, request: ExportRequest): void {
  for (const filter of groupsOf(request).flat()) prepareFilter(store, type, filter);
  const { sorts = [] } = request.publicCrmSearchRequest ?? {};
  if (sorts.length > 1) throw invalid(`too many sorts (count: ${sorts.length}, max allowed: 1)`);
  prepareSort(store, type, sorts[0]);
}

/** Guess: an export's id is its task's, and the words. @throws PortalError 404 */
function requireExport(call: Call, id: string): StoredExport {
  const found = call.store.exports.get(id);
  if (!found) throw notFound(`No export exists with ID ${id}`, { context: { id: [id] } });
  return found;
}

/** Guess: HubSpot has no word for a task that failed but this one. */
const statuses: Readonly<Record<ExportState, string>> = {
  ENQUEUED: 'PENDING',
  PROCESSING: 'PROCESSING',
  DONE: 'COMPLETE',
  FAILED: 'CANCELED',
};

/** The export with an address that works, as long as there is a file. */
function withLink(call: Call, task: StoredExport): StoredExport {
  call.store.exports.expire(call.now - FILE_MS);
  const { link, ...rest } = task;
  if (!link || call.store.exports.file(task.id) === undefined) return rest;
  if (!isOver(link, call.now)) return task;
  const renewed = { ...task, link: { token: call.random.uuid(), madeAt: call.now } };
  call.store.exports.put(renewed);
  return renewed;
}

/** Guess: when the file is gone the task has no result any more; what has not happened yet has no time. */
function presentTask(call: Call, task: StoredExport) {
  const { createdAt, startedAt, completedAt, error, link, fileName = '' } = task;
  return {
    status: statuses[task.state],
    ...(link && { result: `${originOf(call)}/exported-files/${link.token}/${encodeURIComponent(fileName)}` }),
    requestedAt: isoTime(createdAt),
    startedAt: isoTime(startedAt ?? createdAt),
    ...(completedAt !== undefined && { completedAt: isoTime(completedAt) }),
    ...(error !== undefined && {
      numErrors: 1,
      errors: [{ status: 'error', category: 'VALIDATION_ERROR', message: error, context: {}, errors: [], links: {} }],
    }),
  };
}

function presentExport(task: StoredExport) {
  const request = exportRequest(task.request, []);
  return {
    id: task.id,
    exportName: request.exportName,
    exportType: request.exportType,
    exportState: task.state,
    objectType: request.objectType,
    objectProperties: request.objectProperties,
    ...(task.recordCount !== undefined && { recordCount: task.recordCount }),
    createdAt: isoTime(task.createdAt),
    updatedAt: isoTime(task.updatedAt),
  };
}

function isOver({ madeAt }: NonNullable<StoredExport['link']>, now: number): boolean {
  return madeAt + LINK_MS <= now;
}

/** Whoever has the address may fetch the file while it works; after that the answers are those of a storage host. */
function download(call: Call): Answer {
  const { token = '', fileName = '' } = call.params;
  const task = call.store.exports.byToken(token);
  if (!task?.link || task.fileName !== fileName) {
    return storageError(404, 'NoSuchKey', 'The specified key does not exist.');
  }
  const bytes = isOver(task.link, call.now) ? undefined : call.store.exports.file(task.id);
  if (!bytes) return storageError(403, 'AccessDenied', 'Request has expired');
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type': task.contentType ?? 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'x-content-type-options': 'nosniff',
    },
  };
}

function storageError(status: number, code: string, message: string): Answer {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    headers: { 'content-type': 'application/xml' },
  };
}
