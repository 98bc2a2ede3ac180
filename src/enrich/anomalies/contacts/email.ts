/** Addresses that cannot be right, and those that do not reach a person. */

import { byValue, interned } from '../../interned.ts';
import { roleLocals } from '../../normal/data/domains.ts';
import { readEmail } from '../../normal/email.ts';
import { intendedDomain } from '../../normal/mail-domains.ts';
import { type Column, isEmptyAt, textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, rowsWhere, tableOf } from '../columns.ts';
import { changeFix, examples, fixOf, mostFrequent } from '../draft.ts';
import { found } from '../found.ts';
import { mailOf } from '../mail.ts';
import type { Check, PortalData } from '../types.ts';

const needs = { contacts: ['email'] };
/** A local part that needs no second look; all others are read in full. */
const plainLocal = /^[a-z0-9_-]+(?:[.+][a-z0-9_-]+)*$/i;

export const invalidEmail: Check = {
  id: 'C01',
  version: 1,
  title: 'E-mail address is not valid',
  about: 'Not written as an address may be (RFC 5322, unquoted), or under a suffix that does not exist.',
  severity: 'high',
  objectType: 'contacts',
  needs,
  run(data) {
    const table = tableOf(data, 'contacts');
    const emails = columnOf(table, 'email');
    const rows = invalidRows(emails);
    if (rows.length === 0) return [];
    const view = interned(emails);
    const changes = rows.flatMap((row) => {
      const email = repaired(textAt(emails, row));
      return email === '' || view.codeOf(email) !== 0 ? [] : [{ row, properties: { email } }];
    });
    return found(table, rows, () => ({
      evidence: { ...examples(table, rows, 'email'), 'can be repaired': changes.length },
      note: 'No mail reaches these addresses. Where the fault shows, the fix holds the address as it was meant.',
      ...fixOf(changeFix(table, changes, 'Addresses that cannot be repaired by rule are not in it.')),
    }));
  },
};

function invalidRows(emails: Column): readonly number[] {
  const mail = mailOf(emails);
  const { codes: locals } = interned(mail.locals);
  const plain = byValue(mail.locals, (text) => text.length <= 64 && plainLocal.test(text));
  const rows: number[] = [];
  for (let row = 0; row < locals.length; row++) {
    if (isEmptyAt(emails, row)) continue;
    const domain = mail.facts[mail.codes[row] ?? 0];
    // The suffixes of made-up addresses (`.example`) do not exist; C11 tells of these.
    if (domain?.nobodys === true) continue;
    if (plain[locals[row] ?? 0] === true && domain !== undefined && isPlainHost(domain.domain, domain.registrable)) {
      continue;
    }
    const text = textAt(emails, row);
    const read = readEmail(text);
    if (read === undefined || !read.valid || read.address !== text.toLowerCase()) rows.push(row);
  }
  return rows;
}

function isPlainHost(domain: string, registrable: string): boolean {
  return registrable !== '' && /^[a-z0-9.-]{4,180}$/.test(domain) && !/(?:^|\.)-|-(?:\.|$)|\.\.|\.$/.test(domain);
}

/** What was meant, where the slip is one of the common ones: marks around it, a comma for a point, a doubled mark. */
export function repaired(text: string): string {
  // Longer than any address; and the expressions look at each sign of a run again.
  if (text.length > 320) return '';
  const tried = [text, text.replace(/\s+/g, ''), text.replace(/\s+/g, '').replace(/,/g, '.')];
  for (const attempt of tried) {
    const plain = attempt
      .replace(/^[^\p{L}\p{N}<]+|[^\p{L}\p{N}>]+$/gu, '')
      .replace(/@{2,}/g, '@')
      .replace(/\.{2,}/g, '.')
      .replace(/\.@|@\./g, '@');
    const read = readEmail(plain);
    if (read?.valid === true && /^[^@]+@[^@]+$/.test(read.address)) return read.address;
  }
  return '';
}

export const unpersonalEmail: Check = {
  id: 'C03',
  version: 1,
  title: 'Throw-away or shared mailbox',
  about: 'The domain is of a service of throw-away addresses, or the mailbox is that of a desk (info@, sales@).',
  severity: 'medium',
  objectType: 'contacts',
  needs,
  run(data) {
    const table = tableOf(data, 'contacts');
    const mail = mailOf(columnOf(table, 'email'));
    // Many slips of large providers' names are on the lists of throw-away domains: C02 tells of these.
    const thrown = mail.facts.map(({ domain, disposable: is }) => is && intendedDomain(domain) === '');
    const disposable = rowsWhere(table, (row) => thrown[mail.codes[row] ?? 0] === true);
    const { codes } = interned(mail.locals);
    const isRole = byValue(
      mail.locals,
      (text) => text.length < 40 && roleLocals.has(text.toLowerCase().replace(/[^a-z]+/g, '')),
    );
    const role = rowsWhere(table, (row) => isRole[codes[row] ?? 0] === true);
    return [
      ...(disposable.length === 0
        ? []
        : [
            {
              ...affected(table, disposable),
              subject: 'disposable',
              evidence: { ...examples(table, disposable, 'email'), ...domainsOf(data, disposable) },
              note: 'These addresses are made to be thrown away: mail to them bounces before long and hurts the sender.',
            },
          ]),
      ...(role.length === 0
        ? []
        : [
            {
              ...affected(table, role),
              subject: 'role',
              severity: 'low' as const,
              evidence: examples(table, role, 'email'),
              note: "Several people read these mailboxes: the contact is a desk, not a person, and consent is nobody's.",
            },
          ]),
    ];
  },
};

function domainsOf(data: PortalData, rows: readonly number[]): Record<string, number> {
  const mail = mailOf(columnOf(tableOf(data, 'contacts'), 'email'));
  const counts = new Map<string, number>();
  for (const row of rows) {
    const domain = mail.facts[mail.codes[row] ?? 0]?.domain ?? '';
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return mostFrequent(counts);
}
