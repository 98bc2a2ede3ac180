/** A mapping to begin with, from the names of columns alone. */

import type { ObjectType, Property, PropertyIndex } from '../crm/index.ts';
import { isReadOnly } from '../crm/values.ts';
import { fold } from '../crm/words.ts';

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
  /** Columns that go nowhere yet. */
  readonly left: readonly string[];
}

const RECORD_ID = 'hs_object_id';
const RECORD_ID_NAMES = new Set(['hsobjectid', 'recordid']);

export function suggestMapping(
  type: ObjectType,
  { all }: Pick<PropertyIndex, 'all'>,
  columns: readonly string[],
  delimiter: string,
): Suggestion {
  const byWord = new Map<string, Property | undefined>();
  const add = (word: string, property: Property) =>
    byWord.set(word, byWord.has(word) && byWord.get(word) !== property ? undefined : property);
  for (const property of all) add(tight(property.label), property);
  // A name belongs to one property, whatever others are labelled.
  for (const property of all) byWord.set(tight(property.name), property);

  const key: { property: string; column: string }[] = [];
  const properties: Record<string, { column: string; wins: 'source' }> = {};
  const left: string[] = [];
  for (const column of columns) {
    const property = byWord.get(tight(column));
    if (RECORD_ID_NAMES.has(tight(column))) key.unshift({ property: RECORD_ID, column });
    else if (property === undefined || isReadOnly(property) || property.name in properties) left.push(column);
    else {
      properties[property.name] = { column, wins: 'source' };
      if (property.hasUniqueValue || (type.name === 'contacts' && property.name === 'email')) {
        key.push({ property: property.name, column });
      }
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
    left,
  };
}

/** "First Name", "first_name" and "firstname" are one name. */
function tight(name: string): string {
  return fold(name).replaceAll(' ', '');
}
