/** Faults of deals and tickets, one for each check. */

import { contactId } from './clean.ts';
import {
  about,
  ago,
  all,
  change,
  DAY,
  type Fault,
  isLost,
  isOpen,
  iso,
  isWon,
  link,
  NOW,
  past,
  records,
  some,
  stageOf,
} from './fault.ts';

const HOUR = DAY / 24;
const amountOf = (amount: string | undefined) => Number(amount ?? '');

/** Second copies of records, beside their first ones. */
const doubled =
  (objectType: string, association: string, holds: (values: Record<string, string>) => boolean, count: number): Fault =>
  (portal, dice) =>
    records(
      some(portal, dice, objectType, holds, count).flatMap(([id, values]) => {
        const copy = `${id}77`;
        all(portal, objectType).set(copy, { ...values });
        link(portal, association, copy, portal.associations.get(association)?.get(id) ?? []);
        return [id, copy];
      }),
    );

const unlinked =
  (objectType: string, association: string, holds: (values: Record<string, string>) => boolean): Fault =>
  (portal, dice) =>
    records(
      some(portal, dice, objectType, holds).map(([id]) => {
        portal.associations.get(association)?.delete(id);
        return id;
      }),
    );

export const dealFaults: Readonly<Record<string, Fault>> = {
  D01: change('deals', () => ({ closedate: iso(NOW - 12 * DAY) }), isOpen),
  D02: change(
    'deals',
    (values) => ({ [`hs_v2_date_entered_${values['dealstage'] ?? ''}`]: iso(NOW - 120 * DAY) }),
    isOpen,
  ),
  D03: change(
    'deals',
    () => ({ createdate: iso(NOW - 80 * DAY), notes_last_updated: iso(NOW - 45 * DAY), notes_next_activity_date: '' }),
    isOpen,
  ),
  D04: past(
    'deals',
    'closedate',
    ({ closedate = '' }) =>
      [0, 1, 2, 3].map((move) => [iso(Date.parse(closedate) - (3 - move) * 20 * DAY), NOW - (40 - 10 * move) * DAY]),
    isOpen,
  ),
  D05: past(
    'deals',
    'dealstage',
    ({ pipeline }) =>
      ['appointmentscheduled', 'presentationscheduled', 'qualifiedtobuy'].map((stage, move) => [
        (pipeline === 'renewals' ? 'r_' : '') + stage,
        NOW - (30 - move) * DAY,
      ]),
    isOpen,
  ),
  D06: past(
    'deals',
    'dealstage',
    ({ pipeline }) =>
      ['contractsent', 'closedlost', 'contractsent'].map((stage, move) => [
        (pipeline === 'renewals' ? 'r_' : '') + stage,
        NOW - (30 - move) * DAY,
      ]),
    isOpen,
  ),
  D07: change(
    'deals',
    (_, index) => ({ amount: ['', '0', '-5'][index % 3] ?? '' }),
    (values) => isOpen(values) && (stageOf(values)?.probability ?? 0) >= 0.4,
  ),
  D08: change(
    'deals',
    ({ amount }) => ({
      amount: String(1000 * amountOf(amount)),
      amount_in_home_currency: String(1000 * amountOf(amount)),
    }),
    undefined,
    10,
  ),
  D09: (portal, dice) => {
    for (const values of all(portal, 'deals').values()) {
      if (values['pipeline'] === 'default' && dice.chance(0.03)) values['amount'] = '12345';
    }
    return about(({ evidence }) => evidence['amount'] === 12_345);
  },
  D10: change(
    'deals',
    ({ createdate = '' }, index) => ({
      closedate: index % 2 === 0 ? iso(NOW + 50 * DAY) : iso(Date.parse(createdate) - 20 * DAY),
    }),
    isWon,
  ),
  D11: change(
    'deals',
    (_, index) => (index % 2 === 0 ? { amount: '0' } : { hs_num_of_associated_line_items: '' }),
    isWon,
  ),
  D12: change(
    'deals',
    () => ({ closed_lost_reason: '' }),
    (values) => isLost(values) && ago(values, 'closedate') < 300 * DAY,
  ),
  D13: unlinked('deals', 'deals>contacts', isOpen),
  D14: doubled('deals', 'deals>companies', isOpen, 10),
  D15: change(
    'deals',
    () => ({ hs_deal_stage_probability: '0.95' }),
    (values) => isOpen(values) && (stageOf(values)?.probability ?? 1) < 0.5,
  ),
  D16: change('deals', (_, index) => ({ hubspot_owner_id: index % 2 === 0 ? '' : '999' }), isOpen),
  D17: (portal, dice) => {
    for (const values of all(portal, 'deals').values()) {
      if (isOpen(values) && values['pipeline'] === 'default' && dice.chance(0.6)) values['hubspot_owner_id'] = '104';
    }
    return about(({ evidence }) => evidence['owner'] === '104');
  },
  D18: change('deals', (_, index) => ({ deal_currency_code: index % 2 === 0 ? '' : 'XAU' })),
  D19: change('deals', ({ dealname = '' }, index) => ({
    dealname: ['New deal', `Copy of ${dealname}`, '– Wartung', '{{company}}'][index % 4] ?? '',
  })),
  D20: change('deals', ({ createdate = '' }) => ({ closedate: iso(Date.parse(createdate) + HOUR / 6) }), isWon),
  D21: (portal) => {
    for (const values of all(portal, 'deals').values()) {
      if (
        isLost(values) &&
        values['pipeline'] === 'default' &&
        ago(values, 'closedate') < 90 * DAY &&
        Number((values['amount'] ?? '').slice(0, 1)) % 4 !== 0
      ) {
        values['dealstage'] = 'closedwon';
      }
    }
    return about(({ evidence }) => evidence['pipeline'] === 'default');
  },
  D22: change('deals', () => ({ contract_term: '' }), isOpen, 8),
  D23: (portal, dice) =>
    records(
      some(portal, dice, 'deals', isWon).map(([id]) => {
        const [item = ''] = portal.associations.get('deals>line_items')?.get(id) ?? [];
        const values = all(portal, 'line_items').get(item);
        if (values !== undefined) values['amount'] = String(1.5 * amountOf(values['amount']));
        return id;
      }),
    ),
  D24: (portal, dice) =>
    records(
      some(
        portal,
        dice,
        'deals',
        (values, id) =>
          isWon(values) &&
          ago(values, 'closedate') > 70 * DAY &&
          portal.associations.get('deals>invoices')?.has(id) === true,
      ).map(([id], index) => {
        const [invoice = ''] = portal.associations.get('deals>invoices')?.get(id) ?? [];
        const values = all(portal, 'invoices').get(invoice);
        if (values !== undefined)
          values['hs_amount_billed'] = String((index % 2 === 0 ? 0.5 : 2) * amountOf(values['hs_amount_billed']));
        return id;
      }),
    ),
  R01: change('deals', ({ dealname = '' }) => ({ dealname: dealname.replace(' – ', ' ') })),
};

