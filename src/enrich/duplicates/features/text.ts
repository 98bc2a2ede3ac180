/** Columns of which nothing is known but what stands in them. */

import { type Interned, interned } from '../../interned.ts';
import { readDate } from '../../normal/date.ts';
import { fold, lettersOf, wordsOf } from '../../normal/fold.ts';
import { known } from '../../normal/placeholder.ts';
import type { Table } from '../../table.ts';
import { Dictionary } from './dictionary.ts';
import { type Feature, feature, mapped } from './feature.ts';
import { add } from './names.ts';

/** What a column holds, by its own values. */
export type Content = 'text' | 'code' | 'category' | 'number' | 'date';

/** So many values say what a column holds. */
const looked = 2000;

/** More columns say the same again: those are taken that tell rows apart best. */
const columnsAtMost = 8;

/** The columns that tell rows apart best, in their order. */
export function tellingColumns(table: Table, properties: readonly string[]): readonly string[] {
  const told = properties.map((property) => {
    const column = table.columns.get(property);
    return { property, bits: column === undefined ? 0 : bitsOf(interned(column), table.rows) };
  });
  const best = [...told].sort((a, b) => b.bits - a.bits).slice(0, columnsAtMost);
  return told.filter((each) => best.includes(each)).map(({ property }) => property);
}

/** How many bits a row's value says on average, where a row without one says nothing. */
function bitsOf({ counts, size }: Interned, rows: number): number {
  const filled = rows - (counts[0] ?? 0);
  let bits = 0;
  for (let code = 1; code <= size; code++) {
    const held = counts[code] ?? 0;
    bits += (held / rows) * Math.log2(filled / held);
  }
  return bits;
}

/**
 * Each column by what it holds and its name: `text:dealname`, `number:amount`.
 * @param hold what columns hold of which that is known
 */
export function textFeatures(
  table: Table,
  properties: readonly string[],
  hold: ReadonlyMap<string, Content> = new Map(),
): Map<string, Feature> {
  const made = new Map<string, Feature>();
  for (const property of properties) {
    const column = table.columns.get(property);
    if (column === undefined) continue;
    const values = interned(column);
    // What all rows have tells none apart; where it is known what that is, it is still something in common.
    const content = hold.get(property) ?? contentOf(values, table.rows);
    if (content === undefined || values.size === 0) continue;
    const dictionary = new Dictionary();
    const slot = mapped(values, (text) => dictionary.code(normalised(known(text), content)));
    add(made, `${content}:${property}`, feature([slot], dictionary.pack()));
  }
  return made;
}

/** HubSpot's are of up to twelve digits; as milliseconds they would be days long before it. */
const isId = /^\d{9,12}$/;

/** Undefined where every row has the same, or nearly none has anything. */
function contentOf(column: Interned, rows: number): Content | undefined {
  const distinct = column.size;
  const filled = rows - (column.counts[0] ?? 0);
  if (distinct < 2 || filled < 2) return undefined;
  const texts: string[] = [];
  const step = Math.max(1, Math.floor(distinct / looked));
  for (let code = 1; code <= distinct; code += step) texts.push(known(column.text(code)));
  const some = texts.filter((text) => text !== '');
  const share = (test: (text: string) => boolean) => some.filter(test).length / Math.max(1, some.length);
  if (share((text) => text.length > 5 && !isId.test(text) && readDate(text) !== undefined) > 0.9) return 'date';
  const repeated = filled / distinct;
  if (share((text) => Number.isFinite(amountOf(text))) > 0.9) {
    // Numbers of equal length that nearly each row has for itself are names, not amounts.
    const lengths = new Set(some.map(({ length }) => length));
    const isName = share((text) => /^\d{6,}$/.test(text)) > 0.9 && lengths.size <= 3;
    return isName ? 'code' : distinct < 12 && repeated > 20 ? 'category' : 'number';
  }
  const words = some.reduce((sum, text) => sum + wordsOf(text).length, 0) / Math.max(1, some.length);
  if (repeated > 20 && distinct < 200 && words < 4) return 'category';
  return words < 1.3 && share((text) => /\d/.test(text)) > 0.8 ? 'code' : 'text';
}

/** `1,234.50` and `$ 1234.5` are one amount; NaN where it is none. */
function amountOf(text: string): number {
  const plain = text.replace(/[\s,$\u20ac\u00a3%]/g, '');
  return plain === '' ? Number.NaN : Number(plain);
}

function normalised(text: string, content: Content): string {
  if (text === '') return '';
  switch (content) {
    case 'text':
      return wordsOf(text).join(' ').slice(0, 400);
    case 'code':
      return lettersOf(text);
    case 'number': {
      const amount = amountOf(text);
      return Number.isFinite(amount) ? String(amount) : '';
    }
    case 'date': {
      const day = readDate(text);
      if (day === undefined) return '';
      return `${day.year}`.padStart(4, '0') + `${day.month}`.padStart(2, '0') + `${day.day}`.padStart(2, '0');
    }
    default:
      return fold(text);
  }
}
