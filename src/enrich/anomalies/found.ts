import type { Table } from '../table.ts';
import { affected } from './affected.ts';
import type { FindingDraft } from './types.ts';

/** One finding over these rows; none over none. */
export function found(
  table: Table,
  rows: readonly number[],
  rest: () => Omit<FindingDraft, 'recordIds' | 'total' | 'recordsDigest'>,
): FindingDraft[] {
  return rows.length === 0 ? [] : [{ ...affected(table, rows), ...rest() }];
}
