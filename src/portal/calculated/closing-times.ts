/**
 * How long it took to close: deals, tickets, and the contacts and companies that became customers.
 * Source: HubSpot's default properties; knowledge.hubspot.com/crm-deals/hubspots-default-deal-properties, compared
 * 2026-11-22.
 * Guess: an open deal counts up to its expected close date; days are whole ones, never negative; `closed_date` of a ticket
 * is when it came into a closed stage and goes when it is opened again, unless somebody wrote it.
 */

import { amount, DAY_MS, moment } from './amounts.ts';
import { type Calculation, on, type Subject } from './calculated.ts';

function daysBetween(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, (to - from) / DAY_MS);
}

const whole = (days: number | undefined) => (days === undefined ? undefined : String(Math.floor(days)));
const ms = (at: number | undefined) => (at === undefined ? undefined : String(at));

export const dealTimes: Calculation = {
  appliesTo: on('0-3'),
  calculate({ value, time, history }) {
    const created = time('createdate');
    const closing = time('closedate');
    const days = daysBetween(created, closing);
    const closed = value('hs_is_closed') === 'true';
    const won = value('hs_is_closed_won') === 'true';
    const step = value('hs_next_step') === undefined ? undefined : history('hs_next_step').at(-1)?.at;
    return {
      days_to_close: whole(days),
      hs_days_to_close_raw: amount(days),
      hs_closed_won_date: won ? moment(closing) : undefined,
      hs_closed_deal_close_date: closed ? ms(closing) : undefined,
      hs_closed_deal_create_date: closed ? ms(created) : undefined,
      hs_open_deal_create_date: closed ? undefined : ms(created),
      hs_next_step_updated_at: moment(step),
    };
  },
};

export const customerTimes: Calculation = {
  appliesTo: on('0-1', '0-2'),
  calculate({ time }) {
    const closing = time('closedate');
    return { days_to_close: closing === undefined ? undefined : whole(daysBetween(time('createdate'), closing)) };
  },
};

export const ticketTimes: Calculation = {
  appliesTo: on('0-5'),
  calculate(subject) {
    const { value, time } = subject;
    const created = time('createdate');
    const closedSince = closedStageSince(subject);
    const last = closedSince ?? time('hs_last_closed_date');
    // What the calculation wrote before is what hs_last_closed_date says.
    const own = value('closed_date') === undefined || value('closed_date') === value('hs_last_closed_date');
    const closing = own ? closedSince : time('closed_date');
    return {
      hs_last_closed_date: moment(last),
      closed_date: own ? moment(closedSince) : value('closed_date'),
      time_to_close: closing === undefined || created === undefined ? undefined : ms(Math.max(0, closing - created)),
    };
  },
};

/** When the ticket came into the closed stages that it is in since. */
function closedStageSince({ store, type, history }: Subject): number | undefined {
  const stages = store.pipelines.list(type.id).flatMap((pipeline) => pipeline.stages);
  const closed = (id: string) => stages.find((stage) => stage.id === id)?.metadata['ticketState'] === 'CLOSED';
  let since: number | undefined;
  for (const { value, at } of history('hs_pipeline_stage')) since = closed(value) ? (since ?? at) : undefined;
  return since;
}
