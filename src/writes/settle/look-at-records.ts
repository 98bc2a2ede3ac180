/** Updates, upserts and archivings: the records are read by id or by key, which knows no delay as the search does. */

import { HubSpotError, type HubSpotRecord, type Row } from '../../hubspot/index.ts';
import type { RecordChange, Values } from '../change.ts';
import { sameValue } from '../same-value.ts';
import type { Doubt, Looking, Verdict, Verdicts } from './verdict.ts';

type Keyed = Extract<RecordChange, { kind: 'update' | 'upsert' }>;
type Archive = Extract<RecordChange, { kind: 'archive' }>;

/** @param doubts of one kind and object type, and for upserts of one key */
export async function lookAtValues(doubts: readonly Doubt<Keyed>[], { hubspot, options }: Looking): Promise<Verdicts> {
  const [first] = doubts;
  if (first === undefined) return new Map();
  const { objectType } = first.change;
  const properties = [...new Set(doubts.flatMap(({ change }) => Object.keys(change.properties)))];
  const key = first.change.kind === 'upsert' ? { idProperty: first.change.idProperty } : {};
  const ids = doubts.map(({ change }) => (change.kind === 'update' ? change.id : change.value));
  const rows = await hubspot.objects.batchRead(objectType.id, ids, { properties, ...key }, options);
  return new Map(doubts.map((doubt, place) => [doubt.index, judge(doubt, rows[place])]));
}

function judge({ change, before }: Doubt<Keyed>, row: Row<HubSpotRecord> | undefined): Verdict {
  if (row?.outcome !== 'applied') {
    if (row?.error.code !== 'not_found') return { is: 'unknown' };
    return change.kind === 'upsert' ? { is: 'absent' } : { is: 'rejected', error: row.error };
  }
  const { id, properties } = row.value;
  if (holds(row.value, change.properties)) {
    const isNew = change.kind === 'upsert' && before !== undefined && 'absent' in before;
    const cells = { objectType: change.objectType.name, id, ...(isNew && { new: true }) };
    return { is: 'applied', cells, echo: row.value };
  }
  const held = before !== undefined && 'values' in before ? before.values : undefined;
  // Nobody knows what an upsert found; sending it again does what was asked for.
  if (held === undefined)
    return change.kind === 'upsert' ? { is: 'absent' } : { is: 'unknown', found: told(change.properties, properties) };
  const untouched = Object.entries(held).every(([name, value]) => (properties[name] ?? '') === (value ?? ''));
  return untouched ? { is: 'absent' } : { is: 'unknown', found: told(change.properties, properties) };
}

/** Whether a record has every value that was asked for. */
export function holds({ properties }: Pick<HubSpotRecord, 'properties'>, asked: Values): boolean {
  return Object.entries(asked).every(([name, value]) => sameValue(value, properties[name] ?? null));
}

function told(asked: Values, found: HubSpotRecord['properties']): string {
  const other = Object.entries(asked).find(([name, value]) => !sameValue(value, found[name] ?? null));
  const [name = ''] = other ?? [];
  return `HubSpot now holds another ${name} than was asked for, and another than before: somebody may have changed it.`;
}

/** A record that is among the archived ones was archived; archiving once more does nothing. */
export async function lookAtArchives(
  doubts: readonly Doubt<Archive>[],
  { hubspot, options }: Looking,
): Promise<Verdicts> {
  const [first] = doubts;
  if (first === undefined) return new Map();
  const ids = doubts.map(({ change }) => change.id);
  const rows = await hubspot.objects.batchRead(first.change.objectType.id, ids, { archived: true }, options);
  return new Map(
    doubts.map(({ index, change }, place): [number, Verdict] => {
      const row = rows[place];
      if (row?.outcome === 'applied') return [index, { is: 'applied', cells: { id: change.id } }];
      return [index, { is: row?.error.code === 'not_found' ? 'absent' : 'unknown' }];
    }),
  );
}

/** A unique value that another record has keeps HubSpot from making a second one. */
export function takenBy(
  change: { readonly objectType: { readonly singular: string } },
  property: string,
  id: string,
): HubSpotError {
  const message = `${change.objectType.singular} ${id} had this ${property} before; nothing was created.`;
  return new HubSpotError(message, { code: 'conflict', sent: 'yes', retryable: false, existingId: id });
}
