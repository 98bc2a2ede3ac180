/**
 * Brings the copy of one object type up to date: everything at first, by the list, page by page; then what was changed,
 * by search, in slices of ids, so that HubSpot's 10,000 results are no bound. Where it is stands in the copy after each
 * page: whoever comes next, in this process or another, goes on there.
 */

import type { ObjectType } from '../crm/index.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import {
  type CopiedRecord,
  countRecords,
  deleteOlder,
  dropType,
  putRecords,
  putTypeRow,
  type Reading,
  type TypeRow,
  typeRow,
  UNREAD,
} from './copied-records.ts';
import { type Definitions, definitionsOf, namesIn, type Slot } from './layout.ts';
import { reconcile } from './reconcile.ts';
import { createRequests, modifiedProperty, type Requests } from './requests.ts';
import { type Turn, TurnOver, type TurnParts, takeTurn } from './turn.ts';
import type { CopyState, Refreshed, RefreshOptions } from './types.ts';

export interface RefreshParts extends TurnParts {
  readonly hubspot: HubSpot;
  readonly call: CallOptions;
}

const SEARCH_PAGE = 200;
/** HubSpot's search learns of a change later than its time says. Guess: hardly ever by more than this. */
const INDEX_DELAY_MS = 5 * 60_000;

/** Of its records: where more than that are lost, as after many were archived, all are read anew rather than looked for. */
const MOST_LOST = 0.01;

export async function refresh(type: ObjectType, options: RefreshOptions, parts: RefreshParts): Promise<Refreshed> {
  const { hubspot, clock, call } = parts;
  const definitions = await definitionsOf(hubspot, type, call);
  const turn = await takeTurn(type.id, parts, (db) => {
    // What the policy hides since then does not stay in the file.
    if (typeRow(db, type.id)?.layout.some(({ name }) => definitions.forbidden(name))) dropType(db, type.id);
    return typeRow(db, type.id) ?? UNREAD;
  });
  if (turn === undefined) return { ...(await stateOf(type, parts)), calls: 0, unaccounted: 0 };
  const layout = definitions.grown(turn.row.layout, options.properties);
  const requests = createRequests(hubspot, type, namesIn(layout), call);
  let unaccounted = 0;
  try {
    unaccounted = await bring({ type, turn, requests, options, layout, definitions, clock });
  } catch (error) {
    if (!(error instanceof TurnOver)) throw error;
  } finally {
    await turn.end();
  }
  return { ...(await stateOf(type, parts)), calls: requests.calls, unaccounted };
}

/** What one reading does, and all that it needs. */
interface Work extends Pick<RefreshParts, 'clock'> {
  readonly type: ObjectType;
  readonly turn: Turn;
  readonly requests: Requests;
  readonly options: RefreshOptions;
  readonly layout: readonly Slot[];
  readonly definitions: Definitions;
}

/** @returns by how many HubSpot's count and the copy's still differ */
async function bring(work: Work): Promise<number> {
  const { type, turn, requests, options, clock } = work;
  const newest = await requests.search({
    sorts: [{ propertyName: modifiedProperty(type), direction: 'DESCENDING' }],
    limit: 1,
  });
  const now = { mark: newest.records[0]?.modified ?? 0, upTo: clock.now() };
  const begun = await turn.use((db) => {
    const row = begin(typeRow(db, type.id) ?? turn.row, work, { ...now, of: newest.total });
    putTypeRow(db, type.id, row);
    return row;
  });
  if (begun.reading !== undefined) await read(begun.reading, work);
  // Also what was changed while it was read, or since it was interrupted.
  await read({ what: 'changes', read: 0, ...now }, work);
  const left = await reconcile(type, newest.total, turn, requests, options.signal);
  const isWhole = begun.reading?.what === 'all';
  const isLost = await turn.use((db) => {
    const row = typeRow(db, type.id) ?? begun;
    if (isWhole) putTypeRow(db, type.id, { ...row, settled: left });
    if (isWhole || left - (row.settled ?? 0) <= MOST_LOST * countRecords(db, type.id)) return false;
    const { mark: _mark, upTo: _upTo, ...unread } = row;
    putTypeRow(db, type.id, unread);
    return true;
  });
  return isLost ? bring(work) : left;
}

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

