/** The rows of an import, a batch at a time: each record is read once, which tells what is new, what differs, and what was there before. */

import * as z from 'zod';
import { type Crm, type HubSpotRecord, type ObjectType, type PropertyIndex, UserError } from '../crm/index.ts';
import { requireAbility } from '../crm/object-types.ts';
import type { TaskKind } from '../jobs/index.ts';
import type { CheckedRow, Values } from '../writes/change.ts';
import { checkRows, isRowError, type RowError, settleRows, writableType } from '../writes/check-rows.ts';
import { uniqueProperty } from '../writes/check-upserts.ts';
import { sameOf } from '../writes/undo/rewind-values.ts';
import { type ImportItem, keyOf, loadItem, repeated } from './item.ts';
import { type Mapping, mappingFile } from './mapping.ts';
import { saidOf, sourceWins, timeOf } from './said.ts';

export const IMPORT = 'import';

/** What all batches of an import share. */
export const importInput = z.object({
  mapping: mappingFile,
  /** As it was called; the file itself is not read again. */
  file: z.string(),
  sha256: z.string(),
});

export type ImportInput = z.output<typeof importInput>;

export const importKind: TaskKind = {
  name: IMPORT,
  nextBatch(crm, input, stored) {
    const { mapping } = importInput.parse(input);
    const items = stored.map((json) => loadItem(mapping, json));
    return { tool: IMPORT, input: { ...input, items: stored }, check: () => checkImport(crm, mapping, items) };
  },
};

const RECORD_ID = 'hs_object_id';

/** What a row wants, before anything is known of its record. */
interface Wanted {
  readonly said: Readonly<Record<string, string>>;
  readonly key: { readonly property: string; readonly value: string };
  readonly time: number | undefined;
}

async function checkImport(crm: Crm, mapping: Mapping, items: readonly ImportItem[]): Promise<readonly CheckedRow[]> {
  const type = await writableType(crm, mapping.objectType, 'update');
  const index = await crm.properties.of(type);
  const wanted = await settleRows(items, (item) => wantedOf(crm, type, mapping, item));
  const records = await readByKey(crm, type, mapping, wanted);
  const seen = new Map<string, number>();
  return checkRows(
    items,
    async ({ row }, place) => {
      const want = wanted[place];
      if (want === undefined || isRowError(want)) throw want ?? new Error(`Row ${place} was not read.`);
      const record = records[place];
      if (isRowError(record)) throw record;
      if (record === undefined) return newRecord(crm, type, mapping, want);
      const earlier = seen.get(record.id);
      if (earlier !== undefined) throw new UserError('repeated_record', repeated(earlier));
      seen.set(record.id, row);
      return changed(crm, type, index, mapping, want, record);
    },
    (item) => keyOf(mapping, item)?.value,
  );
}

/** What can be said of a row without looking at HubSpot's records. */
export async function wantedOf(crm: Crm, type: ObjectType, mapping: Mapping, item: ImportItem): Promise<Wanted> {
  if (item.problem !== undefined) throw new UserError(item.problem.code, item.problem.message);
  const found = keyOf(mapping, item);
  if (found === undefined) throw new UserError('missing_key', 'The row has no value that tells its record apart.');
  const { property, value } = found;
  if (property === RECORD_ID && !/^\d{1,20}$/.test(value)) {
    throw new UserError('invalid_value', `${JSON.stringify(value)} is no record id: ids are digits.`, { property });
  }
  const wire = property === RECORD_ID ? value : ((await toWire(crm, type, { [property]: value }))[property] ?? value);
  return { said: saidOf(mapping, item), key: { property, value: wire }, time: timeOf(mapping, item) };
}

/** The record of each row; undefined where there is none. */
async function readByKey(
  crm: Crm,
  type: ObjectType,
  mapping: Mapping,
  wanted: readonly (Wanted | RowError)[],
): Promise<readonly (HubSpotRecord | RowError | undefined)[]> {
  const places = wanted.flatMap((want, place) => (isRowError(want) ? [] : [{ place, want }]));
  const names = Object.keys(mapping.properties);
  const { pipelineProperty, stageProperty } = type.pipeline ?? {};
  const pipeline = pipelineProperty !== undefined && names.includes(stageProperty ?? '') ? [pipelineProperty] : [];
  const properties = [...new Set([...names, ...pipeline])];
  const histories = names.filter((name) => mapping.properties[name]?.wins === 'newest');
  const options = { properties, ...(histories.length > 0 && { propertiesWithHistory: histories }) };
  const records: (HubSpotRecord | RowError | undefined)[] = [];
  const refs = places.map(({ want: { key } }) =>
    key.property === RECORD_ID ? key.value : { idProperty: key.property, value: key.value },
  );
  // What is not there is no failure here, so nothing is said of it.
  for (const [at, row] of (await crm.records.read(type, refs, options)).entries()) {
    const place = places[at]?.place;
    if (place === undefined) continue;
    if (row.outcome === 'applied') records[place] = row.value;
    else if (row.error.code !== 'not_found') records[place] = row.error;
  }
  return records;
}

