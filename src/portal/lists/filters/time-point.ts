/**
 * Points in time that a filter names: a date, a place in the calendar counted from now, or another property.
 * Source: HubSpot's published models of the lists API, compared 2026-11-22.
 */

import { Temporal } from 'temporal-polyfill';
import { type FilterInput, refused } from './input.ts';
import { type CalendarUnit, checkedZone, type Moment } from './moment.ts';
import { parsers, readTime, type Subject, type TimeParser } from './subject.ts';

export interface TimePoint {
  /** Milliseconds since the epoch; undefined: the record has no such time. */
  of(subject: Subject, moment: Moment): number | undefined;
  zone(moment: Moment): string;
  /** Whether it goes on with every millisecond. */
  readonly moving: boolean;
  /** Whether it stands still only for a day. */
  readonly daily: boolean;
}

const offsets = [
  'years',
  'quarters',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
] as const;

const references: Readonly<Record<string, CalendarUnit | undefined>> = {
  NOW: undefined,
  TODAY: 'day',
  WEEK: 'week',
  MONTH: 'month',
  QUARTER: 'quarter',
  YEAR: 'year',
  FISCAL_QUARTER: 'quarter',
  FISCAL_YEAR: 'year',
};

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** @throws PortalError 400 */
export function readTimePoint(input: FilterInput): TimePoint {
  const zone = readZone(input);
  switch (input.oneOf('timeType', ['DATE', 'INDEXED', 'PROPERTY_REFERENCED'])) {
    case 'DATE':
      return { of: fixedDate(input, zone), zone, moving: false, daily: false };
    case 'INDEXED':
      return indexed(input, zone);
    case 'PROPERTY_REFERENCED': {
      const property = input.text('property');
      const parser = input.oneOf('referenceType', parsers);
      return {
        of: (subject, moment) => readTime(subject, property, parser, zone(moment), moment),
        zone,
        moving: false,
        daily: isAnniversary(parser),
      };
    }
  }
}

export function isAnniversary(parser: TimeParser): boolean {
  return parser.startsWith('ANNIVERSARY');
}

/** `PORTAL` takes the account's zone, whatever the id. Guess: so does USER, for an app has no user with a zone. */
function readZone(input: FilterInput): (moment: Moment) => string {
  const source = input.oneOf('timezoneSource', ['CUSTOM', 'USER', 'PORTAL'], 'CUSTOM');
  if (source !== 'CUSTOM') return (moment) => moment.zone;
  const zone = checkedZone(input.text('zoneId'));
  return () => zone;
}

function timeOfDay(input: FilterInput) {
  return {
    hour: input.whole('hour', { min: 0, max: 23, otherwise: 0 }),
    minute: input.whole('minute', { min: 0, max: 59, otherwise: 0 }),
    second: input.whole('second', { min: 0, max: 59, otherwise: 0 }),
    millisecond: input.whole('millisecond', { min: 0, max: 999, otherwise: 0 }),
  };
}

function fixedDate(input: FilterInput, zone: (moment: Moment) => string): TimePoint['of'] {
  const date = plainDate(
    input.whole('year', { min: 1, max: 9_999 }),
    input.whole('month', { min: 1, max: 12 }),
    input.whole('day', { min: 1, max: 31 }),
  );
  const at = date.toPlainDateTime(timeOfDay(input));
  return (_subject, moment) => moment.once(at, () => at.toZonedDateTime(zone(moment)).epochMilliseconds);
}

/** @throws PortalError 400 for a day that its month does not have */
export function plainDate(year: number, month: number, day: number): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    throw refused(`${year}-${month}-${day} is not a date`);
  }
}

function indexed(input: FilterInput, zone: (moment: Moment) => string): TimePoint {
  const reference = input.inner('indexReference', 'indexReference');
  const kind = reference.oneOf('referenceType', Object.keys(references));
  const unit = references[kind];
  const offset = input.innerIf('offset', 'offset');
  const lengths = Object.fromEntries(
    offsets.map((name) => [name, offset?.whole(name, { min: -1_000_000_000, max: 1_000_000_000, otherwise: 0 }) ?? 0]),
  );
  const { quarters = 0, months = 0, ...rest } = lengths;
  // NOW keeps its time of day unless another one is named.
  const named = ['hour', 'minute', 'second', 'millisecond'].some((member) => reference.has(member));
  const time = unit !== undefined || named ? timeOfDay(reference) : undefined;
  const place = placeInUnit(reference, kind);
  const key = {};
  const work = (moment: Moment): number => {
    const start = unit === undefined ? moment.local(zone(moment)) : moment.startOf(unit, zone(moment));
    const placed = start.add({ months: place.months }).add({ days: place.days });
    try {
      return (time ? placed.with(time) : placed).add({ ...rest, months: months + 3 * quarters }).epochMilliseconds;
    } catch {
      // Beyond the end of time: no record is that old or that new.
      return Object.values(lengths).some((length) => length < 0) ? -8.64e15 : 8.64e15;
    }
  };
  return {
    of: (_subject, moment) => moment.once(key, () => work(moment)),
    zone,
    moving: unit === undefined && !named,
    daily: true,
  };
}

/**
 * How far into the unit a reference points. Guess: `month` counts the months of the year, and of the quarter, from 1; an
 * account's fiscal year begins in January.
 */
function placeInUnit(reference: FilterInput, kind: string): { months: number; days: number } {
  const day = () => reference.whole('day', { min: 1, max: 31, otherwise: 1 }) - 1;
  switch (kind) {
    case 'WEEK':
      return { months: 0, days: weekdays.indexOf(reference.oneOf('dayOfWeek', weekdays, 'MONDAY')) };
    case 'MONTH':
      return { months: 0, days: day() };
    case 'QUARTER':
    case 'FISCAL_QUARTER':
      return { months: reference.whole('month', { min: 1, max: 3, otherwise: 1 }) - 1, days: day() };
    case 'YEAR':
    case 'FISCAL_YEAR':
      return { months: reference.whole('month', { min: 1, max: 12, otherwise: 1 }) - 1, days: day() };
    default:
      return { months: 0, days: 0 };
  }
}
