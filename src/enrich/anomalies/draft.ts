/** What the findings of checks have in common: evidence and fixes. */

import { type Table, textAt, valueAt } from '../table.ts';
import { SHOWN } from './affected.ts';
import { sensitiveKinds } from './schema/sensitive-patterns.ts';
import type { Fix } from './types.ts';

/** Subjects of one check that get a finding each; what is beyond shares one. */
export const MOST_SUBJECTS = 100;

const EXAMPLES = 3;
const LONGEST = 80;

/** Values of a few records: `{ "email of 101": "ann@gnail.com" }`. */
export function examples(table: Table, rows: Iterable<number>, ...properties: string[]): Record<string, string> {
  const found: Record<string, string> = {};
  let shown = 0;
  for (const row of rows) {
    if (shown++ === EXAMPLES) break;
    for (const property of properties) {
      const text = valueAt(table, property, row);
      if (text !== '') found[`${property} of ${textAt(table.ids, row)}`] = cut(text);
    }
  }
  return found;
}

/** The most frequent of what was counted, as evidence. */
export function mostFrequent(counts: ReadonlyMap<string, number>, most = 5): Record<string, number> {
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return Object.fromEntries(ordered.slice(0, most).map(([name, count]) => [cut(name), count]));
}

/** What a record holds, as evidence may show it: short, and never a card number, an account, an id or a password. */
export function cut(text: string): string {
  if (isSensitive(text)) return HIDDEN;
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

const HIDDEN = '(hidden: it looks like a card number, an account, an id or a password)';
/** More of a text is never shown. */
const isSensitive = (text: string) => sensitiveKinds(text.slice(0, 1000)).length > 0;

export interface Change {
  readonly row: number;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * New values for the first 50 of these records, each only as long as the record still holds what the check saw.
 * @returns undefined where there is nothing to change
 */
export function changeFix(table: Table, changes: readonly Change[], note?: string): Fix | undefined {
  if (changes.length === 0) return undefined;
  const safe = changes.filter(({ row, properties }) =>
    Object.entries(properties).every(([name, value]) => !isSensitive(value) && !isSensitive(valueAt(table, name, row))),
  );
  const records = safe.slice(0, SHOWN).map(({ row, properties }) => ({
    id: textAt(table.ids, row),
    properties,
    expected: Object.fromEntries(Object.keys(properties).map((name) => [name, valueAt(table, name, row)])),
  }));
  return {
    tool: 'update_records',
    arguments: { objectType: table.objectType, records },
    reversible: true,
    ...noteOf(note, changes.length),
  };
}

/** Archives the first 50 of these records. */
export function archiveFix(table: Table, rows: readonly number[], note?: string): Fix | undefined {
  if (rows.length === 0) return undefined;
  return {
    tool: 'archive_records',
    arguments: { objectType: table.objectType, ids: rows.slice(0, SHOWN).map((row) => textAt(table.ids, row)) },
    reversible: false,
    ...noteOf(note, rows.length),
  };
}

/** Associates the first 50 of these pairs. */
export function associateFix(
  fromObjectType: string,
  toObjectType: string,
  pairs: readonly { readonly from: string; readonly to: string; readonly labels?: readonly string[] }[],
  note?: string,
): Fix | undefined {
  if (pairs.length === 0) return undefined;
  return {
    tool: 'associate_records',
    arguments: { fromObjectType, toObjectType, pairs: pairs.slice(0, SHOWN) },
    reversible: true,
    ...noteOf(note, pairs.length),
  };
}

function noteOf(note: string | undefined, of: number): { note?: string } {
  const more = of > SHOWN ? `These are the first ${SHOWN}: run the check again for the next.` : undefined;
  const said = [note, more].filter((part) => part !== undefined).join(' ');
  return said === '' ? {} : { note: said };
}

/** For a draft: the fix if there is one. */
export function fixOf(fix: Fix | undefined): { fix?: Fix } {
  return fix === undefined ? {} : { fix };
}
