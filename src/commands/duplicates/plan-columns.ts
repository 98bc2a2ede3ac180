/** Which column of a file is which property, which one is the id, and what is left out. Pure. */

import { nearest } from '../../crm/words.ts';
import { knownColumns } from '../../enrich/duplicates/kinds/columns.ts';
import { headingsOf } from '../../enrich/duplicates/kinds/headings.ts';
import { knownProperties } from '../../enrich/duplicates/kinds/known-properties.ts';
import type { Kind } from '../../enrich/duplicates/types.ts';
import { lettersOf } from '../../enrich/normal/fold.ts';
import { UsageError } from '../../option.ts';
import { guessKind } from './guess-kind.ts';

export interface ColumnPlan {
  readonly kind: Kind;
  /** The columns by which it was guessed; absent where it was said. */
  readonly guessedBy?: readonly string[];
  /** Column by property. */
  readonly columns: ReadonlyMap<string, string>;
  /** The column of ids; rows are known by their number without one. */
  readonly id?: string;
  /** Never compared. */
  readonly truth?: string;
  /** Columns that are not compared because the kind knows no property of theirs. */
  readonly unused: readonly string[];
}

export interface Wanted {
  readonly type?: Kind | undefined;
  /** `property=column,...` */
  readonly map?: string | undefined;
  readonly truth?: string | undefined;
}

const HOLDERS = ['contact', 'company', 'deal', 'ticket', 'person', 'entity', 'customer', 'account'];

/** Names under which files keep ids, HubSpot's before those of others. */
const IDS = ['hs_object_id', 'record id', ...headingsOf('hs_object_id')]
  .concat(['id', 'unique id', 'rec id', 'row id', 'uuid', 'guid', 'key'])
  .concat(HOLDERS.flatMap((holder) => [`${holder} id`, `${holder} number`, `${holder} no`]))
  .concat(headingsOf('id'))
  .map(lettersOf);

/** What `--map` calls the id, whatever the kind. */
const ID_PROPERTIES = ['id', 'hs_object_id'];

/** @throws UsageError for a column that the file does not have, or a property that the kind does not know */
export function planColumns(header: readonly string[], { type, map, truth: saidTruth }: Wanted): ColumnPlan {
  const truth = saidTruth === undefined ? undefined : columnNamed(header, saidTruth, '--truth');
  const said = readMap(map, header);
  const taken = new Set([...said.values(), truth]);
  if (truth !== undefined && [...said.values()].includes(truth)) {
    throw new UsageError(`--map: ${truth} is the truth column, which is never compared.`);
  }
  const free = header.filter((column) => !taken.has(column));
  const guess = type === undefined ? guessKind([...said.keys(), ...free]) : undefined;
  const kind = type ?? guess?.kind ?? 'generic';
  const saidId = ID_PROPERTIES.map((property) => said.get(property)).find((column) => column !== undefined);
  for (const property of ID_PROPERTIES) said.delete(property);
  refuseUnknown(kind, [...said.keys()]);

  const id = saidId ?? firstOf(IDS, free);
  const rest = free.filter((column) => column !== id);
  const columns = new Map(said);
  if (kind !== 'generic') {
    for (const { column, property } of knownColumns(kind, rest))
      if (!columns.has(property)) columns.set(property, column);
  } else if (columns.size === 0) for (const column of rest) columns.set(column, column);
  if (columns.size === 0) {
    throw new UsageError(
      `No column is a property of ${kind}: ${listed(header)}. Say which is which with --map property=column,... (${listed(propertiesOf(kind))}), or compare them all with --type generic.`,
    );
  }
  const used = new Set(columns.values());
  return {
    kind,
    ...(guess && { guessedBy: guess.by }),
    columns,
    ...(id !== undefined && { id }),
    ...(truth !== undefined && { truth }),
    unused: rest.filter((column) => !used.has(column)),
  };
}

/** The column that bears the first of these names that there is. */
function firstOf(names: readonly string[], columns: readonly string[]): string | undefined {
  const written = columns.map(lettersOf);
  const name = names.find((each) => written.includes(each));
  return name === undefined ? undefined : columns[written.indexOf(name)];
}

const propertiesOf = (kind: Kind) => knownProperties[kind].map(({ property }) => property);

/** A comma in a column's name does not begin another pair: no property's name holds one. */
function readMap(map: string | undefined, header: readonly string[]): Map<string, string> {
  const said = new Map<string, string>();
  const pairs = map?.split(/,(?=\s*[^,=]+=)/) ?? [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const property = pair.slice(0, at).trim();
    if (at < 1) throw new UsageError(`--map: expected property=column, not "${pair.trim()}".`);
    if (said.has(property)) throw new UsageError(`--map: ${property} is there twice.`);
    const column = columnNamed(header, pair.slice(at + 1).trim(), '--map');
    if ([...said.values()].includes(column)) throw new UsageError(`--map: column ${column} is there twice.`);
    said.set(property, column);
  }
  return said;
}

function columnNamed(header: readonly string[], name: string, flag: string): string {
  if (header.includes(name)) return name;
  const alike = header.filter((column) => column.toLowerCase() === name.toLowerCase());
  if (alike[0] !== undefined && alike.length === 1) return alike[0];
  throw new UsageError(`${flag}: the file has no column "${name}".${near(name, header)} It has: ${listed(header)}.`);
}

function refuseUnknown(kind: Kind, properties: readonly string[]): void {
  if (kind === 'generic') return;
  const known = propertiesOf(kind);
  const stray = properties.find((property) => !known.includes(property));
  if (stray === undefined) return;
  throw new UsageError(
    `--map: ${kind} are not compared by "${stray}".${near(stray, known)} They are by: ${listed(known)}.`,
  );
}

function near(name: string, among: readonly string[]): string {
  const [found] = nearest(
    name,
    among.map((id) => ({ id, label: '' })),
  );
  return found === undefined ? '' : ` Did you mean ${found}?`;
}

const MOST_LISTED = 40;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join(', ');
  return names.length > MOST_LISTED ? `${shown} and ${names.length - MOST_LISTED} more` : shown;
}
