/**
 * What a line item costs, once and by month and year.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/objects/line-items/guide and
 * knowledge.hubspot.com/crm-deals/hubspots-default-deal-properties (no term counts as twelve months), compared
 * 2026-11-22.
 * Guess: no quantity counts as one; a percentage goes before a discount per unit; tax is not in the amount; the margin is
 * that of one billing; a shorter term than a year makes the contract's value of a year smaller, not the recurring revenue;
 * billing ends the day before the term is over.
 */

import { Temporal } from 'temporal-polyfill';
import { amount, times } from './amounts.ts';
import { type Calculation, on } from './calculated.ts';

const monthsPerBilling: Readonly<Record<string, number>> = {
  weekly: 12 / 52,
  biweekly: 12 / 26,
  monthly: 1,
  quarterly: 3,
  per_six_months: 6,
  annually: 12,
  per_two_years: 24,
  per_three_years: 36,
  per_four_years: 48,
  per_five_years: 60,
};

const YEAR = 12;

export const lineItemAmounts: Calculation = {
  appliesTo: on('0-8'),
  calculate({ value, number }) {
    const price = number('price');
    const quantity = number('quantity') ?? 1;
    const percentage = number('hs_discount_percentage');
    const unitDiscount = percentage === undefined ? (number('discount') ?? 0) : times(price, percentage / 100);
    const before = times(price, quantity);
    const discount = price === undefined ? undefined : times(unitDiscount, quantity);
    const net = before === undefined ? undefined : before - (discount ?? 0);
    const cost = number('hs_cost_of_goods_sold');
    const term = readTerm(value('hs_recurring_billing_period'));
    const billing = monthsPerBilling[value('recurringbillingfrequency') ?? ''];
    const monthly = billing === undefined ? undefined : times(net, 1 / billing);
    const months = term === undefined ? YEAR : term.total({ unit: 'months', relativeTo: ANY_DAY });
    return {
      hs_pre_discount_amount: amount(before),
      hs_total_discount: amount(discount),
      amount: amount(net),
      hs_margin: amount(net === undefined ? undefined : net - (cost ?? 0) * quantity),
      hs_term_in_months: term && amount(months),
      hs_mrr: net === undefined ? undefined : amount(monthly ?? 0),
      hs_arr: net === undefined ? undefined : amount(times(monthly, YEAR) ?? 0),
      hs_acv: amount(billing === undefined ? net : times(monthly, Math.min(months, YEAR))),
      hs_tcv: amount(billing === undefined ? net : times(monthly, months)),
      hs_recurring_billing_end_date: term && endOf(value('hs_recurring_billing_start_date'), term),
    };
  },
};

const ANY_DAY = Temporal.PlainDate.from('2023-01-01');

/** `P12M` and the like; undefined where there is none or it cannot be read. */
function readTerm(said: string | undefined): Temporal.Duration | undefined {
  // Only dates: a term of hours is none.
  return said !== undefined && /^P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?$/.test(said)
    ? Temporal.Duration.from(said)
    : undefined;
}

function endOf(start: string | undefined, term: Temporal.Duration): string | undefined {
  if (start === undefined || !/^\d{4}-\d\d-\d\d$/.test(start)) return undefined;
  return Temporal.PlainDate.from(start).add(term).subtract({ days: 1 }).toString();
}
