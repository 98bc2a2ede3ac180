/** Works through exports, one after the other. One that a killed portal left is begun again. */

import type { Cancel } from '../../clock.ts';
import { PortalError } from '../errors.ts';
import type { Service } from '../route.ts';
import type { StoredExport } from '../store/exports.ts';
import { exportFile } from './file.ts';
import { exportRequest } from './request.ts';
import { exportTable } from './table.ts';

/** Long enough that a client sees an export waiting, and then at work. */
const DELAY_MS = 50;

export const exportService: Service = (context) => {
  const { store, clock, random } = context;
  let cancel: Cancel | undefined;
  let closed = false;
  let busy = false;

  const later = (task: () => void) => {
    if (!closed) cancel = clock.after(DELAY_MS, task, { background: true });
  };
  const wake = () => {
    if (busy || store.exports.open().length === 0) return;
    busy = true;
    later(start);
  };
  const put = (changed: StoredExport) => {
    const stored = { ...changed, updatedAt: clock.now() };
    store.transaction(() => store.exports.put(stored));
    return stored;
  };

  const start = () => {
    const [waiting] = store.exports.open();
    if (!waiting) return;
    const started = put({ ...waiting, state: 'PROCESSING', startedAt: clock.now() });
    later(() => void work(started));
  };

  const work = async (started: StoredExport) => {
    const request = exportRequest(started.request, []);
    const table = store.transaction(() => readable(() => exportTable(context, request)));
    if (table instanceof PortalError) {
      put({ ...started, state: 'FAILED', completedAt: clock.now(), error: table.message });
    } else {
      const file = await exportFile(table, request.exportName, request.format);
      if (closed) return;
      store.transaction(() => {
        store.exports.putFile(started.id, file.bytes);
        put({
          ...started,
          state: 'DONE',
          completedAt: clock.now(),
          recordCount: table.rows.length,
          token: random.uuid(),
          fileName: file.name,
          contentType: file.contentType,
        });
      });
    }
    busy = false;
    wake();
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

/** What was asked for may have been deleted since: that ends the export, and nothing else. */
function readable<T>(read: () => T): T | PortalError {
  try {
    return read();
  } catch (error) {
    if (error instanceof PortalError) return error;
    throw error;
  }
}
