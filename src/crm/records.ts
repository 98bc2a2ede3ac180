/** Reads of records: by reference, by search, and all that match. */

import {
  type CallOptions,
  type HubSpot,
  HubSpotError,
  type HubSpotRecord,
  type Row,
  type SearchRequest,
} from '../hubspot/index.ts';
import { cursorAt, placeOf } from './cursors.ts';
import type { createFilters } from './filters.ts';
import type { Crm } from './index.ts';
import { requireAbility } from './object-types.ts';
import { createRecentWrites, inPlace, type RecentWrites } from './recent-writes.ts';
import type { ObjectType, ReadOptions, RecordRef, SaidSearch, SearchPage } from './types.ts';
import { UserError } from './user-error.ts';
import { quote } from './words.ts';

export interface RecordParts {
  readonly objectTypes: Crm['objectTypes'];
  readonly properties: Crm['properties'];
  readonly associations: Crm['associations'];
  readonly recent: RecentWrites;
  readonly scopes: Crm['scopes'];
  readonly filters: ReturnType<typeof createFilters>;
}

/** HubSpot refuses a search body over 3,000 characters. */
const MAX_QUERY = 2500;

export function createRecords(
  hubspot: Pick<HubSpot, 'objects'>,
  call: CallOptions,
  searching: CallOptions,
  parts: RecordParts,
): Crm['records'] {
  const { properties, scopes, filters } = parts;
  const recentFor = createRecentWrites({ ...parts, read });

  async function read(
    type: ObjectType,
    refs: readonly RecordRef[],
    options: ReadOptions = {},
  ): Promise<readonly Row<HubSpotRecord>[]> {
    scopes.require(type.scopes.read);
    const rows: Row<HubSpotRecord>[] = [];
    for (const [idProperty, group] of await grouped(type, refs, rows)) {
      const request = { ...options, ...(idProperty === '' ? {} : { idProperty }) };
      const ids = group.map((entry) => entry.id);
      for (const row of await hubspot.objects.batchRead(type.id, ids, request, call)) {
        const index = group[row.index]?.index;
        if (index === undefined) continue;
        const missing = row.outcome === 'rejected' && row.error.code === 'not_found';
        rows[index] = missing
          ? { ...row, index, error: notThere(type, { idProperty, value: ids[row.index] ?? '' }, options, row.error) }
          : { ...row, index };
      }
    }
    return rows;
  }

  /** References by the property they are values of ('' is the id); what can be no reference becomes a rejected row. */
  async function grouped(type: ObjectType, refs: readonly RecordRef[], rejected: Row<HubSpotRecord>[]) {
    const groups = new Map<string, { index: number; id: string }[]>();
    for (const [index, ref] of refs.entries()) {
      const { idProperty, value } = typeof ref === 'string' ? spoken(type, ref.trim()) : ref;
      const name = idProperty === '' ? '' : await uniqueProperty(type, idProperty);
      if (name === '' && !/^\d{1,20}$/.test(value)) {
        rejected[index] = { index, outcome: 'rejected', error: notAnId(type, value) };
        continue;
      }
      const group = groups.get(name);
      if (group) group.push({ index, id: value });
      else groups.set(name, [{ index, id: value }]);
    }
    return groups;
  }

  async function uniqueProperty(type: ObjectType, said: string): Promise<string> {
    if (said === 'hs_object_id' || said === 'id') return '';
    if (isEmail(type, said)) return said;
    const index = await properties.of(type);
    const property = index.get(said);
    if (property.hasUniqueValue || isEmail(type, property.name)) return property.name;
    const allowed = index.all
      .filter((each) => each.hasUniqueValue || isEmail(type, each.name))
      .map((each) => each.name);
    throw new UserError(
      'not_unique',
      `${property.name} is not unique, so it cannot name one record. Search for it, or use the id${allowed.length > 0 ? ' or one of those allowed' : ''}.`,
      {
        property: property.name,
        allowed: ['hs_object_id', ...allowed],
        next: 'search_records',
      },
    );
  }

  async function resolveIds(type: ObjectType, refs: readonly RecordRef[]): Promise<readonly Row<string>[]> {
    const rows: Row<string>[] = [];
    const unknown: { ref: RecordRef; index: number }[] = [];
    for (const [index, ref] of refs.entries()) {
      if (typeof ref === 'string' && /^\d{1,20}$/.test(ref.trim()))
        rows[index] = { index, outcome: 'applied', value: ref.trim() };
      else unknown.push({ ref, index });
    }
    if (unknown.length === 0) return rows;
    const found = await read(
      type,
      unknown.map(({ ref }) => ref),
      { properties: ['hs_object_id'] },
    );
    for (const row of found) {
      const index = unknown[row.index]?.index ?? row.index;
      rows[index] = row.outcome === 'applied' ? { index, outcome: 'applied', value: row.value.id } : { ...row, index };
    }
    return rows;
  }

  async function request(type: ObjectType, said: SaidSearch): Promise<SearchRequest> {
    requireAbility(type, 'search');
    scopes.require(type.scopes.read);
    const { query, filterGroups, sorts = [], properties: wanted } = said;
    if (sorts.length > 1)
      throw new UserError('invalid_sort', 'HubSpot sorts by one property. Give one entry in sorts.');
    if (query !== undefined && query.length > MAX_QUERY) {
      throw new UserError(
        'query_too_long',
        `The query has ${query.length} characters; HubSpot takes ${MAX_QUERY}. Use a few words.`,
      );
    }
    const sorted = await Promise.all(
      sorts.map(async ({ propertyName, direction = 'ASCENDING' }) => ({
        propertyName: (await properties.of(type)).get(propertyName).name,
        direction,
      })),
    );
    return {
      ...(query ? { query } : {}),
      ...(filterGroups?.length ? { filterGroups: await filters.toWire(type, filterGroups) } : {}),
      ...(sorted.length > 0 ? { sorts: sorted } : {}),
      ...(wanted ? { properties: wanted } : {}),
    };
  }

  async function search(
    type: ObjectType,
    said: SaidSearch,
    wanted: { limit?: number; cursor?: string } = {},
  ): Promise<SearchPage> {
    const { limit = 10, cursor } = wanted;
    const question = [type.id, said.query ?? '', said.filterGroups ?? [], said.sorts ?? []];
    // The client counts what is left after a cursor; the reader is told how many there are in all.
    const [after, all] = cursor === undefined ? [] : placeOf(cursor, question).split('~');
    const asked = await request(type, said);
    // On a later page they would come a second time.
    const recent = cursor === undefined ? await recentFor(type, asked) : undefined;
    const found = await hubspot.objects.searchAll(
      type.id,
      recent?.others ?? asked,
      { limit, ...(after === undefined ? {} : { after }) },
      searching,
    );
    const page = found.records.filter(({ id }) => !recent?.ids.has(id));
    const stale = found.records.length - page.length;
    const fresh = recent?.matching ?? [];
    const total = all === undefined ? found.total - stale + fresh.length : Number(all);
    const notes = [
      ...(found.sorted ? [] : ['More than 10,000 match: they come in the order of their ids, not of `sorts`.']),
      ...(found.stoppedBy === 'window'
        ? ['HubSpot pages 10,000 results of these filters. Narrow them to see the others.']
        : []),
      ...(found.error ? [`Stopped early: ${found.error.message}`] : []),
      ...(recent?.note === undefined ? [] : [recent.note]),
    ];
    const index = fresh.length > 0 && asked.sorts?.length ? await properties.of(type) : undefined;
    const sortedBy = index?.all.find(({ name }) => name === asked.sorts?.[0]?.propertyName);
    return {
      records: inPlace(page, fresh, asked, sortedBy),
      total,
      ...(found.next === undefined ? {} : { nextCursor: cursorAt(`${found.next}~${total}`, question) }),
      ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    };
  }

  return {
    read,
    resolveIds,
    search,

    async searchAll(type, said, onPage) {
      const asked = await request(type, said);
      const recent = await recentFor(type, asked);
      const fresh = recent?.matching ?? [];
      let covered = 0;
      let stale = 0;
      const found = await hubspot.objects.searchAll(
        type.id,
        asked,
        {
          keep: false,
          onPage(records, done, total) {
            const page = records.filter(({ id }) => !recent?.ids.has(id));
            stale += records.length - page.length;
            covered = done - stale;
            onPage(page, total - stale + fresh.length);
          },
        },
        searching,
      );
      const total = found.total - stale + fresh.length;
      if (fresh.length > 0) onPage(fresh, total);
      return {
        total,
        covered: covered + fresh.length,
        complete: found.complete,
        ...(found.stoppedBy ? { stoppedBy: found.stoppedBy } : {}),
      };
    },

    async count(type, said) {
      const asked = { ...(await request(type, said)), properties: ['hs_object_id'] };
      const recent = await recentFor(type, asked);
      // Those for which the search has no room are counted as HubSpot knows them.
      const fresh = recent?.matching.filter(({ id }) => recent.leftOut.has(id)) ?? [];
      const { total } = await hubspot.objects.search(type.id, { ...(recent?.others ?? asked), limit: 1 }, searching);
      return total + fresh.length;
    },
  };
}

