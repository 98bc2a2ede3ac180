/** Records that other processes of this journal wrote a moment ago: the one before a restart, and those beside this one. */

import type { Clock } from '../clock.ts';
import type { Disk } from './disk.ts';
import { type CallEntry, type Entry, newestOfEach, writerOf } from './entry.ts';
import { foldEntries } from './fold.ts';
import { decodeFrames } from './frame.ts';
import type { Processes } from './processes.ts';
import { JournalUnusable } from './unusable.ts';

/** A record as `contacts 101`, and when it was sent, in milliseconds since the epoch. */
export interface RecentRecord {
  readonly record: string;
  readonly at: number;
}

/**
 * @param since milliseconds since the epoch
 * @param portalId asked only when something was found
 */
export type RecentElsewhere = (since: number, portalId: () => Promise<number>) => Promise<readonly RecentRecord[]>;

/** What was written in half a minute, but for the largest jobs; of these the last batches. */
const TAIL_BYTES = 262_144;
/** Of processes that have ended, those which began last are looked at. */
const MOST_ENDED = 8;

interface Found extends RecentRecord {
  readonly portalId: number;
}

/** Reads the ends of logs and no more, since a search must not wait for an index. */
export function createRecentElsewhere(disk: Disk, processes: Processes, clock: Pick<Clock, 'now'>): RecentElsewhere {
  /** By log, as it was when it had that size. */
  const known = new Map<string, { readonly size: number; readonly found: readonly Found[] }>();

  async function endOf(log: string): Promise<readonly Found[]> {
    const size = (await disk.size(`logs/${log}`)) ?? 0;
    const before = known.get(log);
    if (before?.size === size) return before.found;
    const start = Math.max(0, size - TAIL_BYTES);
    const { frames } = decodeFrames(await disk.read(`logs/${log}`, start, size - start), start);
    const calls = new Map<string, CallEntry[]>();
    for (const { json } of frames) {
      const entry: Entry = JSON.parse(json);
      if ('call' in entry) calls.set(entry.call, [...(calls.get(entry.call) ?? []), entry]);
    }
    const found = [...calls].flatMap(([id, entries]) => writtenIn(id, entries));
    known.set(log, { size, found });
    return found;
  }

  return async (since, portalId) => {
    try {
      const logs = [...newestOfEach(await disk.list('logs'))].filter((log) => writerOf(log) !== processes.me);
      const living = await processes.candidates();
      const ended = logs.filter((log) => !living.has(writerOf(log))).toSorted();
      const looked = [...logs.filter((log) => living.has(writerOf(log))), ...ended.slice(-MOST_ENDED)];
      for (const log of known.keys()) if (!looked.includes(log)) known.delete(log);
      const found = (await Promise.all(looked.map(endOf))).flat().filter(({ at }) => at >= since && at <= clock.now());
      if (found.length === 0) return [];
      const own = await portalId();
      return found.filter((each) => each.portalId === own);
    } catch (error) {
      // Without a journal nothing is written, and reads go on; whoever writes is told of it.
      if (error instanceof JournalUnusable) return [];
      throw error;
    }
  };
}

function writtenIn(id: string, entries: readonly CallEntry[]): readonly Found[] {
  const { head, rows } = foldEntries(id, entries);
  if (head === undefined) return [];
  return [...rows.values()].flatMap(({ state, record, records, sentAt = head.at }) => {
    if (state !== 'applied') return [];
    const names = record === undefined ? records : [...records, record];
    return names.map((name) => ({ record: name, at: sentAt, portalId: head.portalId }));
  });
}
