/** Deals whose dates cannot be, or that nobody has moved. */

import { byValue, interned, numbers, times } from '../../interned.ts';
import { rowsWhere } from '../columns.ts';
import { changeFix, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import { dayCounter, isoDay } from '../series/days.ts';
import { quantile, sorted } from '../statistics/robust.ts';
import { tasksFor } from '../tasks.ts';
import type { Check, PortalData } from '../types.ts';
import { DAY, dealsOf, earliestOf, moneyOf } from './deal-view.ts';

const HOUR = 3_600_000;
const IDLE_DAYS = 30;
const FEWEST_WON = 50;

export const overdue: Check = {
  id: 'D01',
  version: 1,
  title: 'Open deals whose close date has passed',
  about: 'The deal is open and its close date lies before today in the time zone of the portal.',
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'closedate'] },
  uses: { deals: ['hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  run(data) {
    const view = dealsOf(data);
    const { open, closes, table } = view;
    const earliest = closes.reduce((least, at) => Math.min(least, at || least), data.now);
    const dayOf = dayCounter(data.timeZone, earliest, data.now);
    const today = dayOf(data.now);
    const rows = rowsWhere(table, (row) => open[row] === 1 && dayOf(closes[row] ?? Number.NaN) < today);
    return found(table, rows, () => ({
      isState: true,
      amount: moneyOf(view, rows),
      evidence: { 'earliest close date': isoDay(dayOf(earliestOf(closes, rows))) },
      note: 'Open deals should have closed already: forecasts count them in months that are over.',
      fix: tasksFor(data, table, rows, 'Close this deal, or give it a close date that can still be met'),
    }));
  },
};

export const idle: Check = {
  id: 'D03',
  version: 1,
  title: 'Open deals without activity',
  about: `No activity for more than ${IDLE_DAYS} days and none planned; a deal younger than that is left alone.`,
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'createdate', 'notes_last_updated', 'notes_next_activity_date'] },
  uses: { deals: ['notes_last_contacted', 'hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  run(data) {
    const view = dealsOf(data);
    const { table, open, created } = view;
    const past = ['notes_last_updated', 'notes_last_contacted'].map((name) => table.columns.get(name));
    const lasts = past.flatMap((column) => (column === undefined ? [] : [times(column)]));
    const nextColumn = table.columns.get('notes_next_activity_date');
    const next = nextColumn === undefined ? undefined : times(nextColumn);
    const idleFor = (row: number) => {
      let last = created[row] ?? Number.NaN;
      for (const times of lasts) if (!((times[row] ?? Number.NaN) <= last)) last = times[row] || last;
      return data.now - last;
    };
    const rows = rowsWhere(
      table,
      (row) => open[row] === 1 && !((next?.[row] ?? Number.NaN) >= data.now) && idleFor(row) > IDLE_DAYS * DAY,
    );
    return found(table, rows, () => ({
      isState: true,
      amount: moneyOf(view, rows),
      statistic: {
        name: 'most days without activity',
        value: Math.floor(rows.reduce((most, row) => Math.max(most, idleFor(row)), 0) / DAY),
        threshold: IDLE_DAYS,
        n: rows.length,
      },
      evidence: { 'open deals': rowsWhere(table, (row) => open[row] === 1).length },
      note: 'Nobody has been in touch about these open deals for a month, and nothing is planned.',
      fix: tasksFor(data, table, rows, 'Get in touch about this deal, or close it'),
    }));
  },
};

export const impossibleWonDates: Check = {
  id: 'D10',
  version: 1,
  title: 'Won deals with an impossible close date',
  about:
    'The deal is won, and its close date is more than a day in the future or more than a day before it was created.',
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'closedate', 'createdate'] },
  uses: { deals: ['hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  run(data) {
    const view = dealsOf(data);
    const { table, won, closes, created } = view;
    const future = rowsWhere(table, (row) => won[row] === 1 && (closes[row] ?? 0) > data.now + DAY);
    const before = rowsWhere(table, (row) => won[row] === 1 && (closes[row] ?? 0) < (created[row] ?? 0) - DAY);
    const today = isoDay(dayCounter(data.timeZone, data.now, data.now)(data.now));
    return [
      ...found(table, future, () => ({
        subject: 'future',
        isState: true,
        amount: moneyOf(view, future),
        evidence: { 'won with a close date to come': future.length },
        note: 'What is won has closed already: with a date to come it counts as revenue of another month.',
        ...fixOf(
          changeFix(
            table,
            future.map((row) => ({ row, properties: { closedate: today } })),
            'Today stands for the day on which it was won: put the true day where it is known.',
          ),
        ),
      })),
      ...found(table, before, () => ({
        kind: 'before creation',
        amount: moneyOf(view, before),
        evidence: { 'closed before they were created': before.length },
        note: 'These deals closed before they were created, so every figure of cycle length is wrong.',
        fix: tasksFor(data, table, before, 'Correct the close date: it lies before the deal was created'),
      })),
    ];
  },
};

