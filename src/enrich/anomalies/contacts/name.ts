/** How contacts' names are written, and what stands in their place. */

import { byValue, interned } from '../../interned.ts';
import { isOneCase, properPersonName } from '../../normal/casing.ts';
import { fold, tidy } from '../../normal/fold.ts';
import { readPersonName } from '../../normal/person-name.ts';
import { type Table, valueAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, columnsOf, rowsWhere, tableOf } from '../columns.ts';
import { type Change, changeFix, examples, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import type { Check, FindingDraft } from '../types.ts';

const names = ['firstname', 'lastname'];

type Fault = 'one case' | 'odd case' | 'spaces' | 'pictures' | 'controls';

const faults: Readonly<Record<Fault, string>> = {
  'one case': 'Names all in capitals or all in small letters look careless in every letter that they are merged into.',
  'odd case': 'A capital stands within a name whose other letters are small, where none belongs.',
  spaces: 'Spaces around or doubled within a name show in letters, and part what a search or a list should join.',
  pictures: 'A picture in a name breaks exports and is read aloud by nobody.',
  controls: 'What cannot be seen stands in these names: two that look the same are not, and exports break.',
};

export const untidyName: Check = {
  id: 'C10',
  version: 1,
  title: 'Name in odd casing, with stray spaces, pictures or control characters',
  about:
    'All letters of one case, a capital within a word (McDonald, DeVito and the like aside), padding, doubled spaces, emoji, or characters that cannot be seen.',
  severity: 'low',
  objectType: 'contacts',
  needs: { contacts: ['firstname', 'lastname'] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const rows = new Map<Fault, number[]>();
    const judged = columnsOf(table, names).map(({ column }) => ({
      codes: interned(column).codes,
      faults: byValue(column, faultOf),
    }));
    for (let row = 0; row < table.rows; row++) {
      const found = judged.map(({ codes, faults: all }) => all[codes[row] ?? 0]).find((fault) => fault !== undefined);
      if (found === undefined) continue;
      const own = rows.get(found);
      if (own === undefined) rows.set(found, [row]);
      else own.push(row);
    }
    return [...rows].map(([fault, own]): FindingDraft => {
      return {
        ...affected(table, own),
        subject: fault,
        evidence: examples(table, own, ...names),
        note: faults[fault],
        ...fixOf(
          changeFix(
            table,
            own.slice(0, MOST_READ).flatMap((row) => tidied(table, row)),
          ),
        ),
      };
    });
  },
};

/** A fix names 50; of some there is nothing to propose. */
const MOST_READ = 200;

const picture = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const pictures = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\ufe0f|\u200d)+/gu;

/** The first that shows; a name seldom has two. */
function faultOf(text: string): Fault | undefined {
  if (text === '') return undefined;
  if (/\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/u.test(text)) return 'controls';
  if (picture.test(text)) return 'pictures';
  if (text !== text.trim() || text.includes('  ')) return 'spaces';
  if (isOneCase(text) && (text.match(/\p{L}/gu)?.length ?? 0) > 2 && properPersonName(text) !== text) return 'one case';
  return text.split(/[\s-]+/).some(isOddlyCased) ? 'odd case' : undefined;
}

/** `rObert`, `SMith`, `JoHN`; not `McDonald`, `DeVito`, `O'Neill`, `J.P.`, `AnneMarie`. */
function isOddlyCased(word: string): boolean {
  return /^\p{Ll}+\p{Lu}\p{L}*$/u.test(word) &&
    !/^(?:d|l|o|de|di|da|la|le|van|von|mac|ver|ten)\p{Lu}\p{Ll}+$/u.test(word)
    ? true
    : /^\p{Lu}{2,}\p{Ll}{2,}$/u.test(word) || /^\p{Lu}\p{Ll}+\p{Lu}{2,}$/u.test(word);
}

function tidied(table: Table, row: number): Change[] {
  const properties: Record<string, string> = {};
  for (const name of names) {
    const text = valueAt(table, name, row);
    const proposed = cased(tidy(text.replace(pictures, ' ')));
    if (proposed !== text && proposed !== '') properties[name] = proposed;
  }
  return Object.keys(properties).length === 0 ? [] : [{ row, properties }];
}

function cased(text: string): string {
  const words = text.split(' ').map((word) => (isOddlyCased(word) ? word.toLowerCase() : word));
  const lowered = words.join(' ');
  return lowered === text
    ? properPersonName(text)
    : words.map((word, at) => (word === text.split(' ')[at] ? word : properPersonName(word))).join(' ');
}

/** Records before what is usual as a first or last name in the portal says anything. */
const SWAP_RECORDS = 500;
/** Times that a word has to stand in the other place, and how many times as often as in this one. */
const SWAP_SEEN = 10;
const SWAP_RATIO = 10;

export const misplacedName: Check = {
  id: 'C12',
  version: 1,
  title: 'Name in the wrong place',
  about: `The first name holds the whole name; first and last name are swapped (each word stands ${SWAP_RATIO} times as often, and ${SWAP_SEEN} times at least, in the other place in this portal); an address or the company stands for a name.`,
  severity: 'low',
  objectType: 'contacts',
  needs: { contacts: names },
  uses: { contacts: ['company'] },
  run(data) {
    const table = tableOf(data, 'contacts');
    return [...wholeNames(table), ...swapped(table), ...noNames(table)];
  },
};