/** How tools that read take references: ids, or values of one unique property. */
export function recordRefs(ids: readonly string[], idProperty?: string): readonly RecordRef[] {
  return idProperty === undefined ? ids : ids.map((value) => ({ idProperty, value }));
}

/** A contact's e-mail is the one unique property that every portal has, and that models give where an id belongs. */
function spoken(type: ObjectType, ref: string): { idProperty: string; value: string } {
  return { idProperty: type.name === 'contacts' && ref.includes('@') ? 'email' : '', value: ref };
}

const isEmail = (type: ObjectType, property: string) => type.name === 'contacts' && property === 'email';

/** HubSpot says of no single record that it is missing. */
function notThere(
  type: ObjectType,
  { idProperty, value }: Exclude<RecordRef, string>,
  { archived = false }: ReadOptions,
  { code, sent, retryable }: HubSpotError,
): HubSpotError {
  const word = type.singular.toLowerCase();
  const message =
    archived && idProperty !== ''
      ? // Guess: archived records give up their unique values, so that others can take them; a batch read then knows them by id only.
        `HubSpot finds no archived ${word} by this ${idProperty}; it may know it by its id only. Use the id.`
      : `There is no ${word} ${idProperty === '' ? '' : `${idProperty} `}${quote(value)}; it may ${archived ? 'not be archived' : 'be archived'}.`;
  return new HubSpotError(message, { code, sent, retryable });
}

/** As a row of find_duplicates has them, which says by `+3` that there are more, or a list in words. */
const SEVERAL_IDS = /^(\d{1,20}(?:[:;,|\s]+\d{1,20})+)(?::\+\d+)?$/;
/** More than a row of find_duplicates names; of others it is plain how to go on. */
const SHOWN_IDS = 10;

function notAnId(type: ObjectType, value: string): HubSpotError {
  const ids = SEVERAL_IDS.exec(value)?.[1]?.split(/\D+/) ?? [];
  const rest = ids.length > SHOWN_IDS ? ' and so on' : '';
  const advice =
    ids.length > 0
      ? `these are several. Give each by itself: ${JSON.stringify(ids.slice(0, SHOWN_IDS))}${rest}.`
      : `ids are digits. Find the ${type.singular.toLowerCase()} with search_records, or name it by a unique property and idProperty.`;
  return new HubSpotError(`${quote(value)} is no record id: ${advice}`, {
    code: 'invalid_argument',
    sent: 'no',
    retryable: false,
  });
}
