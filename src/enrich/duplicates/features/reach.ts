/** Where somebody is reached: addresses, numbers, and whose they are. */

import type { Interned } from '../../interned.ts';
import { organisationDomain } from '../../normal/domain.ts';
import { readEmail } from '../../normal/email.ts';
import { fold, lettersOf } from '../../normal/fold.ts';
import { readOrganisationName } from '../../normal/organisation-name.ts';
import { phoneKey, readPhone } from '../../normal/phone.ts';
import { known } from '../../normal/placeholder.ts';
import type { Table } from '../../table.ts';
import type { Columns } from '../kinds/columns.ts';
import { Dictionary } from './dictionary.ts';
import { type Codes, codes, columnsOf, type Feature, feature, mapped } from './feature.ts';
import { add } from './names.ts';

/** More of a row's secondary addresses than these are not looked at. */
const secondary = 3;

/** `email`, its `local` part, and the organisations that address, website and company name speak of. */
export function mailFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const addresses = new Dictionary();
  const locals = new Dictionary();
  const organisations = new Dictionary();
  const slots: Codes[] = [];
  const localSlots: Codes[] = [];
  const organisationSlots: Codes[] = [];
  for (const column of columnsOf(table, columns.of('email'))) {
    const several = listed(column);
    for (let nth = 0; nth < (several ? secondary : 1); nth++) {
      const address = new Uint32Array(column.size + 1);
      const local = new Uint32Array(column.size + 1);
      const domain = new Uint32Array(column.size + 1);
      for (let code = 1; code <= column.size; code++) {
        const text = column.text(code);
        const email = readEmail(several ? (text.split(/[;,\s]+/)[nth] ?? '') : text);
        if (email === undefined || email.placeholder) continue;
        address[code] = addresses.code(email.key);
        local[code] = email.role ? 0 : locals.code(email.local);
        domain[code] = email.free || email.disposable ? 0 : organisations.code(labelOf(email.domain));
      }
      slots.push(spread(column, address));
      localSlots.push(spread(column, local));
      if (nth === 0) organisationSlots.push(spread(column, domain));
    }
  }
  for (const column of columnsOf(table, columns.of('website'))) {
    organisationSlots.push(mapped(column, (text) => organisations.code(labelOf(text))));
  }
  for (const column of columnsOf(table, columns.of('organisation'))) {
    organisationSlots.push(mapped(column, (text) => organisations.code(squeezed(text))));
  }
  add(made, 'email', feature(slots, addresses.pack()));
  add(made, 'local', feature(localSlots, locals.pack()));
  add(made, 'organisation', feature(eachOnce(organisationSlots), organisations.pack()));
  return made;
}

/** `phone` by its line, `extension`, and `profile` pages. */
export function phoneFeatures(table: Table, columns: Columns, country: string): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const lines = new Dictionary();
  const extensions = new Dictionary();
  const slots: Codes[] = [];
  const extensionSlots: Codes[] = [];
  for (const column of columnsOf(table, columns.of('phone'))) {
    const line = new Uint32Array(column.size + 1);
    const extension = new Uint32Array(column.size + 1);
    for (let code = 1; code <= column.size; code++) {
      const text = column.text(code);
      // An extension is written with a letter or a mark of its own; plain numbers are read much faster.
      const phone = /[a-z#;,]/i.test(text) ? readPhone(text, country) : undefined;
      line[code] = lines.code(phone?.key ?? phoneKey(text, country));
      extension[code] = extensions.code(phone?.extension ?? '');
    }
    slots.push(spread(column, line));
    extensionSlots.push(spread(column, extension));
  }
  add(made, 'phone', feature(slots, lines.pack()));
  add(made, 'extension', feature(extensionSlots, extensions.pack()));
  const pages = new Dictionary();
  const profiles = columnsOf(table, columns.of('profile')).map((column) =>
    mapped(column, (text) => pages.code(pageOf(text))),
  );
  add(made, 'profile', feature(profiles, pages.pack()));
  return made;
}

/** `domain` of organisations, where it says whose it is, and `email`. */
export function domainFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const domains = new Dictionary();
  const slots = columnsOf(table, columns.of('website')).map((column) =>
    mapped(column, (text) => domains.code(organisationDomain(text.split(/[;,\s]+/)[0] ?? ''))),
  );
  const addresses = new Dictionary();
  const mailboxes: Codes[] = [];
  for (const column of columnsOf(table, columns.of('email'))) {
    slots.push(mapped(column, (text) => domains.code(organisationDomain(readEmail(text)?.domain ?? ''))));
    mailboxes.push(
      mapped(column, (text) => {
        const email = readEmail(text);
        return email === undefined || email.placeholder ? 0 : addresses.code(email.key);
      }),
    );
  }
  add(made, 'email', feature(mailboxes, addresses.pack()));
  add(made, 'domain', feature(slots, domains.pack()));
  return made;
}

/** What a row says in several columns, in the first of them alone: nothing is learnt by comparing it again. */
function eachOnce(slots: readonly Codes[]): readonly Codes[] {
  for (const [nth, slot] of slots.entries()) {
    const before = slots.slice(0, nth);
    for (let row = 0; row < slot.length; row++) {
      if (before.some((other) => other[row] === slot[row])) slot[row] = 0;
    }
  }
  return slots;
}

/** By row what stands for the column's own numbers. */
function spread(column: Interned, byCode: Uint32Array): Codes {
  const rows = codes(column.codes.length);
  for (let row = 0; row < rows.length; row++) rows[row] = byCode[column.codes[row] ?? 0] ?? 0;
  return rows;
}

/** `acme` of `www.acme.co.uk`: a name that can be held beside that of the organisation. */
function labelOf(text: string): string {
  return (organisationDomain(text).split('.')[0] ?? '').replaceAll('-', '');
}

function squeezed(name: string): string {
  return readOrganisationName(name).core.replaceAll(' ', '');
}

/** What names the person or company on a profile's page: `ann-smith-1` of `https://www.linkedin.com/in/ann-smith-1/`. */
function pageOf(text: string): string {
  const page = fold(known(text))
    .replace(/[?#].*$/, '')
    .replace(/(?<!\/)\/+$/, '');
  return lettersOf(page.slice(page.lastIndexOf('/') + 1));
}

/** Whether a column holds lists of addresses. */
function listed(column: Interned): boolean {
  for (let code = 1; code <= Math.min(column.size, 2000); code++) {
    if (/@[^@;,\s]+[;,\s]+[^@;,\s]+@/.test(column.text(code))) return true;
  }
  return false;
}
