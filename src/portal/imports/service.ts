/**
 * Works through imports: three at a time, in small batches of one transaction each, so that a portal that is killed goes
 * on where it stood.
 */

import type { Cancel } from '../../clock.ts';
import { PortalError } from '../errors.ts';
import type { Service } from '../route.ts';
import type { ImportState, StoredImport } from '../store/imports.ts';
import { importBatch } from './batch.ts';
import { createContactList } from './contact-list.ts';
import { Lookups } from './lookups.ts';
import { readRows } from './read-file.ts';
import { type FilePlan, type ImportPlan, importRequest, planOf } from './request.ts';
import { importSource } from './work.ts';

export const AT_ONCE = 3;

/** Long enough that a client sees an import that has not begun. */
const START_MS = 50;
const BATCH_MS = 5;
const BATCH_ROWS = 100;

/** A file as it is being read. */
interface Reading {
  done?: { readonly rows: string[][] } | { readonly error: string };
}

interface Failure {
  readonly error: string;
  readonly errorType: string;
}

export const importService: Service = (context) => {
  const { store, clock } = context;
  const readings = new Map<string, Reading>();
  const lookups = new Lookups(store);
  let cancel: Cancel | undefined;
  let closed = false;

  const wake = (ms: number) => {
    if (closed || cancel) return;
    cancel = clock.after(ms, tick, { background: true });
  };

  const tick = () => {
    cancel = undefined;
    const open = store.imports.open();
    for (const id of readings.keys()) if (!open.some((each) => id.startsWith(`${each.id}/`))) readings.delete(id);
    for (const each of open.slice(0, AT_ONCE)) advance(each);
    if (open.length > 0) wake(BATCH_MS);
    else lookups.forget();
  };

  const advance = (stored: StoredImport) => {
    if (stored.state !== 'PROCESSING') return to(stored, stored.state === 'DEFERRED' ? 'STARTED' : 'PROCESSING');
    const plan = planNow(stored);
    if ('error' in plan) return store.transaction(() => fail(stored, stored.files[0]?.id, plan));
    const file = plan.files[stored.next.file];
    if (!file) return finish(stored);
    const key = `${stored.id}/${stored.next.file}`;
    const known = readings.get(key);
    if (!known) {
      const reading: Reading = {};
      readings.set(key, reading);
      return void read(stored, file).then((done) => Object.assign(reading, { done }));
    }
    const { done: reading } = known;
    if (!reading) return;
    const fileId = stored.files[file.position]?.id;
    store.transaction(() => {
      if ('error' in reading) {
        const errorType = file.format === 'CSV' ? 'COULD_NOT_PARSE_ROW' : 'INVALID_SPREADSHEET';
        return fail(stored, fileId, { ...reading, errorType });
      }
      const { problem, stored: after } = importBatch(
        { store, clock, lookups },
        stored,
        plan,
        file,
        reading.rows,
        BATCH_ROWS,
      );
      if (problem !== undefined)
        return fail(stored, fileId, { error: problem, errorType: 'INVALID_COLUMN_CONFIGURATION' });
      store.imports.put(after);
      if (after.next.file !== stored.next.file) readings.delete(key);
    }, importSource(stored.id));
  };

  /** What was right when the import began may be gone: a property, an object type. */
  const planNow = (stored: StoredImport): ImportPlan | Failure => {
    try {
      return planOf(store, importRequest(stored.request, []));
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      return { error: error.message, errorType: 'INVALID_COLUMN_CONFIGURATION' };
    }
  };

  const read = async (stored: StoredImport, file: FilePlan): Promise<NonNullable<Reading['done']>> => {
    try {
      return { rows: await readRows(file.format, store.imports.file(stored.id, file.position) ?? new Uint8Array()) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };

  const to = (stored: StoredImport, state: ImportState) =>
    store.transaction(() => store.imports.put({ ...stored, state, updatedAt: clock.now() }));

  /** The one error says why. */
  const fail = (stored: StoredImport, fileId: string | undefined, { error, errorType }: Failure) => {
    const createdAt = clock.now();
    const why = { createdAt, errorType, errorMessage: error, fileId: fileId ?? '', lineNumber: 1, rowData: [] };
    store.imports.addError(stored.id, why);
    const counters = { ...stored.counters, ERRORS: (stored.counters['ERRORS'] ?? 0) + 1 };
    store.imports.put({ ...stored, counters, state: 'FAILED', updatedAt: createdAt });
  };

  const finish = (stored: StoredImport) =>
    store.transaction(() => {
      const objectLists = createContactList(context, stored);
      store.imports.put({ ...stored, state: 'DONE', objectLists, updatedAt: clock.now() });
    });

  store.imports.onChange(() => wake(START_MS));
  store.onCommit(({ records, restored }) => {
    if (restored) {
      // Another import may have an id that was read for.
      readings.clear();
      lookups.forget();
      return wake(START_MS);
    }
    for (const { typeId, id } of records) {
      const record = lookups.watches(typeId) ? store.records.get(typeId, id) : undefined;
      if (record) lookups.noted(record);
    }
  });
  if (store.imports.open().length > 0) wake(START_MS);
  return {
    close() {
      closed = true;
      cancel?.();
    },
  };
};
