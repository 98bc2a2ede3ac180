/** Dates of a column, read from its bytes where they are written as HubSpot writes them. */

import { type Column, textAt } from './table.ts';

/** In milliseconds since the epoch, from ISO 8601 or from milliseconds; NaN where there is no date. */
export function timeAt(column: Column, row: number): number {
  const plain = plainTime(column, row);
  return Number.isNaN(plain) ? readTime(textAt(column, row)) : plain;
}

function readTime(text: string): number {
  return /^-?\d{9,}$/.test(text) ? Number(text) : Date.parse(text);
}

/** Of the two ways in which HubSpot writes: `2026-01-31` and `2026-01-31T12:00:00[.000]Z`; NaN of any other. */
function plainTime({ bytes, offsets }: Column, row: number): number {
  const from = offsets[row] ?? 0;
  const length = (offsets[row + 1] ?? from) - from;
  if (length !== 10 && length !== 20 && length !== 24) return Number.NaN;
  const digits = (at: number, count: number) => {
    let value = 0;
    for (let place = from + at; place < from + at + count; place++) value = 10 * value + digitOf(bytes[place]);
    return value;
  };
  const is = (at: number, sign: number) => bytes[from + at] === sign;
  const year = digits(0, 4);
  const month = digits(5, 2);
  const day = digits(8, 2);
  // Days that a month may not have, and years of which Date.UTC thinks otherwise, are left to the full reading.
  const isDay = is(4, DASH) && is(7, DASH) && year > 99 && month > 0 && month < 13 && day > 0 && day < 29;
  if (!isDay || length === 10) return isDay ? Date.UTC(year, month - 1, day) : Number.NaN;
  const hours = digits(11, 2);
  const minutes = digits(14, 2);
  const seconds = digits(17, 2);
  const isTime = is(10, LETTER_T) && is(13, COLON) && is(16, COLON) && is(length - 1, LETTER_Z);
  if (!isTime || hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
  const milliseconds = length === 20 ? 0 : is(19, POINT) ? digits(20, 3) : Number.NaN;
  return Date.UTC(year, month - 1, day, hours, minutes, seconds, milliseconds);
}

const DASH = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

function digitOf(byte = 0): number {
  return byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : Number.NaN;
}
