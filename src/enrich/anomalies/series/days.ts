/** Days of a time zone as whole numbers, counted from 1970-01-01 there. */

import { Temporal } from 'temporal-polyfill';

const DAY = 86_400_000;

/** The local day of an instant. Made once per zone and span: a million instants cost a look into a short list each. */
export function dayCounter(timeZone: string, from: number, to: number): (instant: number) => number {
  const starts: number[] = [];
  const shifts: number[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  while (at !== null && at.epochMilliseconds <= to) {
    starts.push(at.epochMilliseconds);
    shifts.push(at.offsetNanoseconds / 1e6);
    at = at.getTimeZoneTransition('next');
  }
  return (instant) => {
    let last = starts.length - 1;
    while (last > 0 && (starts[last] ?? 0) > instant) last--;
    return Math.floor((instant + (shifts[last] ?? 0)) / DAY);
  };
}

/** As ISO 8601. */
export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
