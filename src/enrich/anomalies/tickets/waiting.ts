/** Tickets that wait: for too long, for somebody, for an answer. */

import { times } from '../../interned.ts';
import { isEmptyAt, type Table, textAt, valueAt } from '../../table.ts';
import { rowsWhere } from '../columns.ts';
import { found } from '../found.ts';
import { groupsBy } from '../groups.ts';
import { unlessUsual } from '../habit.ts';
import { quantile, sorted } from '../statistics/robust.ts';
import { tasksFor } from '../tasks.ts';
import type { Check, PortalData } from '../types.ts';
import { DAY, HOUR, ticketsOf, workingHours } from './ticket-view.ts';

const FEWEST_CLOSED = 20;
/** Hours of work. */
const WORKING_DAY = 24;

/** As people call it. */
function kindOf({ pipelines }: PortalData, table: Table, row: number) {
  const pipeline = valueAt(table, 'hs_pipeline', row);
  const known = pipelines.get('tickets')?.find(({ id }) => id === pipeline);
  return { pipeline: known?.label ?? pipeline, priority: valueAt(table, 'hs_ticket_priority', row) || 'none' };
}

export const openTooLong: Check = {
  id: 'T01',
  version: 1,
  title: 'Tickets open for unusually long',
  about: `Open for longer than 95 % of the closed tickets of its pipeline and priority took, and than twice their median; from ${FEWEST_CLOSED} closed ones on.`,
  severity: 'high',
  objectType: 'tickets',
  needs: { tickets: ['hs_pipeline_stage', 'createdate', 'closed_date'] },
  uses: { tickets: ['hs_pipeline', 'hs_ticket_priority', 'hubspot_owner_id'] },
  run(data) {
    const { table, open, closed, created } = ticketsOf(data);
    const closedColumn = table.columns.get('closed_date');
    if (closedColumn === undefined) return [];
    const ended = times(closedColumn);
    const groups = groupsBy(table, ['hs_pipeline', 'hs_ticket_priority'], () => true);
    return [...groups].flatMap(([subject, rows]) => {
      const took = sorted(
        rows.filter((row) => closed[row] === 1).map((row) => (ended[row] ?? Number.NaN) - (created[row] ?? 0)),
      );
      if (took.length < FEWEST_CLOSED) return [];
      const limit = Math.max(quantile(took, 0.95), 2 * quantile(took, 0.5));
      const late = rows.filter((row) => open[row] === 1 && data.now - (created[row] ?? data.now) > limit);
      return found(table, late, () => ({
        subject,
        isState: true,
        statistic: {
          name: 'days open',
          value: Math.round(late.reduce((most, row) => Math.max(most, data.now - (created[row] ?? data.now)), 0) / DAY),
          threshold: Math.round((10 * limit) / DAY) / 10,
          n: took.length,
        },
        evidence: { ...kindOf(data, table, rows[0] ?? 0), tickets: late.length },
        note: 'These tickets are open for longer than 95 % of tickets of their kind took.',
        fix: tasksFor(data, table, late, 'Answer or escalate this ticket: it is open for unusually long'),
      }));
    });
  },
};

export const ownerless: Check = {
  id: 'T02',
  version: 1,
  title: 'Tickets of nobody',
  about:
    'Open without an owner for more than one working day, unless 80 % of them are: then tickets have no owners here.',
  severity: 'high',
  objectType: 'tickets',
  needs: { tickets: ['hs_pipeline_stage', 'createdate', 'hubspot_owner_id'] },
  run(data) {
    const { table, open, created } = ticketsOf(data);
    const owner = table.columns.get('hubspot_owner_id');
    if (owner === undefined) return [];
    const waiting = rowsWhere(
      table,
      (row) => open[row] === 1 && workingHours(created[row] ?? data.now, data.now) > WORKING_DAY,
    );
    const rows = unlessUsual(
      waiting.filter((row) => isEmptyAt(owner, row)),
      waiting.length,
    );
    return found(table, rows, () => ({
      isState: true,
      evidence: { 'tickets of nobody': rows.length },
      note: 'Tickets wait for more than a working day and belong to nobody.',
      fix: tasksFor(data, table, rows, 'Find an owner for this ticket'),
    }));
  },
};

export const unanswered: Check = {
  id: 'T03',
  version: 1,
  title: 'Tickets that wait for our answer',
  about:
    'Open, the last message is the customer’s, and its time for the next response is over, or without one, more than two working days have passed.',
  severity: 'high',
  objectType: 'tickets',
  needs: { tickets: ['hs_pipeline_stage', 'hs_last_message_received_at', 'hs_last_message_sent_at'] },
  uses: { tickets: ['hs_time_to_next_response_sla_at', 'hubspot_owner_id'] },
  run(data) {
    const { table, open } = ticketsOf(data);
    const [received, sent, due] = [
      'hs_last_message_received_at',
      'hs_last_message_sent_at',
      'hs_time_to_next_response_sla_at',
    ].map((name) => {
      const column = table.columns.get(name);
      return column === undefined ? undefined : times(column);
    });
    const rows = rowsWhere(table, (row) => {
      const asked = received?.[row] ?? Number.NaN;
      if (open[row] !== 1 || Number.isNaN(asked) || (sent?.[row] ?? Number.NaN) >= asked) return false;
      const until = due?.[row] ?? Number.NaN;
      return Number.isNaN(until) ? workingHours(asked, data.now) > 2 * WORKING_DAY : until < data.now;
    });
    const oldest = rows.reduce((least, row) => Math.min(least, received?.[row] ?? least), data.now);
    return found(table, rows, () => ({
      isState: true,
      statistic: {
        name: 'hours without an answer',
        value: Math.round((data.now - oldest) / HOUR),
        threshold: 2 * WORKING_DAY,
        n: rows.length,
      },
      evidence: { 'tickets that wait': rows.length },
      note: 'Customers wrote last and wait for an answer for longer than they were promised.',
      fix: tasksFor(data, table, rows, 'Answer the customer: their last message is waiting'),
    }));
  },
};

export const alone: Check = {
  id: 'T04',
  version: 1,
  title: 'Tickets without a contact',
  about: 'Open, and associated with no contact, unless 80 % are: then they are tasks of your own.',
  severity: 'medium',
  objectType: 'tickets',
  needs: { tickets: ['hs_pipeline_stage'] },
  uses: { tickets: ['hubspot_owner_id'] },
  associations: ['tickets>contacts'],
  run(data) {
    const { table, open } = ticketsOf(data);
    const linked = data.associations.get('tickets>contacts');
    const all = rowsWhere(table, (row) => open[row] === 1);
    const rows = unlessUsual(
      all.filter((row) => (linked?.get(textAt(table.ids, row)) ?? []).length === 0),
      all.length,
    );
    return found(table, rows, () => ({
      evidence: { 'without a contact': rows.length },
      note: 'Nobody can be answered: these tickets are with no contact.',
      fix: tasksFor(data, table, rows, 'Associate the person who asked'),
    }));
  },
};

/** Rows by contact; a ticket of several contacts stands with each. */
export function byContact(
  rows: readonly number[],
  idOf: (row: number) => string,
  linked: ReadonlyMap<string, readonly string[]> | undefined,
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    for (const contact of linked?.get(idOf(row)) ?? []) {
      const group = groups.get(contact);
      if (group === undefined) groups.set(contact, [row]);
      else group.push(row);
    }
  }
  return groups;
}
