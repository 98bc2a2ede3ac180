/** Does the tasks of the file manager, one after the other. A task that a killed portal left is begun again. */

import type { Cancel } from '../../clock.ts';
import { PortalError } from '../errors.ts';
import type { PortalContext, Service } from '../route.ts';
import type { FileTask } from '../store/files.ts';
import { download } from './download.ts';
import { folderUpdateWithId, updateFolder } from './folders.ts';
import { requireFolder } from './place.ts';
import { placeOf, saveFile } from './save.ts';
import { importFromUrlInput } from './tasks.ts';

/** Long enough that a client sees a task waiting. */
const DELAY_MS = 50;

export const fileTaskService: Service = (context) => {
  const { store, clock } = context;
  const stopped = new AbortController();
  let cancel: Cancel | undefined;
  let busy = false;

  const wake = () => {
    if (busy || cancel || stopped.signal.aborted) return;
    cancel = clock.after(DELAY_MS, () => void next(), { background: true });
  };

  const next = async () => {
    cancel = undefined;
    const [task] = store.files.openTasks();
    if (!task) return;
    busy = true;
    const started: FileTask = { ...task, status: 'PROCESSING', startedAt: clock.now() };
    store.transaction(() => store.files.putTask(started));
    const finish = await work(context, started, stopped.signal);
    if (stopped.signal.aborted) return;
    busy = false;
    // A snapshot that was restored meanwhile may not have the task.
    if (store.files.task(task.id)?.status === 'PROCESSING') store.transaction(finish);
    wake();
  };

  store.files.onTask(wake);
  store.onCommit(({ restored }) => {
    if (restored) wake();
  });
  if (store.files.openTasks().length > 0) wake();
  return {
    close() {
      cancel?.();
      stopped.abort();
    },
  };
};

/** What remains to be written when the task's work is done. */
async function work(context: PortalContext, task: FileTask, signal: AbortSignal): Promise<() => void> {
  const { store, clock } = context;
  const finish = (resultId: string) =>
    store.files.putTask({ ...task, status: 'COMPLETE', completedAt: clock.now(), resultId });
  // Guess: HubSpot has no word for a task that failed but this one.
  const fail = (error: string) => store.files.putTask({ ...task, status: 'CANCELED', completedAt: clock.now(), error });
  const attempt = (write: () => string) => () => {
    try {
      finish(store.transaction(write));
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      fail(error.message);
    }
  };

  if (task.kind === 'update-folder') {
    const input = folderUpdateWithId(task.input, []);
    return attempt(() => updateFolder(store.files, requireFolder(store.files, input.id), input, clock.now()).id);
  }
  const input = importFromUrlInput(task.input, []);
  const got = await download(context, input.url, signal);
  if ('error' in got) return () => fail(got.error);
  return attempt(() => {
    const folderId = placeOf(store.files, input, clock.now());
    const name = input.name ?? got.name;
    const extension = got.name.includes('.') && !name.includes('.') ? `.${got.name.split('.').at(-1)}` : '';
    return saveFile(store.files, { ...got, name: `${name}${extension}` }, folderId, input, clock.now()).id;
  });
}
