/** Earlier values of a property, as far as they were read. */

import { interned } from '../interned.ts';
import type { PastValue, PortalData } from './types.ts';

/** The oldest first, of each record that is in the table and has any. */
export function* pastOf(
  data: PortalData,
  objectType: string,
  property: string,
): Generator<{ readonly row: number; readonly past: readonly PastValue[] }> {
  const table = data.tables.get(objectType);
  if (table === undefined) return;
  const ids = interned(table.ids);
  for (const [id, values] of data.history.get(objectType) ?? []) {
    // Ids are unique and never empty, so they are numbered as their rows are.
    const row = ids.codeOf(id) - 1;
    const past = values.filter((value) => value.property === property).sort((a, b) => a.at - b.at);
    if (row >= 0 && past.length > 0) yield { row, past };
  }
}
