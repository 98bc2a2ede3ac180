/** What tests of jobs share: contacts to work on, and a bulk call as a model makes it. */

import { afterEach } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import type { Disk } from '../../src/journal/disk.ts';
import { createJournal } from '../../src/journal/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';

export type Args = Readonly<Record<string, unknown>>;

/** Opens connections that are closed after each test. */
export function offices(): (options?: HarnessOptions) => Promise<Connection> {
  const open: Connection[] = [];
  afterEach(async () => {
    // What was opened on another's portal goes first.
    for (const crm of open.splice(0).toReversed()) await crm.close();
  });
  return async (options) => {
    const crm = await connect(options);
    open.push(crm);
    return crm;
  };
}

/** The journal as a process of its own sees it. */
export const journalOn = (disk: Disk, seed: number) =>
  createJournal({ disk, clock: systemClock, random: seededRandom(seed) });

/** Makes contacts in Ulm, or with what is said of each; gives their ids. */
export async function contacts(
  { hubspot }: Connection,
  count: number,
  said: (n: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<readonly string[]> {
  const inputs = Array.from({ length: count }, (_, n) => ({
    properties: { email: `c${n}@acme.test`, city: 'Ulm', ...said(n) },
  }));
  const rows = await hubspot.objects.batchCreate('contacts', inputs, { deadlineMs: 120_000 });
  return rows.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
}

export const inUlm = [{ filters: [{ propertyName: 'city', operator: 'EQ', value: 'Ulm' }] }];

/** What all contacts hold in a property, and how many hold it. */
export async function tally({ hubspot }: Connection, property: string): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (let after: string | undefined, more = true; more; ) {
    const page = await hubspot.objects.list('contacts', {
      properties: [property],
      limit: 100,
      ...(after !== undefined && { after }),
    });
    for (const { properties } of page.results) {
      const value = properties[property] ?? '';
      counts[value] = (counts[value] ?? 0) + 1;
    }
    after = page.next;
    more = after !== undefined;
  }
  return counts;
}

/** What the records held one after the other, newest first; each history once. */
export async function histories(
  { hubspot }: Connection,
  ids: readonly string[],
  property: string,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const row of await hubspot.objects.batchRead('contacts', ids, { propertiesWithHistory: [property] })) {
    const history = row.outcome === 'applied' ? row.value.propertiesWithHistory?.[property] : undefined;
    found.add(history?.map(({ value }) => value).join(' < ') ?? 'unknown');
  }
  return found;
}

/** Previews, and begins with the digest of the preview. */
export async function previewed({ call }: Connection, tool: string, args: Args) {
  const { data } = await call(tool, { ...args });
  const preview = member(data, 'preview');
  return { data, preview, args: { ...args, digest: preview['digest'] } };
}

/** The job in an answer; empty when it has none. */
export const jobIn = (data: Args): Args => member(data, 'job');

export function member(data: Args, name: string): Args {
  const found = data[name];
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

/** Something to wait for until a test lets it go. */
export function barrier(): { readonly held: Promise<void>; release: () => void } {
  let letGo: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { held, release: () => letGo?.() };
}
