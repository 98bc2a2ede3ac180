/**
 * Who a lead is about. Source: HubSpot's default lead properties, compared 2026-11-22.
 * Guess: the primary contact and company, else the first linked one.
 */

import { type Calculation, on, type Subject, type Values } from './calculated.ts';

const CONTACTS = '0-1';
const COMPANIES = '0-2';

function main({ primary, linked }: Subject, typeId: string): Values | undefined {
  const records = linked(typeId);
  const id = primary(typeId);
  return records.find((record) => record.id === id) ?? records[0];
}

export const leadPeople: Calculation = {
  appliesTo: on('0-136'),
  reads: { [CONTACTS]: ['email', 'hs_analytics_source'], [COMPANIES]: ['name'] },
  calculate(subject) {
    const contact = main(subject, CONTACTS);
    return {
      hs_associated_contact_email: contact?.value('email'),
      hs_contact_analytics_source: contact?.value('hs_analytics_source'),
      hs_associated_company_name: main(subject, COMPANIES)?.value('name'),
    };
  },
};
