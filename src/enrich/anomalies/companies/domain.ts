/** Domains of companies. */

import { byValue, interned } from '../../interned.ts';
import { isSharedDomain, registrableDomain } from '../../normal/domain.ts';
import { isFreeDomain } from '../../normal/mail-domains.ts';
import { readOrganisationName } from '../../normal/organisation-name.ts';
import { isNobodysDomain } from '../../normal/placeholder.ts';
import { type Column, isEmptyAt, type Table, textAt, valueAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, columnsOf, largestFirst, tableOf } from '../columns.ts';
import { changeFix, examples, fixOf, MOST_SUBJECTS } from '../draft.ts';
import { type Organisations, organisationNeeds, organisationsOf, staffOf } from '../organisations.ts';
import type { Check, FindingDraft, PortalData } from '../types.ts';

/** Of a company's contacts with a domain of their own, the share that one has to have to be proposed, and how many. */
const MAJORITY = 0.6;
const MAJORITY_CONTACTS = 3;

type Kind = 'missing' | 'free-mail' | 'shared' | 'no domain';

const kinds: Readonly<Record<Kind, string>> = {
  missing:
    'Without a domain, HubSpot neither associates contacts by their address nor fills in what is known of the company.',
  'free-mail': "A mail provider's domain gathers contacts of all companies at this one.",
  shared: 'Many organisations have a page there: the domain says nothing of whose it is.',
  'no domain': 'This is no domain that anybody could have registered.',
};

export const badDomain: Check = {
  id: 'O01',
  version: 1,
  title: 'Company without a domain of its own',
  about: `The domain is missing, of a mail provider, of a social network or page builder, or none at all. Proposed is what ${100 * MAJORITY} % of its contacts (${MAJORITY_CONTACTS} at least) have.`,
  severity: 'medium',
  objectType: 'companies',
  needs: { companies: ['domain'] },
  uses: { contacts: organisationNeeds.contacts, companies: ['website'] },
  run(data) {
    const table = tableOf(data, 'companies');
    const column = columnOf(table, 'domain');
    const { codes } = interned(column);
    const found = byValue(column, kindOf);
    const website = table.columns.get('website');
    const madeUp = isMostlyNobodys(column);
    const rows = new Map<Kind, number[]>();
    for (let row = 0; row < table.rows; row++) {
      const kind = found[codes[row] ?? 0];
      if (kind === undefined || (madeUp && kind === 'no domain')) continue;
      const own = rows.get(kind);
      if (own === undefined) rows.set(kind, [row]);
      else own.push(row);
    }
    const proposed = proposals(data);
    return [...rows].map(([kind, own]): FindingDraft => {
      const changes = own.flatMap((row) => {
        const domain = proposed(row) || (website ? ownDomain(textAt(website, row)) : '');
        return domain === '' ? [] : [{ row, properties: { domain } }];
      });
      return {
        ...affected(table, own),
        subject: kind,
        severity: kind === 'missing' ? 'low' : 'medium',
        evidence: { ...examples(table, own, 'name', 'domain'), 'with a domain to propose': changes.length },
        note: kinds[kind],
        ...fixOf(changeFix(table, changes, 'Proposed from the addresses of their contacts, or their website.')),
      };
    });
  },
};

function kindOf(text: string): Kind | undefined {
  if (text === '') return 'missing';
  const domain = registrableDomain(text);
  if (domain === '') return 'no domain';
  if (isFreeDomain(domain)) return 'free-mail';
  return isSharedDomain(domain) ? 'shared' : undefined;
}

/** Whether most domains are made up (`acme.example`), so that one more is no sign of anything. */
function isMostlyNobodys(column: Column): boolean {
  const { counts } = interned(column);
  let nobodys = 0;
  byValue(column, isNobodysDomain).forEach((is, code) => {
    if (is && code > 0) nobodys += counts[code] ?? 0;
  });
  return 2 * nobodys > counts.reduce((sum, count) => sum + count, 0) - (counts[0] ?? 0);
}

function ownDomain(text: string): string {
  return text !== '' && kindOf(text) === undefined ? registrableDomain(text) : '';
}

