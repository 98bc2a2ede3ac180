/**
 * Operations on dates and times.
 * Guess: a bound belongs to its range unless it says EXCLUSIVE, and to neither side of IS_BEFORE and IS_AFTER unless it says
 * INCLUSIVE; a day of a rolling range has 24 hours; `requiresTimeZoneConversion` reads a timestamp's clock, as it stands
 * in UTC, in the account's time zone; DATE compares with the whole day there (its published operators are those of
 * another operation).
 */

import { Temporal } from 'temporal-polyfill';
import type { FilterInput } from './input.ts';
import { type CalendarUnit, type Moment, span } from './moment.ts';
import type { OperationKind, Test } from './operation.ts';
import { parsers, readTime, type Subject, timeOf } from './subject.ts';
import { isAnniversary, plainDate, readTimePoint, type TimePoint } from './time-point.ts';

const dates = ['date', 'datetime'] as const;
const DAY = 86_400_000;

const months = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;

/** Holds the value as a time against a test. */
function byTime(
  property: string,
  unset: boolean,
  test: (at: number, moment: Moment, subject: Subject) => boolean,
): Test {
  return (subject, moment) => {
    const value = subject.value(property);
    const at = value === undefined ? undefined : timeOf(value);
    return at === undefined ? unset : test(at, moment, subject);
  };
}

/** A time against a bound that moves with now: the answer holds until the bound has passed it. */
function comparedWithNow(at: number, offset: number, moment: Moment): number {
  moment.holdsUntil(at - offset);
  moment.holdsUntil(at - offset + 1);
  return at - (moment.now + offset);
}

function timestamp(input: FilterInput, member: string): (moment: Moment) => number {
  const ms = input.whole(member, { min: -8.64e15, max: 8.64e15 });
  if (!input.flagIf('requiresTimeZoneConversion')) return () => ms;
  const said = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC').toPlainDateTime();
  return (moment) => moment.once(said, () => said.toZonedDateTime(moment.zone).epochMilliseconds);
}

function startOf(date: Temporal.PlainDate, zone: string, moment: Moment): number {
  return moment.once(date, () => date.toZonedDateTime(zone).epochMilliseconds);
}

const comparison: OperationKind['read'] = (input, property, unset) => {
  const before = input.oneOf('operator', ['IS_BEFORE', 'IS_AFTER']) === 'IS_BEFORE';
  const other = input.text('comparisonPropertyName');
  const updated = input.text('operationType') === 'COMPARATIVE_PROPERTY_UPDATED';
  const standard = timeOf(input.textIf('defaultComparisonValue') ?? '');
  const read = (subject: Subject, name: string, moment: Moment) =>
    readTime(subject, name, updated ? 'UPDATED_AT' : 'VALUE', moment.zone, moment);
  return (subject, moment) => {
    const at = read(subject, property, moment);
    if (at === undefined) return unset;
    const bound = read(subject, other, moment) ?? standard;
    return bound !== undefined && (before ? at < bound : at > bound);
  };
};

