import { referrer } from './say-once.ts';
import type { Row } from './types.ts';

/** One row of a reading call that could not be done, by its place in the call. */
export interface FailedRow {
  readonly index: number;
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/**
 * The rows that failed, beside those that did not. A failure of the whole call is thrown instead: it has one reason, and
 * the caller can act on it.
 * @param said what each row was asked by
 */
export function failedRows(rows: readonly Row<unknown>[], said: readonly string[]): FailedRow[] {
  const failed: FailedRow[] = [];
  const errors = new Set<Error>();
  for (const row of rows) {
    if (row.outcome === 'applied') continue;
    errors.add(row.error);
    failed.push({ index: row.index, id: said[row.index] ?? '', code: row.error.code, message: row.error.message });
  }
  const [only] = errors;
  // Rows that failed together carry the very same error object.
  if (only && errors.size === 1 && failed.length === rows.length && failed[0]?.code !== 'not_found') throw only;
  const refer = referrer();
  return failed.map((row) => ({ ...row, message: refer(row.index, row.message) ?? row.message }));
}
