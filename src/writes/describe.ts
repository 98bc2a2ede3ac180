/** Changes in words: what a dry run shows, and how to find out what became of a write without an answer. */

import type { AssociationType } from '../crm/index.ts';
import { cutText } from '../crm/record-table.ts';
import type { Change } from './change.ts';
import { previewDefinition, whereDefined } from './definition-change.ts';

/** Enough of a value to recognise it by. */
export const MAX_TEXT = 200;

/** What a table cell can hold. */
export type Cell = string | number | boolean | null;
export type Cells = Readonly<Record<string, Cell>>;

/** One line per value that would change. `before` is known only where it had to be read. */
export function preview(change: Change, before: Readonly<Record<string, string | null>> = {}): readonly Cells[] {
  switch (change.kind) {
    case 'create':
      return [
        ...values({ action: 'create', objectType: change.objectType.name }, change.properties, {}),
        ...change.associations.map(({ to, types }) => ({ action: 'associate', to: place(to), labels: labels(types) })),
      ];
    case 'update':
      return values({ action: 'update', objectType: change.objectType.name, id: change.id }, change.properties, before);
    case 'upsert':
      return values({ action: 'upsert', id: `${change.idProperty}=${change.value}` }, change.properties, before);
    case 'archive':
      return [
        {
          action: 'archive',
          objectType: change.objectType.name,
          id: change.id,
          ...Object.fromEntries(Object.entries(before).map(([name, value]) => [name, cut(value)])),
        },
      ];
    case 'merge':
      return [{ action: 'merge', id: change.id, merged: change.loser }];
    case 'associate':
    case 'dissociate':
      return [{ action: change.kind, from: place(change.from), to: place(change.to), labels: labels(change.types) }];
    case 'define':
      return previewDefinition(change);
  }
}

/** Sending the same change twice leaves the portal as sending it once. */
export function repeatable(change: Change): boolean {
  return (
    change.kind !== 'merge' &&
    change.kind !== 'create' &&
    (change.kind !== 'define' || !change.step.startsWith('create'))
  );
}

/** The next step after an outcome that is not known. */
export function howToCheck(change: Change): string {
  switch (change.kind) {
    case 'create':
      return `It may exist. Repeat this very call (within 10 minutes, if it has no idempotencyKey): it looks first, and writes nothing twice. Or look yourself: ${whereCreated(change)}.`;
    case 'update':
      return `Compare with get_records of ${place(change)}; sending the same update again is safe.`;
    case 'upsert':
      return 'Sending the same upsert again is safe.';
    case 'archive':
      return `get_records of ${place(change)} finds it no more if it was archived; archiving again is safe.`;
    case 'merge':
      return `It may be merged: get_records of ${change.objectType.name} ${change.loser} then gives another id. Look with list_changes and the callId, which asks HubSpot; merge nothing again before that.`;
    case 'associate':
    case 'dissociate':
      return `See list_associations of ${place(change.from)}; sending the same again is safe.`;
    case 'define':
      return `See with ${whereDefined(change)} whether it was done.`;
  }
}

function whereCreated({ objectType, properties, associations }: Extract<Change, { kind: 'create' }>): string {
  const { email } = properties;
  const [associated] = associations;
  if (objectType.name === 'contacts' && email !== undefined) {
    return `get_records of contacts, ids [${JSON.stringify(email)}]`;
  }
  if (associated !== undefined) return `list_associations of ${place(associated.to)} with ${objectType.name}`;
  return `search_records in ${objectType.name} after 10 s, as search lags behind writes`;
}

function values(
  head: Cells,
  properties: Readonly<Record<string, string>>,
  before: Readonly<Record<string, Cell>>,
): Cells[] {
  return Object.entries(properties).map(([property, after]) => ({
    ...head,
    property,
    ...(property in before && { before: cut(before[property] ?? null) }),
    after: cut(after),
  }));
}

function cut(value: Cell): Cell {
  return typeof value === 'string' ? cutText(value, MAX_TEXT) : value;
}

function place({ objectType, id }: { objectType: { name: string }; id: string }): string {
  return `${objectType.name} ${id}`;
}

function labels(types: readonly AssociationType[]): string | null {
  return (
    types
      .map((type) => type.label ?? '')
      .filter(Boolean)
      .join(', ') || null
  );
}