export const timeOperations: Readonly<Record<string, OperationKind>> = {
  DATE: {
    types: dates,
    read(input, property, unset) {
      const operator = input.oneOf('operator', ['IS_EQUAL_TO', 'IS_BEFORE', 'IS_AFTER']);
      const said = input.text('month').toUpperCase();
      const month = months.findIndex((name) => name === said) + 1 || input.whole('month', { min: 1, max: 12 });
      const day = plainDate(
        input.whole('year', { min: 1, max: 9_999 }),
        month,
        input.whole('day', { min: 1, max: 31 }),
      );
      const [first, next] = [day, day.add({ days: 1 })];
      return byTime(property, unset, (at, moment, subject) => {
        // A date without a time has no zone either.
        const zone = subject.value(property)?.length === 10 ? 'UTC' : moment.zone;
        if (operator === 'IS_BEFORE') return at < startOf(first, zone, moment);
        if (operator === 'IS_AFTER') return at >= startOf(next, zone, moment);
        return at >= startOf(first, zone, moment) && at < startOf(next, zone, moment);
      });
    },
  },
  DATETIME: {
    types: dates,
    read(input, property, unset) {
      const before = input.oneOf('operator', ['IS_BEFORE', 'IS_AFTER']) === 'IS_BEFORE';
      const bound = timestamp(input, 'timestamp');
      return byTime(property, unset, (at, moment) => (before ? at < bound(moment) : at > bound(moment)));
    },
  },
  RANGED_DATE: {
    types: dates,
    read(input, property, unset) {
      const wanted = input.oneOf('operator', ['IS_BETWEEN', 'IS_NOT_BETWEEN']) === 'IS_BETWEEN';
      const [low, high] = [timestamp(input, 'lowerBound'), timestamp(input, 'upperBound')];
      return byTime(property, unset, (at, moment) => (at >= low(moment) && at <= high(moment)) === wanted);
    },
  },
  ROLLING_DATE_RANGE: {
    types: dates,
    read(input, property, unset) {
      const operator = input.oneOf('operator', [
        'IS_LESS_THAN_X_DAYS_AGO',
        'IS_MORE_THAN_X_DAYS_AGO',
        'IS_LESS_THAN_X_DAYS_FROM_NOW',
        'IS_MORE_THAN_X_DAYS_FROM_NOW',
      ]);
      const length = input.whole('numberOfDays', { min: 0, max: 100_000 }) * DAY;
      return byTime(property, unset, (at, moment) => {
        const ago = operator.endsWith('AGO');
        const sinceNow = comparedWithNow(at, 0, moment);
        const sinceBound = comparedWithNow(at, ago ? -length : length, moment);
        switch (operator) {
          case 'IS_LESS_THAN_X_DAYS_AGO':
            return sinceNow <= 0 && sinceBound >= 0;
          case 'IS_MORE_THAN_X_DAYS_AGO':
            return sinceBound < 0;
          case 'IS_LESS_THAN_X_DAYS_FROM_NOW':
            return sinceNow >= 0 && sinceBound <= 0;
          case 'IS_MORE_THAN_X_DAYS_FROM_NOW':
            return sinceBound > 0;
        }
      });
    },
  },
  CALENDAR_DATE: { types: dates, read: calendarRange },
  COMPARATIVE_DATE: { types: dates, read: comparison },
  COMPARATIVE_PROPERTY_UPDATED: { types: 'any', read: comparison },
  ROLLING_PROPERTY_UPDATED: {
    types: 'any',
    read(input, property, unset) {
      const operator = input.oneOf('operator', ['UPDATED_IN_LAST_X_DAYS', 'NOT_UPDATED_IN_LAST_X_DAYS']);
      const length = input.whole('numberOfDays', { min: 0, max: 100_000 }) * DAY;
      return (subject, moment) => {
        const at = readTime(subject, property, 'UPDATED_AT', moment.zone, moment);
        if (at === undefined) return unset;
        return comparedWithNow(at, -length, moment) >= 0 === (operator === 'UPDATED_IN_LAST_X_DAYS');
      };
    },
  },
  TIME_POINT: {
    types: dates,
    read(input, property, unset) {
      const before = input.oneOf('operator', ['IS_BEFORE', 'IS_AFTER']) === 'IS_BEFORE';
      const inclusive = input.oneOf('endpointBehavior', ['INCLUSIVE', 'EXCLUSIVE'], 'EXCLUSIVE') === 'INCLUSIVE';
      const point = readTimePoint(input.inner('timePoint', 'timePoint'));
      const parser = input.oneOf('propertyParser', parsers, 'VALUE');
      return (subject, moment) => {
        const at = readTime(subject, property, parser, point.zone(moment), moment);
        if (at === undefined) return unset;
        if (isAnniversary(parser)) moment.holdsToday(point.zone(moment));
        const distance = distanceFrom(point, at, subject, moment);
        if (distance === undefined) return false;
        return distance === 0 ? inclusive : distance < 0 === before;
      };
    },
  },
  TIME_RANGED: {
    types: dates,
    read(input, property, unset) {
      const wanted = input.oneOf('operator', ['IS_BETWEEN', 'IS_NOT_BETWEEN']) === 'IS_BETWEEN';
      const bound = (name: 'lowerBound' | 'upperBound') => ({
        inclusive: input.oneOf(`${name}EndpointBehavior`, ['INCLUSIVE', 'EXCLUSIVE'], 'INCLUSIVE') === 'INCLUSIVE',
        point: readTimePoint(input.inner(`${name}TimePoint`, `${name}TimePoint`)),
      });
      const [lower, upper] = [bound('lowerBound'), bound('upperBound')];
      const parser = input.oneOf('propertyParser', parsers, 'VALUE');
      return (subject, moment) => {
        const zone = lower.point.zone(moment);
        const at = readTime(subject, property, parser, zone, moment);
        if (at === undefined) return unset;
        if (isAnniversary(parser)) moment.holdsToday(zone);
        const fromLower = distanceFrom(lower.point, at, subject, moment);
        const fromUpper = distanceFrom(upper.point, at, subject, moment);
        if (fromLower === undefined || fromUpper === undefined) return false;
        const isAfterLower = fromLower > 0 || (fromLower === 0 && lower.inclusive);
        const isBeforeUpper = fromUpper < 0 || (fromUpper === 0 && upper.inclusive);
        return (isAfterLower && isBeforeUpper) === wanted;
      };
    },
  },
};

