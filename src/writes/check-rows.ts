/** What all checks share: a row that cannot be written becomes a refusal and stops no other row. */

import { type Crm, type ObjectType, UserError } from '../crm/index.ts';
import { requireAbility } from '../crm/object-types.ts';
import { HubSpotError } from '../hubspot/index.ts';
import type { CheckedRow } from './change.ts';

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

/** The same for one. */
export async function settle<R>(work: () => Promise<R> | R): Promise<R | RowError> {
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

/** HubSpot refuses a whole batch in which one record occurs twice; so does this, for the later row alone. */
export function refuseRepeats(): (key: string, index: number) => void {
  const first = new Map<string, number>();
  return (key, index) => {
    const earlier = first.get(key);
    if (earlier === undefined) return void first.set(key, index);
    throw new UserError(
      'repeated_record',
      `The row at index ${earlier} names the same record. Put all its values into one row.`,
    );
  };
}
