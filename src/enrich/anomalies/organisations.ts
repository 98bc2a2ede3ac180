/** Contacts and companies together: whose domain is whose, and who works where. */

import { byValue, type Groups, groupedBy, interned, joined } from '../interned.ts';
import { organisationDomain } from '../normal/domain.ts';
import type { Column, Table } from '../table.ts';
import { columnOf, tableOf } from './columns.ts';
import { type Mail, mailOf } from './mail.ts';
import type { PortalData } from './types.ts';

/** What checks over contacts' addresses and their companies need. */
export const organisationNeeds = { contacts: ['email', 'associatedcompanyid'], companies: ['domain'] };
export const organisationUses = { companies: ['hs_additional_domains', 'website'] };

export interface Organisations {
  readonly contacts: Table;
  readonly companies: Table;
  readonly mail: Mail;
  /** By contact's row, the row of its primary company; -1 where there is none in the table. */
  readonly companyOf: Int32Array;
  /** Contacts' rows by company's row + 1. */
  readonly staff: Groups;
  /** By company's row: the domain that says whose it is, `''` where there is none. */
  readonly domain: (company: number) => string;
  /** All of them, the additional ones too. */
  readonly domains: (company: number) => readonly string[];
  /** Companies' rows by domain. */
  readonly withDomain: ReadonlyMap<string, readonly number[]>;
}

const known = new WeakMap<Table, Organisations>();

export function organisationsOf(data: PortalData): Organisations {
  const contacts = tableOf(data, 'contacts');
  const companies = tableOf(data, 'companies');
  const found = known.get(contacts);
  if (found?.companies === companies) return found;
  const companyOf = joined(columnOf(contacts, 'associatedcompanyid'), companies.ids);
  const main = domainsIn(columnOf(companies, 'domain'));
  const more = companies.columns.get('hs_additional_domains');
  const additional = more === undefined ? () => [] : listedIn(more);
  const domains = (company: number) => [...(main(company) === '' ? [] : [main(company)]), ...additional(company)];
  const withDomain = new Map<string, number[]>();
  for (let company = 0; company < companies.rows; company++) {
    for (const domain of domains(company)) {
      const rows = withDomain.get(domain);
      if (rows === undefined) withDomain.set(domain, [company]);
      else if (!rows.includes(company)) rows.push(company);
    }
  }
  const made: Organisations = {
    contacts,
    companies,
    mail: mailOf(columnOf(contacts, 'email')),
    companyOf,
    staff: groupedBy(
      Uint32Array.from(companyOf, (company) => company + 1),
      companies.rows,
    ),
    domain: main,
    domains,
    withDomain,
  };
  known.set(contacts, made);
  return made;
}

/** The contacts of a company. */
export function staffOf({ staff }: Organisations, company: number): Uint32Array {
  return staff.rows.subarray(staff.starts[company + 1], staff.starts[company + 2]);
}

function domainsIn(column: Column): (row: number) => string {
  const { codes } = interned(column);
  const values = byValue(column, organisationDomain);
  return (row) => values[codes[row] ?? 0] ?? '';
}

const none: readonly string[] = [];

function listedIn(column: Column): (row: number) => readonly string[] {
  const { codes } = interned(column);
  const values = byValue(column, (text) =>
    text === ''
      ? none
      : text
          .split(';')
          .map(organisationDomain)
          .filter((domain) => domain !== ''),
  );
  return (row) => values[codes[row] ?? 0] ?? none;
}
