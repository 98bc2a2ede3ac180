/** What is read for the records of the copy beside their values: associations, and earlier values. */

import type { Clock } from '../clock.ts';
import type { ObjectType } from '../crm/index.ts';
import type { PastValue } from '../enrich/anomalies/types.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
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
  { signal, progress }: ReadingOptions,
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
  let calls = 0;
  for (let done = 0; done < stale.length; done += LINKS_BATCH) {
    signal?.throwIfAborted();
    progress?.(done, stale.length);
    const ids = stale.slice(done, done + LINKS_BATCH);
    calls++;
    const rows = await hubspot.associations.batchRead(from.id, to.id, ids, {}, call);
    await file.use((db) => {
      const put = db.prepare('INSERT OR REPLACE INTO links (pair, id, modified, at, ids) VALUES (?, ?, ?, ?, ?)');
      db.transaction(() => {
        for (const row of rows) {
          const id = ids[row.index];
          if (id === undefined) continue;
          if (row.outcome !== 'applied') {
            if (row.error.code === 'not_found') continue;
            throw row.error;
          }
          const others = [...new Set(row.value.to.map(({ toObjectId }) => toObjectId))];
          put.run(pair, BigInt(id), modified.get(id) ?? 0, clock.now(), others.join(' '));
        }
      });
    });
  }
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
  { signal, progress }: ReadingOptions,
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
  let calls = 0;
  for (let done = 0; done < stale.length; done += HISTORY_BATCH) {
    signal?.throwIfAborted();
    progress?.(done, stale.length);
    const ids = stale.slice(done, done + HISTORY_BATCH);
    calls++;
    const rows = await hubspot.objects.batchRead(
      type.id,
      ids,
      { properties: [], propertiesWithHistory: properties },
      call,
    );
    await file.use((db) => {
      const put = db.prepare('INSERT OR REPLACE INTO past (type, id, modified, versions) VALUES (?, ?, ?, ?)');
      db.transaction(() => {
        for (const row of rows) {
          const id = ids[row.index];
          if (id === undefined) continue;
          if (row.outcome !== 'applied') {
            if (row.error.code === 'not_found') continue;
            throw row.error;
          }
          const past = Object.entries(row.value.propertiesWithHistory ?? {}).flatMap(([property, versions]) =>
            versions.map(({ value, timestamp, sourceType, sourceId = '' }): PastValue => {
              return { property, value, at: Date.parse(timestamp), source: `${sourceType} ${sourceId}`.trim() };
            }),
          );
          const stored: Stored = { properties, past: past.sort((a, b) => b.at - a.at) };
          put.run(type.id, BigInt(id), modified.get(id) ?? 0, JSON.stringify(stored));
        }
      });
    });
  }
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
