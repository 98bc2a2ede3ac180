/** Reads what a merge is planned from: the records whole, where their values came from, and what hangs on them. */

import { type Crm, type HubSpotRecord, type ObjectType, type Property, UserError } from '../crm/index.ts';
import { requireAbility } from '../crm/object-types.ts';
import { idsOfRow } from '../crm/row-of-ids.ts';
import { isHubSpots, isReadOnly } from '../crm/values.ts';
import { quote } from '../crm/words.ts';
import { MOST_RECORDS } from '../enrich/merge/most-records.ts';
import type { ApartPair, MergeInput, MergePlan, PropertyFacts, RecordNow } from '../enrich/merge/types.ts';
import { isRowError, type RowError, settle } from './check-rows.ts';
import { valueOf } from './find-records.ts';
import type { Past } from './past.ts';

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
  readonly properties: readonly PropertyFacts[];
  /** What could not be looked at, in sentences. */
  readonly notes: readonly string[];
}

/** What tells who a record is, and can be linked again by hand; objects of the portal's own beside. */
const LINKED = new Set(
  'contacts companies deals tickets leads line_items quotes notes calls emails meetings tasks'.split(' '),
);

/** What a merge is read with. */
export interface MergeParts {
  readonly crm: Crm;
  readonly past: Past;
  /** Pairs of a type of which somebody said that they are two. */
  apart(objectType: string): Promise<readonly ApartPair[]>;
}

/** Reads only. @throws UserError what keeps a plan from being made at all */
export async function readMerge({ crm, past, ...parts }: MergeParts, said: SaidMerge): Promise<ReadMerge> {
  const type = await crm.objectTypes.resolve(said.objectType);
  requireAbility(type, 'merge');
  const index = await crm.properties.of(type);
  const properties = index.all.filter(({ archived }) => archived !== true).map(factsOf);
  const saidIds = idsOfRow(said.ids, MOST_RECORDS);
  const found = await readWhole(crm, type, saidIds, properties);
  const [{ planMerge }, { comparable }, { valueSource }] = await Promise.all([
    import('../enrich/merge/plan.ts'),
    import('../enrich/merge/valid.ts'),
    import('../enrich/merge/value-source.ts'),
  ]);
  const disputed = properties.filter((property) => {
    const values = found.map((record) => comparable(property, record.properties[property.name] ?? ''));
    return property.writable && new Set(values.filter((value) => value !== '')).size > 1;
  });
  const ids = found.map(({ id }) => id);
  const linkable = (await crm.objectTypes.list()).filter(({ name, custom }) => custom || LINKED.has(name));
  const [portalId, apart, histories, linked] = await Promise.all([
    past.portalId(),
    parts.apart(type.name),
    readHistories(crm, type, found, disputed),
    crm.associations.linked(type, linkable, ids),
  ]);
  const deals = await readDeals(
    crm,
    linked.records.flatMap(({ ids: { deals: some = [] } }) => some),
  );
  const records = found.map(({ id, properties: held, createdAt }, place): RecordNow => {
    const sources = disputed.flatMap((property) => {
      const source = valueSource(property, histories[place]?.[property.name] ?? []);
      return source === undefined ? [] : [[property.name, source] as const];
    });
    const { ids: associations = {}, primary } = linked.records[place] ?? {};
    const count = (state: DealState) =>
      (associations['deals'] ?? []).filter((deal) => deals?.get(deal) === state).length;
    return {
      id,
      properties: held,
      sources: Object.fromEntries(sources),
      createdAt: Date.parse(createdAt),
      associations,
      ...(primary !== undefined && { primary }),
      openDeals: count('open'),
      wonDeals: count('won'),
    };
  });
  const named = namedIn(saidIds, found);
  const input: MergeInput = {
    portalId,
    objectType: type.name,
    properties,
    records,
    apart,
    ...(type.pipeline !== undefined && { pipeline: type.pipeline }),
    ...(said.survivorId !== undefined && { survivor: named(said.survivorId, 'survivorId') }),
    ...(said.fields !== undefined && {
      fields: Object.fromEntries(
        Object.entries(said.fields).map(([name, id]) => [index.get(name).name, named(id, `fields.${name}`)]),
      ),
    }),
  };
  const unread = [...new Set([...linked.unread, ...(deals === undefined ? ['deals'] : [])])].toSorted();
  const notes = unread.length === 0 ? [] : [`The token may not read ${unread.join(', ')}, so they were not looked at.`];
  return { type, plan: planMerge(input), records, properties, notes };
}

