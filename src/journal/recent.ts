import type { Clock } from '../clock.ts';

/** Records that this process wrote, for as long as a search may not find them yet. */
export interface RecentRecords {
  /** @param record as `contacts 101` */
  add(record: string): void;
  /** Ids, newest first. */
  of(objectType: string, ms: number): readonly string[];
}

/** Longer than HubSpot's search was ever seen to lag. Guess: five minutes. */
const KEPT_MS = 300_000;

export function createRecentRecords(clock: Clock): RecentRecords {
  /** In the order of their last writing. */
  const records = new Map<string, number>();

  return {
    add(record) {
      records.delete(record);
      const now = clock.elapsed();
      records.set(record, now);
      for (const [old, at] of records) {
        if (at >= now - KEPT_MS) break;
        records.delete(old);
      }
    },
    of(objectType, ms) {
      const since = clock.elapsed() - ms;
      const start = `${objectType} `;
      return [...records]
        .filter(([record, at]) => at >= since && record.startsWith(start))
        .map(([record]) => record.slice(start.length))
        .toReversed();
    },
  };
}
