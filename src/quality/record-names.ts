/** What tells records apart for a person. */

import { type Table, textAt, valueAt } from '../enrich/table.ts';

export interface Naming {
  readonly name: readonly string[];
  /** What tells a record from another of its name. */
  readonly beside: string;
}

export const namings: Readonly<Record<string, Naming>> = {
  contacts: { name: ['firstname', 'lastname'], beside: 'email' },
  companies: { name: ['name'], beside: 'domain' },
  deals: { name: ['dealname'], beside: 'amount' },
  tickets: { name: ['subject'], beside: 'createdate' },
};

/** By id, of records in a copy: as they were when it was read, and as strangers wrote it. */
export function namesOf(table: Table, ids: Iterable<string>): ReadonlyMap<string, string> {
  const wanted = new Map(Array.from(ids, (id) => [id, id]));
  const { name, beside } = namings[table.objectType] ?? { name: [...table.columns.keys()].slice(0, 1), beside: '' };
  for (let row = 0, left = wanted.size; row < table.rows && left > 0; row++) {
    const id = textAt(table.ids, row);
    if (!wanted.has(id)) continue;
    left--;
    const words = [name.map((each) => valueAt(table, each, row)).join(' '), valueAt(table, beside, row)];
    wanted.set(
      id,
      words
        .map((word) => word.trim())
        .filter((word) => word !== '')
        .join(', ') || id,
    );
  }
  return wanted;
}
