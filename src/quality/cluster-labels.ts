/** What a person would call the records of a cluster. */

import type { Crm, HubSpotRecord, ObjectType } from '../crm/index.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  contacts: ['firstname', 'lastname', 'email'],
  companies: ['name', 'domain'],
  deals: ['dealname', 'amount'],
  tickets: ['subject', 'createdate'],
};

export interface Members {
  /** By id. */
  readonly labels: ReadonlyMap<string, string>;
  /** Archived, or merged into another one, since they were scanned. */
  readonly gone: readonly string[];
}

/** Reads the records again, as the caller may see them: at most 100 ids are one request. */
export async function membersNow(crm: Crm, type: ObjectType, ids: readonly string[]): Promise<Members> {
  const index = await crm.properties.of(type);
  const wanted = names[type.name] ?? type.defaultProperties.slice(0, 2);
  const properties = wanted.filter((name) => index.has(name));
  const labels = new Map<string, string>();
  const gone: string[] = [];
  for (const row of await crm.records.read(type, ids, { properties })) {
    const id = ids[row.index] ?? '';
    if (row.outcome === 'applied' && row.value.id === id) labels.set(id, labelOf(row.value, properties));
    else if (row.outcome === 'applied' || row.error.code === 'not_found') gone.push(id);
    else throw row.error;
  }
  return { labels, gone };
}

function labelOf({ id, properties }: HubSpotRecord, shown: readonly string[]): string {
  const words = shown.map((name) => properties[name]?.trim() ?? '').filter((word) => word !== '');
  return words.length === 0 ? id : words.join(' ');
}
