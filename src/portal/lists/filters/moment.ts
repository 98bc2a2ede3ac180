/** The time at which records are held against filters, and until when what came of it stays true. */

import { Temporal } from 'temporal-polyfill';
import { refused } from './input.ts';

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

export class Moment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The account's time zone. */
  readonly zone: string;
  #validUntil = Number.POSITIVE_INFINITY;
  #turn = Number.POSITIVE_INFINITY;
  /** All records of a list are looked at: what many of them need is better read at once. */
  readonly whole: boolean;
  readonly #times = new Map<object, number>();
  readonly #links = new Map<object, ReadonlyMap<string, readonly string[]>>();

  constructor(now: number, zone: string, { whole = false } = {}) {
    this.now = now;
    this.zone = zone;
    this.whole = whole;
  }

  /** The first moment at which an answer given so far may be another one for every record; undefined: never. */
  get validUntil(): number | undefined {
    return Number.isFinite(this.#validUntil) ? this.#validUntil : undefined;
  }

  /** The same for the record that was just tested, and only once. */
  takeTurn(): number | undefined {
    const turn = this.#turn;
    this.#turn = Number.POSITIVE_INFINITY;
    return Number.isFinite(turn) ? turn : undefined;
  }

  /** What was just answered holds for this record until then. */
  holdsUntil(at: number): void {
    if (at > this.now && at < this.#turn) this.#turn = at;
  }

  /** What was just answered depends on the day. */
  holdsToday(zone: string): void {
    const midnight = () => this.local(zone).startOfDay().add({ days: 1 }).epochMilliseconds;
    this.#validUntil = Math.min(this.#validUntil, this.once(midnightOf(zone), midnight));
  }

  /** A time that is worked out once for this moment. */
  once(key: object, make: () => number): number {
    const known = this.#times.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#times.set(key, made);
    return made;
  }

  /** The ids of linked records by the id that they are linked with, read once for this moment. */
  links(key: object, read: () => ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
    const known = this.#links.get(key) ?? read();
    this.#links.set(key, known);
    return known;
  }

  local(zone: string): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(this.now).toZonedDateTimeISO(zone);
  }

  /** The start of the unit that now is in. `firstMonth` (1 to 12) starts the year and its quarters. Guess: weeks start on Monday. */
  startOf(unit: CalendarUnit, zone: string, firstMonth = 1): Temporal.ZonedDateTime {
    const day = this.local(zone).startOfDay();
    switch (unit) {
      case 'day':
        return day;
      case 'week':
        return day.subtract({ days: day.dayOfWeek - 1 });
      case 'month':
        return day.with({ day: 1 });
      case 'quarter':
        return day.with({ day: 1 }).subtract({ months: (day.month - firstMonth + 12) % 3 });
      case 'year':
        return day.with({ day: 1 }).subtract({ months: (day.month - firstMonth + 12) % 12 });
    }
  }
}

/** A length of so many units. */
export function span(unit: CalendarUnit, count: number): Temporal.DurationLike {
  return unit === 'quarter' ? { months: 3 * count } : { [`${unit}s`]: count };
}

/** One object for each zone, to be known by. */
const midnights = new Map<string, object>();

function midnightOf(zone: string): object {
  const known = midnights.get(zone) ?? { zone };
  midnights.set(zone, known);
  return known;
}

/** Refuses what is no time zone. @throws PortalError 400 */
export function checkedZone(zone: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    throw refused(`${zone} is not a time zone`);
  }
}
