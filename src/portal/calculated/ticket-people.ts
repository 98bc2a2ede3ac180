/**
 * Who a ticket is about. Source: HubSpot's default ticket properties, compared 2026-11-22.
 * Guess: the values of all contacts, each once, separated by semicolons.
 */

import { type Calculation, on } from './calculated.ts';

const CONTACTS = '0-1';

const gathered: Readonly<Record<string, string>> = {
  hs_all_associated_contact_companies: 'company',
  hs_all_associated_contact_emails: 'email',
  hs_all_associated_contact_firstnames: 'firstname',
  hs_all_associated_contact_lastnames: 'lastname',
  hs_all_associated_contact_mobilephones: 'mobilephone',
  hs_all_associated_contact_phones: 'phone',
};

export const ticketPeople: Calculation = {
  appliesTo: on('0-5'),
  reads: { [CONTACTS]: Object.values(gathered) },
  calculate({ id, linked }) {
    const contacts = linked(CONTACTS);
    const result: Record<string, string | undefined> = { hs_ticket_id: id };
    for (const [property, from] of Object.entries(gathered)) {
      const values = new Set(contacts.flatMap((contact) => contact.value(from) ?? []));
      result[property] = values.size === 0 ? undefined : [...values].join(';');
    }
    return result;
  },
};