/** How long after the point a time is; undefined: the record has no such point. */
function distanceFrom(point: TimePoint, at: number, subject: Subject, moment: Moment): number | undefined {
  const bound = point.of(subject, moment);
  if (bound === undefined) return undefined;
  if (point.daily) moment.holdsToday(point.zone(moment));
  return point.moving ? comparedWithNow(at, bound - moment.now, moment) : at - bound;
}

function calendarRange(input: FilterInput, property: string, unset: boolean): Test {
  const operator = input.oneOf('operator', [
    'IN_THIS_TIME_UNIT',
    'IN_THIS_TIME_UNIT_SO_FAR',
    'IN_NEXT_TIME_UNIT',
    'IN_LAST_TIME_UNIT',
  ]);
  const units: Readonly<Record<string, CalendarUnit>> = {
    DAY: 'day',
    WEEK: 'week',
    MONTH: 'month',
    QUARTER: 'quarter',
    YEAR: 'year',
  };
  const unit = units[input.oneOf('timeUnit', Object.keys(units))] ?? 'day';
  const count = input.whole('timeUnitCount', { min: 1, max: 10_000, otherwise: 1 });
  const firstMonth = input.flagIf('useFiscalYear')
    ? months.indexOf(input.oneOf('fiscalYearStart', months, 'JANUARY')) + 1
    : 1;
  const keys = { from: {}, to: {} };
  const edge = (moment: Moment, end: 'from' | 'to', zone: string): number => {
    const start = moment.startOf(unit, zone, firstMonth);
    const shift = { IN_LAST_TIME_UNIT: [-count, 0], IN_NEXT_TIME_UNIT: [1, 1 + count] }[operator as string] ?? [0, 1];
    return start.add(span(unit, (end === 'from' ? shift[0] : shift[1]) ?? 0)).epochMilliseconds;
  };
  return byTime(property, unset, (at, moment, subject) => {
    // A date without a time is that day in every zone.
    const plain = subject.value(property)?.length === 10;
    const local = plain ? sameDay(at, moment.zone) : at;
    moment.holdsToday(moment.zone);
    const from = moment.once(keys.from, () => edge(moment, 'from', moment.zone));
    const to = moment.once(keys.to, () => edge(moment, 'to', moment.zone));
    const within = local >= from && local < to;
    if (operator !== 'IN_THIS_TIME_UNIT_SO_FAR') return within;
    return within && comparedWithNow(local, 0, moment) <= 0;
  });
}

/** Midnight in the zone on the day that it is in UTC. */
function sameDay(at: number, zone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDate();
  return day.toZonedDateTime(zone).epochMilliseconds;
}
