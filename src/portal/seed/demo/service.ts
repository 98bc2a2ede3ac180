/** Machines at customers' sites, the tickets about them, and leads that nobody has turned into a deal yet. */

import { isoTime } from '../../time.ts';
import { MACHINES, optionValue } from './definitions.ts';
import { type Draft, defined } from './ledger.ts';
import { ticketSubjects } from './words.ts';
import { DAY_MS, dateOf, type World } from './world.ts';

const models = ['Alba 2', 'Alba 4', 'Corto S', 'Corto XL', 'Filtro 10'];

export function addMachines({ chance, ledger }: World, count: number): void {
  const customers = ledger.of('0-2').filter((company) => company.properties['lifecyclestage'] === 'customer');
  for (let i = 0; i < count; i++) {
    const company = chance.pick(customers);
    const model = chance.pick(models);
    const installed = Math.max(company.createdAt, chance.ago(10, 900));
    const machine = ledger.add(MACHINES, installed, {
      serial_number: `${optionValue(model).replaceAll('_', '').toUpperCase()}-${String(4200 + i * 3)}`,
      model: optionValue(model),
      installed_on: dateOf(installed),
      status: optionValue(chance.weighed({ 'In service': 8, 'In repair': 1, Retired: 1 })),
      cups_per_day: String(chance.whole(15, 400)),
    });
    ledger.link(machine, company);
  }
}

const descriptions = [
  'It started on Monday and gets worse. Please send somebody this week.',
  'We have already switched it off and on again.',
  'Not urgent, but please let us know what to do.',
  'This is the third time in two months.',
  'Reference: order from last Thursday.',
];

export function addTickets(world: World, count: number): void {
  const { chance, ledger, people, now } = world;
  const machines = ledger.of(MACHINES);
  for (let i = 0; i < count; i++) {
    const machine = chance.pick(machines);
    const [company] = ledger.linked(machine, '0-2');
    const contacts = company ? ledger.linked(company, '0-1') : [];
    const stage = chance.weighed({ '1': 12, '2': 14, '3': 12, '4': 62 });
    const createdAt = stage === '4' ? chance.ago(5, 700) : chance.ago(0, 60);
    const subject = chance.pick(ticketSubjects);
    const closedAt = Math.min(now - 60_000, createdAt + chance.whole(1, 12) * DAY_MS);
    const ticket = ledger.add('0-5', createdAt, {
      subject,
      content: chance.pick(descriptions),
      hs_pipeline: '0',
      hs_pipeline_stage: stage,
      hs_ticket_priority: chance.odds(0.85) ? chance.weighed({ LOW: 4, MEDIUM: 5, HIGH: 3, URGENT: 1 }) : undefined,
      hs_ticket_category: chance.odds(0.8) ? categoryOf(subject) : undefined,
      source_type: chance.pick(['EMAIL', 'PHONE', 'FORM', 'CHAT']),
      hubspot_owner_id: chance.odds(0.9) ? chance.pick(people.support) : undefined,
      machine_serial: chance.odds(0.5) ? machine.properties['serial_number'] : undefined,
      closed_date: stage === '4' ? isoTime(closedAt) : undefined,
    });
    ticket.updatedAt = stage === '4' ? closedAt : createdAt;
    if (company) ledger.link(ticket, company, defined(26));
    if (contacts.length > 0) ledger.link(ticket, chance.pick(contacts));
    if (chance.odds(0.7)) ledger.link(machine, ticket);
  }
}

function categoryOf(subject: string): string {
  if (/invoice|credit/i.test(subject)) return 'BILLING_ISSUE';
  if (/how|please|second/i.test(subject)) return 'GENERAL_INQUIRY';
  return 'PRODUCT_ISSUE';
}

export function addLeads({ chance, ledger, people }: World, count: number): void {
  const open = ledger
    .of('0-1')
    .filter((contact) => ['lead', 'marketingqualifiedlead'].includes(String(contact.properties['lifecyclestage'])));
  for (const contact of chance.some(open, count)) {
    const [company] = ledger.linked(contact, '0-2');
    const lead: Draft = ledger.add('0-136', Math.max(contact.createdAt, chance.ago(2, 120)), {
      hs_lead_name: `${String(contact.properties['firstname'])} ${String(contact.properties['lastname'])} – coffee enquiry`,
      hs_lead_type: chance.pick(['NEW_BUSINESS', 'NEW_BUSINESS', 'UPSELL']),
      hs_lead_label: chance.odds(0.7) ? chance.weighed({ HOT: 1, WARM: 3, COLD: 3 }) : undefined,
      hs_pipeline: 'lead-pipeline-id',
      hs_pipeline_stage: chance.pick(['new-stage-id', 'attempting-stage-id', 'connected-stage-id']),
      hubspot_owner_id: chance.pick(people.sales),
    });
    ledger.link(lead, contact, defined(578));
    if (company) ledger.link(lead, company, defined(580));
  }
}