const reopened = { hs_pipeline_stage: '3', closed_date: '' } as const;

export const ticketFaults: Readonly<Record<string, Fault>> = {
  T01: change('tickets', () => ({ ...reopened, createdate: iso(NOW - 60 * DAY) })),
  T02: change('tickets', () => ({ ...reopened, createdate: iso(NOW - 5 * DAY), hubspot_owner_id: '' })),
  T03: change('tickets', () => ({
    ...reopened,
    hs_last_message_received_at: iso(NOW - 7 * DAY),
    hs_last_message_sent_at: iso(NOW - 8 * DAY),
  })),
  T04: (portal, dice) =>
    records(
      some(portal, dice, 'tickets').map(([id, values]) => {
        Object.assign(values, reopened);
        portal.associations.get('tickets>contacts')?.delete(id);
        return id;
      }),
    ),
  T05: (portal, dice) =>
    records(
      some(portal, dice, 'tickets', undefined, 10).flatMap(([id, values], index) => {
        Object.assign(values, reopened);
        const copy = `${id}77`;
        const subject = `Re: ${values['subject'] ?? ''}`;
        all(portal, 'tickets').set(copy, {
          ...values,
          subject,
          createdate: iso(Date.parse(values['createdate'] ?? '') + 3 * HOUR),
        });
        for (const one of [id, copy]) link(portal, 'tickets>contacts', one, [contactId(index)]);
        return [id, copy];
      }),
    ),
  T06: past('tickets', 'hs_pipeline_stage', () =>
    ['1', '4', '2', '4', '2'].map((stage, move) => [stage, NOW - (20 - move) * DAY]),
  ),
  T07: (portal, dice) => {
    for (const values of all(portal, 'tickets').values()) {
      if (ago(values, 'createdate') < 28 * DAY && dice.chance(0.7)) values['hs_ticket_priority'] = 'URGENT';
    }
    return about(({ check }) => check === 'T07');
  },
};
