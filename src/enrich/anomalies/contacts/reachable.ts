import { isEmptyAt, type Table } from '../../table.ts';
import { columnOf, columnsOf, rowsWhere, tableOf } from '../columns.ts';
import { archiveFix, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import type { Check } from '../types.ts';

const ways = ['email', 'phone', 'mobilephone', 'hs_additional_emails', 'hs_whatsapp_phone_number', 'hs_linkedin_url'];
/** Signs that somebody works with the contact all the same. */
const uses = ['num_associated_deals', 'notes_last_updated', 'hubspot_owner_id', 'associatedcompanyid'];

export const unreachable: Check = {
  id: 'C13',
  version: 1,
  title: 'No way to reach the contact',
  about: 'Neither an e-mail address nor a telephone number, nor WhatsApp or LinkedIn.',
  severity: 'medium',
  objectType: 'contacts',
  needs: { contacts: ['email', 'phone'] },
  uses: { contacts: [...ways, ...uses] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const columns = columnsOf(table, ways).map(({ column }) => column);
    const rows = rowsWhere(table, (row) => columns.every((column) => isEmptyAt(column, row)));
    const idle = idleRows(table, rows);
    return found(table, rows, () => ({
      subject: 'all',
      evidence: { 'without deal, activity, owner and company': idle.length },
      note: 'Nobody can be reached by these: they count in every report and are good for nothing until somebody finds an address.',
      ...fixOf(archiveFix(table, idle, 'Only those with which nobody works.')),
    }));
  },
};

/** Those that nothing hangs on; none where the portal does not tell. */
function idleRows(table: Table, rows: readonly number[]): readonly number[] {
  if (!uses.every((property) => table.columns.has(property))) return [];
  const columns = uses.map((property) => columnOf(table, property));
  return rows.filter((row) => columns.every((column) => isEmptyAt(column, row)));
}
