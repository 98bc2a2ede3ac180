/** The records that a call of enrichment is about: by their ids, or all that match if they are few. */

import { type FailedRow, failedRows } from '../crm/failed-rows.ts';
import { type Crm, type HubSpotRecord, type ObjectType, type SaidSearch, UserError } from '../crm/index.ts';

const MOST_RECORDS = 100;

export interface SaidRecords {
  readonly ids?: readonly string[] | undefined;
  readonly filterGroups?: SaidSearch['filterGroups'];
  readonly limit?: number | undefined;
}

export interface RecordsAsked {
  readonly records: readonly { readonly id: string; readonly properties: Readonly<Record<string, string>> }[];
  readonly failed: readonly FailedRow[];
  readonly notes: readonly string[];
}

/** @throws UserError `no_records` where neither ids nor filters are given */
export async function recordsAsked(
  crm: Crm,
  type: ObjectType,
  { ids, filterGroups, limit = MOST_RECORDS }: SaidRecords,
  properties: readonly string[],
): Promise<RecordsAsked> {
  if (ids?.length) {
    const rows = await crm.records.read(type, ids, { properties });
    const found = rows.flatMap((row) => (row.outcome === 'applied' ? [row.value] : []));
    return { records: found.map(plain), failed: failedRows(rows, ids), notes: [] };
  }
  if (!filterGroups?.length) {
    throw new UserError('no_records', `Say which ${type.plural.toLowerCase()} are meant.`, {
      next: 'Give ids, or filterGroups that few match.',
    });
  }
  const page = await crm.records.search(type, { filterGroups, properties }, { limit });
  const left = page.total - page.records.length;
  const more = left > 0 ? [`Left out, though they match: ${left} more; narrow filterGroups to get at them.`] : [];
  return { records: page.records.map(plain), failed: [], notes: [...(page.note ? [page.note] : []), ...more] };
}

function plain({ id, properties }: HubSpotRecord) {
  const set = Object.entries(properties).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { id, properties: Object.fromEntries(set) };
}
