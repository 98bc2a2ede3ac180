import type { Clock } from '../clock.ts';
import type { RecentElsewhere } from './recent-elsewhere.ts';

/** Records that were written, for as long as a search may not find them yet. */
export interface RecentRecords {
  /** @param record that this process wrote, as `contacts 101` */
  add(record: string): void;
  /** Ids, newest first. */
  of(objectType: string, ms: number, portalId: () => Promise<number>): Promise<readonly string[]>;
}

/** Longer than HubSpot's search was ever seen to lag. Guess: five minutes. */
const KEPT_MS = 300_000;

export function createRecentRecords(clock: Clock, elsewhere: RecentElsewhere): RecentRecords {
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
    async of(objectType, ms, portalId) {
      const ago = clock.elapsed() - clock.now();
      const own = [...records].map(([record, at]) => ({ record, at }));
      const others = (await elsewhere(clock.now() - ms, portalId)).map(({ record, at }) => ({ record, at: at + ago }));
      const start = `${objectType} `;
      const ids = [...own, ...others]
        .filter(({ record, at }) => at >= clock.elapsed() - ms && record.startsWith(start))
        .toSorted((a, b) => b.at - a.at)
        .map(({ record }) => record.slice(start.length));
      return [...new Set(ids)];
    },
  };
}
