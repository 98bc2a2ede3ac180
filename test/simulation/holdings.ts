/** What a portal holds in the end, as far as deeds leave traces in it: read over HTTP by somebody else. */

import * as z from 'zod';
import type { Fetch, HttpMethod } from '../../src/fetch.ts';
import type { Pair } from './ground.ts';

/** Every value that a property ever had, newest first; an empty one for none. */
type Past = readonly string[];

export interface Holdings {
  /** Archived ones too. */
  readonly contacts: readonly { readonly id: string; readonly firstname: Past; readonly jobtitle: Past }[];
  readonly deals: readonly string[];
  /** Bodies of notes and calls. */
  readonly activities: readonly string[];
  /** Contacts with their companies. */
  readonly pairs: readonly Pair[];
  /** Ids of contacts and tickets. */
  readonly archived: readonly string[];
  /** By id; none, unless some deed was about tickets. */
  readonly tickets: ReadonlyMap<string, Past>;
  /** Names of properties of deals; none, unless some deed was about them. */
  readonly properties: readonly string[];
}

const page = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      properties: z.record(z.string(), z.string().nullable()),
      propertiesWithHistory: z.record(z.string(), z.array(z.object({ value: z.string().nullable() }))).optional(),
      associations: z.record(z.string(), z.object({ results: z.array(z.object({ id: z.string() })) })).optional(),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.string() }) }).optional(),
});
const properties = z.object({ results: z.array(z.object({ name: z.string() })) });

type Listed = z.output<typeof page>['results'][number];

/** With a token of its own, so that no quota of others is touched. */
export async function ask(portal: Fetch, method: HttpMethod, path: string, body?: unknown): Promise<unknown> {
  const { status, body: said } = await portal({
    method,
    url: `http://portal.test${path}`,
    headers: { authorization: 'Bearer pat-na1-onlooker', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${String(said)}`);
  const text = typeof said === 'string' ? said : new TextDecoder().decode(said);
  return text === '' ? undefined : JSON.parse(text);
}

/** @param about what deeds left traces in, beside contacts, deals and activities */
export async function readHoldings(portal: Fetch, about: ReadonlySet<string>): Promise<Holdings> {
  const history = 'propertiesWithHistory=firstname,jobtitle&associations=companies&limit=50';
  const living = await list(portal, `contacts?${history}`);
  const archived = await list(portal, `contacts?${history}&archived=true`);
  const deals = await list(portal, 'deals?properties=dealname&limit=100');
  const notes = await list(portal, 'notes?properties=hs_note_body&limit=100');
  const calls = await list(portal, 'calls?properties=hs_call_body&limit=100');
  const ofTickets = 'tickets?propertiesWithHistory=content&limit=50';
  const tickets = about.has('tickets') ? await list(portal, ofTickets) : [];
  const goneTickets = about.has('tickets') ? await list(portal, `${ofTickets}&archived=true`) : [];
  return {
    contacts: [...living, ...archived].map((contact) => ({
      id: contact.id,
      firstname: pastOf(contact, 'firstname'),
      jobtitle: pastOf(contact, 'jobtitle'),
    })),
    deals: deals.map((deal) => deal.properties['dealname'] ?? ''),
    activities: [...notes, ...calls].map(
      (activity) => activity.properties['hs_note_body'] ?? activity.properties['hs_call_body'] ?? '',
    ),
    pairs: living.flatMap(({ id, associations }) =>
      // Each association type of a pair is listed.
      [...new Set(associations?.['companies']?.results.map((company) => company.id))].map((to) => ({ from: id, to })),
    ),
    archived: [...archived, ...goneTickets].map(({ id }) => id),
    tickets: new Map([...tickets, ...goneTickets].map((ticket) => [ticket.id, pastOf(ticket, 'content')])),
    properties: about.has('properties')
      ? properties.parse(await ask(portal, 'GET', '/crm/v3/properties/deals')).results.map(({ name }) => name)
      : [],
  };
}

async function list(portal: Fetch, path: string): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let after = ''; ; ) {
    const { results, paging } = page.parse(await ask(portal, 'GET', `/crm/v3/objects/${path}${after}`));
    found.push(...results);
    if (paging === undefined) return found;
    after = `&after=${paging.next.after}`;
  }
}

function pastOf({ propertiesWithHistory }: Listed, property: string): string[] {
  return (propertiesWithHistory?.[property] ?? []).map(({ value }) => value ?? '');
}
