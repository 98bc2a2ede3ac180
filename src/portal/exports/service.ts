/** Works through exports, one after the other. One that a killed portal left is begun again. */

import type { Cancel } from '../../clock.ts';
import type { PortalContext, Service } from '../route.ts';
import type { StoredExport } from '../store/exports.ts';
import { type ExportFile, exportFile } from './file.ts';
import { exportRequest } from './request.ts';
import { exportTable } from './table.ts';

/** Long enough that a client sees an export waiting, and then at work. */
const DELAY_MS = 50;

export const exportService: Service = (context) => {
  const { store, clock, random } = context;
  let cancel: Cancel | undefined;
  let closed = false;
  let busy = false;

  const wake = () => {
    if (busy || closed || store.exports.open().length === 0) return;
    busy = true;
    cancel = clock.after(DELAY_MS, () => void step(), { background: true });
  };
  const put = (changed: StoredExport) =>
    store.transaction(() => store.exports.put({ ...changed, updatedAt: clock.now() }));

  const step = async () => {
    const [first] = store.exports.open();
    if (first?.state === 'ENQUEUED') put({ ...first, state: 'PROCESSING', startedAt: clock.now() });
    else if (first) await work(first);
    busy = false;
    wake();
  };

  const work = async (task: StoredExport) => {
    const made = await madeFrom(context, task);
    // A snapshot that was restored meanwhile may not have the export, or have it still waiting.
    if (closed || store.exports.get(task.id)?.state !== 'PROCESSING') return;
    const completedAt = clock.now();
    if (made instanceof Error) return put({ ...task, state: 'FAILED', completedAt, error: made.message });
    const { file, recordCount } = made;
    store.transaction(() => {
      store.exports.putFile(task.id, file.bytes);
      put({
        ...task,
        state: 'DONE',
        completedAt,
        recordCount,
        link: { token: random.uuid(), madeAt: completedAt },
        fileName: file.name,
        contentType: file.contentType,
      });
    });
  };

  store.exports.onChange(wake);
  store.onCommit(({ restored }) => {
    if (restored) wake();
  });
  wake();
  return {
    close() {
      closed = true;
      cancel?.();
    },
  };
};

/** Or why there is no file: what was asked for may have been deleted since. That ends the export, and nothing else. */
async function madeFrom(
  context: PortalContext,
  task: StoredExport,
): Promise<{ readonly file: ExportFile; readonly recordCount: number } | Error> {
  try {
    const request = exportRequest(task.request, []);
    const table = context.store.transaction(() => exportTable(context, request));
    return { file: await exportFile(table, request.exportName, request.format), recordCount: table.rows.length };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
