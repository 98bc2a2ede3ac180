/**
 * `/crm/imports`: starting an import, watching it, cancelling it, and what went wrong.
 * Source of the errors' members: HubSpot's published models, compared 2026-11-22. Guess: the words of the refusals.
 */

import { readJson } from '../body.ts';
import { requireUse } from '../definitions/sensitive-data.ts';
import { invalid, notFound, PortalError } from '../errors.ts';
import { nextPage, readFlag, readLimit } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import type { StoredImport, StoredImportError } from '../store/imports.ts';
import type { Store } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { countLines } from './read-file.ts';
import { importRequest, mappedTypes, planOf } from './request.ts';
import { AT_ONCE } from './service.ts';

const common = {
  scopes: () => ['crm.import'],
  budget: 'burst',
  source: { page: 'developers.hubspot.com/docs/api-reference/latest/crm/imports/guide', compared: '2026-11-22' },
} as const;

const MAX_ROWS = 1_048_576;
const MAX_BYTES = 512 * 1024 * 1024;
const MAX_ROWS_PER_DAY = 80_000_000;
const DAY_MS = 86_400_000;

/** Guess: the sizes of a page. */
const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

function tooMuch(message: string): PortalError {
  return new PortalError(429, { message, errorType: 'RATE_LIMIT' });
}

/** Takes the request in; the service does the rest. @throws PortalError */
function start(call: Call): StoredImport {
  const { store, form } = call;
  if (!form) throw new PortalError(415, { message: 'HTTP 415 Unsupported Media Type' });
  const json = form.text('importRequest');
  if (json === undefined || json.trim() === '') throw invalid('The "importRequest" part of the form is required');
  const request = readJson(json, importRequest);
  if (request.name.trim() === '') throw invalid('An import must have a name');
  const plan = planOf(store, request);
  for (const column of plan.files.flatMap(({ columns }) => columns)) {
    if (column.kind === 'value') requireUse(call, column.type, [column.property], 'write');
  }
  const sent = form.files('files');
  const bytes = request.files.map(({ fileName }) => {
    const file = sent.find(({ name }) => name === fileName);
    if (!file) throw invalid(`No file named ${fileName} was sent`, { context: { fileName: [fileName] } });
    return file.bytes;
  });
  const rows = plan.files.map(({ position, format, hasHeader }) => {
    const content = bytes[position] ?? new Uint8Array();
    if (content.byteLength > MAX_BYTES) throw tooMuch('An import file can have at most 512 MB');
    const lines = format === 'CSV' ? countLines(content) - (hasHeader ? 1 : 0) : 0;
    if (lines > MAX_ROWS) throw tooMuch(`An import file can have at most ${MAX_ROWS} rows`);
    return lines;
  });
  if (rowsOfToday(store, call.now) + rows.reduce((sum, lines) => sum + lines, 0) > MAX_ROWS_PER_DAY) {
    throw tooMuch(`At most ${MAX_ROWS_PER_DAY} rows can be imported per day`);
  }
  const active = store.imports.open().filter(({ state }) => state !== 'DEFERRED').length;
  const stored: StoredImport = {
    id: store.imports.nextId(),
    state: active < AT_ONCE ? 'STARTED' : 'DEFERRED',
    createdAt: call.now,
    updatedAt: call.now,
    request: JSON.parse(json),
    mappedObjectTypeIds: mappedTypes(plan),
    files: request.files.map(({ fileName }) => ({ id: store.imports.nextFileId(), name: fileName })),
    next: { file: 0, row: 0 },
    counters: {},
    objectLists: [],
  };
  store.imports.add(stored, bytes);
  return stored;
}

function rowsOfToday(store: Store, now: number): number {
  const recent = store.imports.list({ limit: -1 }).filter(({ createdAt }) => createdAt > now - DAY_MS);
  return recent.reduce((sum, { counters }) => sum + (counters['TOTAL_ROWS'] ?? 0), 0);
}

function present(stored: StoredImport) {
  return {
    id: stored.id,
    importName: importRequest(stored.request, []).name,
    importSource: 'API',
    state: stored.state,
    optOutImport: false,
    createdAt: isoTime(stored.createdAt),
    updatedAt: isoTime(stored.updatedAt),
    mappedObjectTypeIds: stored.mappedObjectTypeIds,
    importRequestJson: stored.request,
    metadata: {
      counters: stored.counters,
      fileIds: stored.files.map(({ id }) => id),
      objectLists: stored.objectLists,
    },
  };
}

function presentError(call: Call, error: StoredImportError) {
  const type = error.objectTypeId === undefined ? undefined : call.store.objectType(error.objectTypeId);
  const withMessage = readFlag(call, 'includeErrorMessage');
  const withRow = readFlag(call, 'includeRowData');
  return {
    id: error.id,
    createdAt: error.createdAt,
    errorType: error.errorType,
    ...(withMessage && { errorMessage: error.errorMessage }),
    ...(type && { objectType: type.fullyQualifiedName, objectTypeId: type.id }),
    ...(error.invalidValue !== undefined && {
      invalidValue: error.invalidValue,
      invalidValueToDisplay: error.invalidValue,
    }),
    ...(error.columnNumber !== undefined && { knownColumnNumber: error.columnNumber }),
    sourceData: {
      fileId: Number(error.fileId),
      lineNumber: error.lineNumber,
      rowData: withRow ? error.rowData : [],
      additionalRowData: [],
      containsEncryptedProperties: false,
    },
  };
}

/** @throws PortalError 404 */
function requireImport(call: Call): StoredImport {
  const id = call.params['importId'] ?? '';
  const stored = call.store.imports.get(id);
  if (!stored) throw notFound(`No import found with id ${id}`);
  return stored;
}

export const importRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/crm/imports',
    ...common,
    handle: (call) => ({ status: 200, body: present(start(call)) }),
  },
  {
    method: 'GET',
    path: '/crm/imports',
    ...common,
    handle(call) {
      const limit = readLimit(call, DEFAULT_PAGE, MAX_PAGE);
      const found = call.store.imports.list({ limit: limit + 1, from: call.query.get('after') ?? undefined });
      const next = found[limit];
      const results = found.slice(0, limit).map(present);
      return { status: 200, body: { results, ...(next && { paging: nextPage(call, call.path, next.id) }) } };
    },
  },
  {
    method: 'GET',
    path: '/crm/imports/{importId}',
    ...common,
    handle: (call) => ({ status: 200, body: present(requireImport(call)) }),
  },
  {
    method: 'POST',
    path: '/crm/imports/{importId}/cancel',
    ...common,
    handle(call) {
      const stored = requireImport(call);
      if (!['STARTED', 'PROCESSING', 'DEFERRED'].includes(stored.state)) {
        throw invalid(`Import ${stored.id} cannot be canceled: it is ${stored.state}`);
      }
      call.store.imports.put({ ...stored, state: 'CANCELED', updatedAt: call.now });
      const at = isoTime(call.now);
      return { status: 200, body: { status: 'COMPLETE', requestedAt: at, startedAt: at, completedAt: at } };
    },
  },
  {
    method: 'GET',
    path: '/crm/imports/{importId}/errors',
    ...common,
    handle(call) {
      const { id } = requireImport(call);
      const limit = readLimit(call, DEFAULT_PAGE, MAX_PAGE);
      const found = call.store.imports.errors(id, { limit: limit + 1, from: call.query.get('after') ?? undefined });
      const next = found[limit];
      const results = found.slice(0, limit).map((error) => presentError(call, error));
      return { status: 200, body: { results, ...(next && { paging: nextPage(call, call.path, next.id) }) } };
    },
  },
];
