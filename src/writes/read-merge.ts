/** Reads what a merge is planned from: the records whole, where their values came from, and what hangs on them. */

import { type Crm, type HubSpotRecord, type ObjectType, type Property, UserError } from '../crm/index.ts';
import { requireAbility } from '../crm/object-types.ts';
import { isReadOnly } from '../crm/values.ts';
import type { MergeInput, MergePlan, PropertyFacts, RecordNow } from '../enrich/merge/types.ts';
import { isRowError, settle } from './check-rows.ts';
import { valueOf } from './find-records.ts';
import { LINKED } from './merge-before.ts';

export interface SaidMerge {
  readonly objectType: string;
  readonly ids: readonly string[];
  readonly survivorId?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/** What a plan was made of, and the plan. */
export interface ReadMerge {
  readonly type: ObjectType;
  readonly plan: MergePlan;
  readonly records: readonly RecordNow[];
  /** Properties that whoever runs this server does not let be written. */
  readonly restricted: ReadonlySet<string>;
  /** What could not be looked at, in sentences. */
  readonly notes: readonly string[];
}

/** More of one type make no difference. */
const MOST_LINKED = 500;

/** Reads only. @throws UserError what keeps a plan from being made at all */
export async function readMerge(crm: Crm, said: SaidMerge, portalId: number): Promise<ReadMerge> {
  const type = await crm.objectTypes.resolve(said.objectType);
  requireAbility(type, 'merge');
  const { all } = await crm.properties.of(type);
  const properties = all.filter(({ archived }) => archived !== true).map(factsOf);
  const found = await readWhole(crm, type, said, properties);
  const [{ planMerge }, { comparable }, { valueSource }] = await Promise.all([
    import('../enrich/merge/plan.ts'),
    import('../enrich/merge/valid.ts'),
    import('../enrich/merge/value-source.ts'),
  ]);
  const disputed = properties.filter((property) => {
    const values = found.map((record) => comparable(property, record.properties[property.name] ?? ''));
    return property.writable && new Set(values.filter((value) => value !== '')).size > 1;
  });
  const [histories, links] = await Promise.all([
    readHistories(crm, type, found, disputed),
    readLinks(
      crm,
      type,
      found.map(({ id }) => id),
    ),
  ]);
  const records = found.map(({ id, properties: held, createdAt }, place): RecordNow => {
    const sources = disputed.flatMap((property) => {
      const source = valueSource(property, histories[place]?.[property.name] ?? []);
      return source === undefined ? [] : [[property.name, source] as const];
    });
    const { associations, primary, openDeals, wonDeals } = links.of(id);
    return {
      id,
      properties: held,
      sources: Object.fromEntries(sources),
      createdAt: Date.parse(createdAt),
      associations,
      primary,
      openDeals,
      wonDeals,
    };
  });
  const named = namedIn(said, found);
  const input: MergeInput = {
    portalId,
    objectType: type.name,
    properties,
    records,
    ...(type.pipeline !== undefined && { pipeline: type.pipeline }),
    ...(said.survivorId !== undefined && { survivor: named(said.survivorId, 'survivorId') }),
    ...(said.fields !== undefined && {
      fields: Object.fromEntries(Object.entries(said.fields).map(([name, id]) => [name, named(id, `fields.${name}`)])),
    }),
  };
  const restricted = new Set(all.flatMap((property) => (property.restricted === undefined ? [] : [property.name])));
  return { type, plan: planMerge(input), records, restricted, notes: links.notes };
}

function factsOf(property: Property): PropertyFacts {
  const { name, hasUniqueValue, options, restricted } = property;
  return {
    name,
    // What is seen in part only says nothing that could be weighed.
    kind: restricted === 'mask' ? 'text' : kindOf(property),
    writable: !isReadOnly(property),
    unique: hasUniqueValue === true,
    order: options.toSorted((a, b) => (a.displayOrder ?? 0) - (b.displayOrder ?? 0)).map(({ value }) => value),
  };
}

function kindOf({ type, fieldType }: Property): PropertyFacts['kind'] {
  switch (type) {
    case 'bool':
      return 'boolean';
    case 'number':
      return 'number';
    case 'date':
    case 'datetime':
      return 'date';
    case 'enumeration':
      return fieldType === 'booleancheckbox' ? 'boolean' : fieldType === 'checkbox' ? 'options' : 'option';
    default:
      return 'text';
  }
}

/** Each record with all its values. @throws UserError for one that is not there, that was merged away, or that is said twice */
async function readWhole(
  crm: Crm,
  type: ObjectType,
  { ids }: SaidMerge,
  properties: readonly PropertyFacts[],
): Promise<readonly HubSpotRecord[]> {
  const rows = await crm.records.read(type, ids, { properties: properties.map(({ name }) => name) });
  const seen = new Map<string, string>();
  return ids.map((said, index) => {
    const row = rows[index];
    if (row === undefined) throw new Error(`Record ${said} was not read.`);
    const record = valueOf(row, type, said);
    if (isRowError(record)) throw record;
    const word = type.singular.toLowerCase();
    if (/^\d+$/.test(said.trim()) && said.trim() !== record.id) {
      throw new UserError('merged', `The ${word} ${said.trim()} was merged into ${record.id} already.`, {
        next: `Name ${record.id} if you mean it.`,
      });
    }
    const twin = seen.get(record.id);
    if (twin !== undefined) {
      throw new UserError('repeated_record', `${twin} and ${said} are the same ${word} already.`);
    }
    seen.set(record.id, said);
    return record;
  });
}

/** The record's id for what the caller calls it. */
function namedIn({ ids }: SaidMerge, found: readonly HubSpotRecord[]): (said: string, where: string) => string {
  return (said, where) => {
    const record = found[ids.indexOf(said)] ?? found.find(({ id }) => id === said.trim());
    if (record !== undefined) return record.id;
    throw new UserError('invalid_arguments', `${where}: ${JSON.stringify(said)} is none of the ids.`);
  };
}

async function readHistories(
  crm: Crm,
  type: ObjectType,
  found: readonly HubSpotRecord[],
  disputed: readonly PropertyFacts[],
): Promise<readonly NonNullable<HubSpotRecord['propertiesWithHistory']>[]> {
  if (disputed.length === 0) return [];
  const names = disputed.map(({ name }) => name);
  const ids = found.map(({ id }) => id);
  const rows = await crm.records.read(type, ids, { properties: names, propertiesWithHistory: names });
  return rows.map((row) => {
    if (row.outcome !== 'applied') throw row.error;
    return row.value.propertiesWithHistory ?? {};
  });
}

type Linked = Pick<RecordNow, 'associations' | 'primary' | 'openDeals' | 'wonDeals'>;

async function readLinks(
  crm: Crm,
  type: ObjectType,
  ids: readonly string[],
): Promise<{ of(id: string): Linked; readonly notes: readonly string[] }> {
  const unread: string[] = [];
  const counts = new Map<string, Record<string, number>>(ids.map((id) => [id, {}]));
  const primary = new Map<string, Record<string, string>>(ids.map((id) => [id, {}]));
  const deals = new Map<string, readonly string[]>();
  await Promise.all(
    LINKED.map(async (name) => {
      const to = await crm.objectTypes.resolve(name);
      if (type.associableTo !== undefined && !type.associableTo.has(to.id)) return;
      const rows = await settle(() => crm.associations.read(type, to, ids, MOST_LINKED));
      if (isRowError(rows)) {
        // Which types a custom object can be associated with, only HubSpot knows.
        if (type.associableTo !== undefined) unread.push(name);
        return;
      }
      for (const [place, row] of rows.entries()) {
        const id = ids[place] ?? '';
        if (row.outcome !== 'applied') continue;
        const linked = row.value.to.slice(0, MOST_LINKED);
        const mine = counts.get(id);
        if (mine !== undefined && linked.length > 0) mine[name] = linked.length;
        const first = linked.find(({ types }) => types.some(({ label }) => label === 'Primary'));
        const own = primary.get(id);
        if (own !== undefined && first !== undefined) own[name] = first.toObjectId;
        if (name === 'deals') {
          deals.set(
            id,
            linked.map(({ toObjectId }) => toObjectId),
          );
        }
      }
    }),
  );
  const states = await readDeals(crm, [...new Set([...deals.values()].flat())]);
  if (states === undefined) unread.push('deals');
  const count = (id: string, state: string) =>
    (deals.get(id) ?? []).filter((deal) => states?.get(deal) === state).length;
  return {
    of: (id) => ({
      associations: sorted(counts.get(id)),
      primary: sorted(primary.get(id)),
      openDeals: count(id, 'open'),
      wonDeals: count(id, 'won'),
    }),
    notes:
      unread.length === 0
        ? []
        : [`The token may not read ${[...new Set(unread)].toSorted().join(', ')}, so they were not looked at.`],
  };
}

/** They were read side by side, and are told in one order. */
function sorted<Value>(found: Readonly<Record<string, Value>> = {}): Record<string, Value> {
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Undefined where they may not be read. */
async function readDeals(crm: Crm, ids: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
  if (ids.length === 0) return new Map();
  const type = await crm.objectTypes.resolve('deals');
  const rows = await settle(() => crm.records.read(type, ids, { properties: ['hs_is_closed', 'hs_is_closed_won'] }));
  if (isRowError(rows)) return undefined;
  return new Map(
    rows.flatMap((row) => {
      if (row.outcome !== 'applied') return [];
      const { id, properties } = row.value;
      const state =
        properties['hs_is_closed_won'] === 'true' ? 'won' : properties['hs_is_closed'] === 'true' ? 'lost' : 'open';
      return [[id, state] as const];
    }),
  );
}
