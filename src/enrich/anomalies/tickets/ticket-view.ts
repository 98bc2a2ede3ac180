/** Tickets as the checks see them: by row, numbers and flags, made once a run. */

import { byValue, interned, times } from '../../interned.ts';
import type { Table } from '../../table.ts';
import type { PortalData } from '../types.ts';

export interface TicketView {
  readonly table: Table;
  readonly open: Uint8Array;
  readonly closed: Uint8Array;
  /** Milliseconds; NaN where there is none. */
  readonly created: Float64Array;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const views = new WeakMap<PortalData, TicketView>();

/** @throws RangeError for a portal without tickets, which `needs` keeps away from checks */
export function ticketsOf(data: PortalData): TicketView {
  const found = views.get(data);
  if (found !== undefined) return found;
  const table = data.tables.get('tickets');
  if (table === undefined) throw new RangeError('There are no tickets.');
  const closedStages = new Map(
    (data.pipelines.get('tickets') ?? []).flatMap(({ stages }) => stages.map((stage) => [stage.id, stage.closed])),
  );
  const open = new Uint8Array(table.rows);
  const closed = new Uint8Array(table.rows);
  const column = table.columns.get('hs_pipeline_stage');
  if (column !== undefined) {
    // Guess: ids of ticket stages are unique among the pipelines of a portal.
    const states = byValue(column, (stage) => closedStages.get(stage));
    interned(column).codes.forEach((code, row) => {
      if (states[code] === false) open[row] = 1;
      else if (states[code] === true) closed[row] = 1;
    });
  }
  const created = table.columns.get('createdate');
  const view = {
    table,
    open,
    closed,
    created: created === undefined ? new Float64Array(table.rows).fill(Number.NaN) : times(created),
  };
  views.set(data, view);
  return view;
}

/** Hours between two instants without Saturdays and Sundays, which are taken in UTC: an SLA of a day is a day of work. */
export function workingHours(from: number, to: number): number {
  let hours = 0;
  for (let at = from; at < to; ) {
    const next = Math.min(to, (Math.floor(at / DAY) + 1) * DAY);
    const weekday = (Math.floor(at / DAY) + 4) % 7;
    if (weekday !== 0 && weekday !== 6) hours += (next - at) / HOUR;
    at = next;
    // What is a month old is late whatever the weekends were.
    if (hours > 24 * 30) break;
  }
  return hours;
}