function wholeNames(table: Table): FindingDraft[] {
  const first = columnOf(table, 'firstname');
  const { codes } = interned(first);
  // Two first names are common; with no last name, or the last name at their end, the second is the last one.
  const words = byValue(first, (text) => fold(text).split(' '));
  const last = columnOf(table, 'lastname');
  const lastCodes = interned(last).codes;
  const lasts = byValue(last, fold);
  const asFirst = timesSaid(byValue(first, fold), interned(first).counts);
  const asLast = timesSaid(lasts, interned(last).counts);
  const isLast = (word: string) => (asLast.get(word) ?? 0) >= (asFirst.get(word) ?? 0);
  const rows = rowsWhere(table, (row) => {
    const own = words[codes[row] ?? 0] ?? [];
    if (own.length < 2 || own.length > 4 || (own.at(-1)?.length ?? 0) < 2) return false;
    const said = lasts[lastCodes[row] ?? 0] ?? '';
    // `Maria José`: the second word may be a first name as well.
    return said === '' ? isLast(own.at(-1) ?? '') : own.at(-1) === said;
  });
  if (rows.length === 0) return [];
  const changes = rows.slice(0, MOST_READ).flatMap((row) => {
    const {
      first: given,
      middle,
      last: family,
    } = readPersonName({
      first: valueAt(table, 'firstname', row),
      last: valueAt(table, 'lastname', row),
    });
    if (given === '' || family === '') return [];
    return [{ row, properties: { firstname: [given, middle].filter(Boolean).join(' '), lastname: family } }];
  });
  return found(table, rows, () => ({
    subject: 'whole name in first name',
    evidence: examples(table, rows, ...names),
    note: 'The whole name stands in the first name: letters greet them by it, and duplicates of them are not found.',
    ...fixOf(changeFix(table, changes)),
  }));
}

function swapped(table: Table): FindingDraft[] {
  const first = columnOf(table, 'firstname');
  const last = columnOf(table, 'lastname');
  const firsts = byValue(first, fold);
  const lasts = byValue(last, fold);
  const asFirst = timesSaid(firsts, interned(first).counts);
  const asLast = timesSaid(lasts, interned(last).counts);
  if (table.rows - (interned(last).counts[0] ?? 0) < SWAP_RECORDS) return [];
  const firstIsLast = firsts.map((word) => word !== '' && isMisplaced(word, asFirst, asLast));
  const lastIsFirst = lasts.map((word) => word !== '' && isMisplaced(word, asLast, asFirst));
  const firstCodes = interned(first).codes;
  const lastCodes = interned(last).codes;
  const rows = rowsWhere(
    table,
    (row) => firstIsLast[firstCodes[row] ?? 0] === true && lastIsFirst[lastCodes[row] ?? 0] === true,
  );
  const changes = rows.map((row) => ({
    row,
    properties: { firstname: valueAt(table, 'lastname', row), lastname: valueAt(table, 'firstname', row) },
  }));
  return found(table, rows, () => ({
    subject: 'swapped',
    evidence: examples(table, rows, ...names),
    note: 'First and last name are swapped, by how both words are used everywhere else in the portal.',
    ...fixOf(changeFix(table, changes)),
  }));
}

function isMisplaced(word: string, here: ReadonlyMap<string, number>, there: ReadonlyMap<string, number>): boolean {
  const seen = there.get(word) ?? 0;
  return seen >= SWAP_SEEN && seen >= SWAP_RATIO * (here.get(word) ?? 0);
}

function timesSaid(words: readonly string[], counts: Uint32Array): ReadonlyMap<string, number> {
  const said = new Map<string, number>();
  words.forEach((word, code) => said.set(word, (said.get(word) ?? 0) + (counts[code] ?? 0)));
  return said;
}

function noNames(table: Table): FindingDraft[] {
  const drafts: FindingDraft[] = [];
  const columns = columnsOf(table, names).map(({ column }) => ({
    codes: interned(column).codes,
    addresses: byValue(column, (text) => /^[^\s@]+@[^\s@.]+\.[^\s@]+$|^https?:\/\/|^www\./.test(text)),
  }));
  const addresses = rowsWhere(table, (row) => columns.some(({ codes, addresses: is }) => is[codes[row] ?? 0] === true));
  if (addresses.length > 0) {
    drafts.push({
      ...affected(table, addresses),
      subject: 'address',
      evidence: examples(table, addresses, ...names),
      note: 'An address stands where a name belongs: letters greet them by it.',
    });
  }
  const company = table.columns.get('company');
  if (company === undefined) return drafts;
  const rows = rowsWhere(table, (row) => {
    const said = valueAt(table, 'lastname', row) === '' ? valueAt(table, 'firstname', row) : '';
    return said.length > 3 && said === valueAt(table, 'company', row);
  });
  if (rows.length > 0) {
    drafts.push({
      ...affected(table, rows),
      subject: 'company',
      evidence: examples(table, rows, 'firstname', 'company'),
      note: 'The company stands where a name belongs: the contact is nobody in particular.',
      ...fixOf(
        changeFix(
          table,
          rows.map((row) => ({ row, properties: { firstname: '' } })),
        ),
      ),
    });
  }
  return drafts;
}
