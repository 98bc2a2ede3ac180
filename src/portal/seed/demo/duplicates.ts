/** The same people and companies entered twice, in the ways in which that happens. */

import { type Draft, defined } from './ledger.ts';
import { nicknames } from './words.ts';
import { DAY_MS, slug, type World } from './world.ts';

type Values = Record<string, string | undefined>;

const said = (draft: Draft, name: string): string => String(draft.properties[name] ?? '');

/** Leaves out one letter in the middle of a word. */
const misspelt = (word: string) =>
  word.slice(0, Math.ceil(word.length / 2)) + word.slice(Math.ceil(word.length / 2) + 1);

const digits = (phone: string) => phone.replaceAll(/\D/g, '');

/** What a second record of the same person says. Every e-mail address is a new one: HubSpot refuses the same twice. */
const samePerson: readonly ((original: Draft) => Values)[] = [
  // A plus-tag in front of the @, from a newsletter form.
  (o) => ({
    firstname: said(o, 'firstname'),
    lastname: said(o, 'lastname'),
    email: said(o, 'email').replace('@', '+news@'),
  }),
  // A nickname and a private address; the telephone number gives it away, written differently.
  (o) => ({
    firstname: nicknames[said(o, 'firstname')] ?? said(o, 'firstname').slice(0, 1),
    lastname: said(o, 'lastname'),
    email: `${slug(said(o, 'firstname'))}${slug(said(o, 'lastname'))}@mailbox.example`,
    phone: `+1 ${digits(said(o, 'phone')).replace(/^(\d{3})(\d{3})/, '$1.$2.')}`,
    company: said(o, 'company'),
  }),
  // A typing error in the name, no address.
  (o) => ({
    firstname: said(o, 'firstname'),
    lastname: misspelt(said(o, 'lastname')),
    phone: digits(said(o, 'phone')),
    company: said(o, 'company'),
    jobtitle: said(o, 'jobtitle'),
  }),
  // Another spelling of the mailbox at the same company, and a shouting form.
  (o) => ({
    firstname: said(o, 'firstname').toUpperCase(),
    lastname: said(o, 'lastname').toUpperCase(),
    email: `${slug(said(o, 'firstname')).slice(0, 1)}${slug(said(o, 'lastname'))}@${said(o, 'email').split('@')[1]}`,
    company: said(o, 'company'),
  }),
  // The company's other domain.
  (o) => ({
    firstname: said(o, 'firstname'),
    lastname: said(o, 'lastname'),
    email: said(o, 'email').replace('.example', '-us.example'),
    jobtitle: said(o, 'jobtitle'),
    phone: said(o, 'phone'),
  }),
];

export function duplicateContacts({ chance, ledger, now }: World, count: number): void {
  const known = ledger.of('0-1').filter((contact) => contact.properties['phone'] && contact.properties['jobtitle']);
  const used = new Set(ledger.of('0-1').map((contact) => contact.properties['email']));
  for (const [i, original] of chance.some(known, count).entries()) {
    const manner = samePerson[i % samePerson.length];
    const values = manner?.(original) ?? {};
    if (used.has(values['email'])) continue;
    used.add(values['email']);
    const created = Math.min(now - 60_000, original.createdAt + chance.whole(3, 300) * DAY_MS);
    const twin = ledger.add('0-1', created, {
      lifecyclestage: 'lead',
      hs_object_source_label: 'FORM',
      ...present(values),
    });
    const [company] = ledger.linked(original, '0-2');
    if (company && chance.odds(0.4)) ledger.link(twin, company, defined(1));
  }
}

/** HubSpot does not compare companies that are created through the API, so they come twice easily. */
const sameCompany: readonly ((original: Draft) => Values)[] = [
  (o) => ({ name: `${said(o, 'name')}, Inc.`, domain: `www.${said(o, 'domain')}` }),
  (o) => ({ name: said(o, 'name').toUpperCase(), phone: digits(said(o, 'phone')) }),
  (o) => ({ name: misspelt(said(o, 'name')), city: said(o, 'city'), state: said(o, 'state') }),
  (o) => ({ name: said(o, 'name'), domain: said(o, 'domain').replace('.example', '-us.example') }),
  (o) => ({ name: said(o, 'name').replace(/ (\w+)$/, ' & Co $1'), domain: said(o, 'domain') }),
];

export function duplicateCompanies({ chance, ledger, now }: World, count: number): void {
  for (const [i, original] of chance.some(ledger.of('0-2'), count).entries()) {
    const manner = sameCompany[i % sameCompany.length];
    const created = Math.min(now - 60_000, original.createdAt + chance.whole(3, 200) * DAY_MS);
    const values = { hs_object_source_label: 'CRM_UI', lifecyclestage: 'lead', ...present(manner?.(original) ?? {}) };
    const twin = ledger.add('0-2', created, values);
    const [contact] = ledger.linked(original, '0-1').slice(-1);
    if (contact && chance.odds(0.5)) ledger.link(contact, twin);
  }
}

function present(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}
