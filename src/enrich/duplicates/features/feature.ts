/** What rows are compared by, read from their columns once: rows that have something alike share a number. */

import { type Interned, interned } from '../../interned.ts';
import { type Column, type Table, textAt } from '../../table.ts';

/** Numbers of values by row; 0 where there is none. In shared memory, so that threads read them without a copy. */
export type Codes = Uint32Array<SharedArrayBuffer>;

/** A value of the rows: a name, a telephone number. A row may have it more than once, once in each slot. */
export interface Feature {
  readonly slots: readonly Codes[];
  /** The normalised text of each value, by its number; those of number 0 is empty. */
  readonly texts: Column;
  /** How many rows hold a value, by its number. */
  readonly holders: Codes;
}

/** By what is compared: `given`, `phone`, ... A kind of record has those for which its table has columns. */
export type Features = ReadonlyMap<string, Feature>;

export function codes(length: number): Codes {
  return new Uint32Array(new SharedArrayBuffer(4 * length));
}

/** The number of a row's value in a slot. */
export function codeAt(feature: Feature, slot: number, row: number): number {
  return feature.slots[slot]?.[row] ?? 0;
}

export function holdersOf(feature: Feature, code: number): number {
  return feature.holders[code] ?? 0;
}

/** Texts by number, made when they are first asked for and kept: names repeat. */
export class Texts {
  readonly #column: Column;
  readonly #made: (string | undefined)[];
  /** Letters of each text as bits; 0 where nobody has asked yet. */
  #letters: Uint32Array | undefined;

  constructor({ texts }: Pick<Feature, 'texts'>) {
    this.#column = texts;
    this.#made = Array.from({ length: Math.min(keptTexts, texts.offsets.length) });
  }

  at(code: number): string {
    if (code >= keptTexts) return textAt(this.#column, code);
    const found = this.#made[code];
    if (found !== undefined) return found;
    const text = textAt(this.#column, code);
    this.#made[code] = text;
    return text;
  }

  /** Whether two texts are too long or have too few letters in common for so many edits: told without reading them. */
  areFarther(edits: number, x: number, y: number): boolean {
    const { offsets } = this.#column;
    const lengthX = (offsets[x + 1] ?? 0) - (offsets[x] ?? 0);
    const lengthY = (offsets[y + 1] ?? 0) - (offsets[y] ?? 0);
    return Math.abs(lengthX - lengthY) > edits || bitsIn(this.#lettersOf(x) ^ this.#lettersOf(y)) > 2 * edits;
  }

  /** Whether one text may begin with the other, by their letters. */
  mayBegin(x: number, y: number): boolean {
    const [one, two] = [this.#lettersOf(x), this.#lettersOf(y)];
    return (one & two) >>> 0 === one || (one & two) >>> 0 === two;
  }

  #lettersOf(code: number): number {
    this.#letters ??= new Uint32Array(this.#column.offsets.length);
    const found = this.#letters[code] ?? 0;
    if (found !== 0) return found;
    const made = (lettersAt(this.#column, code) ?? lettersIn(this.at(code))) || 1;
    this.#letters[code] = made;
    return made;
  }
}

const keptTexts = 1 << 17;

/** The letters and digits of a folded text as bits. */
export function lettersIn(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) found |= bitOf(text.charCodeAt(at));
  return found >>> 0;
}

/** The same without making a text; undefined where it is not ASCII. */
function lettersAt({ bytes, offsets }: Column, code: number): number | undefined {
  let found = 0;
  const end = offsets[code + 1] ?? 0;
  for (let at = offsets[code] ?? 0; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 127) return undefined;
    found |= bitOf(byte);
  }
  return found >>> 0;
}

function bitOf(code: number): number {
  return code >= 97 && code <= 122 ? 1 << (code - 97) : 1 << (26 + (code % 6));
}

/** How many bits are set. */
export function bitsIn(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** @param texts of a dictionary that is complete */
export function feature(slots: readonly Codes[], texts: Column): Feature {
  const holders = codes(texts.offsets.length - 1);
  const [first] = slots;
  if (first !== undefined) {
    for (let row = 0; row < first.length; row++) {
      for (let slot = 0; slot < slots.length; slot++) {
        const code = slots[slot]?.[row] ?? 0;
        if (code !== 0 && !heldBefore(slots, slot, row, code)) holders[code] = (holders[code] ?? 0) + 1;
      }
    }
  }
  return { slots, texts, holders };
}

function heldBefore(slots: readonly Codes[], slot: number, row: number, code: number): boolean {
  for (let before = 0; before < slot; before++) if (slots[before]?.[row] === code) return true;
  return false;
}

/** The columns that a table has of those asked for, each with its values counted once. */
export function columnsOf(table: Table, properties: readonly string[]): readonly Interned[] {
  return properties.flatMap((property) => {
    const column = table.columns.get(property);
    return column === undefined ? [] : [interned(column)];
  });
}

/** A column's rows by what is made of each of its values. */
export function mapped(column: Interned, make: (text: string) => number): Codes {
  const made = new Uint32Array(column.size + 1);
  for (let code = 1; code <= column.size; code++) made[code] = make(column.text(code));
  const rows = codes(column.codes.length);
  for (let row = 0; row < rows.length; row++) rows[row] = made[column.codes[row] ?? 0] ?? 0;
  return rows;
}
