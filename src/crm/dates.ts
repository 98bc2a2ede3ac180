/** Dates and times as people say them, in the portal's time zone -> as HubSpot stores them. */

import { UserError } from './user-error.ts';
import { quote } from './words.ts';

type TemporalModule = typeof import('temporal-polyfill')['Temporal'];

/** Loaded on first use: most calls never need a time zone's rules. */
let loading: Promise<TemporalModule> | undefined;
export function loadTemporal(): Promise<TemporalModule> {
  loading ??= import('temporal-polyfill').then((module) => module.Temporal);
  return loading;
}

/** An instant, or the whole day that was said when no time was. Milliseconds since the epoch; `end` is the last of the day. */
export interface Moment {
  readonly start: number;
  readonly end: number;
  readonly wholeDay: boolean;
}

export interface Dates {
  /** -> `YYYY-MM-DD`. */
  date(said: unknown, property: string): Promise<string>;
  /** A bare day is the whole of it in the portal's time zone. */
  moment(said: unknown, property: string): Promise<Moment>;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const RELATIVE = /^(now|today|yesterday|tomorrow)?\s*(?:([+-])\s*(\d{1,4})\s*([dwmy]))?$/i;
const ZONED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$/i;
const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const UNITS: Readonly<Record<string, 'days' | 'weeks' | 'months' | 'years'>> = {
  d: 'days',
  w: 'weeks',
  m: 'months',
  y: 'years',
};

/**
 * @param now in milliseconds since the epoch
 * @param zone the portal's IANA time zone; asked for only when a value needs it
 */
export function createDates(now: () => number, zone: () => Promise<string>): Dates {
  async function moment(said: unknown, property: string): Promise<Moment> {
    const text = typeof said === 'number' ? String(said) : typeof said === 'string' ? said.trim() : '';
    if (/^-?\d{10,14}$/.test(text)) return instant(Number(text) * (text.length <= 10 ? 1000 : 1));
    if (ZONED.test(text)) {
      const parsed = Date.parse(text.replace(' ', 'T').replace(/\s+/g, ''));
      if (!Number.isNaN(parsed)) return instant(parsed);
    }
    if (LOCAL.test(text)) return inZone(text.replace(' ', 'T'), property, said);
    const dotted = DOTTED.exec(text);
    const day = dotted ? `${dotted[3]}-${dotted[2]?.padStart(2, '0')}-${dotted[1]?.padStart(2, '0')}` : text;
    if (DAY.test(day)) return wholeDay(day, property, said);
    const relative = RELATIVE.exec(text);
    if (relative && text !== '') return relativeDay(relative);
    throw unreadable(said, property);
  }

  async function inZone(local: string, property: string, said: unknown): Promise<Moment> {
    const [Temporal, timeZone] = await Promise.all([loadTemporal(), zone()]);
    try {
      return instant(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds);
    } catch (error) {
      if (error instanceof RangeError) throw unreadable(said, property);
      throw error;
    }
  }

  async function wholeDay(day: string, property: string, said: unknown): Promise<Moment> {
    if (!isDay(day)) throw unreadable(said, property);
    const [Temporal, timeZone] = await Promise.all([loadTemporal(), zone()]);
    const date = Temporal.PlainDate.from(day);
    const start = date.toZonedDateTime(timeZone).epochMilliseconds;
    const end = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1;
    return { start, end, wholeDay: true };
  }

  async function relativeDay([, word, sign, amount, unit]: RegExpExecArray): Promise<Moment> {
    const isNow = word?.toLowerCase() === 'now';
    if (isNow && amount === undefined) return instant(now());
    const [Temporal, timeZone] = await Promise.all([loadTemporal(), zone()]);
    const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone);
    const base = { yesterday: -1, tomorrow: 1 }[word?.toLowerCase() ?? ''] ?? 0;
    const shift = { [UNITS[unit?.toLowerCase() ?? ''] ?? 'days']: Number(`${sign ?? ''}${amount ?? 0}`) };
    const then = today.add({ days: base }).add(shift);
    if (isNow) return instant(then.epochMilliseconds);
    const start = then.startOfDay();
    return { start: start.epochMilliseconds, end: start.add({ days: 1 }).epochMilliseconds - 1, wholeDay: true };
  }

  return {
    moment,
    async date(said, property) {
      const text = typeof said === 'string' ? said.trim() : '';
      if (DAY.test(text)) {
        if (isDay(text)) return text;
        throw unreadable(said, property);
      }
      const { start } = await moment(said, property);
      // HubSpot's own form of a date is midnight UTC, in digits or as an instant: that day, whatever the zone.
      if (start % 86_400_000 === 0 && /^\d|Z$/i.test(text || String(said)) && !LOCAL.test(text) && !DOTTED.test(text)) {
        return new Date(start).toISOString().slice(0, 10);
      }
      const [Temporal, timeZone] = await Promise.all([loadTemporal(), zone()]);
      return Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timeZone).toPlainDate().toString();
    },
  };
}

const instant = (ms: number): Moment => ({ start: ms, end: ms, wholeDay: false });

/** False for a day that no calendar has, such as 2026-02-30. */
function isDay(day: string): boolean {
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}

function unreadable(said: unknown, property: string): UserError {
  return new UserError(
    'invalid_value',
    `${quote(said)} is no date that ${property} can take. Write 2026-01-31, 31.01.2026, 2026-01-31T14:30 (the portal's time zone), 2026-01-31T14:30Z or with an offset, today, tomorrow, yesterday, now, or -30d, +2w, -6m, +1y.`,
    { property },
  );
}
