/** Who is marketed to, and may or should not be. */

import { byValue, interned, times } from '../../interned.ts';
import { countryCode, europeanPrivacy } from '../../normal/country.ts';
import { isEmptyAt, type Table } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, columnsOf, isTrueAt, rowsWhere, tableOf } from '../columns.ts';
import { examples, mostFrequent } from '../draft.ts';
import { found } from '../found.ts';
import type { Check, FindingDraft } from '../types.ts';

const DAY = 86_400_000;
const STALE_DAYS = 365;
const VERY_STALE_DAYS = 548;

const bounce = 'hs_email_hard_bounce_reason_enum';
const optout = 'hs_email_optout';
const marketable = 'hs_marketable_status';

export const unreachableMarketing: Check = {
  id: 'C06',
  version: 1,
  title: 'Marketing contact that no marketing e-mail reaches',
  about: 'Paid for as a marketing contact, but its address bounced for good, or it has unsubscribed from all e-mail.',
  severity: 'high',
  objectType: 'contacts',
  needs: { contacts: [marketable] },
  uses: { contacts: [bounce, optout] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const isMarketed = marketed(table);
    const bounced = table.columns.get(bounce);
    const left = table.columns.get(optout);
    const drafts: FindingDraft[] = [];
    if (bounced !== undefined) {
      const rows = rowsWhere(table, (row) => isMarketed(row) && !isEmptyAt(bounced, row));
      if (rows.length > 0) {
        drafts.push({
          ...affected(table, rows),
          kind: 'bounced',
          evidence: examples(table, rows, bounce),
          note: 'HubSpot sends nothing more to an address that bounced for good, and bills the contact: set it as non-marketing, in HubSpot.',
        });
      }
    }
    if (left !== undefined) {
      const rows = rowsWhere(table, (row) => isMarketed(row) && isTrueAt(left, row));
      if (rows.length > 0) {
        drafts.push({
          ...affected(table, rows),
          kind: 'unsubscribed',
          evidence: {},
          note: 'They have unsubscribed from all e-mail, and are billed as marketing contacts: set them as non-marketing, in HubSpot.',
        });
      }
    }
    return drafts;
  },
};

/** By row, whether HubSpot bills it as a marketing contact. */
function marketed(table: Table): (row: number) => boolean {
  const view = interned(columnOf(table, marketable));
  const paid = view.codeOf('true');
  return (row) => paid !== 0 && view.codes[row] === paid;
}

/** Whatever a contact did, or was done with it. */
const activities = [
  'createdate',
  'notes_last_contacted',
  'hs_last_sales_activity_timestamp',
  'hs_email_last_open_date',
  'hs_email_last_click_date',
  'hs_email_last_reply_date',
  'hs_analytics_last_visit_timestamp',
  'recent_conversion_date',
  'recent_deal_close_date',
];

export const staleMarketing: Check = {
  id: 'C18',
  version: 1,
  title: 'Marketing contact without any activity',
  about: `Paid for as a marketing contact; neither opened, clicked, replied, visited, converted, was contacted nor created in ${STALE_DAYS} days.`,
  severity: 'medium',
  objectType: 'contacts',
  needs: { contacts: [marketable, 'createdate'] },
  uses: { contacts: activities },
  run(data) {
    const table = tableOf(data, 'contacts');
    const isMarketed = marketed(table);
    const created = times(columnOf(table, 'createdate'));
    const dates = columnsOf(table, activities).map(({ column }) => times(column));
    const idleSince = (row: number) =>
      dates.reduce((latest, all) => ((all[row] ?? 0) > latest ? (all[row] ?? 0) : latest), 0);
    const rows = rowsWhere(
      table,
      (row) =>
        isMarketed(row) &&
        (created[row] ?? data.now) < data.now - STALE_DAYS * DAY &&
        idleSince(row) < data.now - STALE_DAYS * DAY,
    );
    const longer = rows.filter((row) => idleSince(row) < data.now - VERY_STALE_DAYS * DAY).length;
    return found(table, rows, () => ({
      subject: 'all',
      evidence: { 'idle for 12 months': rows.length, 'of these for 18 months': longer },
      note: 'They are billed and lower the rates by which mailboxes judge the sender: ask them once more, then set them as non-marketing.',
    }));
  },
};

/** Where fewer contacts than this share have a basis, the portal does not record one at all. */
const BASIS_IN_USE = 0.1;

export const noLawfulBasis: Check = {
  id: 'C20',
  version: 1,
  title: 'No lawful basis recorded for a contact in Europe',
  about: `In the EEA, the United Kingdom or Switzerland by its country, without a lawful basis, in a portal that records one for ${100 * BASIS_IN_USE} % of its contacts or more.`,
  severity: 'high',
  objectType: 'contacts',
  needs: { contacts: ['hs_legal_basis', 'country'] },
  uses: { contacts: ['hs_country_region_code', 'ip_country_code'] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const basis = columnOf(table, 'hs_legal_basis');
    const recorded = table.rows - (interned(basis).counts[0] ?? 0);
    if (recorded === 0 || recorded < BASIS_IN_USE * table.rows) return [];
    const places = columnsOf(table, ['country', 'hs_country_region_code', 'ip_country_code']).map(({ column }) => ({
      codes: interned(column).codes,
      countries: byValue(column, countryCode),
    }));
    const counts = new Map<string, number>();
    const rows = rowsWhere(table, (row) => {
      if (!isEmptyAt(basis, row)) return false;
      for (const { codes, countries } of places) {
        const country = countries[codes[row] ?? 0] ?? '';
        if (country === '') continue;
        if (!europeanPrivacy.has(country)) return false;
        counts.set(country, (counts.get(country) ?? 0) + 1);
        return true;
      }
      return false;
    });
    return found(table, rows, () => ({
      evidence: mostFrequent(counts),
      note: 'Their data is kept without a recorded lawful basis, which the law asks for. Only who collected it can say what the basis is.',
    }));
  },
};
