/** What is read for the records of the copy beside their values: associations, and earlier values. */

import type { Clock } from '../clock.ts';
import type { ObjectType } from '../crm/index.ts';
import type { PastValue } from '../enrich/anomalies/types.ts';
import type { CallOptions, HubSpot, Row } from '../hubspot/index.ts';
import type { Database } from '../sqlite.ts';
import { countRecords, modifiedTimes } from './copied-records.ts';
import type { SharedFile } from './shared-file.ts';
import type { Associated, Histories, ReadingOptions } from './types.ts';

interface Parts {
  readonly file: SharedFile;
  readonly hubspot: HubSpot;
  readonly clock: Clock;
}

/** HubSpot takes so many ids in one request for associations, and so many records with history. */
const LINKS_BATCH = 1_000;
const HISTORY_BATCH = 50;
/** An association does not always change its records' time of modification. */
const LINKS_AGE_MS = 86_400_000;
/** 40 requests. Older records have hardly a history that matters now. */
const MOST_HISTORIES = 2_000;

export async function readAssociations(
  from: ObjectType,
  to: ObjectType,
  reading: ReadingOptions,
  { file, hubspot, clock }: Parts,
  call: CallOptions,
): Promise<Associated> {
  const pair = `${from.id}>${to.id}`;
  const oldest = clock.now() - LINKS_AGE_MS;
  const { modified, stale } = await file.use((db) => {
    const modified = modifiedTimes(db, from.id);
    const fresh = new Set<string>();
    const known = db.prepare<{ id: number | bigint; modified: number; at: number }>(
      'SELECT id, modified, at FROM links WHERE pair = ?',
    );
    for (const row of known.iterate(pair)) {
      if (row.at >= oldest && modified.get(String(row.id)) === row.modified) fresh.add(String(row.id));
    }
    return { modified, stale: [...modified.keys()].filter((id) => !fresh.has(id)) };
  });
  const calls = await readStale(stale, LINKS_BATCH, reading, file, {
    read: (ids) => hubspot.associations.batchRead(from.id, to.id, ids, {}, call),
    keep(db) {
      const put = db.prepare('INSERT OR REPLACE INTO links (pair, id, modified, at, ids) VALUES (?, ?, ?, ?, ?)');
      return (id, { to: others }) => {
        const ids = [...new Set(others.map(({ toObjectId }) => toObjectId))];
        put.run(pair, BigInt(id), modified.get(id) ?? 0, clock.now(), ids.join(' '));
      };
    },
  });
  const of = await file.use((db) => {
    const found = new Map<string, readonly string[]>();
    const rows = db.prepare<{ id: number | bigint; ids: string }>(
      'SELECT id, ids FROM links WHERE pair = ? ORDER BY id',
    );
    for (const { id, ids } of rows.iterate(pair)) {
      if (ids !== '' && modified.has(String(id))) found.set(String(id), ids.split(' '));
    }
    return found;
  });
  return { of, calls };
}

export async function readHistory(
  type: ObjectType,
  properties: readonly string[],
  reading: ReadingOptions,
  { file, hubspot }: Parts,
  call: CallOptions,
): Promise<Histories> {
  const { modified, all, stale } = await file.use((db) => {
    const all = countRecords(db, type.id);
    const modified = modifiedTimes(db, type.id, MOST_HISTORIES);
    const known = db.prepare<{ id: number | bigint; modified: number; versions: string }>(
      'SELECT id, modified, versions FROM past WHERE type = ?',
    );
    const fresh = new Set<string>();
    for (const row of known.iterate(type.id)) {
      if (modified.get(String(row.id)) !== row.modified) continue;
      const held: Stored = JSON.parse(row.versions);
      if (properties.every((property) => held.properties.includes(property))) fresh.add(String(row.id));
    }
    return { modified, all, stale: [...modified.keys()].filter((id) => !fresh.has(id)) };
  });
  const calls = await readStale(stale, HISTORY_BATCH, reading, file, {
    read: (ids) => hubspot.objects.batchRead(type.id, ids, { properties: [], propertiesWithHistory: properties }, call),
    keep(db) {
      const put = db.prepare('INSERT OR REPLACE INTO past (type, id, modified, versions) VALUES (?, ?, ?, ?)');
      return (id, { propertiesWithHistory = {} }) => {
        const past = Object.entries(propertiesWithHistory).flatMap(([property, versions]) =>
          versions.map(({ value, timestamp, sourceType, sourceId = '' }): PastValue => {
            return { property, value, at: Date.parse(timestamp), source: `${sourceType} ${sourceId}`.trim() };
          }),
        );
        const stored: Stored = { properties, past: past.sort((a, b) => b.at - a.at) };
        put.run(type.id, BigInt(id), modified.get(id) ?? 0, JSON.stringify(stored));
      };
    },
  });
  const of = await file.use((db) => {
    const found = new Map<string, readonly PastValue[]>();
    const rows = db.prepare<{ id: number | bigint; versions: string }>(
      'SELECT id, versions FROM past WHERE type = ? ORDER BY id',
    );
    for (const { id, versions } of rows.iterate(type.id)) {
      if (!modified.has(String(id))) continue;
      const { past }: Stored = JSON.parse(versions);
      found.set(
        String(id),
        past.filter(({ property }) => properties.includes(property)),
      );
    }
    return found;
  });
  return { of, calls, leftOut: all - modified.size };
}

interface Stored {
  readonly properties: readonly string[];
  readonly past: readonly PastValue[];
}

interface Keeping<T> {
  readonly read: (ids: readonly string[]) => Promise<readonly Row<T>[]>;
  /** Prepares, and gives what keeps one record's. */
  readonly keep: (db: Database) => (id: string, value: T) => void;
}

/**
 * Reads in batches, and keeps each as one; a record that is gone by now has nothing to keep.
 * @returns how many requests it took
 */
async function readStale<T>(
  stale: readonly string[],
  batch: number,
  { signal, progress }: ReadingOptions,
  file: SharedFile,
  { read, keep }: Keeping<T>,
): Promise<number> {
  let calls = 0;
  for (let done = 0; done < stale.length; done += batch) {
    signal?.throwIfAborted();
    progress?.(done, stale.length);
    const ids = stale.slice(done, done + batch);
    calls++;
    const rows = await read(ids);
    await file.use((db) => {
      const put = keep(db);
      db.transaction(() => {
        for (const row of rows) {
          const id = ids[row.index];
          if (id === undefined) continue;
          if (row.outcome === 'applied') put(id, row.value);
          else if (row.error.code !== 'not_found') throw row.error;
        }
      });
    });
  }
  return calls;
}
