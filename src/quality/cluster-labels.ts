/** What a person would call the records of a cluster. */

import type { Crm, HubSpotRecord, ObjectType } from '../crm/index.ts';
import { shortInstant } from '../crm/record-table.ts';
import { legible } from '../text/legible.ts';
import { namings } from './record-names.ts';

const LONGEST_NAME = 24;
const LONGEST_BESIDE = 13;

export interface Members {
  /** By id. */
  readonly labels: ReadonlyMap<string, string>;
  /** Archived, or merged into another one, since they were scanned. */
  readonly gone: readonly string[];
}

/** Reads the records again, as the caller may see them: at most 100 ids are one request. */
export async function membersNow(crm: Crm, type: ObjectType, ids: readonly string[]): Promise<Members> {
  const index = await crm.properties.of(type);
  const { name, beside } = namings[type.name] ?? { name: [type.displayProperty], beside: '' };
  const properties = [...name, beside].filter((each) => index.has(each));
  const labels = new Map<string, string>();
  const gone: string[] = [];
  for (const row of await crm.records.read(type, ids, { properties })) {
    const id = ids[row.index] ?? '';
    if (row.outcome === 'applied' && row.value.id === id) labels.set(id, labelOf(row.value, name, beside));
    else if (row.outcome === 'applied' || row.error.code === 'not_found') gone.push(id);
    else throw row.error;
  }
  return { labels, gone };
}

function labelOf({ id, properties }: HubSpotRecord, name: readonly string[], beside: string): string {
  const said = name.map((each) => legible(properties[each] ?? '').trim()).filter((word) => word !== '');
  const other = shortInstant(legible(properties[beside] ?? '').replace(/^.*@/, '')).trim();
  const words = [cut(said.join(' '), LONGEST_NAME), cut(other, LONGEST_BESIDE)].filter((word) => word !== '');
  return words.length === 0 ? id : words.join(', ');
}

/** One sign says that there is more: the records themselves are a call away. */
function cut(text: string, longest: number): string {
  const characters = Array.from(text);
  return characters.length <= longest
    ? text
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
