/** Days, weeks, months, quarters and years of the portal's time zone. */

import { loadTemporal } from './dates.ts';

export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Interval = (typeof intervals)[number];

type Temporal = Awaited<ReturnType<typeof loadTemporal>>;
type PlainDate = ReturnType<Temporal['PlainDate']['from']>;

/** One interval: its name (`2026-01-31`, `2026-W05`, `2026-01`, `2026-Q1`, `2026`), and both its ends, which belong to it. */
export interface Bucket {
  readonly key: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
}

export interface Calendar {
  /** The name of the interval a stored value falls in: `YYYY-MM-DD`, an instant, or milliseconds since the epoch. */
  keyOf(stored: string, interval: Interval): string;
  /** Every interval from the one that holds the first value to the one that holds the last. */
  buckets(first: string, last: string, interval: Interval): Bucket[];
}

/** Offsets change on quarter hours only, so all instants of one fall on the same day. */
const QUARTER_HOUR = 900_000;

export async function openCalendar(timeZone: string): Promise<Calendar> {
  const { PlainDate, Instant } = await loadTemporal();
  const known = new Map<string | number, string>();

  function dayOf(stored: string): PlainDate {
    const ms = /^\d+$/.test(stored) ? Number(stored) : Date.parse(stored);
    return Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
  }

  const asDate = (stored: string) =>
    stored.length === 10 && stored[4] === '-' ? PlainDate.from(stored) : dayOf(stored);

  return {
    keyOf(stored, interval) {
      const ms = stored.length === 10 ? Number.NaN : /^\d+$/.test(stored) ? Number(stored) : Date.parse(stored);
      const slot = Number.isNaN(ms) ? interval + stored : interval + Math.floor(ms / QUARTER_HOUR);
      let key = known.get(slot);
      if (key === undefined) {
        key = nameOf(startOf(asDate(stored), interval), interval);
        known.set(slot, key);
      }
      return key;
    },

    buckets(first, last, interval) {
      const end = asDate(last);
      const all: Bucket[] = [];
      for (let day = startOf(asDate(first), interval); PlainDate.compare(day, end) <= 0; ) {
        const next = startOf(day.add(LENGTHS[interval]), interval);
        const lastDay = next.subtract({ days: 1 });
        all.push({
          key: nameOf(day, interval),
          firstDay: day.toString(),
          lastDay: lastDay.toString(),
          start: day.toZonedDateTime(timeZone).epochMilliseconds,
          end: next.toZonedDateTime(timeZone).epochMilliseconds - 1,
        });
        day = next;
      }
      return all;
    },
  };
}

function startOf(day: PlainDate, interval: Interval): PlainDate {
  switch (interval) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
    case 'quarter':
      return day.with({ day: 1, month: day.month - ((day.month - 1) % 3) });
    case 'year':
      return day.with({ day: 1, month: 1 });
  }
}

const LENGTHS = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
};

/** @param start the interval's first day */
function nameOf(start: PlainDate, interval: Interval): string {
  const day = start.toString();
  switch (interval) {
    case 'day':
      return day;
    case 'week':
      return `${start.yearOfWeek}-W${String(start.weekOfYear).padStart(2, '0')}`;
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${start.year}-Q${Math.ceil(start.month / 3)}`;
    case 'year':
      return String(start.year);
  }
}
