/** A portal in which nothing is wrong, record by record: the same seed gives the same portal, of any size. */

import type { PastValue } from '../../src/enrich/anomalies/types.ts';
import { DAY, dealPipelines, NOW, OWNERS } from './definitions.ts';
import { type Dice, diceOf } from './random.ts';
import {
  firstNames,
  heads,
  industries,
  jobs,
  lastNames,
  letters,
  places,
  products,
  questions,
  reasons,
  trades,
  word,
} from './words.ts';

export interface Size {
  readonly contacts: number;
  readonly companies: number;
  readonly deals: number;
  readonly tickets: number;
}

/** What takes the records as they are made. */
export interface Sink {
  record(objectType: string, id: string, values: Record<string, string>): void;
  link(name: string, from: string, to: readonly string[]): void;
  past(objectType: string, id: string, values: readonly PastValue[]): void;
}

const HOUR = 3_600_000;
const SPAN = 600;
const DEAL_SPAN = 450;
const sources = [
  ['FORM', 'Contact us', 40],
  ['INTEGRATION', 'Shop', 25],
  ['CRM_UI', '', 20],
  ['API', 'Backoffice', 15],
] as const;
const week = [0.25, 1.1, 1.2, 1.2, 1.15, 1.05, 0.25];

/** An instant in office hours of a random day, weekends being quiet; ages in days. */
function instant(dice: Dice, youngest: number, oldest: number): number {
  for (;;) {
    const at = NOW - (youngest + dice.float() * (oldest - youngest)) * DAY;
    if (dice.float() * 1.2 > (week[new Date(at).getUTCDay()] ?? 1)) continue;
    const midnight = Math.floor(at / DAY) * DAY;
    const office = midnight + (7 + dice.float() * 10) * HOUR;
    return Math.min(office, NOW - youngest * DAY);
  }
}

const iso = (at: number) => new Date(at).toISOString();
export const contactId = (index: number) => String(1_000_000 + index);
const companyId = (index: number) => String(3_000_000 + index);
const dealId = (index: number) => String(5_000_000 + index);
const ticketId = (index: number) => String(7_000_000 + index);

/** The company of a contact; none for those with an address of a mail provider. */
const companyOf = (contact: number, { companies }: Size) =>
  contact >= companies && contact % 10 === 9 ? -1 : contact % companies;

interface Deal {
  readonly company: number;
  readonly pipeline: number;
  /** By index in the pipeline's stages. */
  readonly stage: number;
  readonly amount: number;
  readonly created: number;
  readonly closes: number;
}

/** The same on every call, so that a company can know its deals before they are made. */
function dealAt(seed: number, index: number, { companies }: Size): Deal {
  const dice = diceOf(seed * 31 + index * 2 + 1);
  const pipeline = dice.chance(0.75) ? 0 : 1;
  const created = instant(dice, 0, DEAL_SPAN);
  const cycle = DAY * Math.min(90, Math.max(25, 50 * Math.exp(0.3 * dice.normal())));
  // As far along as its age is of its cycle; what has run through is won or lost.
  const step = Math.floor((4 * (NOW - created)) / cycle);
  const stage = step < 4 ? step : dice.chance(0.5) ? 4 : 5;
  const amount = Math.round(Math.exp(9 + 0.7 * dice.normal()) * 10 + 7) / 10;
  const closes = created + cycle;
  return { company: (index * 7) % companies, pipeline, stage, amount: amount + 0.03, created, closes };
}

interface CompanyDeals {
  count: number;
  open: number;
  won: number;
}

export function cleanPortal(size: Size, seed: number, sink: Sink): void {
  const companies: CompanyDeals[] = Array.from({ length: size.companies }, () => ({ count: 0, open: 0, won: 0 }));
  for (let index = 0; index < size.deals; index++) {
    const { company, stage, amount } = dealAt(seed, index, size);
    const of = companies[company];
    if (of === undefined) continue;
    of.count++;
    if (stage < 4) of.open++;
    if (stage === 4) of.won += amount;
  }
  const dice = diceOf(seed);
  for (let index = 0; index < size.companies; index++) company(dice, size, index, companies, sink);
  for (let index = 0; index < size.contacts; index++) contact(dice, size, index, companies, sink);
  for (let index = 0; index < size.deals; index++) deal(dice, size, seed, index, sink);
  for (let index = 0; index < size.tickets; index++) ticket(dice, size, index, sink);
}

