/** Names of organisations, and who owns whom. */

import { fold } from '../../normal/fold.ts';
import { readOrganisationName } from '../../normal/organisation-name.ts';
import { known } from '../../normal/placeholder.ts';
import { type Table, textAt } from '../../table.ts';
import type { Columns } from '../kinds/columns.ts';
import { Dictionary } from './dictionary.ts';
import { codes, columnsOf, type Feature, feature, mapped } from './feature.ts';
import { add } from './names.ts';

/** `name` as it is folded, and its `core`: without legal form and words that say nothing. */
export function organisationFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const names = new Dictionary();
  const cores = new Dictionary();
  const found = columnsOf(table, columns.of('name'));
  const name = found.map((column) => mapped(column, (text) => names.code(fold(known(text)))));
  const core = found.map((column) => mapped(column, (text) => cores.code(readOrganisationName(text).core)));
  add(made, 'name', feature(name, names.pack()));
  add(made, 'core', feature(core, cores.pack()));
  return made;
}

/** `parent`: the parent's id in the first slot, the record's own in the second. */
export function parentFeatures(table: Table, columns: Columns): Map<string, Feature> {
  const made = new Map<string, Feature>();
  const [column] = columnsOf(table, columns.of('parent'));
  if (column === undefined) return made;
  const ids = new Dictionary();
  const parents = mapped(column, (text) => ids.code(text.trim()));
  const own = codes(table.rows);
  for (let row = 0; row < table.rows; row++) own[row] = ids.code(textAt(table.ids, row));
  add(made, 'parent', feature([parents, own], ids.pack()));
  return made;
}
