/**
 * A company's parent and children, the currency of its revenue, and the contacts that decide in it.
 * Source: HubSpot's default company properties, compared 2026-11-22; the association types are in HubSpot's list.
 * Guess: a company without children has 0; the counts of buying roles are there once it has contacts.
 */

import { PORTAL } from '../store/store.ts';
import { earliest, moment } from './amounts.ts';
import { type Calculation, on, type Values } from './calculated.ts';

const CONTACTS = '0-1';
const COMPANIES = '0-2';
const PARENT_TO_CHILD = 13;
const CHILD_TO_PARENT = 14;

export const companyFamily: Calculation = {
  appliesTo: on(COMPANIES),
  calculate({ linkedAs, store, value }) {
    const revenue = value('annualrevenue');
    return {
      hs_annual_revenue_currency_code: revenue && store.account.get(PORTAL, 'account')?.companyCurrency,
      hs_parent_company_id: linkedAs(COMPANIES, CHILD_TO_PARENT)[0],
      hs_num_child_companies: String(linkedAs(COMPANIES, PARENT_TO_CHILD).length),
    };
  },
};

export const companyContacts: Calculation = {
  appliesTo: on(COMPANIES),
  reads: { [CONTACTS]: ['hs_buying_role'] },
  calculate({ linked }) {
    const contacts = linked(CONTACTS);
    const roles = contacts.map(rolesOf).filter((each) => each.length > 0);
    const having = (role: string) =>
      contacts.length === 0 ? undefined : String(roles.filter((each) => each.includes(role)).length);
    return {
      first_contact_createdate: moment(earliest(contacts.map((contact) => contact.time('createdate')))),
      hs_num_contacts_with_buying_roles: contacts.length === 0 ? undefined : String(roles.length),
      hs_num_decision_makers: having('DECISION_MAKER'),
      hs_num_blockers: having('BLOCKER'),
    };
  },
};

function rolesOf(contact: Values): string[] {
  return (contact.value('hs_buying_role') ?? '').split(';').filter((role) => role !== '');
}
