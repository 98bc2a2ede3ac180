import { type Cell, type CellOptions, type RecordTable, shortInstant, textCell } from './record-table.ts';
import type { HubSpotRecord } from './types.ts';

/** Who set which value when, the newest first, as HubSpot keeps it: the last 20 or so of each property. */
export function historyTable(records: readonly HubSpotRecord[], options: CellOptions): RecordTable {
  const rows: Cell[][] = [];
  let cut = 0;
  for (const { id, propertiesWithHistory = {} } of records) {
    for (const [property, versions] of Object.entries(propertiesWithHistory)) {
      for (const { value, timestamp, sourceType, sourceId, sourceLabel } of versions) {
        const source = [sourceType, sourceLabel ?? sourceId].filter(Boolean).join(' ');
        const cell = textCell(value, options);
        if (cell?.cut) cut += 1;
        rows.push([id, property, cell?.text ?? '', shortInstant(timestamp), source]);
      }
    }
  }
  return { columns: ['id', 'property', 'value', 'timestamp', 'source'], rows, cut };
}
