/**
 * A column with each of its texts counted once: what is asked of a value is asked once per value, not once per row, and
 * rows are grouped and joined by whole numbers. Made when it is first asked for, without a string per row, and kept as
 * long as the column is.
 */

import { type Column, isEmptyAt, textAt } from './table.ts';
import { timeAt } from './time-at.ts';

export interface Interned {
  /** By row; 0 where there is no text. Values are numbered in the order in which they first occur. */
  readonly codes: Uint32Array;
  /** Codes run from 1 to `size`. */
  readonly size: number;
  /** Rows by code. */
  readonly counts: Uint32Array;
  text(code: number): string;
  /** The code of a text; 0 if no row has it. */
  codeOf(text: string): number;
}

const views = new WeakMap<Column, View>();

/** The column's view: always the same one. */
export function interned(column: Column): Interned {
  return viewOf(column);
}

/**
 * What a function makes of each value, by code; the entry of code 0 is what it makes of the empty text.
 * It is asked once per value that occurs.
 */
export function byValue<T>(column: Column, make: (text: string, code: number) => T): readonly T[] {
  const view = interned(column);
  const made: T[] = [];
  for (let code = 0; code <= view.size; code++) made.push(make(view.text(code), code));
  return made;
}

/** Rows by code, in their order: those of a code stand from `starts[code]` up to `starts[code + 1]`. */
export interface Groups {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

const groupings = new WeakMap<Column, Groups>();

/** The column's rows by value; those without one under code 0. */
export function grouped(column: Column): Groups {
  const found = groupings.get(column);
  if (found !== undefined) return found;
  const { codes, size } = interned(column);
  const made = groupedBy(codes, size);
  groupings.set(column, made);
  return made;
}

/** Rows by any numbering of them. @param codes by row, 0 to `size` */
export function groupedBy(codes: Uint32Array, size: number): Groups {
  const starts = new Uint32Array(size + 2);
  for (const code of codes) starts[code + 1] = (starts[code + 1] ?? 0) + 1;
  for (let code = 1; code < starts.length; code++) starts[code] = (starts[code] ?? 0) + (starts[code - 1] ?? 0);
  const next = starts.slice();
  const rows = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    const place = next[code] ?? 0;
    rows[place] = row;
    next[code] = place + 1;
  }
  return { starts, rows };
}

const joins = new WeakMap<Column, WeakMap<Column, Int32Array>>();

/**
 * For each row the row of another table whose text is the same: a contact's company, say.
 * @param to unique texts, such as a table's ids
 * @returns -1 where there is no text or nothing has it
 */
export function joined(from: Column, to: Column): Int32Array {
  const known = joins.get(from) ?? new WeakMap<Column, Int32Array>();
  joins.set(from, known);
  const found = known.get(to);
  if (found !== undefined) return found;
  const ours = viewOf(from);
  const theirs = viewOf(to);
  const target = new Int32Array(ours.size + 1).fill(-1);
  for (let code = 1; code <= ours.size; code++) {
    const there = theirs.find(from, ours.firstRow(code));
    if (there !== 0) target[code] = theirs.firstRow(there);
  }
  const made = Int32Array.from(ours.codes, (code) => target[code] ?? -1);
  known.set(to, made);
  return made;
}

const amounts = new WeakMap<Column, Float64Array>();

