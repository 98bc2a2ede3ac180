/** The records that go with the rows of a list, in two requests per object type however many rows there are. */

import type { Crm } from './index.ts';
import { type Cell, recordTable } from './record-table.ts';
import type { AssociationsOfRecord, ObjectType } from './types.ts';

export interface AssociatedWanted {
  readonly objectType: string;
  readonly properties?: readonly string[] | undefined;
}

export interface Associated {
  readonly columns: string[];
  /** One row of cells per given id, in order. */
  readonly cells: Cell[][];
  readonly tables: Record<string, { columns: string[]; rows: Cell[][] }>;
  /** How many texts in the tables were cut. */
  readonly cut: number;
}

/** More ids than this say "many" in a cell; list_associations pages through them all. */
const IDS_PER_CELL = 10;
const MAX_TEXT = 200;

export async function readAssociated(
  crm: Crm,
  from: ObjectType,
  ids: readonly string[],
  wanted: readonly AssociatedWanted[],
): Promise<Associated> {
  const parts = await Promise.all(wanted.map((each) => readOne(crm, from, ids, each)));
  return {
    columns: parts.map(({ to }) => to.name),
    cells: ids.map((_, index) => parts.map(({ cells }) => cells[index] ?? null)),
    tables: Object.fromEntries(parts.flatMap(({ to, table }) => (table ? [[to.name, table]] : []))),
    cut: parts.reduce((sum, { cut }) => sum + cut, 0),
  };
}

async function readOne(
  crm: Crm,
  from: ObjectType,
  ids: readonly string[],
  { objectType, properties = [] }: AssociatedWanted,
) {
  const to = await crm.objectTypes.resolve(objectType);
  const names = await propertyNames(crm, to, properties);
  const rows = await crm.associations.read(from, to, ids, IDS_PER_CELL + 1);
  const linked = rows.map((row) => (row.outcome === 'applied' ? idsOf(row.value) : failed(row.error)));
  const shown = linked.map(({ first }) => first);
  const cells = linked.map(({ first, more }) => (first.length === 0 ? null : first.join(' ') + more));
  const all = [...new Set(shown.flat())];
  if (names.length === 0 || all.length === 0) return { to, cells, cut: 0 };
  const read = await crm.records.read(to, all, { properties: names });
  const { cut, ...table } = recordTable(
    read.flatMap((row) => (row.outcome === 'applied' ? [row.value] : [])),
    names,
    { maxText: MAX_TEXT },
  );
  return { to, cells, table, cut };
}

/** Labelled associations first: a contact's primary company before its others. */
function idsOf({ to, next }: AssociationsOfRecord): { first: string[]; more: string } {
  const sorted = [...to].sort((a, b) => rank(a.types) - rank(b.types));
  const first = sorted.slice(0, IDS_PER_CELL).map(({ toObjectId }) => toObjectId);
  const left = to.length - first.length;
  return { first, more: next === undefined && left <= 0 ? '' : next === undefined ? ` +${left}` : ' +more' };
}

const rank = (types: AssociationsOfRecord['to'][number]['types']) =>
  types.some(({ label }) => label !== null) ? 0 : 1;

/** A record that went away between the two requests has no associations; anything else is the caller's to know. */
function failed(error: Error & { readonly code: string }): { first: string[]; more: string } {
  if (error.code === 'not_found') return { first: [], more: '' };
  throw error;
}

/** HubSpot's names of properties said in any way. Unknown ones are refused: HubSpot would silently leave them out. */
export async function propertyNames(crm: Crm, type: ObjectType, said: readonly string[]): Promise<string[]> {
  if (said.length === 0) return [];
  const index = await crm.properties.of(type);
  return [...new Set(said.map((name) => index.get(name).name))];
}
