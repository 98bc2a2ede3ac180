/**
 * What a deal is worth: in its own and the account's currency, weighted, and by whether it is open or won.
 * Source: knowledge.hubspot.com/crm-deals/hubspots-default-deal-properties and HubSpot's default properties of deals,
 * compared 2026-11-22.
 * Guess: closed amounts are won ones, and 0 for all other deals; the open amount of a closed deal is 0; a forecast
 * without a probability of its own is the whole amount; an exchange rate written to the deal goes before the account's;
 * without a rate there is no amount in the account's currency.
 */

import { PORTAL } from '../store/store.ts';
import { amount, times } from './amounts.ts';
import { type Calculation, on, type Subject } from './calculated.ts';

/** What one unit of the record's currency is worth in the account's; undefined where nobody said. */
function rateOf({ store, value, number }: Subject): number | undefined {
  const account = store.account.get(PORTAL, 'account');
  const currency = value('deal_currency_code');
  if (currency === undefined || currency === account?.companyCurrency) return 1;
  return number('hs_exchange_rate') ?? account?.exchangeRates?.[currency];
}

export const dealAmounts: Calculation = {
  appliesTo: on('0-3'),
  calculate(subject) {
    const { number, value } = subject;
    const rate = rateOf(subject);
    const worth = number('amount');
    const home = times(worth, rate);
    const probability = number('hs_deal_stage_probability');
    const won = value('hs_is_closed_won') === 'true';
    const open = value('hs_is_closed') !== 'true';
    const monthly = number('hs_mrr');
    const monthlyHome = times(monthly, rate);
    return {
      amount_in_home_currency: amount(home),
      hs_projected_amount: amount(times(worth, probability)),
      hs_projected_amount_in_home_currency: amount(times(home, probability)),
      hs_forecast_amount: amount(times(worth, number('hs_forecast_probability') ?? 1)),
      hs_closed_amount: amount(won ? (worth ?? 0) : 0),
      hs_closed_amount_in_home_currency: amount(won ? (home ?? 0) : 0),
      hs_open_amount_in_home_currency: open ? amount(home) : '0',
      hs_hs_mrr_in_home_currency: amount(monthlyHome),
      hs_weighted_hs_mrr: amount(times(monthly, probability)),
      hs_weighted_hs_hs_mrr_in_home_currency: amount(times(monthlyHome, probability)),
    };
  },
};

const LINE_ITEMS = '0-8';

/** Guess: the sums of the line items' own; a deal without line items has none. */
export const recurringRevenue: Calculation = {
  appliesTo: on('0-3'),
  reads: { [LINE_ITEMS]: ['hs_mrr', 'hs_arr', 'hs_acv', 'hs_tcv'] },
  calculate(subject) {
    const items = subject.linked(LINE_ITEMS);
    const sum = (property: string): string | undefined => {
      const known = items.flatMap((item) => item.number(property) ?? []);
      return known.length === 0 ? undefined : amount(known.reduce((total, each) => total + each, 0));
    };
    return { hs_mrr: sum('hs_mrr'), hs_arr: sum('hs_arr'), hs_acv: sum('hs_acv'), hs_tcv: sum('hs_tcv') };
  },
};
