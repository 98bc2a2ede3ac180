import { knownColumns } from '../../enrich/duplicates/kinds/columns.ts';
import type { Kind } from '../../enrich/duplicates/types.ts';
import { lettersOf } from '../../enrich/normal/fold.ts';

/** Columns that only one of HubSpot's object types has. */
const TELLING: readonly (readonly [Kind, readonly string[]])[] = [
  ['deals', ['dealname', 'deal name', 'dealstage', 'deal stage']],
  ['tickets', ['hs_ticket_id', 'ticket name', 'hs_ticket_priority', 'ticket id']],
  ['contacts', ['jobtitle', 'job title', 'hs_additional_emails', 'lifecyclestage', 'contact owner']],
  ['companies', ['company domain name', 'hs_additional_domains', 'numberofemployees', 'number of employees']],
];

/**
 * What the rows are, by their columns: people with an employer are contacts, other people persons; names without people
 * are companies where a domain stands beside, and organisations elsewhere.
 */
export function guessKind(columns: readonly string[]): Kind {
  const names = new Set(columns.map(lettersOf));
  for (const [kind, telling] of TELLING) if (telling.some((name) => names.has(lettersOf(name)))) return kind;
  const person = new Set(knownColumns('contacts', columns).map(({ role }) => role));
  const ofPeople = ['birthdate', 'birthyear', 'middle'] as const;
  if (person.has('given') || person.has('surname') || ofPeople.some((role) => person.has(role))) {
    return person.has('organisation') || person.has('website') ? 'contacts' : 'persons';
  }
  const organisation = new Set(knownColumns('organisations', columns).map(({ role }) => role));
  if (organisation.has('name')) return names.has('domain') ? 'companies' : 'organisations';
  return person.has('email') ? 'contacts' : 'generic';
}
