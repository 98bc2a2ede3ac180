/** Companies against their deals and contacts. */

import { joined, numbers } from '../../interned.ts';
import { isEmptyAt, type Table, textAt } from '../../table.ts';
import { columnOf, isTrueAt, rowsWhere, tableOf } from '../columns.ts';
import { changeFix, examples, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import { stageOrder, stagePlaces } from '../lifecycle.ts';
import type { Check, FindingDraft, PortalData } from '../types.ts';

/** Where more companies than this share differ, companies and deals are owned by different people by intent. */
const USUAL = 0.5;
const COMPARED = 10;

export const ownerOfDeals: Check = {
  id: 'O08',
  version: 1,
  title: 'Open deals have another owner than the company',
  about: `None of its open deals is owned by the company's owner, in a portal where at most ${100 * USUAL} % of the companies with open deals (${COMPARED} at least) are so.`,
  severity: 'medium',
  objectType: 'companies',
  needs: {
    companies: ['hubspot_owner_id'],
    deals: ['hs_primary_associated_company', 'hubspot_owner_id', 'hs_is_closed'],
  },
  run(data) {
    const companies = tableOf(data, 'companies');
    const deals = tableOf(data, 'deals');
    const companyOf = joined(columnOf(deals, 'hs_primary_associated_company'), companies.ids);
    const owner = columnOf(companies, 'hubspot_owner_id');
    const dealOwner = columnOf(deals, 'hubspot_owner_id');
    const closed = columnOf(deals, 'hs_is_closed');
    const agrees = new Map<number, boolean>();
    for (let deal = 0; deal < deals.rows; deal++) {
      const company = companyOf[deal] ?? -1;
      if (company < 0 || isEmptyAt(owner, company) || isEmptyAt(dealOwner, deal) || isTrueAt(closed, deal)) continue;
      agrees.set(company, agrees.get(company) === true || textAt(owner, company) === textAt(dealOwner, deal));
    }
    const rows = [...agrees]
      .filter(([, same]) => !same)
      .map(([company]) => company)
      .sort((a, b) => a - b);
    const share = rows.length / agrees.size;
    if (rows.length === 0 || agrees.size < COMPARED || share > USUAL) return [];
    return found(companies, rows, () => ({
      subject: 'all',
      statistic: { name: 'share of companies with open deals', value: share, threshold: USUAL, n: agrees.size },
      evidence: examples(companies, rows, 'name', 'hubspot_owner_id'),
      note: 'Two people work on these accounts, and the one who owns the company may not know of the deal.',
    }));
  },
};

export const companyStage: Check = {
  id: 'O09',
  version: 1,
  title: 'Company in an earlier stage than its deals or contacts',
  about:
    'A won deal and a stage before customer, an open deal and a stage before opportunity, or a contact in a later stage.',
  severity: 'medium',
  objectType: 'companies',
  needs: { companies: ['lifecyclestage'] },
  uses: { companies: ['total_revenue', 'hs_num_open_deals'], contacts: ['lifecyclestage', 'associatedcompanyid'] },
  run(data) {
    const table = tableOf(data, 'companies');
    const place = stagePlaces(data, table);
    const order = stageOrder(data, 'companies');
    const behind = (row: number, stage: number) => stage >= 0 && place(row) >= 0 && place(row) < stage;
    const revenue = valuesOf(table, 'total_revenue');
    const open = valuesOf(table, 'hs_num_open_deals');
    const customer = order('customer');
    const opportunity = order('opportunity');
    const won = rowsWhere(table, (row) => (revenue?.[row] ?? 0) > 0 && behind(row, customer));
    const isWon = new Set(won);
    const trying = rowsWhere(table, (row) => (open?.[row] ?? 0) > 0 && behind(row, opportunity) && !isWon.has(row));
    const isTold = new Set([...won, ...trying]);
    const furthest = furthestContacts(data, table);
    const followed =
      furthest === undefined ? [] : rowsWhere(table, (row) => !isTold.has(row) && behind(row, furthest[row] ?? -1));
    return [
      ...told(table, won, 'won', 'customer', {
        amount: won.reduce((sum, row) => sum + (revenue?.[row] ?? 0), 0),
        note: 'They have bought, and the funnel does not count them as customers.',
      }),
      ...told(table, trying, 'open', 'opportunity', {
        note: 'They have an open deal, and the funnel does not count them as opportunities.',
      }),
      ...told(table, followed, 'contacts', undefined, {
        severity: 'low',
        note: "A contact of theirs is further: the company's stage was not moved with it.",
      }),
    ];
  },
};

function told(
  table: Table,
  rows: readonly number[],
  subject: string,
  lifecyclestage: string | undefined,
  rest: Pick<FindingDraft, 'note' | 'amount' | 'severity'>,
): FindingDraft[] {
  const changes = lifecyclestage === undefined ? [] : rows.map((row) => ({ row, properties: { lifecyclestage } }));
  return found(table, rows, () => ({
    subject,
    evidence: examples(table, rows, 'name', 'lifecyclestage', 'total_revenue'),
    ...rest,
    ...fixOf(changeFix(table, changes)),
  }));
}

function valuesOf(table: Table, property: string): Float64Array | undefined {
  const column = table.columns.get(property);
  return column && numbers(column);
}

/** By company's row, the place of the furthest stage that a contact of it is in. */
function furthestContacts(data: PortalData, companies: Table): Int32Array | undefined {
  const contacts = data.tables.get('contacts');
  if (
    contacts === undefined ||
    !['lifecyclestage', 'associatedcompanyid'].every((name) => contacts.columns.has(name))
  ) {
    return undefined;
  }
  const companyOf = joined(columnOf(contacts, 'associatedcompanyid'), companies.ids);
  const place = stagePlaces(data, contacts);
  const furthest = new Int32Array(companies.rows).fill(-1);
  for (let row = 0; row < contacts.rows; row++) {
    const company = companyOf[row] ?? -1;
    if (company >= 0) furthest[company] = Math.max(furthest[company] ?? -1, place(row));
  }
  return furthest;
}
