/** From the answer to a batch back to its rows: every row gets exactly one outcome. */

import { codeOfEntry, isObject, readErrorBody } from './error-bodies.ts';
import { HubSpotError } from './errors.ts';
import { failure } from './exchange.ts';
import type { OperationName } from './operations.ts';
import type { Row } from './types.ts';

export interface BatchRow<I> {
  readonly index: number;
  readonly item: I;
}

export interface JoinRule<I, T> {
  /** The names under which an answer may speak of a row: a trace id, an id, a pair. */
  rowKeys(row: BatchRow<I>): readonly string[];
  resultKeys(result: Json): readonly string[];
  errorKeys(context: Context): readonly string[];
  /** Throws HubSpotError when the result is not what the operation promises. */
  value(result: Json, row: BatchRow<I>): T;
  /** For some errors there is nothing wrong: the row has a value all the same. */
  valueDespite?(error: HubSpotError, row: BatchRow<I>): T | undefined;
  /** What an answer without a word about the row means; undefined: nobody knows. */
  unmentioned(row: BatchRow<I>): { value: T } | { error: HubSpotError } | undefined;
}

export type Json = Readonly<Record<string, unknown>>;
export type Context = Readonly<Record<string, readonly string[]>>;

/** `answer` is the body of any 2xx: HubSpot tells of failed rows under 207 and under 200. */
export function joinAnswer<I, T>(
  operation: OperationName,
  rows: readonly BatchRow<I>[],
  answer: unknown,
  rule: JoinRule<I, T>,
): Row<T>[] {
  const body: Json = isObject(answer) ? answer : {};
  const results = listOf(body.results).filter(isObject);
  const errors = listOf(body.errors).map((entry) => rowError(operation, entry));
  const outcomes = new Map<BatchRow<I>, Row<T>>();
  const byKey = new Map<string, BatchRow<I>[]>();
  for (const row of rows) {
    for (const key of rule.rowKeys(row)) byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const named = (key: string) => byKey.get(key) ?? [];
  const apply = (row: BatchRow<I>, value: T) => outcomes.set(row, { index: row.index, outcome: 'applied', value });
  const applyResult = (row: BatchRow<I>, result: Json) => {
    try {
      apply(row, rule.value(result, row));
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      outcomes.set(row, { index: row.index, outcome: 'unknown', error });
    }
  };
  const reject = (row: BatchRow<I>, error: HubSpotError) =>
    outcomes.set(row, { index: row.index, outcome: 'rejected', error });

  const stray = results.filter((result) => {
    const key = rule.resultKeys(result).find((candidate) => byKey.has(candidate));
    for (const row of key === undefined ? [] : named(key)) applyResult(row, result);
    return key === undefined;
  });
  const loose = errors.filter((error) => {
    const failed = rule.errorKeys(error.context ?? {}).flatMap(named);
    for (const row of failed.filter((row) => !outcomes.has(row))) {
      const value = rule.valueDespite?.(error, row);
      if (value === undefined) reject(row, error);
      else apply(row, value);
    }
    return failed.length === 0;
  });

  const rest = rows.filter((row) => !outcomes.has(row));
  // Without trace ids, or where HubSpot answers with the record that another was merged into, order is what is left.
  const inOrder = loose.length === 0 && stray.length === rest.length;
  for (const [position, row] of rest.entries()) {
    const result = stray[position];
    const error = loose.length === rest.length ? loose[position] : undefined;
    if (inOrder && result) applyResult(row, result);
    else if (error) reject(row, error);
    else outcomes.set(row, untold(operation, row, rule, loose[0]));
  }
  return rows.flatMap((row) => outcomes.get(row) ?? []);
}

function untold<I, T>(
  operation: OperationName,
  row: BatchRow<I>,
  rule: JoinRule<I, T>,
  loose: HubSpotError | undefined,
): Row<T> {
  const known = loose ? undefined : rule.unmentioned(row);
  if (known && 'value' in known) return { index: row.index, outcome: 'applied', value: known.value };
  if (known) return { index: row.index, outcome: 'rejected', error: known.error };
  const silent = { code: 'bad_answer', sent: 'maybe' } as const;
  const error = loose ?? failure(operation, "HubSpot's answer does not say what became of this row.", silent);
  return { index: row.index, outcome: 'unknown', error };
}

/** One entry of a batch's `errors`: a definite refusal of the rows it names. */
function rowError(operation: OperationName, entry: unknown): HubSpotError {
  const { message = 'HubSpot refused this row without saying why.', fields } = readErrorBody(entry);
  return failure(operation, message, { ...fields, code: codeOfEntry(fields), sent: 'yes' });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
