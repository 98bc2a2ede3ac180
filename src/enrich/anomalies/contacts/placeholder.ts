/** Contacts and values that stand for nobody and nothing. */

import { byValue, interned } from '../../interned.ts';
import { nobodies } from '../../normal/data/placeholders.ts';
import { lettersOf } from '../../normal/fold.ts';
import { isNobody, isPlaceholder } from '../../normal/placeholder.ts';
import { isEmptyAt, type Table, textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnsOf, rowsWhere, rowsWithText, tableOf } from '../columns.ts';
import { archiveFix, changeFix, examples, fixOf } from '../draft.ts';
import { isMadeUp, mailOf } from '../mail.ts';
import type { Check, FindingDraft } from '../types.ts';

const nobodyNames = [...nobodies];
const names = ['firstname', 'lastname'];
const texts = ['firstname', 'lastname', 'company', 'jobtitle', 'city', 'address'];

export const placeholder: Check = {
  id: 'C11',
  version: 1,
  title: 'Test contact or placeholder value',
  about:
    "A name that is nobody's (John Doe, Test Test), an address at example.com and the like; or a text that says nothing (n/a, xxx, asdf) where a value belongs.",
  severity: 'medium',
  objectType: 'contacts',
  needs: { contacts: names },
  uses: { contacts: ['email', ...texts] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const nobodies = nobodiesIn(table);
    const drafts: FindingDraft[] = [];
    if (nobodies.length > 0) {
      drafts.push({
        ...affected(table, nobodies),
        kind: 'nobody',
        evidence: examples(table, nobodies, ...names, 'email'),
        note: 'These contacts are tests or stand for nobody: they count in every report, and are mailed.',
        ...fixOf(archiveFix(table, nobodies, 'Look at them first: some people do have such names.')),
      });
    }
    const isNobodyAt = new Set(nobodies);
    for (const { property, column } of columnsOf(table, texts)) {
      const says = names.includes(property) ? isNoName : isPlaceholder;
      const rows = rowsWithText(column, says).filter((row) => !isNobodyAt.has(row));
      if (rows.length === 0) continue;
      drafts.push({
        ...affected(table, rows),
        subject: property,
        severity: 'low',
        evidence: { property, ...examples(table, rows, property) },
        note: 'A text that says nothing hides that the value is missing: lists count it as filled, letters print it.',
        ...fixOf(
          changeFix(
            table,
            rows.map((row) => ({ row, properties: { [property]: '' } })),
          ),
        ),
      });
    }
    return drafts;
  },
};

/** Some people are called what others type for nothing. */
const people: ReadonlySet<string> = new Set(['na', 'nan', 'nil', 'null']);

const isNoName = (text: string) => isPlaceholder(text) && !people.has(text.trim().toLowerCase());

function nobodiesIn(table: Table): readonly number[] {
  const emails = table.columns.get('email');
  const mail = emails && mailOf(emails);
  const told = mail !== undefined && !isMadeUp(mail);
  const [first, last] = columnsOf(table, names).map(({ column }) => column);
  // By the first name alone most contacts are somebody, and need not be put together and read.
  const begins = first && byValue(first, mayBeginNobody);
  const isNobodyAt = (row: number) =>
    first !== undefined &&
    last !== undefined &&
    begins?.[interned(first).codes[row] ?? 0] === true &&
    !isEmptyAt(last, row) &&
    isNobody(`${textAt(first, row)} ${textAt(last, row)}`);
  return rowsWhere(table, (row) => (told && mail.facts[mail.codes[row] ?? 0]?.nobodys === true) || isNobodyAt(row));
}

function mayBeginNobody(first: string): boolean {
  const letters = lettersOf(first);
  return letters !== '' && (isPlaceholder(first) || nobodyNames.some((name) => name.startsWith(letters)));
}
