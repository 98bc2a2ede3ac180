/**
 * Read your writes: HubSpot's search learns of a write seconds later, so for a while the records that were just written
 * are left out of the search, read by their ids and judged here. No request is made when nothing was written.
 */

import type { HubSpotRecord, Property, Row, SearchRequest } from '../hubspot/index.ts';
import type { Crm } from './index.ts';
import { inOrder, isOrdered, judge } from './judge.ts';
import type { AssociationsOfRecord, ObjectType, PropertyIndex, ReadOptions } from './types.ts';

/** Ids of records of a type that were written in the last `ms` milliseconds, newest first. */
export type RecentWrites = (objectType: string, ms: number) => Promise<readonly string[]>;

/** Practitioners report an index delay of 5 to 10 s; HubSpot says "a few moments". */
const WATCHED_MS = 30_000;
/** One batch read. */
const MOST_READ = 100;
/** HubSpot refuses a search body over 3,000 characters. */
const MAX_BODY = 2_900;
const MAX_FILTERS_PER_GROUP = 6;
const MAX_FILTERS = 18;

export interface RecentParts {
  readonly recent: RecentWrites;
  readonly objectTypes: Crm['objectTypes'];
  readonly properties: Crm['properties'];
  readonly associations: Crm['associations'];
  readonly read: (
    type: ObjectType,
    ids: readonly string[],
    options: ReadOptions,
  ) => Promise<readonly Row<HubSpotRecord>[]>;
}

/** What was written lately, as one search is concerned. */
export interface Recent {
  /** The search without them, as far as its body has room. */
  readonly others: SearchRequest;
  /** Those that it leaves out. */
  readonly leftOut: ReadonlySet<string>;
  /** All that were read; a page of results that shows one may show it as it was. */
  readonly ids: ReadonlySet<string>;
  /** Those that match or may match, as they are now. */
  readonly matching: readonly HubSpotRecord[];
  readonly note?: string;
}

export function createRecentWrites({ recent, objectTypes, properties, read, associations }: RecentParts) {
  /** undefined when nothing of this type was written lately. */
  return async function recentFor(type: ObjectType, request: SearchRequest): Promise<Recent | undefined> {
    const written = await recent(type.name, WATCHED_MS);
    if (written.length === 0) return undefined;
    const ids = written.slice(0, MOST_READ);
    const index = await properties.of(type);
    const [rows, associated] = await Promise.all([
      read(type, ids, { properties: neededProperties(request, index) }),
      readAssociated(type, ids, request),
    ]);
    const find = (name: string) => index.all.find((property) => property.name === name);
    const judged = rows.flatMap((row, place) => {
      if (row.outcome !== 'applied') return [];
      const verdict = judge({ record: row.value, associated: associated(place) }, request, find);
      return verdict === 'no' ? [] : [{ record: row.value, verdict }];
    });
    const unread = rows.flatMap((row, place) =>
      row.outcome === 'applied' || row.error.code === 'not_found' ? [] : [ids[place] ?? ''],
    );
    const known = ids.filter((id) => !unread.includes(id));
    const leftOut = known.slice(0, room(request, known));
    const note = say(
      judged.filter(({ verdict }) => verdict === 'maybe').map(({ record }) => record.id),
      judged.length,
      written.length - ids.length + unread.length,
    );
    return {
      others: leftOut.length === 0 ? request : without(request, leftOut),
      leftOut: new Set(leftOut),
      ids: new Set(known),
      matching: judged.map(({ record }) => record),
      ...(note === '' ? {} : { note }),
    };
  };

  /** What the records are associated with, for filters that ask for it: one request for each type they name. */
  async function readAssociated(type: ObjectType, ids: readonly string[], { filterGroups = [] }: SearchRequest) {
    const names = filterGroups.flatMap(({ filters }) => filters.map(({ propertyName }) => propertyName));
    const found = new Map<string, readonly Row<AssociationsOfRecord>[]>();
    for (const name of new Set(names.filter((each) => each.startsWith('associations.')))) {
      const to = await objectTypes.resolve(name.slice('associations.'.length));
      found.set(name, await associations.read(type, to, ids));
    }
    return (place: number) =>
      Object.fromEntries(
        [...found].flatMap(([name, rows]) => {
          const row = rows[place];
          if (row?.outcome !== 'applied' || row.value.next !== undefined) return [];
          return [[name, new Set(row.value.to.map(({ toObjectId }) => toObjectId))]];
        }),
      );
  }
}

/** What the answer shows and what the search asks about; for words, every text. */
function neededProperties(
  { properties = [], filterGroups = [], sorts = [], query }: SearchRequest,
  index: PropertyIndex,
) {
  const filtered = filterGroups.flatMap(({ filters }) => filters.map(({ propertyName }) => propertyName));
  const asked = [...properties, ...filtered, ...sorts.map(({ propertyName }) => propertyName)];
  const texts = query
    ? index.all.filter(({ type }) => type === 'string' || type === 'enumeration').map(({ name }) => name)
    : [];
  return [...new Set([...asked.filter((name) => !name.startsWith('associations.')), ...texts])];
}

/** How many ids the search can name. One more filter must still fit, and leave room for the one that pages by id. */
function room(request: SearchRequest, ids: readonly string[]): number {
  const sizes = (request.filterGroups ?? []).map(({ filters }) => filters.length);
  const groups = Math.max(1, sizes.length);
  const filters = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.some((size) => size > MAX_FILTERS_PER_GROUP - 2) || filters + 2 * groups > MAX_FILTERS) return 0;
  const longest = Math.max(0, ...ids.map((id) => id.length)) + 3;
  const left = MAX_BODY - JSON.stringify(request).length - groups * 200;
  return Math.max(0, Math.floor(left / groups / longest));
}

/** Guess: NOT_IN takes as many ids as the body has room for. */
function without(request: SearchRequest, ids: readonly string[]): SearchRequest {
  const filter = { propertyName: 'hs_object_id', operator: 'NOT_IN', values: ids } as const;
  const groups = request.filterGroups?.length ? request.filterGroups : [{ filters: [] }];
  return { ...request, filterGroups: groups.map(({ filters }) => ({ filters: [...filters, filter] })) };
}

function say(unsure: readonly string[], shown: number, unread: number): string {
  return [
    shown > 0
      ? `${shown} of the records were written seconds ago; HubSpot's search may not know them yet, so they come from a direct read.`
      : '',
    unsure.length > 0 ? `Whether ${unsure.slice(0, 20).join(', ')} match is not certain.` : '',
    unread > 0
      ? `${unread} more records were written seconds ago and may be missing here; get_records shows them.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Puts the fresh records where the order wants them; without an order they come last, as new records do. */
export function inPlace(
  page: readonly HubSpotRecord[],
  fresh: readonly HubSpotRecord[],
  { sorts = [] }: SearchRequest,
  property: Property | undefined,
): readonly HubSpotRecord[] {
  const [sort] = sorts;
  if (sort === undefined) return [...page, ...fresh];
  const sign = sort.direction === 'DESCENDING' ? -1 : 1;
  const merged = [...page];
  for (const record of fresh) {
    const own = record.properties[sort.propertyName] ?? '';
    const at = merged.findIndex((other) => {
      const held = other.properties[sort.propertyName] ?? '';
      return own !== '' && (held === '' || sign * order(own, held, property) < 0);
    });
    merged.splice(at === -1 ? merged.length : at, 0, record);
  }
  return merged;
}

function order(a: string, b: string, property: Property | undefined): number {
  if (isOrdered(property)) return inOrder(a, property) - inOrder(b, property);
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