/** With the reading of everything that has to be made, or whichever was interrupted. */
function begin(row: TypeRow, { layout, definitions }: Work, now: Pick<Reading, 'mark' | 'upTo' | 'of'>): TypeRow {
  const { reading, ...rest } = row;
  const added = layout.slice(row.layout.length);
  const since = reading?.what === 'all' ? reading.upTo : row.upTo;
  if (since !== undefined && added.every((slot) => definitions.bornAfter(slot, since))) {
    // What changed was read without the property that came: all of it is read once more.
    const goesOn = reading !== undefined && (reading.what === 'all' || added.length === 0);
    return { ...rest, layout, ...(goesOn && { reading }) };
  }
  const { version, generation } = row;
  return {
    ...rest,
    layout,
    version: version + 1,
    generation: generation + 1,
    reading: { what: 'all', read: 0, ...now },
  };
}

/** Goes through it from where it is to its end. */
async function read(start: Reading, work: Work): Promise<void> {
  const { type, turn, options } = work;
  const since = await turn.use((db) => unseenFrom(typeRow(db, type.id)));
  for (let reading: Reading | undefined = start; reading !== undefined; ) {
    options.signal?.throwIfAborted();
    if (reading.of !== undefined) options.progress?.(reading.read, reading.of);
    const { records, next }: Page = await (reading.what === 'all'
      ? listed(reading, work)
      : changed(reading, since, work));
    await store(records, reading, next, work);
    reading = next;
  }
}

/** A page, and where the next one begins. */
interface Page {
  readonly records: readonly CopiedRecord[];
  readonly next: Reading | undefined;
}

async function listed(reading: Reading, { requests }: Work): Promise<Page> {
  const { records, next } = await requests.list(reading.cursor);
  const read = reading.read + records.length;
  return { records, next: next === undefined ? undefined : { ...reading, cursor: next, read } };
}

async function changed(reading: Reading, since: number, { type, requests }: Work): Promise<Page> {
  const { records, total } = await requests.search({
    filterGroups: [
      {
        filters: [
          { propertyName: modifiedProperty(type), operator: 'GTE', value: String(since) },
          { propertyName: 'hs_object_id', operator: 'GT', value: reading.cursor ?? '0' },
        ],
      },
    ],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    limit: SEARCH_PAGE,
  });
  const last = records.at(-1);
  if (last === undefined || total <= records.length) return { records, next: undefined };
  const read = reading.read + records.length;
  return { records, next: { ...reading, cursor: last.id, read, of: read + total - records.length } };
}

/** Stores a page and where it leads, in one piece: a stop between two pages loses and repeats nothing. */
async function store(
  records: readonly CopiedRecord[],
  { what, mark, upTo }: Reading,
  next: Reading | undefined,
  { type, turn }: Work,
): Promise<void> {
  await turn.use((db) => {
    const { reading: _before, ...row } = typeRow(db, type.id) ?? turn.row;
    let changes = putRecords(db, type.id, row, records);
    if (next === undefined && what === 'all') changes += deleteOlder(db, type.id, row.generation);
    putTypeRow(db, type.id, {
      ...row,
      version: row.version + (changes > 0 ? 1 : 0),
      ...(next === undefined ? { mark, upTo } : { reading: next }),
    });
  });
}

/**
 * HubSpot's time from which on a change may not be in the copy: the newest one that is in it, or earlier where its index
 * may still have been behind when it was last asked.
 */
function unseenFrom({ mark = 0, upTo = 0 }: Pick<TypeRow, 'mark' | 'upTo'> = {}): number {
  return Math.max(0, Math.min(mark, upTo - INDEX_DELAY_MS));
}