export const implausibleCycle: Check = {
  id: 'D20',
  version: 1,
  title: 'Deals with an implausible cycle',
  about: `Won within an hour of being created, unless imported or more than a tenth of all won deals are so; or open for twice as long as 99 % of the won ones took. From ${FEWEST_WON} won deals on.`,
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'closedate', 'createdate'] },
  uses: { deals: ['hs_was_imported', 'hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  run(data) {
    const view = dealsOf(data);
    const { table, won, open, closes, created } = view;
    const cycle = (row: number) => (closes[row] ?? Number.NaN) - (created[row] ?? Number.NaN);
    const wonRows = rowsWhere(table, (row) => won[row] === 1 && cycle(row) >= 0);
    if (wonRows.length < FEWEST_WON) return [];
    const imported = importedOf(data);
    const instant = wonRows.filter((row) => cycle(row) < HOUR && !imported(row));
    const longest = 2 * quantile(sorted(wonRows.map(cycle)), 0.99);
    const old = rowsWhere(table, (row) => open[row] === 1 && data.now - (created[row] ?? data.now) > longest);
    const n = wonRows.length;
    return [
      ...found(table, instant.length > 0.1 * n ? [] : instant, () => ({
        kind: 'won at once',
        amount: moneyOf(view, instant),
        statistic: { name: 'hours from creation to won', value: 0, threshold: 1, n },
        evidence: { 'won within an hour': instant.length },
        note: 'Deals were won within an hour of being created: entered afterwards, they make cycles look shorter than they are.',
        fix: tasksFor(data, table, instant, 'Set the create date on which this deal really began'),
      })),
      ...found(table, old, () => ({
        subject: 'open for too long',
        isState: true,
        amount: moneyOf(view, old),
        statistic: {
          name: 'days open',
          value: Math.round((data.now - earliestOf(created, old)) / DAY),
          threshold: Math.round(longest / DAY),
          n,
        },
        evidence: { 'open deals that old': old.length },
        note: 'These deals are open for longer than deals that were won ever took: they are unlikely to close.',
        fix: tasksFor(data, table, old, 'Close this deal as lost, or say why it is still open'),
      })),
    ];
  },
};

function importedOf(data: PortalData): (row: number) => boolean {
  const column = data.tables.get('deals')?.columns.get('hs_was_imported');
  if (column === undefined) return () => false;
  const { codes } = interned(column);
  const yes = byValue(column, (text) => text === 'true');
  return (row) => yes[codes[row] ?? 0] === true;
}

/** HubSpot's properties of stages: since when a deal is in one, and how long it was. Milliseconds. */
const entered = (stage: string) => [`hs_v2_date_entered_${stage}`, `hs_date_entered_${stage}`];
const spent = (stage: string) => [`hs_v2_cumulative_time_in_${stage}`, `hs_time_in_${stage}`];
const STAGE_PROPERTY = /^hs_(?:v2_)?(?:date_entered|cumulative_time_in|time_in)_/;
/** Where too few were won. */
const STALE_DAYS = 45;
const FEWEST_IN_STAGE = 20;

export const stale: Check = {
  id: 'D02',
  version: 1,
  title: 'Deals stuck in a stage',
  about: `In its stage for longer than nine in ten won deals were, and than twice their median; ${STALE_DAYS} days where fewer than ${FEWEST_IN_STAGE} were won.`,
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline'] },
  uses: { deals: ['hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  reads: ({ properties }) => ({
    deals: [...(properties.get('deals')?.keys() ?? [])].filter((name) => STAGE_PROPERTY.test(name)),
  }),
  run(data) {
    const view = dealsOf(data);
    const { table, stages, stageOf, open, won } = view;
    return stages.flatMap(({ pipeline, pipelineLabel, stage }, at) => {
      if (stage.closed) return [];
      const suffix = stage.id.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
      const first = (names: readonly string[]) =>
        names.map((name) => table.columns.get(name)).find((column) => column !== undefined);
      const since = first(entered(suffix));
      if (since === undefined) return [];
      const enteredAt = times(since);
      const spentColumn = first(spent(suffix));
      const spentIn = spentColumn === undefined ? undefined : numbers(spentColumn);
      const usual = sorted(rowsWhere(table, (row) => won[row] === 1).map((row) => spentIn?.[row] || Number.NaN));
      const known = usual.length >= FEWEST_IN_STAGE;
      const limit = known ? Math.max(quantile(usual, 0.9), 2 * quantile(usual, 0.5)) : STALE_DAYS * DAY;
      const rows = rowsWhere(
        table,
        (row) => open[row] === 1 && stageOf[row] === at && data.now - (enteredAt[row] ?? Number.NaN) > limit,
      );
      return found(table, rows, () => ({
        subject: `${pipeline}/${stage.id}`,
        isState: true,
        amount: moneyOf(view, rows),
        statistic: {
          name: 'days in stage',
          value: Math.round((data.now - earliestOf(enteredAt, rows)) / DAY),
          threshold: Math.round(limit / DAY),
          n: known ? usual.length : 0,
        },
        evidence: { stage: stage.label, pipeline: pipelineLabel },
        note: known
          ? 'These deals are in their stage for longer than nine in ten of the won ones were.'
          : 'These deals have not moved for long; too few were won to know what is usual here.',
        fix: tasksFor(data, table, rows, 'Move this deal on, or close it: it has stood in its stage for too long'),
      }));
    });
  },
};
