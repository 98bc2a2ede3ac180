import { numbers, times } from '../../interned.ts';
import { isEmptyAt } from '../../table.ts';
import { columnOf, columnsOf, rowsWhere, tableOf } from '../columns.ts';
import { archiveFix, examples, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import { unlessUsual } from '../habit.ts';
import type { Check } from '../types.ts';

const DAY = 86_400_000;
const OLD_DAYS = 90;
/** Where more are so, they are a list of whom to win. */
const TARGETS = 0.5;
/** Signs that the company is worked with, or belongs to one that is. */
const uses = ['hs_num_child_companies', 'hs_parent_company_id', 'notes_last_updated', 'notes_next_activity_date'];

export const orphan: Check = {
  id: 'O04',
  version: 1,
  title: 'Company without contacts and deals',
  about: `Neither contacts nor deals, activities, parent or children, ${OLD_DAYS} days after it was created; not where half of the companies are so.`,
  severity: 'low',
  objectType: 'companies',
  needs: { companies: ['num_associated_contacts', 'num_associated_deals', 'createdate'] },
  uses: { companies: uses },
  run(data) {
    const table = tableOf(data, 'companies');
    const contacts = numbers(columnOf(table, 'num_associated_contacts'));
    const deals = numbers(columnOf(table, 'num_associated_deals'));
    const created = times(columnOf(table, 'createdate'));
    const signs = columnsOf(table, uses).map(({ column }) => ({ column, values: numbers(column) }));
    const old = rowsWhere(table, (row) => (created[row] ?? data.now) < data.now - OLD_DAYS * DAY);
    const bare = old.filter(
      (row) =>
        !((contacts[row] ?? 0) > 0) &&
        !((deals[row] ?? 0) > 0) &&
        signs.every(({ column, values }) => isEmptyAt(column, row) || values[row] === 0),
    );
    const rows = unlessUsual(bare, old.length, TARGETS);
    return found(table, rows, () => ({
      subject: 'all',
      evidence: examples(table, rows, 'name', 'createdate'),
      note: 'Nothing hangs on these companies and nobody works with them: they are in the way of every search.',
      ...fixOf(archiveFix(table, rows)),
    }));
  },
};
