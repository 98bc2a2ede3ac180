import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { HubSpot } from '../hubspot/index.ts';
import { readAssociations, readHistory } from './beside-records.ts';
import { COPY_SCHEMA, COPY_VERSION, deleteRecords, putTypeRow, readTable, typeRow } from './copied-records.ts';
import { createMemory, MEMORY_SCHEMA, MEMORY_UPGRADES, MEMORY_VERSION } from './memory.ts';
import { refresh, stateOf } from './refresh.ts';
import { sharedFile } from './shared-file.ts';
import type { Snapshot } from './types.ts';

export interface SnapshotOptions {
  /** Of this portal alone. Omitted: in memory. */
  readonly folder?: string;
  /** As the operator's policy lets it be seen: nothing else comes into the copy. */
  readonly hubspot: HubSpot;
  readonly clock: Clock;
  /** Tells this copy from those of other processes. */
  readonly owner: string;
  /** For the operator. */
  readonly log: (message: string) => void;
}

/** Nothing is opened before it is used. */
export function openSnapshot({ folder, hubspot, clock, owner, log }: SnapshotOptions): Snapshot {
  const inFolder = (name: string) => (folder === undefined ? {} : { file: join(folder, name) });
  const file = sharedFile({
    ...inFolder('copy.sqlite'),
    version: COPY_VERSION,
    schema: COPY_SCHEMA,
    damaged: 'drop',
    clock,
    log,
  });
  const said = sharedFile({
    ...inFolder('said.sqlite'),
    version: MEMORY_VERSION,
    schema: MEMORY_SCHEMA,
    upgrades: MEMORY_UPGRADES,
    damaged: 'aside',
    clock,
    log,
  });
  const parts = { file, hubspot, clock };
  /** Everybody else goes first, and so a request may wait long. */
  const callOf = (signal: AbortSignal | undefined) => ({
    priority: 9,
    deadlineMs: 30 * 60_000,
    caller: owner,
    ...(signal && { signal }),
  });
  let readings = 0;
  return {
    memory: createMemory(said),
    refresh: (type, options) =>
      refresh(type, options, { ...parts, reader: `${owner} ${++readings}`, call: callOf(options.signal) }),
    state: (type) => stateOf(type, parts),
    table: (type, properties) => file.use((db) => readTable(db, type.id, type.name, properties)),
    associations: (from, to, options = {}) => readAssociations(from, to, options, parts, callOf(options.signal)),
    history: (type, properties, options = {}) => readHistory(type, properties, options, parts, callOf(options.signal)),
    forget: (type, ids) =>
      file.use((db) =>
        db.transaction(() => {
          const row = typeRow(db, type.id);
          if (row === undefined || deleteRecords(db, type.id, ids) === 0) return;
          putTypeRow(db, type.id, { ...row, version: row.version + 1 });
        }),
      ),
    async close() {
      await Promise.all([file.close(), said.close()]);
    },
  };
}
