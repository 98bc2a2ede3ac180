/** The people at those companies, and some who belong to none. */

import type { PropertyVersion } from '../../store/history.ts';
import { optionValue } from './definitions.ts';
import { type Draft, defined } from './ledger.ts';
import { firstNames, jobTitles, lastNames, places } from './words.ts';
import { DAY_MS, dateOf, slug, type World } from './world.ts';

const channels = ['Email', 'Phone', 'SMS'];
const interests = ['Espresso', 'Filter coffee', 'Tea', 'Vending', 'Barista training'];
const sources = {
  DIRECT_TRAFFIC: 3,
  ORGANIC_SEARCH: 5,
  REFERRALS: 3,
  OFFLINE: 6,
  EMAIL_MARKETING: 2,
  PAID_SEARCH: 1,
};

/** `count` people, `alone` of whom belong to no company. */
export function addContacts(world: World, count: number, alone: number): void {
  const { chance, ledger } = world;
  const companies = ledger.of('0-2');
  const used = new Set<string>();
  for (let i = 0; i < count - alone; i++) {
    // Every company has somebody; who is left over works anywhere.
    const company = companies[i] ?? chance.pick(companies);
    const contact = addContact(world, used, company);
    const rank = ledger.linked(company, '0-1').length;
    const customer = company.properties['lifecyclestage'] === 'customer';
    const label = customer && rank < 2 ? [rank === 0 ? world.labels.decisionMaker : world.labels.billingContact] : [];
    ledger.link(contact, company, defined(1), ...label);
    if (chance.odds(0.02)) ledger.link(contact, chance.pick(companies.filter((other) => other !== company)));
  }
  for (let i = 0; i < alone; i++) addContact(world, used, undefined);
}

function addContact(world: World, used: Set<string>, company: Draft | undefined): Draft {
  const { chance, ledger, people, phone } = world;
  const [firstname, lastname, email] = newPerson(world, used, text(company, 'domain') ?? 'mailbox.example');
  const [anywhere, itsState] = chance.pick(places);
  const city = text(company, 'city') ?? anywhere;
  const stage = text(company, 'lifecyclestage') ?? chance.pick(['subscriber', 'lead']);
  const createdAt = company
    ? Math.min(company.createdAt + chance.whole(0, 400) * DAY_MS, chance.ago(1, 30))
    : chance.ago(1, 900);
  const contact = ledger.add('0-1', createdAt, {
    firstname,
    lastname,
    email,
    phone: chance.odds(0.8) ? phone(city) : undefined,
    mobilephone: chance.odds(0.3) ? phone(city) : undefined,
    jobtitle: company ? chance.pick(jobTitles) : undefined,
    company: text(company, 'name'),
    city,
    state: text(company, 'state') ?? itsState,
    country: 'United States',
    lifecyclestage: stage,
    hs_lead_status:
      stage === 'customer' || chance.odds(0.3) ? undefined : chance.pick(['NEW', 'OPEN', 'IN_PROGRESS', 'CONNECTED']),
    hubspot_owner_id: text(company, 'hubspot_owner_id') ?? (chance.odds(0.5) ? chance.pick(people.sales) : undefined),
    hs_analytics_source: chance.weighed(sources),
    hs_object_source_label: chance.pick(['IMPORT', 'CRM_UI', 'FORM', 'INTEGRATION']),
    customer_number: stage === 'customer' ? `P-${String(40_000 + used.size).padStart(6, '0')}` : undefined,
    preferred_channel: chance.odds(0.5) ? optionValue(chance.pick(channels)) : undefined,
    interests: chance.odds(0.5) ? chance.some(interests, chance.whole(1, 3)).map(optionValue).join(';') : undefined,
    newsletter_opt_in: chance.odds(0.7) ? String(chance.odds(0.4)) : undefined,
    last_tasting_date: chance.odds(0.15) ? dateOf(chance.ago(5, 300)) : undefined,
  });
  if (stage === 'customer') contact.history['lifecyclestage'] = pathToCustomer(world, contact);
  contact.updatedAt = Math.min(world.now - 60_000, createdAt + chance.whole(0, 200) * DAY_MS);
  return contact;
}

function text(draft: Draft | undefined, name: string): string | undefined {
  const value = draft?.properties[name];
  return typeof value === 'string' ? value : undefined;
}

/** A name whose address nobody else has. */
function newPerson({ chance }: World, used: Set<string>, domain: string): [string, string, string] {
  for (;;) {
    const [first, last] = [chance.pick(firstNames), chance.pick(lastNames)];
    const email = `${slug(first)}.${slug(last)}@${domain}`;
    if (used.has(email)) continue;
    used.add(email);
    return [first, last, email];
  }
}

/** How somebody became a customer, newest first. */
function pathToCustomer({ chance, now }: World, contact: Draft): PropertyVersion[] {
  const steps = ['lead', 'opportunity', 'customer'];
  let at = contact.createdAt;
  const path: PropertyVersion[] = [];
  for (const value of steps) {
    path.unshift({ value, at, sourceType: path.length === 0 ? 'IMPORT' : 'CRM_UI' });
    at = Math.min(now - 120_000, at + chance.whole(5, 60) * DAY_MS);
  }
  return path;
}
