/** Whether records that calls have made are still as they were made, so that archiving them takes nothing from anybody. */

import type { Crm, HubSpotRecord, ObjectType } from '../../crm/index.ts';
import { isHubSpots } from '../../crm/values.ts';
import { isRowError, settle } from '../check-rows.ts';
import { recordName } from '../stored-change.ts';
import { OWN } from './written.ts';

/** What was found of one of them. */
export interface MadeRecord {
  readonly record: HubSpotRecord;
  /** Properties that got a value after the record was made, not by HubSpot's own doing. */
  readonly setLater: readonly string[];
  /** What it is linked with, such as `notes 7`. */
  readonly linked: readonly string[];
}

/** Guess: the words for values that HubSpot sets by itself. */
const HUBSPOTS_OWN = new Set(['CALCULATED', 'ANALYTICS', 'DATA_ENRICHMENT', 'COMPANY_INSIGHTS', 'INTERNAL_PROCESSING']);

/** What people add to a record. Contacts and companies are left out between each other: HubSpot links them by itself. */
const LINKED = ['contacts', 'companies', 'deals', 'tickets', 'notes', 'calls', 'emails', 'meetings', 'tasks'];
const BY_ITSELF = new Set(['contacts', 'companies']);

/** One entry per id; undefined for a record that is not there any more. */
export async function readMade(
  crm: Crm,
  type: ObjectType,
  ids: readonly string[],
): Promise<readonly (MadeRecord | undefined)[]> {
  if (ids.length === 0) return [];
  const { all } = await crm.properties.of(type);
  // One that the policy closes may have been set by somebody all the same.
  const names = all.filter((property) => !isHubSpots(property) && !OWN.has(property.name)).map(({ name }) => name);
  const links = await readLinks(crm, type, ids);
  const rows = await crm.records.read(type, ids, { properties: names, propertiesWithHistory: names });
  return rows.map((row, place) => {
    if (row.outcome === 'applied') {
      const setLater = names.filter((name) => isSetLater(row.value, name));
      return { record: row.value, setLater, linked: links.get(ids[place] ?? '') ?? [] };
    }
    if (row.error.code === 'not_found') return undefined;
    throw row.error;
  });
}

/** HubSpot sets what it derives from a new record together with it. */
function isSetLater({ properties, propertiesWithHistory, createdAt }: HubSpotRecord, name: string): boolean {
  if ((properties[name] ?? '') === '') return false;
  const [newest] = propertiesWithHistory?.[name] ?? [];
  if (newest === undefined || HUBSPOTS_OWN.has(newest.sourceType)) return false;
  return Date.parse(newest.timestamp) > Date.parse(createdAt);
}

async function readLinks(crm: Crm, type: ObjectType, ids: readonly string[]): Promise<Map<string, string[]>> {
  const links = new Map<string, string[]>(ids.map((id) => [id, []]));
  const others = type.custom ? [] : LINKED.filter((name) => !(BY_ITSELF.has(name) && BY_ITSELF.has(type.name)));
  for (const name of others) {
    const to = await crm.objectTypes.resolve(name);
    // Types that cannot be linked, or that the token may not read.
    const rows = await settle(() => crm.associations.read(type, to, ids));
    if (isRowError(rows)) continue;
    for (const [place, row] of rows.entries()) {
      if (row.outcome !== 'applied') continue;
      links.get(ids[place] ?? '')?.push(...row.value.to.map(({ toObjectId }) => recordName(name, toObjectId)));
    }
  }
  return links;
}
