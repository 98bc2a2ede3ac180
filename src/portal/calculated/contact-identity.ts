/**
 * Who a contact is, in other words. Source: HubSpot's default contact properties, compared 2026-11-22.
 * Guess: a contact without a name or an address has no full name.
 */

import { type Calculation, on } from './calculated.ts';

export const contactIdentity: Calculation = {
  appliesTo: on('0-1'),
  calculate({ value }) {
    const email = value('email');
    const name = [value('firstname'), value('lastname')].filter((part) => part !== undefined).join(' ');
    return {
      hs_is_contact: 'true',
      hs_email_domain: email?.slice(email.lastIndexOf('@') + 1),
      hs_full_name_or_email: name === '' ? email : name,
    };
  },
};
