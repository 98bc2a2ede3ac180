/**
 * Counts and sums over a search of any size. HubSpot adds nothing up, but it tells the total of every search: where only
 * counts are wanted and the groups are known beforehand, each is one small search; else the records are read, page by page.
 */

import { HubSpotError } from '../hubspot/index.ts';
import { currencyNote, currencyOf, watchCurrencies } from './currencies.ts';
import { MAX_FILTERS, MAX_FILTERS_PER_GROUP } from './filters.ts';
import { type CountableGroup, type Grouping, groupsOf, valuesOf } from './groups.ts';
import type { Crm } from './index.ts';
import { type Calendar, openCalendar } from './intervals.ts';
import { type Measure, openTally, type Tally } from './measures.ts';
import type { ObjectType, SaidFilter, SaidSearch } from './types.ts';

export interface Group {
  /** One per grouping; `null` for records without a value. */
  readonly keys: readonly (string | null)[];
  /** One per measure. */
  readonly values: readonly (number | string | null)[];
}

export interface Aggregate {
  readonly groups: readonly Group[];
  /** Records that match. */
  readonly total: number;
  /** Records that were added up; fewer than `total` when the deadline came first. */
  readonly covered: number;
  /** What the reader must know to read the numbers rightly. */
  readonly notes: readonly string[];
}

export interface AggregateRequest {
  readonly type: ObjectType;
  readonly said: Pick<SaidSearch, 'query' | 'filterGroups'>;
  readonly measures: readonly Measure[];
  readonly groupings: readonly Grouping[];
  readonly progress: (done: number, total: number) => void;
}

const PAGE = 200;
/** A search a group takes a fifth of a second: more would not fit a call's time. */
const MAX_COUNTED_GROUPS = 100;
/** HubSpot answers five searches a second; more at once would only wait, and all be lost when the deadline comes. */
const COUNTED_AT_ONCE = 5;
/** For records whose value the definition does not know. */
const OTHER = '(other)';
/** Groups that a note names. */
const LISTED = 20;

export async function aggregate(crm: Crm, request: AggregateRequest): Promise<Aggregate> {
  const { type, said, measures, groupings } = request;
  const calendar = groupings.some(({ interval }) => interval)
    ? await openCalendar((await crm.account.details()).timeZone)
    : undefined;
  if (measures.some(({ of }) => of !== 'count') || groupings.length > 1) return addUp(crm, request, calendar);

  const total = await crm.records.count(type, said);
  const [grouping] = groupings;
  if (grouping === undefined)
    return { groups: [{ keys: [], values: measures.map(() => total) }], total, covered: total, notes: [] };
  const searches = total > PAGE && hasRoom(said) ? await countable(crm, request, grouping, calendar) : undefined;
  if (searches === undefined || searches.length + 1 >= total / PAGE || searches.length > MAX_COUNTED_GROUPS) {
    return addUp(crm, request, calendar);
  }
  return countEach(crm, request, grouping, searches, total);
}

