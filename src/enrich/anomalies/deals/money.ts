/** What was won against what was sold and billed. */

import { interned, numbers } from '../../interned.ts';
import { textAt } from '../../table.ts';
import { rowsWhere } from '../columns.ts';
import { changeFix, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import { tasksFor } from '../tasks.ts';
import type { Check, PortalData } from '../types.ts';
import { DAY, type DealView, dealsOf, moneyOf, unusualIn } from './deal-view.ts';

/** What rounding and taxes of a few cents explain: a hundredth, and one unit of money. */
const SHARE = 0.01;
const LEAST = 1;

export const lineItems: Check = {
  id: 'D23',
  version: 1,
  title: 'Won deals against their line items',
  about:
    'Won, and the amount is more than 1 % and more than one unit of money away from the sum of its line items’ amounts; not in a pipeline where half are.',
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'amount'], line_items: ['amount'] },
  uses: { deals: ['amount_in_home_currency', 'hubspot_owner_id'] },
  associations: ['deals>line_items'],
  run(data) {
    const view = dealsOf(data);
    const { table, won, amount } = view;
    const sums = sumsOf(data, view, 'deals>line_items', 'line_items', 'amount');
    const compared = rowsWhere(table, (row) => won[row] === 1 && !Number.isNaN(sums[row]) && (amount[row] ?? 0) > 0);
    const rows = unusualIn(
      view,
      compared,
      compared.filter((row) => differs(amount[row] ?? Number.NaN, sums[row] ?? Number.NaN)),
      USUALLY_DIFFERENT,
    );
    return found(table, rows, () => {
      const worst = worstOf(rows, amount, sums);
      return {
        amount: Math.round(rows.reduce((sum, row) => sum + Math.abs((amount[row] ?? 0) - (sums[row] ?? 0)), 0)),
        statistic: {
          name: 'difference',
          value: Math.abs((amount[worst] ?? 0) - (sums[worst] ?? 0)),
          threshold: SHARE * (sums[worst] ?? 0),
          n: rows.length,
        },
        evidence: { amount: amount[worst] ?? 0, 'sum of line items': rounded(sums[worst] ?? 0) },
        note: 'Won deals hold another amount than what was sold on them: one of the two is wrong.',
        ...fixOf(
          changeFix(
            table,
            rows.map((row) => ({ row, properties: { amount: String(rounded(sums[row] ?? 0)) } })),
            'The sums of the line items; where those are wrong, correct them instead.',
          ),
        ),
      };
    });
  },
};

/** Guess: invoices in these states bill nothing. */
const NOT_BILLED: ReadonlySet<string> = new Set(['draft', 'voided']);
/** Guess: what is billed holds taxes, and an amount does not; no general tax on sales is higher than this. */
const HIGHEST_TAX = 0.27;
/** Where more deals than this differ, the amount is meant as something else: a year of what is paid by the month, say. */
const USUALLY_DIFFERENT = 0.5;
/** Bills come after a while. */
const BILLED_DAYS = 60;

