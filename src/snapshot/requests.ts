/** What is asked of HubSpot for the copy of one object type, counted. */

import type { ObjectType } from '../crm/index.ts';
import type { CallOptions, HubSpot, HubSpotRecord, SearchRequest } from '../hubspot/index.ts';
import type { CopiedRecord } from './copied-records.ts';

export interface Requests {
  readonly calls: number;
  search(request: SearchRequest): Promise<{ readonly records: readonly CopiedRecord[]; readonly total: number }>;
  list(after: string | undefined): Promise<{ readonly records: readonly CopiedRecord[]; readonly next?: string }>;
  /** Ids without a record are left out. */
  read(ids: readonly string[]): Promise<readonly CopiedRecord[]>;
}

const LIST_PAGE = 100;
const BATCH = 100;
/** Names of properties go into a list's URL, and into a search's body of 3,000 characters. What is longer is read by batch. */
const MAX_NAMES = 2_000;

/** The property that says when a record was changed: contacts have an older name for it. */
export const modifiedProperty = (type: ObjectType) =>
  type.name === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';

/** @param wanted the properties that are read of each record */
export function createRequests(
  hubspot: HubSpot,
  type: ObjectType,
  wanted: readonly string[],
  call: CallOptions,
): Requests {
  const modified = modifiedProperty(type);
  const { first, rest } = split([...new Set([modified, ...wanted])]);
  let calls = 0;

  const copied = ({ id, properties, updatedAt }: HubSpotRecord): CopiedRecord => {
    const at = Date.parse(properties[modified] ?? updatedAt);
    return { id, modified: Number.isNaN(at) ? 0 : at, values: properties };
  };

  async function batch(ids: readonly string[], properties: readonly string[]): Promise<Map<string, HubSpotRecord>> {
    const found = new Map<string, HubSpotRecord>();
    for (let at = 0; at < ids.length; at += BATCH) {
      calls++;
      for (const row of await hubspot.objects.batchRead(type.id, ids.slice(at, at + BATCH), { properties }, call)) {
        if (row.outcome === 'applied') found.set(row.value.id, row.value);
        else if (row.error.code !== 'not_found') throw row.error;
      }
    }
    return found;
  }

  /** With the properties for which a request had no room. */
  async function completed(records: readonly HubSpotRecord[]): Promise<readonly CopiedRecord[]> {
    if (rest.length === 0 || records.length === 0) return records.map(copied);
    const more = await batch(
      records.map(({ id }) => id),
      rest,
    );
    return records.map((record) =>
      copied({ ...record, properties: { ...record.properties, ...more.get(record.id)?.properties } }),
    );
  }

  return {
    get calls() {
      return calls;
    },
    async search(request) {
      calls++;
      // One record is asked for when only the number of them is of interest.
      const only = request.limit === 1;
      const found = await hubspot.objects.search(type.id, { ...request, properties: only ? [modified] : first }, call);
      return { records: only ? found.results.map(copied) : await completed(found.results), total: found.total };
    },
    async list(after) {
      calls++;
      const request = { properties: first, limit: LIST_PAGE, ...(after !== undefined && { after }) };
      const { results, next } = await hubspot.objects.list(type.id, request, call);
      return { records: await completed(results), ...(next !== undefined && { next }) };
    },
    async read(ids) {
      return [...(await batch(ids, [...first, ...rest])).values()].map(copied);
    },
  };
}

function split(names: readonly string[]): { readonly first: readonly string[]; readonly rest: readonly string[] } {
  let length = 0;
  const room = names.findIndex((name) => {
    length += name.length + 3;
    return length > MAX_NAMES;
  });
  return room < 0 ? { first: names, rest: [] } : { first: names.slice(0, room), rest: names.slice(room) };
}
