import { type Table, textAt } from '../enrich/table.ts';

/** The row of a record in a table of the copy, whose rows are in the order of their ids. */
export function rowWith({ ids, rows }: Table, id: string): number | undefined {
  const wanted = /^\d{1,18}$/.test(id) ? BigInt(id) : -1n;
  let from = 0;
  let to = rows - 1;
  while (from <= to) {
    const middle = (from + to) >> 1;
    const found = BigInt(textAt(ids, middle));
    if (found === wanted) return middle;
    if (found < wanted) from = middle + 1;
    else to = middle - 1;
  }
  return undefined;
}
