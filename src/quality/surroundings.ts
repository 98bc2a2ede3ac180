/** What a brief on one record is made of: it and its links in two requests, and one for each type that there is around it. */

import type { Crm, HubSpotRecord, ObjectType } from '../crm/index.ts';
import { ownerName } from '../crm/owners.ts';
import { linkedProperties, ownProperties, typesAround } from '../enrich/brief/index.ts';
import type { Around, Surroundings } from '../enrich/brief/types.ts';
import { ifReadable, pipelineFacts } from './portal-facts.ts';

/** Of these all count, not only the latest: what is open or overdue may be old. One batch. */
const MANY = new Set(['deals', 'tickets', 'tasks']);
const MOST_OF_MANY = 100;
const MOST = 10;

export interface ReadSurroundings {
  readonly of: Surroundings;
  /** Types that the token may not read. */
  readonly unread: readonly string[];
  /** Types of which there are more than were read, though all should have been. */
  readonly partly: readonly string[];
}

/** @param id or what else names the record, such as a contact's e-mail. @throws HubSpotError `not_found` */
export async function readSurroundings(crm: Crm, type: ObjectType, id: string, now: number): Promise<ReadSurroundings> {
  const record = await readRecord(crm, type, id);
  const [linked, { timeZone }, owners] = await Promise.all([
    linkedWith(crm, type, record.id),
    crm.account.details(),
    ifReadable(() => ownersById(crm)),
  ]);
  const { ids, types } = linked;
  const around = await Promise.all(
    types.map(async (to) => [to.name, await ifReadable(() => readAround(crm, to, ids[to.name] ?? []))] as const),
  );
  const found = new Map(around.flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])));
  const pipelines = await Promise.all(
    [type, ...types]
      .filter((each) => each.pipeline !== undefined)
      .map(async (each) => [each.name, (await ifReadable(() => pipelineFacts(crm, each))) ?? []] as const),
  );
  return {
    of: {
      now,
      timeZone,
      objectType: type.name,
      record,
      around: found,
      owners: owners ?? new Map(),
      pipelines: new Map(pipelines),
    },
    unread: [...linked.unread, ...around.flatMap(([name, each]) => (each === undefined ? [name] : []))],
    partly: [...found].flatMap(([name, { total, records }]) =>
      total > records.length && MANY.has(name) ? [name] : [],
    ),
  };
}

async function readRecord(crm: Crm, type: ObjectType, id: string): Promise<HubSpotRecord> {
  const properties = ownProperties[type.name] ?? type.defaultProperties;
  const [row] = await crm.records.read(type, [id], { properties });
  if (row === undefined) throw new Error(`Reading ${type.name} ${id} gave nothing.`);
  if (row.outcome !== 'applied') throw row.error;
  return row.value;
}

/** Types of which there are some, and their ids. */
async function linkedWith(crm: Crm, type: ObjectType, id: string) {
  const all = await Promise.all(typesAround(type.name).map((name) => crm.objectTypes.resolve(name)));
  const may = all.filter((to) => type.associableTo?.has(to.id) !== false);
  const { records, unread } = await crm.associations.linked(type, may, [id]);
  const ids = records[0]?.ids ?? {};
  return { ids, types: may.filter(({ name }) => ids[name] !== undefined), unread };
}

/** The newest: HubSpot counts its ids upwards. */
async function readAround(crm: Crm, to: ObjectType, ids: readonly string[]): Promise<Around> {
  const properties = linkedProperties[to.name] ?? to.defaultProperties;
  const newest = ids.toReversed().slice(0, MANY.has(to.name) ? MOST_OF_MANY : MOST);
  const read = await crm.records.read(to, newest, { properties });
  return { total: ids.length, records: read.flatMap((each) => (each.outcome === 'applied' ? [each.value] : [])) };
}

async function ownersById(crm: Crm): Promise<Surroundings['owners']> {
  const [active, gone] = await Promise.all([crm.owners.list(), crm.owners.list({ archived: true })]);
  return new Map([...gone, ...active].map((owner) => [owner.id, { name: ownerName(owner), archived: owner.archived }]));
}
