/** How many records came into being on each day, of each type and from each source. */

import { interned, times } from '../../interned.ts';
import type { Column, Table } from '../../table.ts';
import { median } from '../statistics/robust.ts';
import type { PortalData } from '../types.ts';
import { dayCounter, isoDay, weekdayOf } from './days.ts';
import { type Alarm, type Detection, detect, WARM_UP } from './detector.ts';
import { detectSparse } from './weekly.ts';

/** Daily counts of one source of a type, or of all of them. */
export interface SourceSeries extends Detection {
  readonly objectType: string;
  /** As HubSpot names it, with its detail (a form, an import, an app); absent of all together. */
  readonly source?: string;
  readonly counts: readonly number[];
  /** Days from 1970-01-01 on, of the first count; counted in the portal's time zone. */
  readonly firstDay: number;
  /** Of which rows it is made. */
  rowsOn(day: number): readonly number[];
}

/** One type's, as a report draws it. */
export interface CreationSeries {
  readonly objectType: string;
  /** ISO days, without gaps. */
  readonly days: readonly string[];
  readonly counts: readonly number[];
  readonly expected: readonly number[];
  readonly alarms: readonly string[];
}

const DAY = 86_400_000;
const LONGEST = 400;
/** Fewer than these a day are looked at by week. */
const DAILY_MEAN = 3;
const MOST_SOURCES = 40;
const FEWEST_RECORDS = 30;
/** Share of sources that drop together on a holiday, how many there have to be, and how many such days in a row may be. */
const HOLIDAY_SHARE = 0.6;
const HOLIDAY_SOURCES = 3;
const LONGEST_HOLIDAY = 5;

/** Properties of which a type has the first that it has; what a series needs to be read. */
export const creationProperties = ['createdate', 'hs_createdate'] as const;
export const sourceProperties = ['hs_object_source_label', 'hs_object_source', 'hs_object_source_detail_1'] as const;

export function createdColumn(table: Table): Column | undefined {
  return creationProperties.map((name) => table.columns.get(name)).find((column) => column !== undefined);
}

const made = new WeakMap<PortalData, readonly SourceSeries[]>();

/** Of every type: all records first, then by source, the largest first. Today, which is not over, is left out. */
export function sourceSeries(data: PortalData): readonly SourceSeries[] {
  const found = made.get(data);
  if (found !== undefined) return found;
  const series = [...data.tables.values()].flatMap((table) => seriesOf(data, table));
  made.set(data, series);
  return series;
}

/** What the report draws: of every type all its records. */
export function creationSeries(data: PortalData): readonly CreationSeries[] {
  return sourceSeries(data)
    .filter(({ source }) => source === undefined)
    .map(({ objectType, counts, firstDay, expected, alarms }) => ({
      objectType,
      days: counts.map((_, day) => isoDay(firstDay + day)),
      counts,
      expected: expected.map((count) => Math.round(count * 10) / 10),
      alarms: alarms.map(({ at }) => isoDay(firstDay + at)),
    }));
}

function seriesOf(data: PortalData, table: Table): SourceSeries[] {
  const days = daysOf(data, table);
  if (days === undefined || days.length < WARM_UP + 7) return [];
  const { firstDay, byRow, length } = days;
  const { codes, names } = sourcesOf(table);
  const counts = names.map(() => zeros(length));
  const all = zeros(length);
  for (let row = 0; row < byRow.length; row++) {
    const day = (byRow[row] ?? -1) - firstDay;
    if (day < 0) continue;
    all[day] = (all[day] ?? 0) + 1;
    const of = counts[codes[row] ?? 0];
    if (of !== undefined) of[day] = (of[day] ?? 0) + 1;
  }
  const weekday = weekdayOf(firstDay);
  const sources = names
    .map((source, code) => ({ source, code, counts: counts[code] ?? [] }))
    .filter(({ source, counts: of }) => source !== '' && total(of) >= FEWEST_RECORDS)
    .sort((a, b) => total(b.counts) - total(a.counts) || (a.source < b.source ? -1 : 1))
    .slice(0, MOST_SOURCES);
  const holidays = holidaysOf(
    sources.map((source) => source.counts),
    weekday,
  );
  const rowsOn = (day: number, code?: number) => {
    const rows = [];
    for (let row = 0; row < byRow.length; row++) {
      if (byRow[row] === firstDay + day && (code === undefined || codes[row] === code)) rows.push(row);
    }
    return rows;
  };
  const { objectType } = table;
  const whole = { objectType, counts: all, firstDay, ...detection(all, weekday, holidays) };
  return [
    ...(total(all) >= FEWEST_RECORDS ? [{ ...whole, rowsOn: (day: number) => rowsOn(day) }] : []),
    ...sources.map(({ source, code, counts: of }) => ({
      objectType,
      source,
      counts: of,
      firstDay,
      ...detection(of, weekday, holidays),
      rowsOn: (day: number) => rowsOn(day, code),
    })),
  ];
}

