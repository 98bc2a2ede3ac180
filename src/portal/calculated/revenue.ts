/**
 * What contacts and companies brought in through their deals.
 * Sources: knowledge.hubspot.com, "How are the calculated properties used for revenue reporting calculated?", and HubSpot's
 * default properties, compared 2026-11-22.
 * Guess: amounts are added up in the account's currency; the value of open deals counts what has an amount; none of the
 * counts is there without a deal, but for companies' open deals.
 */

import { amount, earliest, moment } from './amounts.ts';
import { type Calculation, on, type Values } from './calculated.ts';

const DEALS = '0-3';

export const revenue: Calculation = {
  appliesTo: on('0-1', '0-2'),
  reads: { [DEALS]: ['hs_is_closed', 'hs_is_closed_won', 'closedate', 'amount', 'amount_in_home_currency'] },
  calculate(subject) {
    const deals = subject.linked(DEALS);
    const won = deals.filter((deal) => deal.value('hs_is_closed_won') === 'true');
    const open = deals.filter((deal) => deal.value('hs_is_closed') !== 'true');
    const recent = won.reduce<Values | undefined>(
      (latest, deal) =>
        latest === undefined || (deal.time('closedate') ?? 0) > (latest.time('closedate') ?? 0) ? deal : latest,
      undefined,
    );
    const first = earliest(deals.map((deal) => deal.time('createdate')));
    const firstWon = earliest(won.map((deal) => deal.time('closedate')));
    const since = (at: number | undefined) => {
      const created = at === undefined ? undefined : subject.time('createdate');
      return at === undefined || created === undefined ? undefined : String(Math.max(0, at - created));
    };
    return {
      total_revenue: won.length === 0 ? undefined : amount(total(won)),
      recent_deal_amount: amount(recent?.number('amount')),
      recent_deal_close_date: moment(recent?.time('closedate')),
      first_deal_created_date: moment(first),
      ...(subject.type.id === '0-2'
        ? {
            hs_num_open_deals: String(open.length),
            hs_total_deal_value: open.length === 0 ? undefined : amount(total(open)),
          }
        : {
            hs_time_between_contact_creation_and_deal_creation: since(first),
            hs_time_between_contact_creation_and_deal_close: since(firstWon),
          }),
    };
  },
};

function total(deals: readonly Values[]): number {
  return deals.reduce((sum, deal) => sum + (deal.number('amount_in_home_currency') ?? 0), 0);
}
