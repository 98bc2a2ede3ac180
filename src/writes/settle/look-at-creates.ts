/** Creates: found again by a unique value, else at the record they were made with, and much later by a search. */

import type { HubSpot, HubSpotRecord } from '../../hubspot/index.ts';
import type { RecordChange } from '../change.ts';
import { WRITE_ID } from '../own-properties.ts';
import { recordName } from '../stored-change.ts';
import { holds, takenBy } from './look-at-records.ts';
import type { Doubt, Looking, Verdict, Verdicts } from './verdict.ts';
import { OVER_MS, SEARCHABLE_MS, SKEW_MS } from './verdict.ts';

type Create = Extract<RecordChange, { kind: 'create' }>;

/** Records that are looked at as the one that may be ours. Guess: what is newer has the larger id. */
const NEWEST = 100;

/** @param doubts of one object type */
export async function lookAtCreates(doubts: readonly Doubt<Create>[], looking: Looking): Promise<Verdicts> {
  const [first] = doubts;
  if (first === undefined) return new Map();
  const { objectType } = first.change;
  const unique = await uniqueProperties(objectType, looking);
  const verdicts = new Map<number, Verdict>();
  const keyOf = ({ change }: Doubt<Create>) => unique.find((name) => change.properties[name] !== undefined);
  for (const key of unique) {
    const keyed = doubts.filter((doubt) => keyOf(doubt) === key);
    for (const [index, verdict] of await byKey(keyed, key, looking)) verdicts.set(index, verdict);
  }
  const taken = new Set<string>();
  const keyless = doubts.filter((doubt) => keyOf(doubt) === undefined);
  for (const doubt of keyless) {
    verdicts.set(doubt.index, await byItsLooks(doubt, taken, looking));
  }
  return verdicts;
}

/** The best one first: this server's own, then a contact's e-mail, then any other. */
async function uniqueProperties(
  { id, name: type }: Create['objectType'],
  { hubspot, options }: Pick<Looking, 'hubspot' | 'options'>,
): Promise<readonly string[]> {
  const defined = await hubspot.properties.list(id, {}, options);
  const unique = defined.filter(({ hasUniqueValue }) => hasUniqueValue === true).map(({ name }) => name);
  return [
    ...new Set([...unique.filter((name) => name === WRITE_ID), ...(type === 'contacts' ? ['email'] : []), ...unique]),
  ].filter((name) => name !== 'hs_object_id');
}

async function byKey(
  doubts: readonly Doubt<Create>[],
  key: string,
  { hubspot, options, since }: Looking,
): Promise<Verdicts> {
  const [first] = doubts;
  if (first === undefined) return new Map();
  const values = doubts.map(({ change }) => change.properties[key] ?? '');
  const request = { properties: namesIn(doubts), idProperty: key };
  const rows = await hubspot.objects.batchRead(first.change.objectType.id, values, request, options);
  return new Map(
    doubts.map(({ index, change }, place): [number, Verdict] => {
      const row = rows[place];
      if (row?.outcome !== 'applied') return [index, { is: row?.error.code === 'not_found' ? 'absent' : 'unknown' }];
      const record = row.value;
      const created = Date.parse(record.createdAt);
      const ours =
        key === WRITE_ID || created >= since || (created >= since - SKEW_MS && holds(record, change.properties));
      if (ours) return [index, found(change, record)];
      return [index, { is: 'rejected', error: takenBy(change, key, record.id) }];
    }),
  );
}

/**
 * The one record that was made since with all these values and that no other row of the journal has made. Its parent's
 * associations know it at once; a search, only after the delay of HubSpot's index.
 */
async function byItsLooks(doubt: Doubt<Create>, taken: Set<string>, looking: Looking): Promise<Verdict> {
  const { change } = doubt;
  const [parent] = change.associations;
  const sentAt = doubt.sentAt ?? looking.since;
  const age = looking.now - sentAt;
  if (parent !== undefined) {
    const match = (await matching(change, await linkedTo(parent.to, change, looking), taken, looking))[0];
    if (match !== undefined) {
      taken.add(match.id);
      return found(change, match);
    }
  }
  if (age < SEARCHABLE_MS || !change.objectType.can.search) return { is: 'unknown' };
  const made = await madeSince(change, sentAt, looking);
  const matches = await matching(change, made.records, taken, looking);
  const [match] = matches;
  if (match !== undefined && matches.length === 1) {
    taken.add(match.id);
    return found(change, match);
  }
  return matches.length === 0 && made.complete && age >= OVER_MS ? { is: 'absent' } : { is: 'unknown' };
}

async function linkedTo(
  parent: Create['associations'][number]['to'],
  { objectType, properties }: Create,
  { hubspot, options }: Looking,
): Promise<readonly HubSpotRecord[]> {
  const [linked] = await hubspot.associations.batchRead(parent.objectType.id, objectType.id, [parent.id], {}, options);
  if (linked === undefined) return [];
  if (linked.outcome !== 'applied') throw linked.error;
  const newest = linked.value.to
    .map(({ toObjectId }) => toObjectId)
    .sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1))
    .slice(0, NEWEST);
  if (newest.length === 0) return [];
  return readAll(hubspot, objectType.id, newest, Object.keys(properties), options);
}

async function readAll(
  hubspot: HubSpot,
  type: string,
  ids: readonly string[],
  properties: readonly string[],
  options: Looking['options'],
): Promise<readonly HubSpotRecord[]> {
  const rows = await hubspot.objects.batchRead(type, ids, { properties }, options);
  return rows.flatMap((row) => (row.outcome === 'applied' ? [row.value] : []));
}

/** What programs have made meanwhile, the values as they were asked for. */
async function madeSince(
  { objectType, properties }: Create,
  sentAt: number,
  { hubspot, options, since }: Looking,
): Promise<{ readonly records: readonly HubSpotRecord[]; readonly complete: boolean }> {
  const between = { value: String(since - SKEW_MS), highValue: String(sentAt + OVER_MS) };
  const { records, complete } = await hubspot.objects.searchAll(
    objectType.id,
    {
      filterGroups: [{ filters: [{ propertyName: 'hs_createdate', operator: 'BETWEEN', ...between }] }],
      properties: [...Object.keys(properties), 'hs_object_source'],
    },
    { limit: 1_000 },
    options,
  );
  const byPrograms = records.filter(
    (record) => (record.properties['hs_object_source'] ?? 'INTEGRATION') === 'INTEGRATION',
  );
  return { records: byPrograms, complete };
}

async function matching(
  change: Create,
  records: readonly HubSpotRecord[],
  taken: ReadonlySet<string>,
  { journal, since }: Looking,
): Promise<readonly HubSpotRecord[]> {
  const alike = records.filter(
    (record) =>
      !taken.has(record.id) && Date.parse(record.createdAt) >= since - SKEW_MS && holds(record, change.properties),
  );
  const free: HubSpotRecord[] = [];
  for (const record of alike) {
    const name = recordName(change.objectType.name, record.id);
    const calls = await journal.calls({ record: name });
    if (!calls.some(({ rows }) => rows.some((row) => row.record === name))) free.push(record);
  }
  return free;
}

function found({ objectType }: Create, record: HubSpotRecord): Verdict {
  return { is: 'applied', cells: { objectType: objectType.name, id: record.id }, echo: record };
}

function namesIn(doubts: readonly Doubt<Create>[]): string[] {
  return [...new Set(doubts.flatMap(({ change }) => Object.keys(change.properties)))];
}
