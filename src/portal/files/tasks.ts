/** What the file manager does later: files from an address, and changes of folders with all that is in them. */

import { optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import { originOf } from '../origin.ts';
import type { Call, Route } from '../route.ts';
import type { FileTask } from '../store/files.ts';
import { isoTime } from '../time.ts';
import { fileScopes } from './access.ts';
import { folderUpdateWithId } from './folders.ts';
import { requireFolder } from './place.ts';
import { presentFile, presentFolder } from './present.ts';
import { expiry, placeOf, saveFields } from './save.ts';
import { fileVersions, source } from './versions.ts';

export const importFromUrlInput = shape('ImportFromUrlInput', {
  ...saveFields,
  url: text,
  name: optional(text),
  folderId: optional(text),
  folderPath: optional(text),
});

const folderVersions = fileVersions.filter((version) => version !== '2026-09-beta');

/** The answer says where the task's progress is read. */
function accept(call: Call, kind: FileTask['kind'], input: unknown) {
  const id = call.random.uuid();
  call.store.files.putTask({ id, kind, status: 'PENDING', requestedAt: call.now, input });
  const path = `${call.path.replace(/(?<!\/)\/+$/, '')}/tasks/${id}/status`;
  return { status: 202, body: { id, links: { status: `${originOf(call)}${path}` } } };
}

function statusOf(call: Call, kind: FileTask['kind']) {
  const id = call.params['taskId'] ?? '';
  const task = call.store.files.task(id);
  // Guess: the words for a task that is not there.
  if (task?.kind !== kind) throw notFound(`No task found with id ${id}`);
  const { files } = call.store;
  const file = kind === 'import-from-url' && task.resultId !== undefined ? files.file(task.resultId) : undefined;
  const folder = kind === 'update-folder' && task.resultId !== undefined ? files.folder(task.resultId) : undefined;
  const body = {
    taskId: task.id,
    status: task.status,
    requestedAt: isoTime(task.requestedAt),
    startedAt: isoTime(task.startedAt ?? task.requestedAt),
    // The published description has it in every answer; until it is done it stands for nothing.
    completedAt: isoTime(task.completedAt ?? task.startedAt ?? task.requestedAt),
    ...(file && { result: presentFile(call, file) }),
    ...(folder && { result: presentFolder(call, folder) }),
    ...(task.error !== undefined && {
      numErrors: 1,
      errors: [
        { status: 'error', category: 'VALIDATION_ERROR', message: task.error, context: {}, links: {}, errors: [] },
      ],
    }),
  };
  return { status: 200, body };
}

export const fileTaskRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/files/files/import-from-url/async',
    versions: fileVersions,
    scopes: fileScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const input = readBody(call, importFromUrlInput);
      // Guess: the words for a URL that cannot be imported from.
      if (!URL.canParse(input.url) || !/^https?:$/.test(new URL(input.url).protocol)) {
        throw invalid(`Invalid url: ${input.url}`);
      }
      placeOf(call.store.files, input, call.now);
      expiry(input, call.now);
      return accept(call, 'import-from-url', input);
    },
  },
  {
    method: 'GET',
    path: '/files/files/import-from-url/async/tasks/{taskId}/status',
    versions: fileVersions,
    scopes: fileScopes.read,
    budget: 'burst',
    source,
    handle: (call) => statusOf(call, 'import-from-url'),
  },
  {
    method: 'POST',
    path: '/files/folders/update/async',
    versions: folderVersions,
    scopes: fileScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const input = readBody(call, folderUpdateWithId);
      requireFolder(call.store.files, input.id);
      return accept(call, 'update-folder', input);
    },
  },
  {
    method: 'GET',
    path: '/files/folders/update/async/tasks/{taskId}/status',
    versions: folderVersions,
    scopes: fileScopes.read,
    budget: 'burst',
    source,
    handle: (call) => statusOf(call, 'update-folder'),
  },
];
