/** Dates that cannot be. */

import { times } from '../interned.ts';
import { readDate } from '../normal/date.ts';
import { type Column, isEmptyAt, type Table } from '../table.ts';
import { rowsWhere, rowsWithText, tableOf } from './columns.ts';
import { changeFix, examples, fixOf } from './draft.ts';
import { found } from './found.ts';
import type { Check, FindingDraft, PortalData, PropertyFacts } from './types.ts';

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
/** Older ones are two digits of a year; a school may well have been founded in 1850. */
const FIRST = Date.UTC(1600, 0, 1);
/** Where spreadsheets begin to count. */
const SHEETS = [Date.UTC(1899, 11, 30), Date.UTC(1899, 11, 31), Date.UTC(1900, 0, 1)];
/** What people write for a contract without an end. */
const ENDLESS = Date.UTC(9999, 0, 1);
/** Texts that hold a day, as HubSpot defines them. */
const births = ['date_of_birth'];
/** What HubSpot writes itself is not doubted, but for these, which imports can set. */
const doubted = ['createdate', 'closedate'];

export function impossibleDate(id: string, objectType: string): Check {
  return {
    id,
    version: 1,
    title: 'Date that cannot be',
    about:
      'Created in the future; on 1 January 1970 or 1900, which programs write for what they do not know; before 1600 or more than a hundred years ahead (but for 9999, without end); born in the future or more than 120 years ago.',
    severity: 'low',
    objectType,
    needs: { [objectType]: [] },
    uses: { [objectType]: [...births, ...doubted] },
    reads: ({ properties }) => ({ [objectType]: datesOf(properties.get(objectType)) }),
    run(data) {
      const table = tableOf(data, objectType);
      return datesOf(data.properties.get(objectType)).flatMap((property) => {
        const column = table.columns.get(property);
        return column === undefined ? [] : ofProperty(data, table, property, column);
      });
    },
  };
}

function datesOf(properties: ReadonlyMap<string, PropertyFacts> = new Map()): string[] {
  return [...properties.values()]
    .filter(
      ({ name, type, hubspotDefined, calculated }) =>
        births.includes(name) ||
        doubted.includes(name) ||
        ((type === 'date' || type === 'datetime') && !hubspotDefined && !calculated),
    )
    .map(({ name }) => name);
}

function ofProperty(data: PortalData, table: Table, property: string, column: Column): FindingDraft[] {
  const rows = births.includes(property)
    ? rowsWithText(column, (text) => isNoBirthday(text, data.now))
    : impossible(data, table, property, column);
  return found(table, rows, () => ({
    subject: property,
    severity: property === 'createdate' ? 'medium' : 'low',
    evidence: { property, ...examples(table, rows, property) },
    note: 'A date that cannot be comes from an import or a program that did not know it, and shifts every report by time.',
    // The day of creation is HubSpot's to set.
    ...(property === 'createdate'
      ? {}
      : fixOf(
          changeFix(
            table,
            rows.map((row) => ({ row, properties: { [property]: '' } })),
          ),
        )),
  }));
}

function impossible(data: PortalData, table: Table, property: string, column: Column): number[] {
  const at = times(column);
  const latest = property === 'createdate' ? data.now + DAY : data.now + 100 * YEAR;
  return rowsWhere(table, (row) => {
    if (isEmptyAt(column, row)) return false;
    const time = at[row] ?? Number.NaN;
    if (property !== 'createdate' && time >= ENDLESS) return false;
    return time < FIRST || time > latest || (time >= 0 && time < DAY) || SHEETS.includes(time);
  });
}

function isNoBirthday(text: string, now: number): boolean {
  const day = readDate(text);
  if (day === undefined) return false;
  const at = Date.UTC(day.year, day.month - 1, day.day);
  return at > now || at < now - 120 * YEAR || at === 0;
}
