/** What the journal has of rows that changed something, as far as taking them back is concerned. */

import type { Journal, StoredCall, StoredRow } from '../../journal/journal.ts';
import { type Before, before as beforeShape } from '../before.ts';
import type { Change, Values } from '../change.ts';
import { LAST_WRITE, WRITE_ID } from '../own-properties.ts';
import { loadResult } from '../row-result.ts';
import { loadChange, recordName } from '../stored-change.ts';

/** One row of a call that was written, or may have been. */
export interface Written {
  readonly callId: string;
  readonly index: number;
  /** The calls that its call took back. */
  readonly undoes: readonly string[];
  readonly change: Change;
  readonly before?: Before;
  /** The record it is about, by its id; of a create, the new one. */
  readonly id?: string;
  /** The values as HubSpot took them. */
  readonly values: Values;
  /** An upsert or a create that made its record. */
  readonly made: boolean;
  /** False when no answer said that it was applied. */
  readonly certain: boolean;
  readonly cells: Readonly<Record<string, string | number | boolean | null>>;
}

/** What this server writes of its own accord is not taken back: the way back writes it too. */
export const OWN: ReadonlySet<string> = new Set([WRITE_ID, LAST_WRITE]);

/** Every row that changed something for certain or perhaps, as far as it can be read. */
export function writtenBy(call: StoredCall): readonly Written[] {
  return call.rows.filter(hasWritten).flatMap((row) => {
    const change = loadChange(row.change);
    return change === undefined ? [] : [toWritten(call, row, change)];
  });
}

/** How many of such rows cannot be read. */
export function unreadableIn(call: StoredCall): number {
  return call.rows.filter((row) => hasWritten(row) && loadChange(row.change) === undefined).length;
}

function hasWritten({ state }: StoredRow): boolean {
  return state === 'applied' || state === 'unknown';
}

function toWritten({ id: callId, undoes = [] }: StoredCall, row: StoredRow, change: Change): Written {
  const read = beforeShape.safeParse(row.before);
  const image = read.success ? read.data : undefined;
  const result = loadResult(row);
  const applied = result?.state === 'applied' ? result : undefined;
  const [, recorded] = row.record?.split(' ') ?? [];
  const id = recorded ?? (image !== undefined && 'id' in image ? image.id : 'id' in change ? change.id : undefined);
  const otherwise = new Map(applied?.differences?.map(({ property, found }) => [property, found]));
  const said = 'properties' in change ? change.properties : {};
  return {
    callId,
    index: row.index,
    undoes,
    change,
    ...(image !== undefined && { before: image }),
    ...(id !== undefined && { id }),
    values: Object.fromEntries(
      Object.entries(said).flatMap(([name, value]) => (OWN.has(name) ? [] : [[name, otherwise.get(name) ?? value]])),
    ),
    made: change.kind === 'create' || (change.kind === 'upsert' && isNew(applied?.cells['new'], image)),
    certain: row.state === 'applied',
    cells: applied?.cells ?? {},
  };
}

/** HubSpot says whether an upsert made its record; where its answer was lost, what was there before does. */
function isNew(said: unknown, image: Before | undefined): boolean {
  return typeof said === 'boolean' ? said : image !== undefined && 'absent' in image;
}

/** What a row wrote to, as one word each: `contacts 101 phone`, a pair of records, or one definition. */
export function placesOf({ change, id }: Pick<Written, 'change' | 'id'>): readonly string[] {
  switch (change.kind) {
    case 'create':
    case 'update':
    case 'upsert':
      if (id === undefined) return [];
      return Object.keys(change.properties).map((name) => `${recordName(change.objectType.name, id)} ${name}`);
    case 'archive':
      return [recordName(change.objectType.name, change.id)];
    case 'merge':
      return [change.id, change.loser].map((each) => recordName(change.objectType.name, each));
    case 'associate':
    case 'dissociate':
      return [targetOf({ change })];
    case 'define': {
      const owner = 'objectType' in change ? change.objectType.id : 'from' in change ? change.from.id : '';
      return [`definition ${owner} ${change.step.slice(change.step.indexOf('_') + 1)} ${change.name}`];
    }
  }
}

/** The record, pair or definition that a row is about. */
export function targetOf(written: Pick<Written, 'change' | 'id'>): string {
  const { change, id } = written;
  switch (change.kind) {
    case 'associate':
    case 'dissociate':
      return [change.from, change.to].map((end) => recordName(end.objectType.name, end.id)).join(' ');
    case 'define':
      return placesOf(written)[0] ?? '';
    case 'merge':
      // What the record was called before: its values and what went into it are one story.
      return recordName(change.objectType.name, change.id);
    default:
      return recordName(change.objectType.name, id ?? '');
  }
}

/**
 * The newest write of another call to a place since a call that is still in effect, or that took the call back; undefined
 * when there is none. What was taken back since counts no more, nor does what took it back.
 */
export type LaterWrites = (place: string, since: Pick<Written, 'callId'>) => Written | undefined;

const PAGE = 100;

/** Looks through all calls since the oldest of these rows. */
export async function readLaterWrites(
  journal: Journal,
  chosen: readonly Written[],
  from: number,
): Promise<LaterWrites> {
  const own = new Set(chosen.map(nameOf));
  const wanted = new Set(chosen.flatMap(placesOf));
  const records = new Set(
    chosen.flatMap(({ change, id, made }) => (made ? [targetOf({ change, ...(id && { id }) })] : [])),
  );
  const newest = new Map<string, Written[]>();
  for (let page = await journal.calls({ from, limit: PAGE }); ; ) {
    for (const written of page.flatMap(writtenBy)) {
      if (own.has(nameOf(written))) continue;
      for (const place of placesOf(written)) {
        if (!wanted.has(place) && !records.has(targetOf(written))) continue;
        const known = newest.get(place);
        if (known === undefined) newest.set(place, [written]);
        else known.push(written);
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    page = await journal.calls({ from, limit: PAGE, before: last.id });
  }
  return (place, { callId }) =>
    inEffect(
      (newest.get(place) ?? []).filter((later) => later.callId > callId),
      callId,
    );
}

/** @param later newest first */
function inEffect(later: readonly Written[], callId: string): Written | undefined {
  const calls = new Set(later.map((written) => written.callId));
  const takenBack = new Set<string>();
  for (const written of later) {
    if (takenBack.has(written.callId)) continue;
    const undone = written.undoes.filter((id) => calls.has(id));
    if (written.undoes.includes(callId) || undone.length === 0) return written;
    for (const id of undone) takenBack.add(id);
  }
  return undefined;
}

function nameOf({ callId, index }: Written): string {
  return `${callId} ${index}`;
}
