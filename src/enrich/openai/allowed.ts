/** What of a record may ever leave, and what kind of thing it is. Everything else stays, whatever else is configured. */

import type { Kind } from '../duplicates/types.ts';

/** `plain` says nothing of who it is. */
export type Nature = 'name' | 'email' | 'phone' | 'street' | 'web' | 'plain';

/** Kinds that a model judges: deals and tickets are mostly free text, and of other files nobody knows what they hold. */
export type JudgedKind = 'contacts' | 'persons' | 'companies' | 'organisations';

const places = {
  street_number: 'street',
  address: 'street',
  address2: 'street',
  street_name: 'street',
  zip: 'street',
  city: 'plain',
  state: 'plain',
  country: 'plain',
} as const satisfies Readonly<Record<string, Nature>>;

/** Not birth dates, identity numbers, gender, notes, or ids of other systems, though some of them are compared here. */
const persons: Readonly<Record<string, Nature>> = {
  firstname: 'name',
  middle_name: 'name',
  lastname: 'name',
  name_suffix: 'name',
  full_name: 'name',
  email: 'email',
  hs_additional_emails: 'email',
  work_email: 'email',
  phone: 'phone',
  mobilephone: 'phone',
  work_phone: 'phone',
  hs_linkedin_url: 'web',
  company: 'name',
  website: 'web',
  ...places,
};

/** Not tax and register numbers: a sole trader's are a person's. */
const organisations: Readonly<Record<string, Nature>> = {
  name: 'name',
  domain: 'web',
  website: 'web',
  hs_additional_domains: 'web',
  phone: 'phone',
  mobilephone: 'phone',
  email: 'email',
  linkedin_company_page: 'web',
  industry: 'plain',
  ...places,
};

const allowed: Readonly<Record<JudgedKind, Readonly<Record<string, Nature>>>> = {
  contacts: persons,
  persons,
  companies: organisations,
  organisations,
};

export function isJudged(kind: Kind): kind is JudgedKind {
  return Object.hasOwn(allowed, kind);
}

/** By property, in the order in which they are sent. */
export function allowedIn(kind: JudgedKind): ReadonlyMap<string, Nature> {
  return new Map(Object.entries(allowed[kind]));
}

/** What each comparison rests on. Others than these compare what may not leave, or are no comparisons. */
const restsOn: ReadonlyMap<string, readonly Nature[]> = new Map([
  ['name', ['name']],
  ['given name', ['name']],
  ['surname', ['name']],
  ['middle name', ['name']],
  ['organisation', ['name', 'email', 'web']],
  ['e-mail', ['email']],
  ['domain', ['web', 'email']],
  ['profile', ['web']],
  ['phone', ['phone']],
  ['address', ['street', 'plain']],
  ['place', ['street', 'plain']],
]);

/** Whether how two values compare may be told; `withheld` are properties that leave in no form. */
export function comparedBy(kind: JudgedKind, comparison: string, withheld: readonly string[]): boolean {
  const natures = restsOn.get(comparison);
  const hidden = new Set(withheld.map((name) => allowedIn(kind).get(name)));
  return natures !== undefined && !natures.some((nature) => hidden.has(nature));
}
