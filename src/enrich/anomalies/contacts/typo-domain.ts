/** Domains of addresses that are a slip of the finger away from one that was meant. */

import { byValue, grouped, interned } from '../../interned.ts';
import { registrableDomain } from '../../normal/domain.ts';
import { editsBetween } from '../../normal/edits.ts';
import { intendedDomain, isFreeDomain } from '../../normal/mail-domains.ts';
import { type Column, textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, columnsOf, largestFirst, tableOf } from '../columns.ts';
import { changeFix, examples, fixOf, MOST_SUBJECTS } from '../draft.ts';
import { type Mail, mailOf } from '../mail.ts';
import type { Check, FindingDraft, PortalData } from '../types.ts';

/** Contacts that a domain of the portal's own has before rarer ones are held against it. */
const FREQUENT = 20;
/** What has more contacts, and more than its share of the domain meant, is meant as it stands. */
const RARE = 2;
const RARE_SHARE = 0.01;
/** Shorter names have too many neighbours that exist. */
const SHORTEST_NAME = 6;

interface Typo {
  readonly name: string;
  readonly meant: string;
  readonly provider: boolean;
  readonly rows: readonly number[];
}

export const typoDomain: Check = {
  id: 'C02',
  version: 1,
  title: 'Mistyped domain in an e-mail address',
  about: `One slip away from a large mail provider, or from a domain that ${FREQUENT} or more contacts have, while at most ${RARE} contacts (of a provider's: 1 % of those that it has) have it themselves and no company does.`,
  severity: 'high',
  objectType: 'contacts',
  needs: { contacts: ['email'] },
  uses: { companies: ['domain'] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const emails = columnOf(table, 'email');
    const typos = largestFirst(typosIn(data, emails));
    const rest = typos.slice(MOST_SUBJECTS).flatMap(({ rows }) => rows);
    const draft = (rows: readonly number[], of: ReadonlyMap<number, string>): FindingDraft => {
      const changes = rows.flatMap((row) => {
        const email = `${textAt(emails, row).slice(0, textAt(emails, row).lastIndexOf('@'))}@${of.get(row) ?? ''}`;
        return interned(emails).codeOf(email) === 0 ? [{ row, properties: { email } }] : [];
      });
      const taken = rows.length - changes.length;
      return {
        ...affected(table, rows),
        evidence: {
          ...examples(table, rows, 'email'),
          ...(taken > 0 ? { 'other contacts have the right address': taken } : {}),
        },
        note: 'Mail to a mistyped domain bounces, or reaches whoever has registered it.',
        ...fixOf(
          changeFix(
            table,
            changes,
            'Where another contact has the right address already, the two are duplicates: merge them.',
          ),
        ),
      };
    };
    return [
      ...typos.slice(0, MOST_SUBJECTS).map(({ name, meant, provider, rows }) => {
        const made = draft(rows, new Map(rows.map((row) => [row, meant])));
        return {
          ...made,
          subject: name,
          severity: provider ? ('high' as const) : ('medium' as const),
          evidence: { domain: name, 'probably meant': meant, ...made.evidence },
        };
      }),
      ...(rest.length === 0
        ? []
        : [
            {
              ...draft(
                rest,
                new Map(
                  typos.slice(MOST_SUBJECTS).flatMap(({ meant, rows }) => rows.map((row) => [row, meant] as const)),
                ),
              ),
              subject: 'rest',
            },
          ]),
    ];
  },
};

function typosIn(data: PortalData, emails: Column): Typo[] {
  const mail = mailOf(emails);
  const { starts, rows } = grouped(mail.domains);
  const near = neighbours(mail);
  const owned = companyDomains(data);
  return mail.facts.flatMap(({ domain, registrable, disposable }, code) => {
    if (code === 0 || owned.has(registrable)) return [];
    const count = mail.view.counts[code] ?? 0;
    const provider = intendedDomain(domain);
    const meant =
      provider === '' ? (count <= RARE && !disposable && !isFreeDomain(domain) ? near(domain) : '') : provider;
    const meantCount = mail.view.counts[mail.view.codeOf(meant)] ?? 0;
    if (meant === '' || count > Math.max(RARE, RARE_SHARE * meantCount)) return [];
    const own = [...rows.subarray(starts[code], starts[code + 1])];
    return [{ name: domain, meant, provider: provider !== '', rows: own }];
  });
}

function companyDomains(data: PortalData): ReadonlySet<string> {
  const companies = data.tables.get('companies');
  if (companies === undefined) return new Set();
  return new Set(columnsOf(companies, ['domain']).flatMap(({ column }) => byValue(column, registrableDomain)));
}

/**
 * Finds the frequent domain one edit away. Two texts one edit apart share what is left when one letter of either goes
 * (or one of them is it), so each is looked up by these instead of being held against all.
 */
function neighbours(mail: Mail): (domain: string) => string {
  const shortened = new Map<string, string[]>();
  mail.facts.forEach(({ domain, free, organisation }, code) => {
    if ((mail.view.counts[code] ?? 0) < FREQUENT || free || organisation !== domain) return;
    if (nameOf(domain).length < SHORTEST_NAME) return;
    for (const key of withoutOne(domain)) shortened.set(key, [...(shortened.get(key) ?? []), domain]);
  });
  return (domain) => {
    if (shortened.size === 0 || nameOf(domain).length < SHORTEST_NAME - 1) return '';
    const candidates = new Set(withoutOne(domain).flatMap((key) => shortened.get(key) ?? []));
    return [...candidates].sort().find((candidate) => isSlip(domain, candidate)) ?? '';
  };
}

function withoutOne(domain: string): string[] {
  const keys = [domain];
  for (let at = 0; at < domain.length; at++) keys.push(domain.slice(0, at) + domain.slice(at + 1));
  return keys;
}

/** One edit within the name. Another number (plant1, plant2) or another suffix that exists is another domain. */
function isSlip(domain: string, meant: string): boolean {
  if (domain === meant || editsBetween(domain, meant) !== 1) return false;
  if (domain.replace(/\d/g, '') === meant.replace(/\d/g, '') || /\d/.test(domain) !== /\d/.test(meant)) return false;
  return nameOf(domain) !== nameOf(meant) || registrableDomain(domain) === '';
}

function nameOf(domain: string): string {
  return domain.slice(0, domain.indexOf('.'));
}
