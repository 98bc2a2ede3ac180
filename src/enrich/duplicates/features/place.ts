/** Where somebody is, and when born. */

import { readAddress, readZip } from '../../normal/address.ts';
import { readDate } from '../../normal/date.ts';
import { fold, lettersOf, wordsOf } from '../../normal/fold.ts';
import { known } from '../../normal/placeholder.ts';
import type { Table } from '../../table.ts';
import type { Columns } from '../kinds/columns.ts';
import { Dictionary } from './dictionary.ts';
import { type Codes, codes, columnsOf, type Feature, feature, mapped } from './feature.ts';
import { add } from './names.ts';

/** `number`, `street`, `city`, `postcode`, `state`, `country`. */
export function placeFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const numbers = new Dictionary();
  const streets = new Dictionary();
  const numberSlots = columnsOf(table, columns.of('number')).map((column) =>
    mapped(column, (text) => numbers.code(lettersOf(known(text)))),
  );
  const streetSlots: Codes[] = [];
  for (const column of columnsOf(table, columns.of('street'))) {
    const number = new Uint32Array(column.size + 1);
    const street = new Uint32Array(column.size + 1);
    for (let code = 1; code <= column.size; code++) {
      const address = readAddress(column.text(code));
      number[code] = numbers.code(address.number);
      street[code] = streets.code(address.street.join(' '));
    }
    const numberOf = codes(table.rows);
    const streetOf = codes(table.rows);
    for (let row = 0; row < table.rows; row++) {
      const code = column.codes[row] ?? 0;
      // A column of its own for the number, or the line before, goes first.
      numberOf[row] = numberSlots.some((slot) => slot[row] !== 0) ? 0 : (number[code] ?? 0);
      streetOf[row] = street[code] ?? 0;
    }
    numberSlots.push(numberOf);
    streetSlots.push(streetOf);
  }
  add(made, 'number', feature(merged(numberSlots, table.rows), numbers.pack()));
  add(made, 'street', feature(streetSlots, streets.pack()));
  for (const role of ['city', 'state', 'country'] as const) {
    const values = new Dictionary();
    const slots = columnsOf(table, columns.of(role)).map((column) =>
      mapped(column, (text) => values.code(wordsOf(known(text)).join(' '))),
    );
    add(made, role, feature(slots, values.pack()));
  }
  const postcodes = new Dictionary();
  const slots = columnsOf(table, columns.of('postcode')).map((column) =>
    mapped(column, (text) => postcodes.code(readZip(text))),
  );
  add(made, 'postcode', feature(slots, postcodes.pack()));
  return made;
}

/** `birth` as eight digits, zeros for what is not said; and numbers that are one person's, or one organisation's. */
export function identityFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const days = new Dictionary();
  const birth = codes(table.rows);
  const [whole] = columnsOf(table, columns.of('birthdate'));
  const [year] = columnsOf(table, columns.of('birthyear'));
  const [month] = columnsOf(table, columns.of('birthmonth'));
  const [day] = columnsOf(table, columns.of('birthday'));
  for (let row = 0; row < table.rows; row++) {
    const text = whole?.text(whole.codes[row] ?? 0) ?? '';
    if (text !== '') birth[row] = days.code(dayOf(text));
    else if (year !== undefined) {
      const [y = '', m = '', d = ''] = [year, month, day].map((each) => each?.text(each.codes[row] ?? 0).trim() ?? '');
      if (/^\d{4}$/.test(y)) birth[row] = days.code(`${y}${m.padStart(2, '0')}${d.padStart(2, '0')}`);
    }
  }
  add(made, 'birth', feature([birth], days.pack()));
  const identifiers = new Dictionary();
  const slots = columnsOf(table, columns.of('identifier')).map((column) =>
    mapped(column, (text) => identifiers.code(lettersOf(known(text)))),
  );
  add(made, 'identifier', feature(slots, identifiers.pack()));
  return made;
}

/** Other columns that say something, each by its folded text: `fact:occupation`. */
export function factFeatures(table: Table, properties: readonly string[]): Map<string, Feature> {
  const made = new Map<string, Feature>();
  for (const property of properties) {
    const values = new Dictionary();
    const slots = columnsOf(table, [property]).map((column) =>
      mapped(column, (text) => values.code(fold(known(text)))),
    );
    add(made, `fact:${property}`, feature(slots, values.pack()));
  }
  return made;
}

function dayOf(text: string): string {
  const read = readDate(text);
  if (read !== undefined) return digits(read.year, 4) + digits(read.month, 2) + digits(read.day, 2);
  // A year alone, or a day that no calendar has: its digits still say something.
  const plain = text.replace(/\D+/g, '');
  return plain.length === 4 ? `${plain}0000` : plain.length === 8 ? plain : '';
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** The first that a row has, in one slot. */
function merged(slots: readonly Codes[], rows: number): readonly Codes[] {
  if (slots.length < 2) return slots;
  const one = codes(rows);
  for (let row = 0; row < rows; row++) one[row] = slots.find((slot) => slot[row] !== 0)?.[row] ?? 0;
  return [one];
}
