import { type Cell, shortInstant } from './record-table.ts';
import type { HubSpotRecord } from './types.ts';

/** Who set which value when, the newest first, as HubSpot keeps it: the last 20 or so of each property. */
export function historyTable(
  records: readonly HubSpotRecord[],
  maxText: number,
): { columns: string[]; rows: Cell[][] } {
  const rows: Cell[][] = [];
  for (const { id, propertiesWithHistory = {} } of records) {
    for (const [property, versions] of Object.entries(propertiesWithHistory)) {
      for (const { value, timestamp, sourceType, sourceId, sourceLabel } of versions) {
        const source = [sourceType, sourceLabel ?? sourceId].filter(Boolean).join(' ');
        rows.push([id, property, shortInstant(value.slice(0, maxText)), shortInstant(timestamp), source]);
      }
    }
  }
  return { columns: ['id', 'property', 'value', 'timestamp', 'source'], rows };
}
