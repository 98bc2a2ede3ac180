/** The contact's address against the company that it is associated with. */

import { textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { rowsWhere } from '../columns.ts';
import { associateFix, examples, fixOf, mostFrequent } from '../draft.ts';
import { found } from '../found.ts';
import { unlessUsual } from '../habit.ts';
import {
  organisationNeeds as needs,
  type Organisations,
  organisationsOf,
  staffOf,
  organisationUses as uses,
} from '../organisations.ts';
import type { Check, FindingDraft } from '../types.ts';

/** A domain that so many of a company's contacts have is the company's too, whatever its record says. */
const ALIAS_CONTACTS = 5;
const ALIAS_SHARE = 0.2;

/** Where more are so, people are reached at home: members, parents, volunteers. */
const USUALLY_FREE = 0.5;

export const freeMailAtCompany: Check = {
  id: 'C04',
  version: 1,
  title: 'Free-mail address at a company that has a domain',
  about:
    'The address is of a provider at which anybody can have one, and the associated company has its own domain; not where half of such contacts are so.',
  severity: 'low',
  objectType: 'contacts',
  needs,
  uses,
  run(data) {
    const all = organisationsOf(data);
    const { contacts, mail, companyOf, domain } = all;
    const employed = rowsWhere(contacts, (row) => {
      const company = companyOf[row] ?? -1;
      return company >= 0 && mail.codes[row] !== 0 && domain(company) !== '';
    });
    const rows = unlessUsual(
      employed.filter((row) => mail.facts[mail.codes[row] ?? 0]?.free === true),
      employed.length,
      USUALLY_FREE,
    );
    return found(contacts, rows, () => ({
      subject: 'all',
      evidence: examples(contacts, rows, 'email', 'associatedcompanyid'),
      note: 'A private address is where consent and deliverability are weakest: look for the work address.',
    }));
  },
};

export const otherDomain: Check = {
  id: 'C05',
  version: 1,
  title: "E-mail domain is not the company's",
  about: `The address is of an organisation, but of none of the associated company's domains, nor of one that ${ALIAS_CONTACTS} of its contacts or ${100 * ALIAS_SHARE} % of them (two at least) have, nor one that differs in the suffix alone.`,
  severity: 'medium',
  objectType: 'contacts',
  needs,
  uses,
  run(data) {
    const all = organisationsOf(data);
    const elsewhere: number[] = [];
    const unknown: number[] = [];
    for (let company = 0; company < all.companies.rows; company++) {
      for (const row of strangersAt(all, company)) {
        if (employerOf(all, row) === undefined) unknown.push(row);
        else elsewhere.push(row);
      }
    }
    const drafts: FindingDraft[] = [];
    if (elsewhere.length > 0) {
      const pairs = elsewhere.flatMap((row) => pairOf(all, row));
      drafts.push({
        ...affected(all.contacts, elsewhere),
        subject: 'another company',
        evidence: examples(all.contacts, elsewhere, 'email', 'associatedcompanyid'),
        note: 'Another company in the portal has the domain of these addresses: they changed jobs, or are associated with the wrong company.',
        ...fixOf(
          associateFix(
            'contacts',
            'companies',
            pairs,
            "It adds the company of the address; whether it becomes the primary one, and the other goes, is a person's to say.",
          ),
        ),
      });
    }
    if (unknown.length > 0) {
      const counts = new Map<string, number>();
      for (const row of unknown) {
        const domain = organisationAt(all, row);
        counts.set(domain, (counts.get(domain) ?? 0) + 1);
      }
      drafts.push({
        ...affected(all.contacts, unknown),
        subject: 'no company',
        evidence: { ...examples(all.contacts, unknown, 'email', 'associatedcompanyid'), ...mostFrequent(counts) },
        note: 'No company in the portal has the domain of these addresses: it is a further domain of theirs, or that of a company that is missing.',
      });
    }
    return drafts;
  },
};

/** Contacts of the company whose address is of another organisation. */
function strangersAt(all: Organisations, company: number): readonly number[] {
  const own = all.domains(company);
  if (own.length === 0) return [];
  const staff = staffOf(all, company);
  const counts = new Map<string, number>();
  for (const row of staff) {
    const domain = organisationAt(all, row);
    if (domain !== '') counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  const names = new Set(own.map(nameOf));
  const isAlias = (domain: string) => {
    const count = counts.get(domain) ?? 0;
    return count >= ALIAS_CONTACTS || (count >= 2 && count >= ALIAS_SHARE * staff.length);
  };
  return [...staff].filter((row) => {
    const domain = organisationAt(all, row);
    return domain !== '' && !own.includes(domain) && !names.has(nameOf(domain)) && !isAlias(domain);
  });
}

function organisationAt({ mail }: Organisations, row: number): string {
  return mail.facts[mail.codes[row] ?? 0]?.organisation ?? '';
}

function nameOf(domain: string): string {
  return domain.slice(0, domain.indexOf('.'));
}

/** The one company that has the domain of the address. */
function employerOf(all: Organisations, row: number): number | undefined {
  const companies = all.withDomain.get(organisationAt(all, row));
  return companies?.length === 1 ? companies[0] : undefined;
}

function pairOf(all: Organisations, row: number): { from: string; to: string }[] {
  const company = employerOf(all, row);
  return company === undefined ? [] : [{ from: textAt(all.contacts.ids, row), to: textAt(all.companies.ids, company) }];
}

export const companyMissing: Check = {
  id: 'C14',
  version: 1,
  title: 'Not associated with the company of its domain',
  about: 'No company is associated, while exactly one company has the domain of the address.',
  severity: 'medium',
  objectType: 'contacts',
  needs,
  uses,
  run(data) {
    const all = organisationsOf(data);
    const { contacts } = all;
    const companyIds = contacts.columns.get('associatedcompanyid');
    const rows = rowsWhere(
      contacts,
      (row) =>
        companyIds?.offsets[row] === companyIds?.offsets[row + 1] &&
        organisationAt(all, row) !== '' &&
        employerOf(all, row) !== undefined,
    );
    return found(contacts, rows, () => ({
      subject: 'all',
      evidence: examples(contacts, rows, 'email'),
      note: 'These contacts are missing from the timeline, the reports and the deals of a company that the portal has.',
      ...fixOf(
        associateFix(
          'contacts',
          'companies',
          rows.flatMap((row) => pairOf(all, row)).map((pair) => ({ ...pair, labels: ['Primary'] })),
        ),
      ),
    }));
  },
};
