/** Columns that number the rows of a table: they tell rows apart, not things. */

import { interned } from '../../interned.ts';
import type { Table } from '../../table.ts';

/** Fewer rows may have numbers in a row by chance. */
const fewest = 20;
/** Numbers up to so many times the rows are a count with gaps. */
const gaps = 4;

const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const counted = /^(.*?)(\d{1,15})$/;

/** Whether each row has a value of its own that a machine gave it: a running number, or a UUID. */
export function isSerial(table: Table, property: string): boolean {
  const column = table.columns.get(property);
  if (column === undefined || table.rows < fewest) return false;
  const values = interned(column);
  const { size, counts } = values;
  if ((counts[0] ?? 0) > 0 || size !== table.rows) return false;
  if (uuid.test(values.text(1).trim())) {
    for (let code = 2; code <= size; code++) if (!uuid.test(values.text(code).trim())) return false;
    return true;
  }
  const before = counted.exec(values.text(1).trim())?.[1];
  let [least, most] = [Infinity, -Infinity];
  for (let code = 1; code <= size; code++) {
    const [, letters, digits] = counted.exec(values.text(code).trim()) ?? [];
    if (letters === undefined || letters !== before) return false;
    least = Math.min(least, Number(digits));
    most = Math.max(most, Number(digits));
  }
  return most - least < gaps * size;
}
