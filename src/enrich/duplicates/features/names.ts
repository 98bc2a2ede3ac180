/**
 * Names of persons. Given names and surnames share their numbers, so that swapped ones are seen to be the same. Where one
 * column has it all there are the `whole` as it stands and its `words`, too.
 */

import type { Interned } from '../../interned.ts';
import { tidy, wordsOf } from '../../normal/fold.ts';
import { cleanPersonName, readPersonName } from '../../normal/person-name.ts';
import { isNobody } from '../../normal/placeholder.ts';
import type { Table } from '../../table.ts';
import type { Columns } from '../kinds/columns.ts';
import { Dictionary } from './dictionary.ts';
import { type Codes, codes, columnsOf, type Feature, feature, mapped } from './feature.ts';

/** One word of letters is a name as it stands. */
const plainName = /^[A-Za-z]{2,30}$/;

export function nameFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const [first] = columnsOf(table, columns.of('given'));
  const [last] = columnsOf(table, columns.of('surname'));
  const [full] = columnsOf(table, columns.of('name'));
  const [second] = columnsOf(table, columns.of('middle'));
  const [after] = columnsOf(table, columns.of('suffix'));
  const made = new Map<string, Feature>();
  if (first === undefined && last === undefined && full === undefined) return made;

  const names = new Dictionary();
  const numbers = new Dictionary();
  const given = codes(table.rows);
  const surname = codes(table.rows);
  const middle = codes(table.rows);
  const generation = codes(table.rows);
  const plainFirst = plainCodes(first, names);
  const plainLast = plainCodes(last, names);
  for (let row = 0; row < table.rows; row++) {
    const inFirst = first?.codes[row] ?? 0;
    const inLast = last?.codes[row] ?? 0;
    const [quickFirst, quickLast] = [plainFirst[inFirst] ?? 0, plainLast[inLast] ?? 0];
    if (quickFirst !== 0 && quickLast !== 0 && second === undefined && after === undefined) {
      given[row] = quickFirst;
      surname[row] = quickLast;
      continue;
    }
    const parts = {
      first: first?.text(inFirst) ?? '',
      last: [last?.text(inLast) ?? '', after?.text(after.codes[row] ?? 0) ?? '']
        .filter((each) => each !== '')
        .join(' '),
      full: full?.text(full.codes[row] ?? 0) ?? '',
    };
    const read = readPersonName(parts);
    if (isNobody(`${read.first} ${read.last}`)) continue;
    given[row] = names.code(wordsOf(read.first).join(' '));
    surname[row] = names.code(wordsOf(read.last).join(' '));
    const more = second?.text(second.codes[row] ?? 0) || read.middle;
    middle[row] = numbers.code(wordsOf(more).join(' '));
    if (read.generation !== 0) generation[row] = numbers.code(String(read.generation));
  }
  const nameTexts = names.pack();
  const otherTexts = numbers.pack();
  add(made, 'given', feature([given], nameTexts));
  add(made, 'surname', feature([surname], nameTexts));
  add(made, 'middle', feature([middle], otherTexts));
  add(made, 'generation', feature([generation], otherTexts));
  if (first === undefined && last === undefined && full !== undefined) {
    const wholes = new Dictionary();
    const words = new Dictionary();
    const isNamed = (row: number) => given[row] !== 0 || surname[row] !== 0;
    const whole = mapped(full, (text) => wholes.code(tidy(text)));
    const folded = mapped(full, (text) => words.code(wordsOf(cleanPersonName(text)).join(' ')));
    for (let row = 0; row < table.rows; row++) if (!isNamed(row)) whole[row] = folded[row] = 0;
    add(made, 'whole', feature([whole], wholes.pack()));
    add(made, 'words', feature([folded], words.pack()));
  }
  return made;
}

/** Adds a feature that any row has. */
export function add(features: Map<string, Feature>, name: string, made: Feature): void {
  if (made.holders.some((rows) => rows > 0)) features.set(name, made);
}

/** By the column's own numbers, the name's number where it is one plain word. */
function plainCodes(column: Interned | undefined, names: Dictionary): Codes {
  const made = codes((column?.size ?? 0) + 1);
  if (column === undefined) return made;
  for (let code = 1; code <= column.size; code++) {
    const text = column.text(code);
    if (plainName.test(text) && readPersonName({ first: text }).first === text && !isNobody(text)) {
      made[code] = names.code(text.toLowerCase());
    }
  }
  return made;
}
