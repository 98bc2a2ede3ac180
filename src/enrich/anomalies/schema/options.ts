/** Options of enumerations: values off the list, hidden ones in use, two that are one. */

import { byValue, interned, times } from '../../interned.ts';
import { fold } from '../../normal/fold.ts';
import { textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { changeFix, mostFrequent } from '../draft.ts';
import { found } from '../found.ts';
import { createdColumn } from '../series/creation.ts';
import { taskFor } from '../tasks.ts';
import type { Check, FindingDraft, PortalData, PropertyFacts } from '../types.ts';
import { type Watched, watched, watchedNames } from './watched.ts';

const DAY = 86_400_000;
const HIDDEN_DAYS = 90;
const FEWEST_HIDDEN = 5;
/** Shorter labels differ in a letter and mean another thing. */
const SHORTEST = 6;

export const options: Check = {
  id: 'P05',
  version: 1,
  title: 'Options: off the list, hidden but used, or twice',
  about: `A record holds a value that is none of the property’s options; ${FEWEST_HIDDEN} records of the last ${HIDDEN_DAYS} days hold a hidden one; or two options differ in case, marks, a plural or a doubled letter only.`,
  severity: 'medium',
  objectType: '*',
  needs: {},
  reads: watchedNames,
  run: (data) =>
    watched(data, ({ type, options: known }) => type === 'enumeration' && known.length > 0).flatMap((one) => [
      ...offList(one),
      ...hidden(data, one),
      ...twice(one),
    ]),
};

/** Several values of one record stand with `;` between. */
const valuesOf = (text: string) => text.split(';').filter((value) => value !== '');

function offList({ table, facts, column }: Watched): FindingDraft[] {
  const known = new Set(facts.options.map(({ value }) => value));
  const { codes, counts } = interned(column);
  const off = byValue(column, (text) => valuesOf(text).filter((value) => !known.has(value)));
  const rows = rowsAt(codes, (code) => (off[code]?.length ?? 0) > 0);
  return found(table, rows, () => {
    const seen = new Map<string, number>();
    off.forEach((values, code) => {
      for (const value of values) seen.set(value, (seen.get(value) ?? 0) + (counts[code] ?? 0));
    });
    const mended = byValue(column, (text) => {
      const values = valuesOf(text).map((value) => (known.has(value) ? value : meant(facts, value)));
      return values.includes(undefined) ? undefined : values.join(';');
    });
    const fix = changeFix(
      table,
      rows.flatMap((row) => {
        const value = mended[codes[row] ?? 0];
        return value === undefined ? [] : [{ row, properties: { [facts.name]: value } }];
      }),
    );
    return {
      objectType: table.objectType,
      subject: `${facts.name} off list`,
      evidence: { property: facts.name, ...mostFrequent(seen) },
      note: 'Records hold values that are none of the options, so no filter and no report finds them by it.',
      fix: fix ?? taskFor(`Add the missing options of ${facts.name} of ${table.objectType}, or correct the records`),
    };
  });
}

/** The option that somebody meant: alike but for case, signs, or its label in place of its value. */
function meant(facts: PropertyFacts, value: string): string | undefined {
  const wanted = plain(value);
  const found = facts.options.filter((option) => plain(option.value) === wanted || plain(option.label) === wanted);
  return found.length === 1 ? found[0]?.value : undefined;
}

const plain = (text: string) => fold(text).replaceAll(/[^\p{L}\p{N}]/gu, '');

function hidden(data: PortalData, { table, facts, column }: Watched): FindingDraft[] {
  const out = new Set(facts.options.filter((option) => option.hidden).map(({ value }) => value));
  const created = createdColumn(table);
  if (out.size === 0 || created === undefined) return [];
  const made = times(created);
  const holds = byValue(column, (text) => valuesOf(text).some((value) => out.has(value)));
  const { codes } = interned(column);
  const rows = rowsAt(codes, (code, row) => holds[code] === true && data.now - (made[row] ?? 0) < HIDDEN_DAYS * DAY);
  return found(table, rows.length < FEWEST_HIDDEN ? [] : rows, () => ({
    objectType: table.objectType,
    subject: `${facts.name} hidden`,
    evidence: { property: facts.name, 'hidden options in use': [...out].slice(0, 5).join(', ') },
    note: 'New records still get options that are hidden from people: a form, an import or an app does not know.',
    fix: taskFor(`Find what still sets hidden options of ${facts.name} of ${table.objectType}`),
  }));
}

function twice({ table, facts, column }: Watched): FindingDraft[] {
  const { codes } = interned(column);
  const uses = new Map<string, number>();
  for (const [code, values] of byValue(column, valuesOf).entries()) {
    const count = interned(column).counts[code] ?? 0;
    for (const value of values) uses.set(value, (uses.get(value) ?? 0) + count);
  }
  const used = (value: string) => uses.get(value) ?? 0;
  return facts.options.flatMap((a, index) =>
    facts.options.slice(index + 1).flatMap((b): FindingDraft[] => {
      if (!sameLabel(a.label, b.label)) return [];
      const [keep, other] = used(a.value) >= used(b.value) ? [a, b] : [b, a];
      const holds = byValue(column, (text) => valuesOf(text).includes(other.value));
      const rows = rowsAt(codes, (code) => holds[code] === true);
      const fix = changeFix(
        table,
        rows.map((row) => ({
          row,
          properties: {
            [facts.name]: [
              ...new Set(valuesOf(textAt(column, row)).map((value) => (value === other.value ? keep.value : value))),
            ].join(';'),
          },
        })),
        'When no record holds the option any more, hide it.',
      );
      return [
        {
          ...affected(table, rows),
          objectType: table.objectType,
          subject: `${facts.name} ${keep.value} ${other.value}`,
          evidence: {
            property: facts.name,
            [`records with ${keep.label}`]: used(keep.value),
            [`records with ${other.label}`]: used(other.value),
          },
          note: 'Two options say the same, so whoever filters by one misses the other.',
          fix: fix ?? taskFor(`Hide one of two options of ${facts.name} of ${table.objectType} that say the same`),
        },
      ];
    }),
  );
}

/** But for case and marks, a plural, or a letter that is doubled: another letter is another thing (Iceland, Class B). */
function sameLabel(a: string, b: string): boolean {
  const [left, right] = [plain(a), plain(b)];
  if (left === '' || right === '' || meaningOf(a) !== meaningOf(b)) return false;
  if (left === right) return true;
  if (Math.min(left.length, right.length) < SHORTEST) return false;
  return once(left) === once(right) || `${left}s` === right || left === `${right}s`;
}

const once = (text: string) => text.replaceAll(/(\p{L})\1+/gu, '$1');

/** Figures, each by itself, and signs that mean something: C and C++, under and over 50, 1-10 and 110. */
const meaningOf = (label: string) => (label.match(/\d+|[+#<>=%*!?]/g) ?? []).join(' ');

function rowsAt(codes: Uint32Array, holds: (code: number, row: number) => boolean): number[] {
  const rows = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    if (code !== 0 && holds(code, row)) rows.push(row);
  }
  return rows;
}