/** What most contacts of a company have, unless another company has it already. */
function proposals(data: PortalData): (company: number) => string {
  const contacts = data.tables.get('contacts');
  if (contacts === undefined || !organisationNeeds.contacts.every((name) => contacts.columns.has(name)))
    return () => '';
  const all = organisationsOf(data);
  return (company) => {
    const [domain, count, of] = majority(all, company);
    return count >= MAJORITY_CONTACTS && count >= MAJORITY * of && !all.withDomain.has(domain) ? domain : '';
  };
}

function majority(all: Organisations, company: number): readonly [string, number, number] {
  const counts = new Map<string, number>();
  let of = 0;
  for (const row of staffOf(all, company)) {
    const domain = all.mail.facts[all.mail.codes[row] ?? 0]?.organisation ?? '';
    if (domain === '') continue;
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
    of++;
  }
  const [best = ['', 0] as const] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return [best[0], best[1], of];
}

export const sameDomain: Check = {
  id: 'O02',
  version: 1,
  title: 'Several companies with one domain',
  about:
    'Two or more companies have the same registrable domain and are not parent and child, nor children of one parent; high where two of them have one name.',
  severity: 'high',
  objectType: 'companies',
  needs: { companies: ['domain', 'name'] },
  uses: { companies: ['hs_parent_company_id', 'country'] },
  run(data) {
    const table = tableOf(data, 'companies');
    const column = columnOf(table, 'domain');
    const { codes } = interned(column);
    const domains = byValue(column, ownDomain);
    const groups = new Map<string, { name: string; rows: number[] }>();
    for (let row = 0; row < table.rows; row++) {
      const name = domains[codes[row] ?? 0] ?? '';
      if (name === '') continue;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, { name, rows: [row] });
      else group.rows.push(row);
    }
    const found = largestFirst([...groups.values()].filter(({ rows }) => rows.length > 1 && !areFamily(table, rows)));
    const rest = found.slice(MOST_SUBJECTS);
    return [
      ...found.slice(0, MOST_SUBJECTS).map(
        ({ name, rows }): FindingDraft => ({
          ...affected(table, rows),
          subject: name,
          severity: areAlike(table, rows) && !areAbroad(table, rows) ? 'high' : 'medium',
          evidence: { domain: name, ...examples(table, rows, 'name', 'country') },
          note: areAbroad(table, rows)
            ? 'They are in different countries: subsidiaries of one parent, most likely, that are not associated as such.'
            : !areAlike(table, rows)
              ? 'Their names differ: branches, departments or brands of one organisation, most likely, that are not associated with a parent.'
              : 'One company is kept several times: its deals, contacts and history are parted, and two people may call on it.',
          fix: {
            tool: 'find_duplicates',
            arguments: { objectType: 'companies' },
            reversible: true,
            note: 'It says which of them are the same; plan_merge then joins these. Subsidiaries are associated with their parent instead.',
          },
        }),
      ),
      ...(rest.length === 0
        ? []
        : [
            {
              ...affected(
                table,
                rest.flatMap(({ rows }) => rows),
              ),
              subject: 'rest',
              evidence: { 'further domains': rest.length },
              note: 'Further domains that several companies have, each of fewer than those told one by one.',
            },
          ]),
    ];
  },
};

/** All but one are children of another in the group, or all are children of one parent. */
function areFamily(table: Table, rows: readonly number[]): boolean {
  const [column] = columnsOf(table, ['hs_parent_company_id']);
  if (column === undefined) return false;
  const ids = new Set(rows.map((row) => textAt(table.ids, row)));
  const parents = rows.map((row) => textAt(column.column, row));
  const strangers = parents.filter((parent) => !ids.has(parent));
  return strangers.length <= 1 || (strangers[0] !== '' && new Set(parents).size === 1);
}

/** Whether two of them have one name, but for its legal form and how it is written. */
function areAlike(table: Table, rows: readonly number[]): boolean {
  const cores = rows.map((row) => readOrganisationName(valueAt(table, 'name', row)).core);
  return new Set(cores).size < cores.length;
}

function areAbroad(table: Table, rows: readonly number[]): boolean {
  const country = table.columns.get('country');
  if (country === undefined || rows.some((row) => isEmptyAt(country, row))) return false;
  return new Set(rows.map((row) => valueAt(table, 'country', row).toLowerCase())).size === rows.length;
}
