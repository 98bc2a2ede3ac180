/**
 * Brings the copy of one object type up to date: everything at first, by the list, page by page; then what was changed,
 * by search, in slices of ids, so that HubSpot's 10,000 results are no bound. Where it is stands in the copy after each
 * page: whoever comes next, in this process or another, goes on there.
 */

import type { Clock } from '../clock.ts';
import type { ObjectType } from '../crm/index.ts';
import type { CallOptions, HubSpot, HubSpotRecord, SearchRequest } from '../hubspot/index.ts';
import {
  type CopiedRecord,
  claim,
  countRecords,
  deleteOlder,
  dropType,
  putRecords,
  putTypeRow,
  type Reading,
  release,
  type TypeRow,
  typeRow,
} from './copied-records.ts';
import { reconcile } from './reconcile.ts';
import type { SharedFile } from './shared-file.ts';
import type { CopyState, Refreshed, RefreshOptions } from './types.ts';

export interface RefreshParts {
  readonly file: SharedFile;
  readonly hubspot: HubSpot;
  readonly clock: Clock;
  /** Who reads: this copy in this process. */
  readonly owner: string;
}

/** Requests to HubSpot for one object type, counted. */
export interface Requests {
  readonly calls: number;
  search(request: SearchRequest): Promise<{ readonly records: readonly CopiedRecord[]; readonly total: number }>;
  list(after: string | undefined): Promise<{ readonly records: readonly CopiedRecord[]; readonly next?: string }>;
  /** Ids without a record are left out. */
  read(ids: readonly string[]): Promise<readonly CopiedRecord[]>;
}

const LIST_PAGE = 100;
const SEARCH_PAGE = 200;
const BATCH = 100;
/** Names of properties go into a list's URL, and into a search's body of 3,000 characters. What is longer is read by batch. */
const MAX_NAMES = 2_000;
/** HubSpot's search learns of a change later than its time says. Guess: hardly ever by more than this. */
const INDEX_DELAY_MS = 5 * 60_000;
/** Who reads says so with every page; who is silent for so long has ended. */
const BUSY_MS = 60_000;

/** The property that says when a record was changed: contacts have an older name for it. */
export const modifiedProperty = (type: ObjectType) =>
  type.name === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';

export async function refresh(type: ObjectType, options: RefreshOptions, parts: RefreshParts): Promise<Refreshed> {
  const { file, hubspot, owner } = parts;
  const call: CallOptions = { ...BACKGROUND, caller: owner, ...(options.signal && { signal: options.signal }) };
  const { forbidden, bornAfter } = await definitionsOf(hubspot, type, call);
  const requests = createRequests(hubspot, type, options.properties, call);
  const mine = await file.use((db) => {
    const held = typeRow(db, type.id);
    // What the policy hides since then does not stay in the file.
    if (held?.layout.some(forbidden)) dropType(db, type.id);
    const known = typeRow(db, type.id);
    putTypeRow(db, type.id, known ?? { layout: [...options.properties], version: 1, generation: 1 });
    return claim(db, type.id, owner, parts.clock.now(), parts.clock.now() + BUSY_MS);
  });
  if (!mine) return { ...(await stateOf(type, parts)), calls: 0, unaccounted: 0 };
  try {
    const unaccounted = await readOn(type, options, parts, requests, bornAfter);
    return { ...(await stateOf(type, parts)), calls: requests.calls, unaccounted };
  } finally {
    await file.use((db) => release(db, type.id, owner));
  }
}

/** Everybody else goes first, and so a request may wait long. */
const BACKGROUND = { priority: 9, deadlineMs: 30 * 60_000 } as const;

export async function stateOf(type: ObjectType, { file }: Pick<RefreshParts, 'file'>): Promise<CopyState> {
  return file.use((db) => {
    const row = typeRow(db, type.id);
    const records = countRecords(db, type.id);
    if (row === undefined) return { objectType: type.name, records, version: 0 };
    const { reading, upTo, version } = row;
    return {
      objectType: type.name,
      records,
      version,
      ...(upTo !== undefined && { upTo }),
      ...(reading && { reading: { read: reading.read, ...(reading.of !== undefined && { of: reading.of }) } }),
    };
  });
}

