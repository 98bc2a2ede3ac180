/** Tickets that come twice, come back, or are all urgent. */

import { distance } from 'fastest-levenshtein';
import { byValue, interned } from '../../interned.ts';
import { textAt } from '../../table.ts';
import { rowsWhere } from '../columns.ts';
import { found } from '../found.ts';
import { pastOf } from '../history.ts';
import { twoProportions } from '../statistics/two-samples.ts';
import { tasksFor } from '../tasks.ts';
import type { Check } from '../types.ts';
import { DAY, ticketsOf } from './ticket-view.ts';
import { byContact } from './waiting.ts';

const SAME_SUBJECT = 0.85;
/** What anybody may send in is compared up to here. */
const LONGEST_SUBJECT = 200;
/** A contact with more than this many open tickets is a machine. */
const MOST_OPEN = 200;

export const twins: Check = {
  id: 'T05',
  version: 1,
  title: 'Tickets opened twice',
  about: `Two open tickets of one contact, created within a day, whose subjects are ${100 * SAME_SUBJECT} % alike.`,
  severity: 'medium',
  objectType: 'tickets',
  needs: { tickets: ['hs_pipeline_stage', 'createdate', 'subject'] },
  associations: ['tickets>contacts'],
  run(data) {
    const { table, open, created } = ticketsOf(data);
    const column = table.columns.get('subject');
    if (column === undefined) return [];
    const subjects = interned(column);
    const plain = (row: number) =>
      subjects
        .text(subjects.codes[row] ?? 0)
        .slice(0, LONGEST_SUBJECT)
        .toLowerCase()
        .replaceAll(/^(?:(?:re|fwd?|aw|wg):\s*)+|[^\p{L}\p{N}]+/giu, ' ')
        .trim();
    const rows = rowsWhere(table, (row) => open[row] === 1 && subjects.codes[row] !== 0);
    const linked = data.associations.get('tickets>contacts');
    const twice = new Set<number>();
    let first: readonly [number, number] | undefined;
    for (const group of byContact(rows, (row) => textAt(table.ids, row), linked).values()) {
      if (group.length > MOST_OPEN) continue;
      group.sort((a, b) => (created[a] ?? 0) - (created[b] ?? 0) || a - b);
      group.forEach((a, index) => {
        for (const b of group.slice(index + 1)) {
          if ((created[b] ?? 0) - (created[a] ?? 0) > DAY) break;
          if (!alike(plain(a), plain(b))) continue;
          first ??= [a, b];
          twice.add(a).add(b);
        }
      });
    }
    if (first === undefined) return [];
    const ids = first.map((row) => textAt(table.ids, row));
    const both = [...twice].sort((a, b) => a - b);
    return found(table, both, () => ({
      evidence: { tickets: both.length },
      note: 'The same person asked the same thing twice within a day: two people will answer.',
      fix: {
        tool: 'plan_merge',
        arguments: { objectType: 'tickets', ids },
        reversible: false,
        note: 'Of the first pair; each pair has its own plan, and nothing is merged before a person approves it.',
      },
    }));
  },
};

function alike(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  return longer > 0 && 1 - distance(a, b) / longer >= SAME_SUBJECT;
}

const MOST_REOPENED = 2;

export const reopened: Check = {
  id: 'T06',
  version: 1,
  title: 'Tickets reopened again and again',
  about: `Closed and opened again ${MOST_REOPENED} times or more.`,
  severity: 'medium',
  objectType: 'tickets',
  needs: { tickets: ['hs_pipeline_stage'] },
  uses: { tickets: ['hubspot_owner_id'] },
  history: { tickets: ['hs_pipeline_stage'] },
  run(data) {
    const { table } = ticketsOf(data);
    const closed = new Map(
      (data.pipelines.get('tickets') ?? []).flatMap(({ stages }) => stages.map((stage) => [stage.id, stage.closed])),
    );
    const rows: number[] = [];
    let most = 0;
    for (const { row, past } of pastOf(data, 'tickets', 'hs_pipeline_stage')) {
      const times = past.filter(
        ({ value }, index) => closed.get(value) === false && closed.get(past[index - 1]?.value ?? '') === true,
      ).length;
      if (times < MOST_REOPENED) continue;
      most = Math.max(most, times);
      rows.push(row);
    }
    return found(table, rows, () => ({
      statistic: { name: 'times reopened', value: most, threshold: MOST_REOPENED, n: rows.length },
      evidence: { tickets: rows.length },
      note: 'These tickets were closed again and again without being solved.',
      fix: tasksFor(data, table, rows, 'Find out why this ticket keeps coming back'),
    }));
  },
};

const RECENT = 28;
const EARLIER = 180;
const FEWEST = 50;
const LEAST_CHANGE = 0.1;
const URGENT: ReadonlySet<string> = new Set(['HIGH', 'URGENT']);

export const priorities: Check = {
  id: 'T07',
  version: 1,
  title: 'Share of urgent tickets changed',
  about: `High and urgent among the tickets of the last ${RECENT} days against the ${EARLIER} before: two-proportion z and at least 10 points; from ${FEWEST} tickets in both.`,
  severity: 'low',
  objectType: 'tickets',
  needs: { tickets: ['createdate', 'hs_ticket_priority'] },
  statistical: true,
  run(data) {
    const { table, created } = ticketsOf(data);
    const column = table.columns.get('hs_ticket_priority');
    if (column === undefined) return { drafts: [], tests: 0 };
    const { codes } = interned(column);
    const isUrgent = byValue(column, (priority) => URGENT.has(priority));
    const within = (from: number, to: number) =>
      rowsWhere(table, (row) => {
        const age = (data.now - (created[row] ?? Number.NaN)) / DAY;
        return codes[row] !== 0 && age >= from && age < to;
      });
    const urgent = (rows: readonly number[]) => rows.filter((row) => isUrgent[codes[row] ?? 0]);
    const recent = within(0, RECENT);
    const earlier = within(RECENT, RECENT + EARLIER);
    if (recent.length < FEWEST || earlier.length < FEWEST) return { drafts: [], tests: 0 };
    const now = urgent(recent);
    const share = now.length / recent.length;
    const before = urgent(earlier).length / earlier.length;
    const { p } = twoProportions(now.length, recent.length, urgent(earlier).length, earlier.length);
    const drafts = found(table, Math.abs(share - before) < LEAST_CHANGE ? [] : now, () => ({
      subject: 'urgent',
      statistic: {
        name: 'change of share',
        value: share - before,
        threshold: LEAST_CHANGE,
        n: recent.length + earlier.length,
        p,
      },
      evidence: { 'share now': Math.round(share * 1000) / 1000, 'share before': Math.round(before * 1000) / 1000 },
      note: 'Far more or far fewer tickets are urgent than used to be: when all are urgent, none is.',
      fix: tasksFor(data, table, now, 'Check whether this ticket is as urgent as it says'),
    }));
    return { drafts, tests: 1 };
  },
};
