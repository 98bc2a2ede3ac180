/** Contacts and values that stand for nobody and nothing. */

import { byValue, interned } from '../../interned.ts';
import { fold } from '../../normal/fold.ts';
import { isNobody, isPlaceholder } from '../../normal/placeholder.ts';
import { type Table, valueAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnsOf, rowsWhere, rowsWithText, tableOf } from '../columns.ts';
import { archiveFix, changeFix, examples, fixOf } from '../draft.ts';
import { mailOf } from '../mail.ts';
import type { Check, FindingDraft } from '../types.ts';

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
      const rows = rowsWithText(column, isPlaceholder).filter((row) => !isNobodyAt.has(row));
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

function nobodiesIn(table: Table): readonly number[] {
  const emails = table.columns.get('email');
  const mail = emails && mailOf(emails);
  const [first, last] = columnsOf(table, names).map(({ column }) => ({
    codes: interned(column).codes,
    // Only a name of which both parts are known to be in such names is put together and judged.
    may: byValue(column, (text) => text !== '' && mayBeNobodys(text)),
  }));
  const isNobodyAt = (row: number) => {
    if (first === undefined || last === undefined) return false;
    const firstCode = first.codes[row] ?? 0;
    const lastCode = last.codes[row] ?? 0;
    if (firstCode === 0 || lastCode === 0) return false;
    if (first.may[firstCode] !== true || last.may[lastCode] !== true) return false;
    return isNobody(`${valueAt(table, 'firstname', row)} ${valueAt(table, 'lastname', row)}`);
  };
  return rowsWhere(table, (row) => mail?.facts[mail.codes[row] ?? 0]?.nobodys === true || isNobodyAt(row));
}

/** Words of two letters and more; all names pass that are not plainly somebody's by their length. */
function mayBeNobodys(text: string): boolean {
  return fold(text).length <= 20;
}