async function readOn(
  type: ObjectType,
  options: RefreshOptions,
  parts: RefreshParts,
  requests: Requests,
  bornAfter: Definitions['bornAfter'],
): Promise<number> {
  const { file, clock, owner } = parts;
  const now = clock.now();
  const newest = await requests.search({
    sorts: [{ propertyName: modifiedProperty(type), direction: 'DESCENDING' }],
    limit: 1,
  });
  const mark = newest.records[0]?.modified ?? 0;
  const begun = await file.use((db) => {
    const row = begin(typeRow(db, type.id), options.properties, bornAfter, { mark, upTo: now, total: newest.total });
    putTypeRow(db, type.id, row);
    return row;
  });

  /** Stores a page and where it leads, in one piece: a stop between two pages loses and repeats nothing. */
  const store = async (records: readonly CopiedRecord[], reading: Reading | undefined, end?: Partial<TypeRow>) => {
    await file.use((db) =>
      db.transaction(() => {
        const { reading: _before, ...row } = typeRow(db, type.id) ?? begun;
        let changed = putRecords(db, type.id, row, records, (reading ?? begun.reading)?.what === 'all');
        if (end !== undefined && begun.reading?.what === 'all') changed += deleteOlder(db, type.id, row.generation);
        putTypeRow(db, type.id, {
          ...row,
          ...end,
          version: row.version + (changed > 0 ? 1 : 0),
          ...(reading && { reading }),
        });
        claim(db, type.id, owner, clock.now(), clock.now() + BUSY_MS);
      }),
    );
  };

  let { reading } = begun;
  if (reading?.what === 'all') {
    reading = await readAll(reading, requests, store, options);
    // What was changed while it was read is read like any later change.
    reading = { what: 'changes', read: 0, mark, upTo: now };
  }
  const since = await file.use((db) => unseenFrom(typeRow(db, type.id)));
  await readChanges(type, since, reading ?? { what: 'changes', read: 0, mark, upTo: now }, requests, store, options);
  return reconcile(type, newest.total, file, requests, options.signal);
}

/**
 * HubSpot's time from which on a change may not be in the copy: the newest one that is in it, or earlier where its index
 * may still have been behind when it was last asked.
 */
function unseenFrom({ mark = 0, upTo = 0 }: Pick<TypeRow, 'mark' | 'upTo'> = {}): number {
  return Math.max(0, Math.min(mark, upTo - INDEX_DELAY_MS));
}

/** Where the reading starts that has to be made, or that was interrupted. */
function begin(
  row: TypeRow | undefined,
  wanted: readonly string[],
  bornAfter: Definitions['bornAfter'],
  { mark, upTo, total }: { readonly mark: number; readonly upTo: number; readonly total: number },
): TypeRow {
  const { layout, version, generation } = row ?? { layout: [], version: 0, generation: 0 };
  const missing = wanted.filter((property) => !layout.includes(property));
  const whole = row?.upTo !== undefined || row?.reading !== undefined;
  const since = row?.upTo ?? row?.reading?.upTo ?? 0;
  const grown = [...layout, ...missing];
  if (row !== undefined && whole && missing.every((property) => bornAfter(property, since))) {
    return { ...row, layout: grown };
  }
  return {
    ...row,
    layout: grown,
    version: version + 1,
    generation: generation + 1,
    reading: { what: 'all', read: 0, of: total, mark, upTo },
  };
}

type Store = (
  records: readonly CopiedRecord[],
  reading: Reading | undefined,
  end?: Pick<TypeRow, 'mark' | 'upTo'>,
) => Promise<void>;

async function readAll(start: Reading, requests: Requests, store: Store, options: RefreshOptions): Promise<undefined> {
  for (let reading = start; ; ) {
    options.signal?.throwIfAborted();
    options.progress?.(reading.read, reading.of);
    const { records, next } = await requests.list(reading.cursor);
    if (next === undefined) {
      await store(records, undefined, { mark: reading.mark, upTo: reading.upTo });
      options.progress?.(reading.read + records.length, reading.of);
      return undefined;
    }
    reading = { ...reading, cursor: next, read: reading.read + records.length };
    await store(records, reading);
  }
}

async function readChanges(
  type: ObjectType,
  from: number,
  start: Reading,
  requests: Requests,
  store: Store,
  options: RefreshOptions,
): Promise<void> {
  const since = {
    propertyName: modifiedProperty(type),
    operator: 'GTE',
    value: String(from),
  } as const;
  for (let reading = start; ; ) {
    options.signal?.throwIfAborted();
    const { records, total } = await requests.search({
      filterGroups: [
        { filters: [since, { propertyName: 'hs_object_id', operator: 'GT', value: reading.cursor ?? '0' }] },
      ],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      limit: SEARCH_PAGE,
    });
    const read = reading.read + records.length;
    const last = records.at(-1);
    if (last === undefined || total <= records.length) {
      await store(records, undefined, { mark: reading.mark, upTo: reading.upTo });
      return;
    }
    reading = { ...reading, cursor: last.id, read, of: read + total - records.length };
    options.progress?.(read, reading.of);
    await store(records, reading);
  }
}

function createRequests(hubspot: HubSpot, type: ObjectType, wanted: readonly string[], call: CallOptions): Requests {
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

interface Definitions {
  /** What the operator's policy hides or shows in part only: neither is ever in the copy. */
  readonly forbidden: (property: string) => boolean;
  /** A property that came into being after this time: records that were not changed since have no value of it. */
  readonly bornAfter: (property: string, time: number) => boolean;
}

async function definitionsOf(hubspot: HubSpot, type: ObjectType, call: CallOptions): Promise<Definitions> {
  const all = new Map((await hubspot.properties.list(type.id, {}, call)).map((property) => [property.name, property]));
  return {
    forbidden: (property) =>
      all.get(property)?.restricted === 'mask' || (hubspot.hides?.(type.name, property) ?? false),
    bornAfter(property, time) {
      const { createdAt, calculated = false } = all.get(property) ?? {};
      return !calculated && createdAt !== undefined && Date.parse(createdAt) > time;
    },
  };
}
