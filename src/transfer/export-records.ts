/** All records of a type, or all that match, page after page and never as a whole. */

import type { Crm, HubSpotRecord, ObjectType, Property, SaidSearch } from '../crm/index.ts';
import { isHubSpots, isReadOnly } from '../crm/values.ts';
import type { HubSpot, Page } from '../hubspot/index.ts';

export interface ExportRequest {
  readonly type: ObjectType;
  readonly properties: readonly Property[];
  /** All records, if omitted. */
  readonly filterGroups?: SaidSearch['filterGroups'];
  /** Types whose associated ids are wanted. */
  readonly associated: readonly ObjectType[];
  readonly signal: AbortSignal;
}

export interface ExportedRecord {
  readonly record: HubSpotRecord;
  /** Ids, in the order of `associated`. */
  readonly associated: readonly (readonly string[])[];
}

/** More records match than HubSpot shows, or it stopped answering. */
export class Incomplete extends Error {
  override readonly name = 'Incomplete';
}

const RECORD_ID = 'hs_object_id';
const LIST_PAGE = 100;
/** As many as one request for associations takes. */
const SEARCH_PAGE = 1_000;
/** Longer lists of names do not fit an address. */
const MAX_NAMES = 3_000;

/** @param said names or labels; `all` for each property that can be imported again; those that show a record and those that tell it from others if omitted */
export async function exportedProperties(
  crm: Crm,
  type: ObjectType,
  said: readonly string[] | undefined,
): Promise<readonly Property[]> {
  const index = await crm.properties.of(type);
  const chosen =
    said === undefined
      ? index.all.filter(
          (property) =>
            type.defaultProperties.includes(property.name) || (property.hasUniqueValue && !isHubSpots(property)),
        )
      : said.length === 1 && said[0] === 'all'
        ? index.all.filter((property) => !isReadOnly(property))
        : said.map((name) => index.get(name));
  return [...new Set(chosen)].filter(({ name }) => name !== RECORD_ID);
}

/** @throws {@link Incomplete}, HubSpotError and UserError */
export async function* exportRecords(
  request: ExportRequest,
  { crm, hubspot }: { readonly crm: Crm; readonly hubspot: HubSpot },
): AsyncGenerator<readonly ExportedRecord[]> {
  const { type, associated, signal } = request;
  const pages = request.filterGroups === undefined ? listed(request, crm, hubspot) : matching(request, crm);
  for await (const records of associated.length === 0 ? pages : gathered(pages, SEARCH_PAGE)) {
    signal.throwIfAborted();
    const ids = records.map(({ id }) => id);
    const links: string[][][] = records.map(() => []);
    for (const other of associated) {
      for (const [place, row] of (await crm.associations.read(type, other, ids)).entries()) {
        if (row.outcome !== 'applied') throw row.error;
        links[place]?.push(row.value.to.map(({ toObjectId }) => toObjectId));
      }
    }
    yield records.map((record, place) => ({ record, associated: links[place] ?? [] }));
  }
}

type Pages = AsyncGenerator<readonly HubSpotRecord[]>;

async function* listed({ type, properties, signal }: ExportRequest, crm: Crm, hubspot: HubSpot): Pages {
  crm.scopes.require(type.scopes.read);
  const names = properties.map(({ name }) => name);
  const short = names.join().length <= MAX_NAMES;
  const page = (after?: string): Promise<Page<HubSpotRecord>> =>
    hubspot.objects.list(
      type.id,
      { limit: LIST_PAGE, properties: short ? names : [], ...(after !== undefined && { after }) },
      { signal },
    );
  let next: Promise<Page<HubSpotRecord>> | undefined = page();
  while (next !== undefined) {
    const { results, next: after }: Page<HubSpotRecord> = await next;
    // The next page is on its way while this one is written.
    const following: Promise<Page<HubSpotRecord>> | undefined = after === undefined ? undefined : page(after);
    // It is awaited in its turn, and its failure is heard of then.
    following?.catch(() => undefined);
    yield short ? results : await readInFull(crm, type, results, names);
    next = following;
  }
}

async function readInFull(
  crm: Crm,
  type: ObjectType,
  records: readonly HubSpotRecord[],
  properties: readonly string[],
) {
  const read = await crm.records.read(
    type,
    records.map(({ id }) => id),
    { properties },
  );
  return read.flatMap((row) => {
    if (row.outcome === 'applied') return [row.value];
    // Archived in between.
    if (row.error.code === 'not_found') return [];
    throw row.error;
  });
}

async function* matching({ type, properties, filterGroups }: ExportRequest, crm: Crm): Pages {
  const said = { filterGroups, properties: properties.map(({ name }) => name) };
  let done = 0;
  for (let cursor: string | undefined, more = true; more; ) {
    const { records, total, nextCursor, note } = await crm.records.search(type, said, {
      limit: SEARCH_PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    done += records.length;
    yield records;
    cursor = nextCursor;
    more = cursor !== undefined;
    if (!more && note !== undefined && done < total)
      throw new Incomplete(`${done} of ${total} records were read. ${note}`);
  }
}

async function* gathered(pages: Pages, atLeast: number): Pages {
  let held: HubSpotRecord[] = [];
  for await (const page of pages) {
    held.push(...page);
    if (held.length < atLeast) continue;
    yield held;
    held = [];
  }
  if (held.length > 0) yield held;
}
