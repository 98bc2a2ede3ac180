import { knownColumns } from '../../enrich/duplicates/kinds/columns.ts';
import { headingsOf } from '../../enrich/duplicates/kinds/headings.ts';
import type { Role } from '../../enrich/duplicates/kinds/known-properties.ts';
import type { Kind } from '../../enrich/duplicates/types.ts';
import { lettersOf } from '../../enrich/normal/fold.ts';

/** Columns that only one of HubSpot's object types has. */
const TELLING: readonly (readonly [Kind, readonly string[]])[] = [
  ['deals', ['dealname', 'deal name', 'dealstage', 'deal stage']],
  ['tickets', ['hs_ticket_id', 'ticket name', 'hs_ticket_priority', 'ticket id']],
  ['contacts', ['jobtitle', 'job title', 'hs_additional_emails', 'lifecyclestage', 'contact owner']],
  ['companies', ['company domain name', 'hs_additional_domains', 'numberofemployees', 'number of employees']],
];

export interface Guess {
  readonly kind: Kind;
  /** The columns that tell; none where nothing does. */
  readonly by: readonly string[];
}

/**
 * What the rows are, by their columns: people with an employer are contacts; others who can be reached too, unless a
 * register knows them by a birth date or a number; the rest are persons. Names without people are companies where a site
 * stands beside, and organisations elsewhere.
 */
export function guessKind(columns: readonly string[]): Guess {
  for (const [kind, telling] of TELLING) {
    const by = called(telling, columns);
    if (by.length > 0) return { kind, by };
  }
  const person = byRole('contacts', columns);
  const organisation = byRole('organisations', columns);
  const people = namesOfPeople(person, organisation);
  if (people.length > 0) {
    const employed = [...person('organisation', 'website'), ...called(headingsOf('jobtitle'), columns)];
    if (employed.length > 0) return { kind: 'contacts', by: [...people, ...employed] };
    const registered = person('birthdate', 'birthyear', 'identifier');
    if (registered.length > 0) return { kind: 'persons', by: [...people, ...registered] };
    const reached = person('email', 'phone', 'profile');
    return { kind: reached.length > 0 ? 'contacts' : 'persons', by: [...people, ...reached] };
  }
  const names = organisation('name');
  const sites = [...organisation('website'), ...called(headingsOf('numberofemployees'), columns)];
  if (names.length > 0) return { kind: sites.length > 0 ? 'companies' : 'organisations', by: [...names, ...sites] };
  const mails = person('email');
  return { kind: mails.length > 0 ? 'contacts' : 'generic', by: mails };
}

function called(names: readonly string[], columns: readonly string[]): readonly string[] {
  const known = new Set(names.map(lettersOf));
  return columns.filter((column) => known.has(lettersOf(column)));
}

type ByRole = (...roles: readonly Role[]) => readonly string[];

function byRole(kind: Kind, columns: readonly string[]): ByRole {
  const known = knownColumns(kind, columns);
  return (...roles) => known.filter(({ role }) => roles.includes(role)).map(({ column }) => column);
}

/** `Name`, `Nom` or `Nombre` are of either: two such columns, or an e-mail address and no site, speak for people. */
function namesOfPeople(person: ByRole, organisation: ByRole): readonly string[] {
  const named = person('given', 'surname', 'middle', 'birthdate', 'birthyear');
  const either = organisation('name');
  if (named.some((column) => !either.includes(column))) return named;
  const whole = [...named, ...person('name')].filter((column) => either.includes(column));
  return person('email').length > 0 && organisation('website', 'identifier').length === 0 ? whole : [];
}
