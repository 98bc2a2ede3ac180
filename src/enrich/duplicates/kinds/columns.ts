/** Which columns of a table say what. */

import { lettersOf } from '../../normal/fold.ts';
import { remember } from '../../normal/remember.ts';
import type { Table } from '../../table.ts';
import type { Kind } from '../types.ts';
import { knownProperties, type Role } from './known-properties.ts';

/** The table's columns by what they say, in the order in which the kind knows them. */
export interface Columns {
  of(role: Role): readonly string[];
  /** Whether no column says anything that the kind knows. */
  readonly empty: boolean;
}

export function columnsByRole(table: Table, kind: Kind): Columns {
  const byRole = new Map<Role, string[]>();
  for (const { column, role } of knownColumns(kind, [...table.columns.keys()])) {
    byRole.set(role, [...(byRole.get(role) ?? []), column]);
  }
  return { of: (role) => byRole.get(role) ?? [], empty: byRole.size === 0 };
}

/**
 * Which property each column of a file is, by its own name or by what files call it; each property once, the column
 * that has its very name before one that has a synonym. Columns that are none of the kind's are left out.
 */
export function knownColumns(
  kind: Kind,
  columns: readonly string[],
): readonly { readonly column: string; readonly property: string; readonly role: Role }[] {
  const known = knownProperties[kind];
  const free = new Set(columns);
  const found = new Map<string, { column: string; property: string; role: Role }>();
  const take = (isIt: (column: string, property: string, synonyms: readonly string[]) => boolean) => {
    for (const { property, role, synonyms } of known) {
      if (found.has(property)) continue;
      const column = [...free].find((each) => isIt(each, property, synonyms));
      if (column === undefined) continue;
      free.delete(column);
      found.set(property, { column, property, role });
    }
  };
  take((column, property) => column === property);
  take((column, property) => letters(column) === letters(property));
  take((column, _, synonyms) => synonyms.some((synonym) => letters(synonym) === letters(column)));
  return known.flatMap(({ property }) => found.get(property) ?? []);
}

/** Every table asks for all synonyms again. */
const letters = remember(lettersOf);