export const invoices: Check = {
  id: 'D24',
  version: 1,
  title: 'Won deals against their invoices',
  about: `Won more than ${BILLED_DAYS} days ago with invoices that are neither drafts nor voided, and more than 1 % more was won than billed; or more was billed than was won with 27 % of taxes on it. Not in a pipeline where half are so: it is billed by the month, or the amount is a year’s.`,
  severity: 'high',
  objectType: 'deals',
  needs: {
    deals: ['dealstage', 'pipeline', 'amount', 'closedate'],
    invoices: ['hs_amount_billed', 'hs_invoice_status'],
  },
  uses: { deals: ['amount_in_home_currency', 'hubspot_owner_id', 'deal_currency_code'], invoices: ['hs_currency'] },
  associations: ['deals>invoices'],
  run(data) {
    const view = dealsOf(data);
    const { table, won, amount, closes } = view;
    const sums = sumsOf(data, view, 'deals>invoices', 'invoices', 'hs_amount_billed');
    const billed = rowsWhere(table, (row) => won[row] === 1 && !Number.isNaN(sums[row]) && (amount[row] ?? 0) > 0);
    const wrong = billed.filter((row) => differs(amount[row] ?? Number.NaN, sums[row] ?? Number.NaN));
    const unusual = (rows: readonly number[]) => unusualIn(view, billed, rows, USUALLY_DIFFERENT);
    const more = unusual(wrong.filter((row) => (sums[row] ?? 0) > (1 + HIGHEST_TAX + SHARE) * (amount[row] ?? 0)));
    const less = unusual(
      wrong.filter((row) => (sums[row] ?? 0) < (amount[row] ?? 0) && data.now - (closes[row] ?? 0) > BILLED_DAYS * DAY),
    );
    const kinds = [
      [
        'billed more',
        more,
        'More was billed than was won: revenue in the portal is too low, or a customer paid too much.',
      ],
      [
        'billed less',
        less,
        'Less was billed than was won: money is still to be asked for, or the deal is worth less than it says.',
      ],
    ] as const;
    return kinds.flatMap(([kind, rows, note]) =>
      found(table, rows, () => {
        const worst = worstOf(rows, amount, sums);
        const difference = (row: number) => Math.abs((amount[row] ?? 0) - (sums[row] ?? 0));
        return {
          subject: kind,
          isState: true,
          amount: Math.round(rows.reduce((sum, row) => sum + difference(row), 0)),
          statistic: {
            name: 'difference',
            value: rounded(difference(worst)),
            threshold: rounded(SHARE * (sums[worst] ?? 0)),
            n: rows.length,
          },
          evidence: {
            amount: amount[worst] ?? 0,
            billed: rounded(sums[worst] ?? 0),
            'won in all': moneyOf(view, rows),
          },
          note,
          fix: tasksFor(data, table, rows, 'Compare this deal with its invoices, and correct what is wrong'),
        };
      }),
    );
  },
};

/** By row, what the associated records come to; NaN for a deal without any that count. */
function sumsOf(data: PortalData, view: DealView, association: string, type: string, property: string): Float64Array {
  const sums = new Float64Array(view.table.rows).fill(Number.NaN);
  const table = data.tables.get(type);
  const column = table?.columns.get(property);
  const linked = data.associations.get(association);
  if (table === undefined || column === undefined || linked === undefined) return sums;
  const values = numbers(column);
  const ids = interned(table.ids);
  const deals = interned(view.table.ids);
  const status = table.columns.get('hs_invoice_status');
  const currency = table.columns.get('hs_currency');
  const dealCurrency = view.table.columns.get('deal_currency_code');
  for (const [deal, others] of linked) {
    const row = deals.codeOf(deal) - 1;
    if (row < 0) continue;
    for (const id of others) {
      const other = ids.codeOf(id) - 1;
      const value = values[other];
      if (value === undefined || Number.isNaN(value)) continue;
      if (status !== undefined && NOT_BILLED.has(textAt(status, other))) continue;
      const billedIn = currency === undefined ? '' : textAt(currency, other);
      const wonIn = dealCurrency === undefined ? '' : textAt(dealCurrency, row);
      // What was billed in another currency cannot be compared; the deal is left out.
      if (billedIn !== '' && wonIn !== '' && billedIn !== wonIn) {
        sums[row] = Number.NaN;
        break;
      }
      sums[row] = (sums[row] || 0) + value;
    }
  }
  return sums;
}

const differs = (amount: number, sum: number) => Math.abs(amount - sum) > Math.max(LEAST, SHARE * Math.abs(sum));
const rounded = (value: number) => Math.round(value * 100) / 100;

function worstOf(rows: readonly number[], amounts: Float64Array, sums: Float64Array): number {
  const difference = (row: number) => Math.abs((amounts[row] ?? 0) - (sums[row] ?? 0));
  return rows.reduce((worst, row) => (difference(row) > difference(worst) ? row : worst), rows[0] ?? 0);
}
