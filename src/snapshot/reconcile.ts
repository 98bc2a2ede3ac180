/**
 * Finds records that were archived or merged away, which no search tells: HubSpot's own count of a range of ids is held
 * against the copy's, and a range that differs is halved, until it is small enough to be read.
 */

import type { ObjectType } from '../crm/index.ts';
import { countRecords, deleteRecords, type IdRange, idsIn, putRecords, putTypeRow, typeRow } from './copied-records.ts';
import type { Requests } from './requests.ts';
import type { Turn } from './turn.ts';

/** A page of a search holds so many, and a batch read half of them. */
const SMALL = 100;
/** One lost record among 200,000 takes about 13 requests; many are left to the next time. */
const MOST_CALLS = 40;

interface Suspect extends IdRange {
  readonly theirs: number;
}

/**
 * @param total how many records HubSpot counts
 * @returns by how many the two still differ
 */
export async function reconcile(
  type: ObjectType,
  total: number,
  turn: Turn,
  requests: Requests,
  signal?: AbortSignal,
): Promise<number> {
  const suspects: Suspect[] = [{ from: 0n, to: LAST_ID, theirs: total }];
  const before = requests.calls;
  let unaccounted = 0;
  for (let suspect = suspects.pop(); suspect !== undefined; suspect = suspects.pop()) {
    signal?.throwIfAborted();
    const range = suspect;
    const ours = await turn.use((db) => countRecords(db, type.id, range));
    if (ours === range.theirs) continue;
    if (requests.calls - before >= MOST_CALLS) {
      unaccounted += Math.abs(ours - range.theirs);
      continue;
    }
    if (ours <= SMALL && range.theirs <= 2 * SMALL) {
      unaccounted += await compare(type, range, turn, requests);
      continue;
    }
    const [middle] = await turn.use((db) => idsIn(db, type.id, range, 1, Math.floor(ours / 2)));
    const cut = middle === undefined || BigInt(middle) <= range.from ? undefined : BigInt(middle);
    if (cut === undefined) {
      unaccounted += Math.abs(ours - range.theirs);
      continue;
    }
    const lower = { from: range.from, to: cut - 1n };
    const { total: theirs } = await requests.search({ ...within(lower), limit: 1 });
    suspects.push({ from: cut, to: range.to, theirs: range.theirs - theirs }, { ...lower, theirs });
  }
  return unaccounted;
}

/** No id of HubSpot's comes near. */
const LAST_ID = 10n ** 18n;

function within({ from, to }: IdRange) {
  return {
    filterGroups: [
      {
        filters: [
          { propertyName: 'hs_object_id', operator: 'GTE', value: String(from) },
          { propertyName: 'hs_object_id', operator: 'LTE', value: String(to) },
        ],
      },
    ],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
  } as const;
}

/** @returns 0, or by how many the two differ after all: a search knows of a new record, or of its end, a little late */
async function compare(type: ObjectType, range: IdRange, turn: Turn, requests: Requests): Promise<number> {
  const { records: found } = await requests.search({ ...within(range), limit: 2 * SMALL });
  const ids = new Set(found.map(({ id }) => id));
  const held = await turn.use((db) => idsIn(db, type.id, range, -1));
  const missing = held.filter((id) => !ids.has(id));
  const alive = missing.length === 0 ? [] : await requests.read(missing);
  const living = new Set(alive.map(({ id }) => id));
  const known = new Set(held);
  const gone = missing.filter((id) => !living.has(id));
  await turn.use((db) => {
    const row = typeRow(db, type.id) ?? turn.row;
    const removed = deleteRecords(db, type.id, gone);
    const added = putRecords(
      db,
      type.id,
      row,
      found.filter(({ id }) => !known.has(id)),
    );
    if (removed + added > 0) putTypeRow(db, type.id, { ...row, version: row.version + 1 });
  });
  return living.size;
}
