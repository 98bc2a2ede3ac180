/** Faults of contacts and companies, one for each check. */

import { contactId } from './clean.ts';
import { GONE } from './definitions.ts';
import { all, change, DAY, type Fault, iso, NOW, records, some, type Values } from './fault.ts';

const isAtCompany = (values: Values) => values['associatedcompanyid'] !== '';
const mailbox = (values: Values) => (values['email'] ?? '').split('@')[0] ?? '';
const typos = ['gmial.com', 'gmai.com', 'gnail.com', 'hotmial.com', 'yahooo.com', 'outlok.com'];
const nobodies = [
  ['Test', 'Test'],
  ['John', 'Doe'],
  ['Asdf', 'Asdf'],
  ['Max', 'Mustermann'],
] as const;

export const contactFaults: Readonly<Record<string, Fault>> = {
  C01: change('contacts', (values, index) => ({
    email: index % 2 === 0 ? mailbox(values) : `${mailbox(values)}@firm.quatsch`,
  })),
  C02: change(
    'contacts',
    (values, index) => ({ email: `${mailbox(values)}@${typos[index] ?? ''}` }),
    undefined,
    typos.length,
  ),
  C03: change(
    'contacts',
    (values, index) => ({
      email:
        index % 2 === 0 ? `info@${(values['email'] ?? '').split('@')[1] ?? ''}` : `${mailbox(values)}@mailinator.com`,
    }),
    isAtCompany,
  ),
  C04: change('contacts', (values) => ({ email: `${mailbox(values)}@gmail.com` }), isAtCompany),
  C05: change('contacts', (values, index) => ({ email: `${mailbox(values)}@werk-${index}-nord.de` }), isAtCompany),
  C06: change('contacts', (_, index) => ({
    hs_marketable_status: 'true',
    ...(index % 2 === 0 ? { hs_email_hard_bounce_reason_enum: 'UNKNOWN_USER' } : { hs_email_optout: 'true' }),
  })),
  C07: change('contacts', (_, index) => ({ phone: ['12345', '0000000000', '+49', '030 1234567'][index % 4] ?? '' })),
  C08: (portal, dice) => {
    const taken = new Set<string>();
    const group = some(portal, dice, 'contacts', undefined, 500).filter(([, { lastname = '' }]) => {
      if (taken.has(lastname)) return false;
      taken.add(lastname);
      return true;
    });
    return records(
      group.slice(0, 20).map(([id, values], index) => {
        values['phone'] = `+4930${55_512_300 + (index % 4)}`;
        return id;
      }),
    );
  },
  C09: change('contacts', () => ({ country: 'France' })),
  C10: change('contacts', (values, index) => ({
    firstname: index % 2 === 0 ? (values['firstname'] ?? '').toUpperCase() : (values['firstname'] ?? '').toLowerCase(),
    lastname: index % 2 === 0 ? (values['lastname'] ?? '').toUpperCase() : (values['lastname'] ?? '').toLowerCase(),
  })),
  C11: change('contacts', (_, index) => {
    const [firstname, lastname] = nobodies[index % nobodies.length] ?? nobodies[0];
    return { firstname, lastname };
  }),
  C12: change('contacts', (values, index) =>
    index % 2 === 0
      ? { firstname: `${values['firstname'] ?? ''} ${values['lastname'] ?? ''}`, lastname: '' }
      : { firstname: values['lastname'] ?? '', lastname: values['firstname'] ?? '' },
  ),
  C13: change('contacts', () => ({ email: '', phone: '' })),
  C14: change('contacts', () => ({ associatedcompanyid: '' }), isAtCompany),
  C15: change(
    'contacts',
    () => ({ lifecyclestage: 'lead' }),
    ({ lifecyclestage }) => lifecyclestage === 'customer',
  ),
  C16: change('contacts', () => ({
    lifecyclestage: 'lead',
    hs_v2_date_entered_customer: iso(NOW - 90 * DAY),
    hs_v2_date_entered_lead: iso(NOW - 10 * DAY),
  })),
  C17: change('contacts', () => ({ hubspot_owner_id: GONE })),
  C18: change('contacts', () => ({
    hs_marketable_status: 'true',
    createdate: iso(NOW - 590 * DAY),
    hs_email_last_open_date: iso(NOW - 580 * DAY),
  })),
  C19: change('contacts', () => ({ hs_lead_status: '' })),
  C20: change('contacts', () => ({ hs_legal_basis: '' })),
  C21: change('contacts', () => ({ createdate: iso(NOW + 40 * DAY) })),
  C22: change('contacts', (_, index) => ({ city: ['BERLIN', 'hamburg', 'Leipzig.', 'BONN'][index % 4] ?? '' })),
};

export const companyFaults: Readonly<Record<string, Fault>> = {
  O01: change('companies', (_, index) => ({ domain: ['', 'gmail.com', 'facebook.com'][index % 3] ?? '' })),
  O02: (portal, dice) => {
    const chosen = some(portal, dice, 'companies');
    return records(
      chosen.flatMap(([id, values], index) => {
        const other = chosen[index + 1];
        if (index % 2 === 1 || other === undefined) return [];
        values['domain'] = other[1]['domain'] ?? '';
        return [id, other[0]];
      }),
    );
  },
  O03: change('companies', (values) => ({ name: `  ${(values['name'] ?? '').toLowerCase()}` })),
  O04: change(
    'companies',
    () => ({
      num_associated_contacts: '0',
      num_associated_deals: '0',
      hs_num_open_deals: '0',
      total_revenue: '',
    }),
    // A younger one may still be waiting for its first contact.
    ({ createdate = '' }) => Date.parse(createdate) < NOW - 91 * DAY,
  ),
  O05: change('companies', ({ numberofemployees }) => ({
    numberofemployees: String(1000 * Number(numberofemployees)),
  })),
  O06: change('companies', ({ annualrevenue }, index) => ({
    annualrevenue: String(Math.round(Number(annualrevenue) * (index % 2 === 0 ? 1000 : 0.001))),
  })),
  O07: change('companies', (_, index) => ({ country: ['Deutschland', 'DE', 'GERMANY'][index % 3] ?? '' })),
  O08: change(
    'companies',
    ({ hubspot_owner_id }) => ({ hubspot_owner_id: String(101 + ((Number(hubspot_owner_id) - 101 + 3) % 8)) }),
    ({ hs_num_open_deals }) => Number(hs_num_open_deals) > 0,
    5,
  ),
  O09: change(
    'companies',
    () => ({ lifecyclestage: 'lead' }),
    ({ lifecyclestage }) => lifecyclestage === 'customer',
  ),
  O10: change('companies', (_, __, id) => ({ hs_parent_company_id: id })),
  O11: (portal, dice) => {
    const id = some(portal, dice, 'companies', undefined, 1)[0]?.[0] ?? '';
    const contacts = all(portal, 'contacts');
    for (let index = 0; index < 40; index++) {
      const values = contacts.get(contactId(100 + index));
      if (values === undefined) continue;
      Object.assign(values, { associatedcompanyid: id, email: `person${index}@group-${index % 5}-sued.de` });
    }
    return records([id]);
  },
  O12: change('companies', () => ({ hubspot_owner_id: GONE })),
  O13: change('companies', () => ({ createdate: iso(NOW + 40 * DAY) })),
};
