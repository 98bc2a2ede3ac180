/** Lifecycle stages of contacts and companies, in their order. */

import { byValue, interned } from '../interned.ts';
import type { Table } from '../table.ts';
import { columnOf } from './columns.ts';
import type { PortalData } from './types.ts';

/** HubSpot's own, in their order. `other` stands beside them. */
const standard = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
];

/**
 * A stage's place, the first 0; -1 of what stands beside the order.
 * Guess: the options of `lifecyclestage` come in the order in which the portal's people put the stages, their own among
 * HubSpot's.
 */
export function stageOrder(data: PortalData, objectType: string): (stage: string) => number {
  const options = data.properties.get(objectType)?.get('lifecyclestage')?.options ?? [];
  const stages = options.length > 0 ? options.map(({ value }) => value) : standard;
  const places = new Map(stages.filter((stage) => stage !== 'other').map((stage, place) => [stage, place]));
  return (stage) => places.get(stage) ?? -1;
}

/** The place of each row's stage. */
export function stagePlaces(data: PortalData, table: Table): (row: number) => number {
  const column = columnOf(table, 'lifecyclestage');
  const { codes } = interned(column);
  const places = byValue(column, stageOrder(data, table.objectType));
  return (row) => places[codes[row] ?? 0] ?? -1;
}