/** The column as numbers; NaN where there is none or it is not one. */
export function numbers(column: Column): Float64Array {
  const found = amounts.get(column);
  if (found !== undefined) return found;
  const view = interned(column);
  const values = byValue(column, (text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const made = Float64Array.from(view.codes, (code) => values[code] ?? Number.NaN);
  amounts.set(column, made);
  return made;
}

const instants = new WeakMap<Column, Float64Array>();

/**
 * The column's dates in milliseconds since the epoch, from ISO 8601 (a day is midnight UTC, as HubSpot keeps dates) or
 * from milliseconds; NaN where there is none.
 */
export function times(column: Column): Float64Array {
  const found = instants.get(column);
  if (found !== undefined) return found;
  const rows = column.offsets.length - 1;
  const made = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    if (!isEmptyAt(column, row)) made[row] = timeAt(column, row);
  }
  instants.set(column, made);
  return made;
}

class View implements Interned {
  readonly codes: Uint32Array;
  readonly size: number;
  readonly counts: Uint32Array;
  readonly #column: Column;
  /** By code, the row in which the value first occurs. */
  readonly #first: Uint32Array;
  /** Open addressing: the code that stands at a hash, 0 where none does. */
  readonly #slots: Uint32Array;

  constructor(column: Column) {
    const rows = column.offsets.length - 1;
    this.#column = column;
    this.codes = new Uint32Array(rows);
    let slots = new Uint32Array(1 << 10);
    let first = new Uint32Array(1 << 9);
    let hashes = new Uint32Array(1 << 9);
    let size = 0;
    const { offsets, bytes } = column;
    for (let row = 0; row < rows; row++) {
      const from = offsets[row] ?? 0;
      const to = offsets[row + 1] ?? from;
      if (from === to) continue;
      const hash = hashOf(bytes, from, to);
      let slot = hash & (slots.length - 1);
      let code = slots[slot] ?? 0;
      while (code !== 0 && !(hashes[code] === hash && sameText(column, first[code] ?? 0, bytes, from, to))) {
        slot = (slot + 1) & (slots.length - 1);
        code = slots[slot] ?? 0;
      }
      if (code === 0) {
        code = ++size;
        slots[slot] = code;
        if (code >= first.length) {
          first = twice(first);
          hashes = twice(hashes);
        }
        first[code] = row;
        hashes[code] = hash;
        if (2 * size > slots.length) slots = placed(hashes, size, 2 * slots.length);
      }
      this.codes[row] = code;
    }
    this.size = size;
    this.#first = first.slice(0, size + 1);
    this.#slots = slots;
    this.counts = new Uint32Array(size + 1);
    for (const code of this.codes) this.counts[code] = (this.counts[code] ?? 0) + 1;
  }

  text(code: number): string {
    return code === 0 ? '' : textAt(this.#column, this.#first[code] ?? 0);
  }

  codeOf(text: string): number {
    const bytes = Buffer.from(text);
    return this.#find(bytes, 0, bytes.length);
  }

  firstRow(code: number): number {
    return this.#first[code] ?? 0;
  }

  /** The code of what stands in another column's row. */
  find({ bytes, offsets }: Column, row: number): number {
    return this.#find(bytes, offsets[row] ?? 0, offsets[row + 1] ?? 0);
  }

  #find(bytes: Uint8Array, from: number, to: number): number {
    if (from === to) return 0;
    const last = this.#slots.length - 1;
    for (let slot = hashOf(bytes, from, to) & last; ; slot = (slot + 1) & last) {
      const code = this.#slots[slot] ?? 0;
      if (code === 0 || sameText(this.#column, this.#first[code] ?? 0, bytes, from, to)) return code;
    }
  }
}

function viewOf(column: Column): View {
  const found = views.get(column);
  if (found !== undefined) return found;
  const made = new View(column);
  views.set(column, made);
  return made;
}

function sameText(column: Column, row: number, bytes: Uint8Array, from: number, to: number): boolean {
  const start = column.offsets[row] ?? 0;
  const length = to - from;
  if ((column.offsets[row + 1] ?? start) - start !== length) return false;
  for (let at = 0; at < length; at++) if (column.bytes[start + at] !== bytes[from + at]) return false;
  return true;
}

function placed(hashes: Uint32Array, size: number, length: number): Uint32Array<ArrayBuffer> {
  const slots = new Uint32Array(length);
  for (let code = 1; code <= size; code++) {
    let slot = (hashes[code] ?? 0) & (length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (length - 1);
    slots[slot] = code;
  }
  return slots;
}

function twice(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(2 * array.length);
  longer.set(array);
  return longer;
}

/** FNV-1a with a last mixing, so that the low bits that choose the slot depend on all of the text. */
export function hashOf(bytes: Uint8Array, from: number, to: number, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return mixed(hash);
}

/** The same of a text, which is made bytes of only where it is not ASCII. */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) {
      const bytes = Buffer.from(text);
      return hashOf(bytes, 0, bytes.length);
    }
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return mixed(hash);
}

function mixed(all: number): number {
  let hash = all ^ (all >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
