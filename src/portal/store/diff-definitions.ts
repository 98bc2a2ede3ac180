/** The part of a difference that is not about records: definitions, list members, other resources' tables. */

import type { SqlValue } from '../../sqlite.ts';
import type { BeforeImages } from './before-images.ts';
import type { DiffDefinition, DiffDefinitions, Difference, PortalDiff } from './diff.ts';
import type { Store } from './store.ts';

/** Kinds of definitions in the words of the seed file; others have their own names. */
const kindNames: Readonly<Record<string, string>> = {
  property: 'properties',
  propertyGroup: 'propertyGroups',
  pipeline: 'pipelines',
  schema: 'schemas',
  owner: 'owners',
  associationType: 'associationLabels',
};

interface DefinitionRow {
  kind: string;
  scope: string;
  name: string;
  value: string;
}

type Found = { [Member in keyof DiffDefinitions]: DiffDefinitions[Member][number][] };

/** By kind; a kind of which nothing changed is absent. */
export function definitionDifferences(store: Store, images: BeforeImages, name: string) {
  const kinds: Record<string, Found> = {};
  const rows = images.touched<DefinitionRow>('definitions', name, (row) => `${row.kind} ${row.scope} ${row.name}`);
  for (const [, { before, after }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const row = after ?? before;
    if (!row || before?.value === after?.value) continue;
    const kind = kindNames[row.kind] ?? row.kind;
    const found = (kinds[kind] ??= { added: [], changed: [], removed: [] });
    const named = { ...objectTypesOf(store, row.scope), name: row.name };
    if (!before) found.added.push({ ...named, definition: JSON.parse(row.value) });
    else if (!after) found.removed.push({ ...named, definition: JSON.parse(row.value) });
    else found.changed.push({ ...named, changes: memberwise(JSON.parse(before.value), JSON.parse(after.value)) });
  }
  return kinds;
}

/** A scope is an object type id, or two of them. */
function objectTypesOf(store: Store, scope: string): Pick<DiffDefinition, 'objectType'> {
  if (scope === '') return {};
  const names = scope.split('/').map((typeId) => store.objectType(typeId)?.name ?? typeId);
  return { objectType: names.join('/') };
}

function memberwise(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, Difference<unknown>> {
  const changes: Record<string, Difference<unknown>> = {};
  for (const member of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const difference = { before: before[member] ?? null, after: after[member] ?? null };
    if (JSON.stringify(difference.before) !== JSON.stringify(difference.after)) changes[member] = difference;
  }
  return changes;
}

interface MemberRow {
  list_id: string;
  record_id: number;
}

export function memberDifferences(images: BeforeImages, name: string): PortalDiff['lists']['members'] {
  const lists = new Map<string, { listId: string; added: string[]; removed: string[] }>();
  const rows = images.touched<MemberRow>('list_members', name, (row) => `${row.list_id}/${row.record_id}`);
  for (const [, { before, after }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const row = after ?? before;
    if (!row || (before && after)) continue;
    const list = lists.get(row.list_id) ?? { listId: row.list_id, added: [], removed: [] };
    lists.set(row.list_id, list);
    (after ? list.added : list.removed).push(String(row.record_id));
  }
  return [...lists.values()];
}

/** Tables that are told about as what they hold, and those that only follow from them. */
const toldElsewhere = new Set([
  'records',
  'associations',
  'definitions',
  'list_members',
  'merged',
  'history',
  'unique_values',
  'erased',
  'counters',
]);

type Row = Readonly<Record<string, SqlValue>>;

export function otherDifferences(images: BeforeImages, name: string): PortalDiff['others'] {
  const others: Record<string, { added: number; changed: number; removed: number }> = {};
  for (const table of images.tables().filter((other) => !toldElsewhere.has(other))) {
    const counts = { added: 0, changed: 0, removed: 0 };
    const key = images.keyOf(table);
    const keyOf = (row: Row) => key.map((column) => String(row[column])).join('/');
    for (const { before, after } of images.touched<Row>(table, name, keyOf).values()) {
      if (!before) counts.added++;
      else if (!after) counts.removed++;
      else if (Object.entries(before).some(([column, value]) => String(value) !== String(after[column])))
        counts.changed++;
    }
    if (counts.added + counts.changed + counts.removed > 0) others[table] = counts;
  }
  return others;
}