/** Room for one more filter in every group of the search. */
function hasRoom({ filterGroups = [] }: AggregateRequest['said']): boolean {
  const sizes = filterGroups.map(({ filters }) => filters.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.every((size) => size < MAX_FILTERS_PER_GROUP) && total + Math.max(1, sizes.length) <= MAX_FILTERS;
}

function narrowed(said: AggregateRequest['said'], filter: SaidFilter): SaidSearch {
  const groups = said.filterGroups?.length ? said.filterGroups : [{ filters: [] }];
  return { ...said, filterGroups: groups.map(({ filters }) => ({ filters: [...filters, filter] })) };
}

async function countable(
  crm: Crm,
  { type, said }: AggregateRequest,
  grouping: Grouping,
  calendar: Calendar | undefined,
): Promise<CountableGroup[] | undefined> {
  const { property, interval } = grouping;
  const { name: propertyName } = property;
  if (!interval || !calendar) {
    const { pipelineProperty, stageProperty } = type.pipeline ?? {};
    const pipelines =
      propertyName === pipelineProperty || propertyName === stageProperty ? await crm.pipelines.of(type) : [];
    const ids =
      propertyName === stageProperty
        ? pipelines.flatMap(({ stages }) => stages.map(({ id }) => id))
        : pipelines.map(({ id }) => id);
    return valuesOf(type, grouping, ids);
  }
  const filled = narrowed(said, { propertyName, operator: 'HAS_PROPERTY' });
  const edge = async (direction: 'ASCENDING' | 'DESCENDING') => {
    const sorted = { ...filled, properties: [propertyName], sorts: [{ propertyName, direction }] };
    return (await crm.records.search(type, sorted, { limit: 1 })).records[0]?.properties[propertyName];
  };
  const [first, last] = await Promise.all([edge('ASCENDING'), edge('DESCENDING')]);
  if (!first || !last) return [];
  return calendar.buckets(first, last, interval).map(({ key, firstDay, lastDay, start, end }) => {
    const [value, highValue] =
      property.type === 'date' ? [firstDay, lastDay] : [new Date(start).toISOString(), new Date(end).toISOString()];
    return { key, filter: { propertyName, operator: 'BETWEEN', value, highValue } };
  });
}

async function countEach(
  crm: Crm,
  { type, said, measures, progress }: AggregateRequest,
  { property }: Grouping,
  searches: readonly CountableGroup[],
  total: number,
): Promise<Aggregate> {
  const waiting = [...searches];
  const counts = new Map<string | null, number>();
  const uncounted: string[] = [];
  let covered = 0;
  let late: HubSpotError | undefined;

  async function count(key: string | null, filter: SaidFilter): Promise<void> {
    try {
      const found = await crm.records.count(type, narrowed(said, filter));
      counts.set(key, found);
      covered += found;
      progress(covered, total);
    } catch (error) {
      if (!(error instanceof HubSpotError) || error.code !== 'deadline') throw error;
      late = error;
      uncounted.push(key ?? '(empty)');
    }
  }

  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined && late === undefined; next = waiting.shift()) {
      await count(next.key, next.filter);
      if (late !== undefined) uncounted.push(...waiting.splice(0).map(({ key }) => key));
    }
  }

  await Promise.all(Array.from({ length: COUNTED_AT_ONCE }, worker));
  if (late === undefined && covered < total) {
    await count(null, { propertyName: property.name, operator: 'NOT_HAS_PROPERTY' });
  }
  if (late !== undefined && counts.size === 0) throw late;
  if (late === undefined && covered < total) counts.set(OTHER, total - covered);
  const keys = [...searches.map(({ key }) => key), null, OTHER];
  const groups = keys.flatMap((key) => {
    const found = counts.get(key) ?? 0;
    return found > 0 ? [{ keys: [key], values: measures.map(() => found) }] : [];
  });
  return {
    groups,
    total,
    covered: late === undefined ? total : Math.min(covered, total),
    notes: late === undefined ? [] : [notCounted(uncounted)],
  };
}

function notCounted(keys: readonly string[]): string {
  const more = keys.length - LISTED;
  const named = keys.slice(0, LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `The deadline came first; not counted: ${named}. Narrow the filters.`;
}

async function addUp(crm: Crm, request: AggregateRequest, calendar: Calendar | undefined): Promise<Aggregate> {
  const { type, said, measures, groupings, progress } = request;
  const watch = await watchCurrencies(crm, type, measures);
  const needed = [
    ...measures.map(({ property }) => property?.name),
    ...groupings.map(({ property }) => property.name),
    watch?.property,
  ];
  const properties = [...new Set(['hs_object_id', ...needed.filter((name) => name !== undefined)])];
  const groups = new Map<string, { keys: (string | null)[]; tallies: Tally[]; currencies: Set<string> }>();
  let covered = 0;

  function add(stored: Readonly<Record<string, string | null>>): void {
    const currency = watch && currencyOf(watch, stored);
    const combinations = groupings
      .map((grouping) => groupsOf(stored[grouping.property.name], grouping, calendar))
      .reduce<(string | null)[][]>((all, keys) => all.flatMap((before) => keys.map((key) => [...before, key])), [[]]);
    for (const keys of combinations) {
      const id = JSON.stringify(keys);
      let group = groups.get(id);
      if (group === undefined) {
        group = { keys, tallies: measures.map(openTally), currencies: new Set() };
        groups.set(id, group);
      }
      for (const tally of group.tallies) tally.add(stored);
      if (currency !== undefined) group.currencies.add(currency);
    }
  }

  const { total } = await crm.records.searchAll(type, { ...said, properties }, (records, total) => {
    for (const record of records) add(record.properties);
    covered += records.length;
    progress(covered, total);
  });
  if (groupings.length === 0 && groups.size === 0) {
    groups.set('[]', { keys: [], tallies: measures.map(openTally), currencies: new Set() });
  }
  const all = [...groups.values()];
  const mixed =
    watch &&
    currencyNote(
      watch,
      all.map(({ currencies }) => currencies),
    );
  return {
    groups: all.map(({ keys, tallies }) => ({ keys, values: tallies.map((tally) => tally.result()) })),
    total,
    covered,
    notes: [
      ...(covered < total
        ? [`Only ${covered} of ${total} records were read before the deadline, the oldest first. Narrow the filters.`]
        : []),
      ...(mixed === undefined ? [] : [mixed]),
    ],
  };
}
