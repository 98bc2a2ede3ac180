import { hashOf } from '../interned.ts';
import { type Table, textAt } from '../table.ts';
import type { FindingDraft } from './types.ts';

/** Record ids in a finding, and rows in a fix. */
export const SHOWN = 50;

/** The records of a draft. The first 50 in the table's order are named; the digest is over all, in any order. */
export function affected(
  table: Table,
  rows: ArrayLike<number> & Iterable<number>,
): Pick<FindingDraft, 'recordIds' | 'total' | 'recordsDigest'> {
  const recordIds: string[] = [];
  let one = 0;
  let other = 0;
  const { bytes, offsets } = table.ids;
  for (const row of rows) {
    const from = offsets[row] ?? 0;
    const to = offsets[row + 1] ?? from;
    // Sums, so that the order in which records come does not matter.
    one = (one + hashOf(bytes, from, to)) >>> 0;
    other = (other + hashOf(bytes, from, to, 0x9e3779b9)) >>> 0;
    if (recordIds.length < SHOWN) recordIds.push(textAt(table.ids, row));
  }
  return { recordIds, total: rows.length, recordsDigest: `${rows.length}:${one.toString(16)}:${other.toString(16)}` };
}
