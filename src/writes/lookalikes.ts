/** Addresses that are not what they look like: `аdmin@acme.test` with a Cyrillic `а` is nobody's known address. */

import { quote } from '../crm/words.ts';
import type { CheckedRow } from './change.ts';

/** Properties whose value tells people or companies apart by its very letters. */
const ADDRESS = /(?:^|_)(?:e?mails?|domain|website)(?:_|$)/;

/** With letters that look like Latin ones. */
const SCRIPTS = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['full-width', /[\uff01-\uff5e]/],
] as const;
const LATIN = /[a-z]/i;

/** The row with a note for whoever takes the address for another; it is written as it was said. */
export function withLookalikes(row: CheckedRow): CheckedRow {
  if (!('change' in row) || !('properties' in row.change)) return row;
  const notes = Object.entries(row.change.properties).flatMap(([name, value]) => lookalike(name, value) ?? []);
  if (notes.length === 0) return row;
  return { ...row, note: [...(row.note === undefined ? [] : [row.note]), ...notes].join(' ') };
}

function lookalike(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || !ADDRESS.test(name) || !LATIN.test(value)) return undefined;
  const strange = SCRIPTS.filter(([, letters]) => letters.test(value)).map(([script]) => script);
  if (strange.length === 0) return undefined;
  return `${name} ${quote(value)} has ${strange.join(' and ')} letters beside Latin ones: it is not the address that it may look like. Ask the person whether it is meant.`;
}
