/** Contacts to be changed, and how many there are. */

import type { Connection } from '../harness.ts';

export const ada = { firstname: 'Ada', lastname: 'Lovelace', email: 'ada@acme.test' };

/** The ids of new contacts, in order. */
export async function addContacts(
  { hubspot }: Pick<Connection, 'hubspot'>,
  ...people: Readonly<Record<string, string>>[]
): Promise<string[]> {
  const rows = await hubspot.objects.batchCreate(
    '0-1',
    people.map((properties) => ({ properties })),
  );
  return rows.map((row) => (row.outcome === 'applied' ? row.value.id : 'none'));
}

/** So many contacts, one like the other. */
export function crowd(size: number): Readonly<Record<string, string>>[] {
  return Array.from({ length: size }, (_, index) => ({ email: `c${index}@acme.test` }));
}

export async function countContacts({ hubspot }: Pick<Connection, 'hubspot'>): Promise<number> {
  return (await hubspot.objects.list('0-1', { limit: 100 })).results.length;
}

/** What the portal was told to change. */
export function writesIn({ requests }: Pick<Connection, 'requests'>): string[] {
  return requests.filter((request) =>
    /^(PUT|PATCH|DELETE) |batch\/(create|update|archive|upsert|associate)/.test(request),
  );
}

/** The instant at which an activity is to be logged, as a person was shown it, in milliseconds since the epoch. */
export function timeIn(shown = ''): number {
  return Date.parse(/hs_timestamp "([^"]+)"/.exec(shown)?.[1] ?? 'none');
}