function factsOf(property: Property): PropertyFacts {
  const { name, hasUniqueValue, options, restricted } = property;
  return {
    name,
    // What is seen in part only says nothing that could be weighed.
    kind: restricted === 'mask' ? 'text' : kindOf(property),
    writable: !isReadOnly(property),
    hubspots: isHubSpots(property),
    masked: restricted === 'mask',
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
  ids: readonly string[],
  properties: readonly PropertyFacts[],
): Promise<readonly HubSpotRecord[]> {
  const rows = await crm.records.read(type, ids, { properties: properties.map(({ name }) => name) });
  const seen = new Map<string, string>();
  const word = type.singular.toLowerCase();
  const found: HubSpotRecord[] = [];
  for (const [index, said] of ids.entries()) {
    const row = rows[index];
    if (row === undefined) throw new Error(`Record ${said} was not read.`);
    const record = valueOf(row);
    const id = isRowError(record) ? await idNow(crm, type, said, record) : record.id;
    if (/^\d+$/.test(said.trim()) && said.trim() !== id) {
      throw new UserError('merged', `The ${word} ${said.trim()} was merged into ${id} already.`, {
        next: `Name ${id} if you mean it.`,
      });
    }
    if (isRowError(record)) throw record;
    const twin = seen.get(id);
    if (twin !== undefined) {
      throw new UserError('repeated_record', `${twin} and ${said} are the same ${word} already.`);
    }
    seen.set(id, said);
    found.push(record);
  }
  return found;
}

/** Of several ids that mean one record by now, a batch tells of none: each is asked for alone. @throws `error` where that does not help */
async function idNow(crm: Crm, type: ObjectType, said: string, error: RowError): Promise<string> {
  if (error.code !== 'not_found') throw error;
  const [alone] = await crm.records.read(type, [said], { properties: ['hs_object_id'] });
  if (alone?.outcome !== 'applied') throw error;
  return alone.value.id;
}

/** The record's id for what the caller calls it. */
function namedIn(ids: readonly string[], found: readonly HubSpotRecord[]): (said: string, where: string) => string {
  return (said, where) => {
    const record = found[ids.indexOf(said.trim())] ?? found.find(({ id }) => id === said.trim());
    if (record !== undefined) return record.id;
    throw new UserError('invalid_arguments', `${where}: ${quote(said)} is none of the ids.`, { allowed: ids });
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

type DealState = 'open' | 'won' | 'lost';

/** Undefined where they may not be read. */
async function readDeals(crm: Crm, ids: readonly string[]): Promise<ReadonlyMap<string, DealState> | undefined> {
  if (ids.length === 0) return new Map();
  const type = await crm.objectTypes.resolve('deals');
  const properties = ['hs_is_closed', 'hs_is_closed_won'];
  const rows = await settle(() => crm.records.read(type, [...new Set(ids)], { properties }));
  if (isRowError(rows)) {
    if (rows.code === 'missing_scope' || rows.code === 'forbidden') return undefined;
    throw rows;
  }
  return new Map(
    rows.flatMap((row) => {
      if (row.outcome !== 'applied') return [];
      const { id, properties } = row.value;
      const state: DealState =
        properties['hs_is_closed_won'] === 'true' ? 'won' : properties['hs_is_closed'] === 'true' ? 'lost' : 'open';
      return [[id, state] as const];
    }),
  );
}