/** The local day on which each row was created, -1 where that is not to be counted. */
function daysOf(data: PortalData, table: Table) {
  const column = createdColumn(table);
  if (column === undefined) return undefined;
  const oldest = data.now - (LONGEST + 1) * DAY;
  const dayOf = dayCounter(data.timeZone, oldest, data.now);
  const today = dayOf(data.now);
  let firstDay = today;
  const byRow = Int32Array.from(times(column), (instant) => {
    if (!(instant >= oldest && instant <= data.now)) return -1;
    const day = dayOf(instant);
    if (day < today - LONGEST || day >= today) return -1;
    firstDay = Math.min(firstDay, day);
    return day;
  });
  return { byRow, firstDay, length: today - firstDay };
}

/** By row the number of its source; the first is none. */
function sourcesOf(table: Table): { readonly codes: Uint32Array; readonly names: readonly string[] } {
  const [label, plain, detail] = sourceProperties.map((name) => table.columns.get(name));
  const kind = label ?? plain;
  if (kind === undefined) return { codes: new Uint32Array(table.rows), names: [''] };
  const kinds = interned(kind);
  const details = detail === undefined ? undefined : interned(detail);
  const width = (details?.size ?? 0) + 1;
  const names = [''];
  const known = new Map<number, number>();
  const codes = Uint32Array.from(kinds.codes, (code, row) => {
    if (code === 0) return 0;
    const key = code * width + (details?.codes[row] ?? 0);
    const found = known.get(key);
    if (found !== undefined) return found;
    const detailText = details?.text(details.codes[row] ?? 0) ?? '';
    known.set(key, names.length);
    return names.push(detailText === '' ? kinds.text(code) : `${kinds.text(code)}: ${detailText}`) - 1;
  });
  return { codes, names };
}

/** From its first record on: before a form was there, nothing was missing. */
function detection(counts: readonly number[], weekday: number, holidays: ReadonlySet<number>): Detection {
  const began = counts.findIndex((count) => count > 0);
  const since = counts.slice(began);
  const skip = new Set([...holidays].map((day) => day - began));
  const { expected, alarms } = detectEither(since, (weekday + began) % 7, skip);
  return {
    expected: [...zeros(began), ...expected],
    alarms: alarms.map((alarm): Alarm => ({ ...alarm, at: alarm.at + began, from: alarm.from + began })),
  };
}

function detectEither(counts: readonly number[], weekday: number, skip: ReadonlySet<number>): Detection {
  if (counts.length < WARM_UP + 7) return { expected: counts, alarms: [] };
  return median(counts) + total(counts) / counts.length < 2 * DAILY_MEAN
    ? detectSparse(counts, weekday, skip)
    : detect(counts, weekday, skip);
}

/** Days on which most sources fell together, unless there are so many in a row that it is no holiday. */
function holidaysOf(sources: readonly (readonly number[])[], weekday: number): Set<number> {
  const lively = sources.filter((counts) => total(counts) >= DAILY_MEAN * counts.length);
  const holidays = new Set<number>();
  if (lively.length < HOLIDAY_SOURCES) return holidays;
  const length = lively[0]?.length ?? 0;
  const usual = lively.map((counts) => detect(counts, weekday).expected);
  let row: number[] = [];
  for (let day = 0; day <= length; day++) {
    const asked = lively.filter((_, index) => (usual[index]?.[day] ?? 0) >= 2);
    const fell = lively.filter(
      (counts, index) =>
        (usual[index]?.[day] ?? 0) >= 2 && Math.sqrt(counts[day] ?? 0) < Math.sqrt(usual[index]?.[day] ?? 0) - 1,
    );
    if (asked.length >= HOLIDAY_SOURCES && fell.length > HOLIDAY_SHARE * asked.length) {
      row.push(day);
      continue;
    }
    if (row.length <= LONGEST_HOLIDAY) for (const holiday of row) holidays.add(holiday);
    row = [];
  }
  return holidays;
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

const zeros = (length: number) => Array.from({ length }, () => 0);
