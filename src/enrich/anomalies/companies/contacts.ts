import { textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { examples } from '../draft.ts';
import { organisationNeeds, organisationsOf, organisationUses, staffOf } from '../organisations.ts';
import { quantile, sorted } from '../statistics/robust.ts';
import type { Check, FindingDraft } from '../types.ts';

/** Domains that so many of a company's contacts have count; more than so many of these are too many. */
const DOMAIN_CONTACTS = 2;
const MOST_DOMAINS = 3;
/** Companies before a quantile so far out says anything, and how many times the one in a hundred it has to be. */
const FEWEST = 1000;
const TOP = 0.999;
const TIMES = 3;

export const dumpingGround: Check = {
  id: 'O11',
  version: 1,
  title: 'Company that gathers contacts of others',
  about: `Contacts of more than ${MOST_DOMAINS} organisations by their addresses (${DOMAIN_CONTACTS} contacts each at least); or more contacts than ${100 * TOP} % of ${FEWEST} companies or more have, and ${TIMES} times those of one in a hundred.`,
  severity: 'medium',
  objectType: 'companies',
  needs: organisationNeeds,
  uses: organisationUses,
  run(data) {
    const all = organisationsOf(data);
    const { companies, mail } = all;
    const many: number[] = [];
    const sizes = new Float64Array(companies.rows);
    for (let company = 0; company < companies.rows; company++) {
      const staff = staffOf(all, company);
      sizes[company] = staff.length;
      if (staff.length < DOMAIN_CONTACTS * (MOST_DOMAINS + 1)) continue;
      const counts = new Map<string, number>();
      for (const row of staff) {
        const domain = mail.facts[mail.codes[row] ?? 0]?.organisation ?? '';
        if (domain !== '') counts.set(domain, (counts.get(domain) ?? 0) + 1);
      }
      if ([...counts.values()].filter((count) => count >= DOMAIN_CONTACTS).length > MOST_DOMAINS) many.push(company);
    }
    const drafts: FindingDraft[] = [];
    if (many.length > 0) {
      drafts.push({
        ...affected(companies, many),
        subject: 'domains',
        evidence: examples(companies, many, 'name', 'domain'),
        note: 'People of several organisations are kept at one company: split it, or take off those who are not its own.',
      });
    }
    const staffed = sorted(sizes).filter((size) => size > 0);
    const limit = Math.max(quantile(staffed, TOP), TIMES * quantile(staffed, 0.99));
    const large = [...sizes.keys()].filter((company) => (sizes[company] ?? 0) > limit);
    if (staffed.length >= FEWEST && large.length > 0) {
      drafts.push({
        ...affected(companies, large),
        subject: 'size',
        statistic: {
          name: 'contacts of a company',
          value: Math.max(...large.map((row) => sizes[row] ?? 0)),
          threshold: limit,
          n: staffed.length,
        },
        evidence: Object.fromEntries(
          large.slice(0, 3).map((row) => [`contacts of ${textAt(companies.ids, row)}`, sizes[row] ?? 0]),
        ),
        note: 'So many contacts at one company come from a rule or an import that has put there whom it could not place.',
      });
    }
    return drafts;
  },
};
