/** Which column of a file goes into which property. Pure. */

import { fold, nearest } from '../../crm/words.ts';
import { UsageError } from '../../option.ts';

export interface PropertyName {
  readonly name: string;
  readonly label: string;
  readonly readOnly: boolean;
}

export interface MappedColumn {
  readonly column: string;
  /** Its place in a row. */
  readonly index: number;
  readonly property: string;
  /**
   * `said`: by --map. `named`: it is called like the property. `key`: into a property of its own.
   * `guessed`: the best candidate for the record's name.
   */
  readonly why: 'said' | 'named' | 'key' | 'guessed';
}

export interface Mapping {
  readonly columns: readonly MappedColumn[];
  /** Columns that go nowhere. */
  readonly left: readonly string[];
}

/**
 * Reads `--map`, "Column=property,Other column=other_property". A column whose name has a comma is put in double quotes;
 * "Column=" leaves a column out.
 */
export function readMap(text: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  const pair = /(?:\s*"([^"]+)"\s*|([^",=]+))=([^",=]*)(?:,|$)/uy;
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text);
    if (found === null || found[2]?.trim() === '') {
      throw new UsageError(
        `--map ${JSON.stringify(text)} cannot be read. Write it as "Column=property,Other column=other_property".`,
      );
    }
    const [, quoted, plain = '', property = ''] = found;
    map.set(quoted ?? plain.trim(), property.trim());
  }
  return map;
}

export interface Wishes {
  /** From {@link readMap}. */
  readonly said: ReadonlyMap<string, string>;
  /** The property that names a record of this type: the first column whose own name ends in "name" is taken for it. */
  readonly nameProperty: string;
  /** The column of the import's key. The property it goes into may still have to be made. */
  readonly key: string | undefined;
}

/** What the file alone tells: that the columns which were named are there. @throws UsageError */
export function checkColumns(
  header: readonly string[],
  { said, key }: { readonly said: ReadonlyMap<string, string>; readonly key: string | undefined },
): void {
  for (const column of said.keys()) {
    if (!header.includes(column)) throw new UsageError(noColumn('--map', column, header));
  }
  if (key !== undefined && !header.includes(key)) throw new UsageError(noColumn('--key', key, header));
}

/**
 * The named columns must be there: see {@link checkColumns}.
 * @throws UsageError for a property that is not there, and for two columns that go into one property
 */
export function mapColumns(header: readonly string[], properties: readonly PropertyName[], wishes: Wishes): Mapping {
  const { said, nameProperty, key } = wishes;
  const columns: MappedColumn[] = [];
  const taken = (property: string) => columns.find((mapped) => mapped.property === property);
  const free = () => header.filter((column) => !columns.some((mapped) => mapped.column === column));
  const take = (column: string, property: string, why: MappedColumn['why']) => {
    columns.push({ column, index: header.indexOf(column), property, why });
  };

  for (const [column, property] of said) {
    if (property === '') continue;
    checkProperty(property, properties, { mayBeMade: column === key });
    const other = taken(property);
    if (other !== undefined) {
      throw new UsageError(`--map sends both "${other.column}" and "${column}" to ${property}: only one can go there.`);
    }
    take(column, property, 'said');
  }
  const writable = properties.filter(({ readOnly }) => !readOnly);
  const byLabel = new Map(writable.map(({ name, label }) => [tight(label), name]));
  const byName = new Map(writable.map(({ name }) => [tight(name), name]));
  for (const column of header) {
    if (said.has(column)) continue;
    const property = byName.get(tight(column)) ?? byLabel.get(tight(column));
    if (property !== undefined && taken(property) === undefined) take(column, property, 'named');
  }
  if (key !== undefined && free().includes(key)) take(key, keyProperty(key), 'key');
  if (nameProperty.endsWith('name') && taken(nameProperty) === undefined) {
    const likeliest = free().find((column) => !said.has(column) && /\bname$/u.test(fold(column)));
    if (likeliest !== undefined) take(likeliest, nameProperty, 'guessed');
  }
  return { columns: columns.sort((a, b) => a.index - b.index), left: free() };
}

/** A property name of its own for a key: HubSpot allows small letters, digits and underscores. */
function keyProperty(column: string): string {
  const words = fold(column).replace(/[^a-z0-9]+/gu, '_');
  return `import_${words}`.slice(0, 100);
}

/** What to say when the file has no such column. */
function noColumn(flag: string, column: string, header: readonly string[]): string {
  const [near] = nearest(
    column,
    header.map((name) => ({ id: name, label: name })),
    1,
  );
  const hint = near === undefined ? `It has: ${header.join(', ')}.` : `Did you mean "${near}"?`;
  return `${flag}: the file has no column "${column}". ${hint}`;
}

function checkProperty(name: string, properties: readonly PropertyName[], { mayBeMade }: { mayBeMade: boolean }): void {
  const found = properties.find((property) => property.name === name);
  if (found?.readOnly === true)
    throw new UsageError(`--map: ${name} is read-only: HubSpot sets it itself, so nothing can be imported into it.`);
  if (found !== undefined || mayBeMade) return;
  const near = nearest(
    name,
    properties.map((property) => ({ id: property.name, label: property.label })),
  );
  const hint = near.length === 0 ? 'The demo lists what there is.' : `The nearest: ${near.join(', ')}.`;
  throw new UsageError(`--map: there is no property ${name}. ${hint}`);
}

/** "First Name", "first_name" and "firstname" are one name. */
function tight(name: string): string {
  return fold(name).replaceAll(' ', '');
}
