/**
 * A company's parent and children, the currency of its revenue, and the contacts that decide in it.
 * Source: HubSpot's default company properties, compared 2026-11-22; the association types are in HubSpot's list.
 * Guess: a company without children has 0; the counts of buying roles are there once it has contacts.
 */

import { PORTAL } from '../store/store.ts';
import { moment } from './amounts.ts';
import { type Calculation, on } from './calculated.ts';

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
  calculate({ firstCreated, tally }) {
    const first = firstCreated(CONTACTS);
    const byRoles = [...tally(CONTACTS, 'hs_buying_role')].map(([said, contacts]) => ({
      roles: said.split(';').filter((role) => role !== ''),
      contacts,
    }));
    const having = (matches: (roles: readonly string[]) => boolean) =>
      first === undefined
        ? undefined
        : String(byRoles.reduce((sum, { roles, contacts }) => sum + (matches(roles) ? contacts : 0), 0));
    return {
      first_contact_createdate: moment(first),
      hs_num_contacts_with_buying_roles: having((roles) => roles.length > 0),
      hs_num_decision_makers: having((roles) => roles.includes('DECISION_MAKER')),
      hs_num_blockers: having((roles) => roles.includes('BLOCKER')),
    };
  },
};