/** An upsert, so that a record which somebody makes in this very moment is not made twice. */
async function newRecord(crm: Crm, type: ObjectType, mapping: Mapping, { said, key }: Wanted): Promise<CheckedRow> {
  if (key.property === RECORD_ID || mapping.missing === 'refuse') {
    throw new UserError(
      'not_found',
      `There is no ${type.singular.toLowerCase()} with ${key.property} ${JSON.stringify(key.value)}; it may be archived.`,
    );
  }
  requireAbility(type, 'create');
  const wire = await toWire(crm, type, said);
  const filled = Object.entries(wire).filter(([, value]) => value !== '');
  const properties = { ...Object.fromEntries(filled), [key.property]: key.value };
  return {
    change: { kind: 'upsert', objectType: type, idProperty: key.property, value: key.value, properties },
    absent: true,
  };
}

async function changed(
  crm: Crm,
  type: ObjectType,
  index: PropertyIndex,
  mapping: Mapping,
  { said, key, time }: Wanted,
  record: HubSpotRecord,
): Promise<CheckedRow> {
  const wire: Values = await toWire(crm, type, said, record);
  const properties: Record<string, string> = {};
  const kept: Record<string, { asked: string; found: string }> = {};
  for (const [name, asked] of Object.entries(wire)) {
    const held = record.properties[name] ?? null;
    // A contact is found by its other addresses as well, and keeps its first.
    if (name === key.property) continue;
    if (sameOf(index.get(name).type)(asked, held)) continue;
    // A pipeline that comes along with its stage follows the stage.
    const rule = mapping.properties[name] ?? mapping.properties[type.pipeline?.stageProperty ?? ''];
    const hubspot = lastChange(record, name);
    if (sourceWins(rule?.wins ?? 'source', held, { source: time, hubspot })) properties[name] = asked;
    else kept[name] = { asked, found: held ?? '' };
  }
  if (Object.keys(properties).length === 0) return { unchanged: record.id, kept };
  return { change: { kind: 'update', objectType: type, id: record.id, properties }, before: record.properties, kept };
}

function lastChange({ propertiesWithHistory }: HubSpotRecord, name: string): number | undefined {
  const times = propertiesWithHistory?.[name]?.map(({ timestamp }) => Date.parse(timestamp)) ?? [];
  return times.length === 0 ? undefined : Math.max(...times);
}

const MOST_ALLOWED = 8;

/** Values in HubSpot's terms. A report has no room for what would be allowed but in its words. */
export async function toWire(
  crm: Crm,
  type: ObjectType,
  said: Readonly<Record<string, string>>,
  record?: HubSpotRecord,
): Promise<Record<string, string>> {
  try {
    return await crm.values.toWire(type, said, record);
  } catch (error) {
    if (!(error instanceof UserError) || !error.details.allowed?.length) throw error;
    const { code, message, details } = error;
    const { allowed = [] } = details;
    const more = allowed.length > MOST_ALLOWED ? ', …' : '';
    throw new UserError(code, `${message} It takes: ${allowed.slice(0, MOST_ALLOWED).join(', ')}${more}.`, details);
  }
}

/**
 * What stands against the mapping itself, whatever the rows hold.
 * @throws UserError for a property that is not there, is set by HubSpot alone, or tells no records apart
 */
export async function requireMapping(crm: Crm, mapping: Mapping): Promise<ObjectType> {
  const type = await writableType(crm, mapping.objectType, 'update');
  const index = await crm.properties.of(type);
  for (const [name, rule] of Object.entries(mapping.properties)) {
    const property = index.get(name);
    if (property.name !== name) {
      throw new UserError(
        'unknown_property',
        `${JSON.stringify(name)} is called ${property.name}. A mapping has the names of properties, not their labels.`,
      );
    }
    await toWire(crm, type, { [name]: 'constant' in rule ? rule.constant : '' });
  }
  for (const { property } of mapping.key) if (property !== RECORD_ID) uniqueProperty(type, index, property);
  crm.scopes.require(type.scopes.read);
  return type;
}
