/** What all checks share: a row that cannot be written becomes a refusal and stops no other row. */

import { type Crm, type ObjectType, type RecordRef, type Row, UserError } from '../crm/index.ts';
import { requireAbility } from '../crm/object-types.ts';
import { quote } from '../crm/words.ts';
import { HubSpotError } from '../hubspot/index.ts';
import type { CheckedRow, RecordId } from './change.ts';

/** What stands against one row. */
export type RowError = UserError | HubSpotError;

/** Does the same for each row, in order; what is thrown about a row takes that row's place. */
export async function settleRows<T, R>(
  rows: readonly T[],
  work: (row: T, index: number) => Promise<R> | R,
): Promise<(R | RowError)[]> {
  const settled: (R | RowError)[] = [];
  for (const [index, row] of rows.entries()) settled.push(await settle(() => work(row, index)));
  return settled;
}

async function settle<R>(work: () => Promise<R> | R): Promise<R | RowError> {
  try {
    return await work();
  } catch (error) {
    if (isRowError(error)) return error;
    throw error;
  }
}

export function isRowError(error: unknown): error is RowError {
  return error instanceof UserError || error instanceof HubSpotError;
}

/**
 * Gives each row to `check`; what it throws about a row is the reason against that row alone.
 * @param nameOf what the caller called the thing that the row is about
 */
export async function checkRows<T>(
  rows: readonly T[],
  check: (row: T, index: number) => Promise<CheckedRow> | CheckedRow,
  nameOf: (row: T) => string | undefined = () => undefined,
): Promise<CheckedRow[]> {
  const settled = await settleRows(rows, check);
  return rows.map((said, index) => {
    const row = settled[index];
    if (row === undefined) throw new Error(`Row ${index} was not checked.`);
    if (!isRowError(row)) return row;
    const id = nameOf(said);
    return { refused: row, ...(id !== undefined && { id }) };
  });
}

/** A reference as one word. */
export function nameOfRef(ref: RecordRef): string {
  return typeof ref === 'string' ? ref : ref.value;
}

/** Resolves the object type and refuses, before any row is looked at, what HubSpot or the token cannot do with it. */
export async function writableType(
  crm: Crm,
  said: string,
  ability: 'create' | 'update' | 'archive',
): Promise<ObjectType> {
  const type = await crm.objectTypes.resolve(said);
  requireAbility(type, ability);
  crm.scopes.require(type.scopes.write);
  return type;
}

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
      const id = isRowError(found) ? found : row && valueOf(row, type, record.ref);
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

/** What was read of a record, or what stands against it, saying which record was looked for. */
export function valueOf<T>(row: Row<T>, type: ObjectType, ref: RecordRef): T | RowError {
  if (row.outcome === 'applied') return row.value;
  if (row.error.code !== 'not_found') return row.error;
  const said = typeof ref === 'string' ? quote(ref) : `${ref.idProperty} ${quote(ref.value)}`;
  return new UserError('not_found', `There is no ${type.singular.toLowerCase()} ${said}; it may be archived.`, {
    next: 'Find it with search_records.',
  });
}

/** Records of one type said by one key, each once. */
function groupsOf(said: readonly SaidRecord[]): readonly (readonly SaidRecord[])[] {
  const groups = new Map<string, Map<string, SaidRecord>>();
  for (const record of said) {
    const key = `${record.objectType} ${typeof record.ref === 'string' ? '' : record.ref.idProperty}`;
    const group = groups.get(key) ?? new Map<string, SaidRecord>();
    groups.set(key, group.set(keyOf(record), record));
  }
  return [...groups.values()].map((group) => [...group.values()]);
}

function keyOf({ objectType, ref }: SaidRecord): string {
  return JSON.stringify([objectType, ref]);
}

/** HubSpot refuses a whole batch in which one record occurs twice; so does this, for the later row alone. */
export function refuseRepeats(): (key: string, index: number) => void {
  const first = new Map<string, number>();
  return (key, index) => {
    const earlier = first.get(key);
    if (earlier === undefined) return void first.set(key, index);
    throw new UserError(
      'repeated_record',
      `The row at index ${earlier} names the same record (${key}). Put all its values into one row.`,
    );
  };
}
