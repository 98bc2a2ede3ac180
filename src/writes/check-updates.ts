import {
  type Crm,
  type HubSpotRecord,
  type ObjectType,
  type PropertyIndex,
  type RecordRef,
  UserError,
} from '../crm/index.ts';
import { quote } from '../crm/words.ts';
import type { CheckedRow, Values } from './change.ts';
import { checkRows, isRowError, refuseRepeats, settleRows, writableType } from './check-rows.ts';
import { nameOfRef, readRecords } from './find-records.ts';
import { sameValue } from './same-value.ts';

/** A record's new values, as a tool is told of them. */
export interface SaidUpdate {
  readonly id: RecordRef;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Values the record must still have; otherwise the row is refused. */
  readonly expected?: Readonly<Record<string, unknown>> | undefined;
}

export interface SaidUpdates {
  readonly objectType: string;
  readonly records: readonly SaidUpdate[];
  /** Leave every property that has a value as it is. */
  readonly onlyIfEmpty?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/**
 * Checks new values for records of one type. Records are read, all in one go, only where the check depends on what they
 * hold. HubSpot has no If-Match: what somebody changes between this read and the write is overwritten all the same.
 */
export async function checkUpdates(crm: Crm, said: SaidUpdates): Promise<CheckedRow[]> {
  const type = await writableType(crm, said.objectType, 'update');
  const current = await readCurrent(crm, type, said);
  const refuseRepeat = refuseRepeats();
  const properties = await crm.properties.of(type);
  const check = async (row: SaidUpdate, index: number): Promise<CheckedRow> => {
    const record = current(index);
    const id = record?.id ?? nameOfRef(row.id).trim();
    refuseRepeat(id, index);
    const asked = await crm.values.toWire(type, row.properties, record);
    if (Object.keys(asked).length === 0) throw nothingToWrite();
    const held = record?.properties ?? {};
    for (const [name, value] of Object.entries(row.expected ?? {})) {
      await requireValue(crm, type, name, value, record);
    }
    const filled = said.onlyIfEmpty ? fillGaps(asked, held) : { properties: asked, kept: {} };
    const { kept } = filled;
    const changed = said.dryRun ? changing(properties, filled.properties, held) : filled.properties;
    if (Object.keys(changed).length === 0) return { unchanged: id, kept };
    return {
      change: { kind: 'update', objectType: type, id, properties: changed },
      ...(record !== undefined && { before: record.properties }),
      kept,
    };
  };
  return checkRows(said.records, check, (row) => nameOfRef(row.id));
}

/** Gives the current record for a row; `undefined` where the check does not need it. Throws what stands against the row. */
async function readCurrent(
  crm: Crm,
  type: ObjectType,
  said: SaidUpdates,
): Promise<(index: number) => HubSpotRecord | undefined> {
  const properties = await crm.properties.of(type);
  const wanted = await settleRows(said.records, async (row) => {
    const compared = said.dryRun || said.onlyIfEmpty ? Object.keys(row.properties) : [];
    const expected = row.expected ?? {};
    const needed = [
      ...compared,
      ...Object.keys(expected),
      ...(await crm.values.needs(type, row.properties)),
      ...(await crm.values.needs(type, expected)),
    ];
    if (needed.length === 0 && isPlainId(row.id)) return [];
    // What is read anyhow is read with all that is about to change, so that nothing is read again before it does.
    const named = [...needed, ...Object.keys(row.properties)].map((name) => properties.get(name).name);
    // A stage may bring its pipeline along, which is then compared like what was said.
    const pipeline =
      type.pipeline && named.includes(type.pipeline.stageProperty) ? [type.pipeline.pipelineProperty] : [];
    return [...named, ...pipeline];
  });
  const read = said.records.flatMap(({ id }, index) => {
    const names = wanted[index];
    return Array.isArray(names) && names.length > 0 ? [{ id, index, names }] : [];
  });
  const names = [...new Set(read.flatMap((row) => row.names))];
  const records = await readRecords(
    crm,
    type,
    read.map(({ id }) => id),
    names,
  );
  const current = new Map(read.map(({ index }, place) => [index, records[place]]));
  return (index) => {
    const problem = wanted[index];
    if (isRowError(problem)) throw problem;
    const record = current.get(index);
    if (isRowError(record)) throw record;
    return record;
  };
}

/** An id that needs no looking up; anything else said as a string is left to those who know, such as an e-mail. */
function isPlainId(ref: RecordRef): boolean {
  return typeof ref === 'string' && /^\d{1,20}$/.test(ref.trim());
}

/** Refuses the row when the record no longer holds the value that the caller decided by. */
async function requireValue(
  crm: Crm,
  type: ObjectType,
  said: string,
  value: unknown,
  record?: HubSpotRecord,
): Promise<void> {
  const property = (await crm.properties.of(type)).get(said);
  const name = property.name;
  const found = record?.properties[name] ?? '';
  // What the record holds need not be what may be written: an option that is none any more, or HubSpot's own value.
  if (sameValue(text(value), found)) return;
  const readOnly = property.calculated === true || property.modificationMetadata?.readOnlyValue === true;
  const expected = readOnly ? text(value) : (await crm.values.toWire(type, { [name]: value }, record))[name];
  if (sameValue(expected ?? '', found)) return;
  throw new UserError(
    'unexpected_value',
    `${name} is ${quote(found)}, not ${quote(expected)}: somebody changed it. Nothing was written to this record.`,
    { property: name, next: 'Decide again by the value found, and send the row with that value in expected.' },
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}

/** Without the values that the record holds already: a preview shows what would become different. */
function changing(index: PropertyIndex, asked: Values, held: Readonly<Record<string, string | null>>): Values {
  const same = (name: string, value: string, found: string) =>
    index.get(name).type === 'string' && !ADDRESS.test(value) ? value === found : sameValue(value, found);
  return Object.fromEntries(Object.entries(asked).filter(([name, value]) => !same(name, value, held[name] ?? '')));
}

/** HubSpot keeps addresses in lower case; every other text as it is written. */
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** Keeps every value that is there. */
function fillGaps(asked: Values, held: Readonly<Record<string, string | null>>) {
  const properties: Record<string, string> = {};
  const kept: Record<string, { asked: string; found: string }> = {};
  for (const [property, value] of Object.entries(asked)) {
    const found = held[property] ?? '';
    if (found === '') properties[property] = value;
    else if (!sameValue(value, found)) kept[property] = { asked: value, found };
  }
  return { properties, kept };
}

function nothingToWrite(): UserError {
  return new UserError('nothing_to_write', 'This row has no properties. Give at least one; "" clears a value.');
}
