/** A mapping to begin with, from the names of columns alone. */

import type { ObjectType, Property, PropertyIndex } from '../../crm/index.ts';
import { isReadOnly } from '../../crm/values.ts';
import { headingsOf } from '../../enrich/duplicates/kinds/headings.ts';
import { synonymsOf } from '../../enrich/duplicates/kinds/known-properties.ts';
import { lettersOf } from '../../enrich/normal/fold.ts';

export interface Suggestion {
  /** As a mapping file has it. Its `key` is empty where no column tells records apart. */
  readonly mapping: {
    readonly version: 1;
    readonly objectType: string;
    readonly columns: readonly string[];
    readonly ignore: readonly string[];
    readonly delimiter?: string;
    readonly key: readonly { readonly property: string; readonly column: string }[];
    readonly properties: Readonly<Record<string, { readonly column: string; readonly wins: 'source' }>>;
  };
  /** Columns that go where files of other systems have what they are called. */
  readonly guessed: readonly { readonly column: string; readonly property: string }[];
  /** Columns that go nowhere yet. */
  readonly left: readonly string[];
}

const RECORD_ID = 'hs_object_id';
const RECORD_ID_NAMES = new Set([RECORD_ID, 'record id', ...headingsOf(RECORD_ID)].map(lettersOf));

export function suggestMapping(
  type: ObjectType,
  { all }: Pick<PropertyIndex, 'all'>,
  columns: readonly string[],
  delimiter: string,
): Suggestion {
  const taken = new Map<string, Property>();
  const take = (column: string, property: Property | undefined) => {
    if (property === undefined || isReadOnly(property) || [...taken.values()].includes(property)) return [];
    taken.set(column, property);
    return [{ column, property: property.name }];
  };
  const key: { property: string; column: string }[] = [];
  const foreign: string[] = [];
  const own = ownNames(all);
  for (const column of columns) {
    const letters = lettersOf(column);
    if (RECORD_ID_NAMES.has(letters)) key.push({ property: RECORD_ID, column });
    else if (own.has(letters)) take(column, own.get(letters));
    else foreign.push(column);
  }
  // A property that has its own column needs none that is called otherwise.
  const synonyms = byWord(all, ({ name }) => synonymsOf(type.name, name));
  const guessed = foreign.flatMap((column) => take(column, synonyms.get(lettersOf(column))));

  const properties: Record<string, { column: string; wins: 'source' }> = {};
  for (const column of columns) {
    const property = taken.get(column);
    if (property === undefined) continue;
    properties[property.name] = { column, wins: 'source' };
    if (property.hasUniqueValue || (type.name === 'contacts' && property.name === 'email')) {
      key.push({ property: property.name, column });
    }
  }
  return {
    mapping: {
      version: 1,
      objectType: type.name,
      columns,
      ignore: [],
      ...(delimiter !== ',' && { delimiter }),
      key,
      properties,
    },
    guessed,
    left: columns.filter((column) => !taken.has(column) && key.every((each) => each.column !== column)),
  };
}

function ownNames(all: readonly Property[]): ReadonlyMap<string, Property | undefined> {
  const names = all.map((property) => [lettersOf(property.name), property] as const);
  // A name belongs to one property, whatever others are labelled.
  return new Map([...byWord(all, ({ label }) => [label]), ...names]);
}

/** By letters alone: "First Name", "first_name" and "firstname" are one word. One that several have is none's. */
function byWord(
  all: readonly Property[],
  wordsOf: (property: Property) => readonly string[],
): ReadonlyMap<string, Property | undefined> {
  const found = new Map<string, Property | undefined>();
  for (const property of all) {
    for (const word of new Set(wordsOf(property).map(lettersOf))) {
      found.set(word, found.has(word) ? undefined : property);
    }
  }
  return found;
}