const money = (value: number) => String(Math.round(value * 100) / 100);
const ownerOf = (company: number) => String(101 + (company % OWNERS));
const nameOf = (index: number) => {
  const name = word(index);
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} ${trades[index % trades.length] ?? ''} GmbH`;
};
const domainOf = (index: number) => `${word(index)}.de`;
const stageOf = ({ won, open }: CompanyDeals) => (won > 0 ? 'customer' : open > 0 ? 'opportunity' : 'lead');

function made(dice: Dice, at: number): Record<string, string> {
  const source = sources[dice.weighted(sources.map(([, , weight]) => weight))] ?? sources[0];
  return {
    createdate: iso(at),
    hs_lastmodifieddate: iso(at + dice.float() * Math.max(0, NOW - at)),
    hs_updated_by_user_id: String(900 + dice.whole(10)),
    hs_object_source_label: source[0],
    hs_object_source_detail_1: source[1],
  };
}

function company(dice: Dice, size: Size, index: number, all: readonly CompanyDeals[], sink: Sink): void {
  const of = all[index] ?? { count: 0, open: 0, won: 0 };
  const trade = index % trades.length;
  const employees = Math.max(2, Math.round((heads[trade] ?? 50) * Math.exp(0.7 * dice.normal())));
  let contacts = 0;
  for (let one = index; one < size.contacts && contacts < 3; one += size.companies) contacts++;
  sink.record('companies', companyId(index), {
    ...made(dice, instant(dice, 75, SPAN)),
    name: nameOf(index),
    domain: domainOf(index),
    phone: `+4930${20_000_000 + index}`,
    city: places[index % places.length] ?? '',
    country: 'Germany',
    industry: industries[trade] ?? '',
    numberofemployees: String(employees),
    annualrevenue: String(Math.round(employees * 160_000 * Math.exp(0.3 * dice.normal()))),
    lifecyclestage: stageOf(of),
    num_associated_contacts: String(contacts),
    num_associated_deals: String(of.count),
    hs_num_open_deals: String(of.open),
    total_revenue: of.won > 0 ? money(of.won) : '',
    hubspot_owner_id: ownerOf(index),
    type: dice.chance(0.8) ? 'PROSPECT' : 'PARTNER',
  });
}

function contact(dice: Dice, size: Size, index: number, all: readonly CompanyDeals[], sink: Sink): void {
  const of = companyOf(index, size);
  const deals = all[of] ?? { count: 0, open: 0, won: 0 };
  const first = firstNames[dice.whole(firstNames.length)] ?? '';
  const last = lastNames[dice.whole(lastNames.length)] ?? '';
  const created = instant(dice, 0, SPAN);
  const stage = of < 0 ? 'lead' : stageOf(deals);
  const local = `${first}.${last}${index}`.toLowerCase();
  const region = ['north', 'south', 'east', 'west'][dice.whole(4)] ?? '';
  sink.record('contacts', contactId(index), {
    ...made(dice, created),
    email: `${local}@${of < 0 ? 'gmail.com' : domainOf(of)}`,
    firstname: first,
    lastname: last,
    phone: `+49151${21_234_567 + index}`,
    company: of < 0 ? '' : nameOf(of),
    jobtitle: dice.chance(0.7) ? (jobs[dice.whole(jobs.length)] ?? '') : '',
    city: places[dice.whole(places.length)] ?? '',
    country: 'Germany',
    message: dice.chance(0.2)
      ? `Please send us an offer for ${products[dice.whole(products.length)]} by ${1 + dice.whole(28)} March`
      : '',
    associatedcompanyid: of < 0 ? '' : companyId(of),
    num_associated_deals: of < 0 || deals.count === 0 ? '' : String(deals.count),
    total_revenue: of >= 0 && deals.won > 0 ? money(deals.won) : '',
    hs_legal_basis: dice.chance(0.5) ? 'consent' : 'contract',
    lifecyclestage: stage,
    hs_v2_date_entered_lead: iso(created),
    ...(stage === 'lead' ? {} : { [`hs_v2_date_entered_${stage}`]: iso(created + HOUR) }),
    hs_marketable_status: dice.chance(0.6) ? 'true' : 'false',
    hs_email_last_open_date: iso(instant(dice, 0, 200)),
    hs_lead_status: ['NEW', 'OPEN', 'CONNECTED'][dice.whole(3)] ?? '',
    salutation: dice.chance(0.5) ? 'frau' : 'herr',
    hubspot_owner_id: of < 0 ? ownerOf(index) : ownerOf(of),
    region,
    score_of_fit: String(dice.whole(1000)),
    referral: dice.chance(0.5)
      ? `${firstNames[dice.whole(30)]} recommended us at a fair in ${places[dice.whole(10)]} ${index}`
      : '',
    interests: dice.chance(0.5) ? `${products[dice.whole(6)]} and ${products[dice.whole(6)]} for room ${index}` : '',
    legacy_code: `K-${100_000 + index}`,
    budget: dice.chance(0.5) ? `about ${1 + dice.whole(90)} thousand for site ${index}` : '',
  });
}

function deal(dice: Dice, size: Size, seed: number, index: number, sink: Sink): void {
  const { company: of, pipeline, stage, amount, created, closes } = dealAt(seed, index, size);
  const id = dealId(index);
  const { id: pipelineId = '', stages = [] } = dealPipelines[pipeline] ?? {};
  const at = stages[stage];
  const open = stage < 4;
  const won = stage === 4;
  const values: Record<string, string> = {
    ...made(dice, created),
    dealname: `${nameOf(of)} – ${products[index % products.length]} ${letters(index)} ${index}`,
    dealstage: at?.id ?? '',
    pipeline: pipelineId,
    amount: money(amount),
    amount_in_home_currency: money(amount),
    deal_currency_code: dice.chance(0.9) ? 'EUR' : 'USD',
    closedate: iso(closes),
    hs_is_closed: String(!open),
    hs_primary_associated_company: companyId(of),
    hs_deal_stage_probability: String(at?.probability ?? 0),
    hubspot_owner_id: ownerOf(of),
    notes_last_updated: iso(open ? Math.max(created, instant(dice, 0, 12)) : closes),
    notes_next_activity_date: open && dice.chance(0.5) ? iso(NOW + (1 + dice.whole(10)) * DAY) : '',
    contract_term: String(12 * (1 + dice.whole(4))),
    hs_next_step: dice.chance(0.5) ? `Call about ${products[dice.whole(6)]}` : '',
    closed_lost_reason: stage === 5 ? (reasons[dice.whole(4)] ?? '') : '',
  };
  let since = created;
  const path: PastValue[] = [];
  for (const [order, one] of stages.slice(0, open ? stage + 1 : 4).entries()) {
    values[`hs_v2_date_entered_${one.id}`] = iso(since);
    path.unshift({ property: 'dealstage', value: one.id, at: since, source: 'CRM_UI 11' });
    const spent = (closes - created) / 4;
    if (open && order === stage) break;
    values[`hs_v2_cumulative_time_in_${one.id}`] = String(Math.round(spent));
    since += spent;
  }
  if (won) {
    const parts = 1 + dice.whole(3);
    const each = Math.floor((100 * amount) / parts) / 100;
    const items = Array.from({ length: parts }, (_, part) => `${id}${part}`);
    items.forEach((item, part) => {
      const value = part === 0 ? amount - each * (parts - 1) : each;
      sink.record('line_items', item, { name: products[part] ?? '', amount: money(value) });
    });
    sink.link('deals>line_items', id, items);
    values['hs_num_of_associated_line_items'] = String(parts);
    if (dice.chance(0.6)) {
      const invoice = `${id}9`;
      sink.record('invoices', invoice, {
        hs_amount_billed: money(amount),
        hs_invoice_status: 'paid',
        hs_currency: values['deal_currency_code'] ?? '',
      });
      sink.link('deals>invoices', id, [invoice]);
    }
  }
  sink.record('deals', id, values);
  sink.link('deals>companies', id, [companyId(of)]);
  sink.link('deals>contacts', id, [contactId(of)]);
  if (open) {
    sink.past('deals', id, [
      ...path,
      { property: 'closedate', value: iso(closes), at: created + DAY, source: 'CRM_UI 11' },
      { property: 'closedate', value: iso(closes - 10 * DAY), at: created, source: 'CRM_UI 11' },
      { property: 'amount', value: money(amount), at: created, source: 'CRM_UI 11' },
    ]);
  }
}

function ticket(dice: Dice, size: Size, index: number, sink: Sink): void {
  const id = ticketId(index);
  const created = instant(dice, 0.01, 400);
  const closed = created + DAY * Math.min(10, Math.max(0.5, dice.exponential(4)));
  const open = closed > NOW;
  const asked = created + (NOW - created) * 0.1 * dice.float();
  sink.record('tickets', id, {
    ...made(dice, created),
    subject: `${questions[dice.whole(questions.length)]}: ${word(index)}`,
    content: `Since this morning room ${1 + dice.whole(400)} has this problem.`,
    hs_pipeline: '0',
    hs_pipeline_stage: open ? String(1 + dice.whole(3)) : '4',
    hs_ticket_priority: ['LOW', 'MEDIUM', 'HIGH', 'URGENT'][dice.weighted([30, 50, 17, 3])] ?? '',
    closed_date: open ? '' : iso(closed),
    hubspot_owner_id: String(101 + (index % OWNERS)),
    hs_last_message_received_at: iso(asked),
    hs_last_message_sent_at: iso(Math.min(NOW, asked + 0.5 * HOUR)),
    source_type: ['CHAT', 'EMAIL', 'FORM', 'PHONE'][dice.weighted([1, 5, 2, 2])] ?? '',
  });
  sink.link('tickets>contacts', id, [contactId((index * 3) % size.contacts)]);
  sink.past('tickets', id, [{ property: 'hs_pipeline_stage', value: '1', at: created, source: 'EMAIL' }]);
}
