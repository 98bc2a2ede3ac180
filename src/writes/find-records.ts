import type { Crm, HubSpotRecord, ObjectType, RecordRef, Row } from '../crm/index.ts';
import type { RecordId } from './change.ts';
import { isRowError, type RowError, settle, settleRows } from './check-rows.ts';

/** One record as a row names it. */
export interface SaidRecord {
  readonly objectType: string;
  readonly ref: RecordRef;
}

/**
 * Looks up all records that a call names, in one request per object type and key. Plain ids need none, unless they are
 * to be verified, which a dry run does in HubSpot's place.
 * The function it gives back answers for one of them, or throws what is wrong with that one.
 */
export async function findRecords(
  crm: Crm,
  said: readonly SaidRecord[],
  verify: boolean | undefined,
): Promise<(said: SaidRecord) => RecordId> {
  const names = [...new Set(said.map(({ objectType }) => objectType))];
  const resolved = await settleRows(names, (name) => crm.objectTypes.resolve(name));
  const types = new Map(names.map((name, place) => [name, resolved[place]]));
  const ids = new Map<string, string | RowError>();
  for (const group of groupsOf(said)) {
    const [first] = group;
    const type = first && types.get(first.objectType);
    if (type === undefined || isRowError(type)) continue;
    // A key that is no unique property is wrong for all of its group, and for no other record.
    const refs = group.map(({ ref }) => ref);
    const found = await settle(() => (verify ? readIds(crm, type, refs) : crm.records.resolveIds(type, refs)));
    group.forEach((record, place) => {
      const row = isRowError(found) ? undefined : found[place];
      const id = isRowError(found) ? found : row && valueOf(row);
      if (id !== undefined) ids.set(keyOf(record), id);
    });
  }
  return (record) => {
    const type = types.get(record.objectType);
    const id = ids.get(keyOf(record));
    if (isRowError(type)) throw type;
    if (isRowError(id)) throw id;
    if (type === undefined || id === undefined) throw new Error(`${keyOf(record)} was not looked up.`);
    return { objectType: type, id };
  };
}

async function readIds(crm: Crm, type: ObjectType, refs: readonly RecordRef[]): Promise<readonly Row<string>[]> {
  const rows = await crm.records.read(type, refs, { properties: ['hs_object_id'] });
  return rows.map((row) => (row.outcome === 'applied' ? { ...row, value: row.value.id } : row));
}

/** What the records hold, in order, or what stands against each; one request per key that they are named by. */
export async function readRecords(
  crm: Crm,
  type: ObjectType,
  refs: readonly RecordRef[],
  properties: readonly string[],
): Promise<readonly (HubSpotRecord | RowError)[]> {
  const records = new Map<RecordRef, HubSpotRecord | RowError>();
  for (const key of new Set(refs.map(idPropertyOf))) {
    const group = refs.filter((ref) => idPropertyOf(ref) === key);
    const rows = await settle(() => crm.records.read(type, group, { properties }));
    for (const [place, ref] of group.entries()) {
      const row = isRowError(rows) ? undefined : rows[place];
      const record = isRowError(rows) ? rows : row && valueOf(row);
      if (record !== undefined) records.set(ref, record);
    }
  }
  return refs.map((ref) => {
    const record = records.get(ref);
    if (record === undefined) throw new Error(`${nameOfRef(ref)} was not read.`);
    return record;
  });
}

/** What was read of a record, or what stands against it. */
export function valueOf<T>(row: Row<T>): T | RowError {
  return row.outcome === 'applied' ? row.value : row.error;
}

/** Records of one type said by one key, each once. */
function groupsOf(said: readonly SaidRecord[]): readonly (readonly SaidRecord[])[] {
  const groups = new Map<string, Map<string, SaidRecord>>();
  for (const record of said) {
    const key = `${record.objectType} ${idPropertyOf(record.ref)}`;
    const group = groups.get(key) ?? new Map<string, SaidRecord>();
    groups.set(key, group.set(keyOf(record), record));
  }
  return [...groups.values()].map((group) => [...group.values()]);
}

function keyOf({ objectType, ref }: SaidRecord): string {
  return JSON.stringify([objectType, ref]);
}

function idPropertyOf(ref: RecordRef): string {
  return typeof ref === 'string' ? '' : ref.idProperty;
}

/** A reference as one word. */
export function nameOfRef(ref: RecordRef): string {
  return typeof ref === 'string' ? ref : ref.value;
}
