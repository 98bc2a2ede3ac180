/** What deals' histories tell: close dates pushed, stages gone back, deals reopened. */

import { found } from '../found.ts';
import { pastOf } from '../history.ts';
import { tasksFor } from '../tasks.ts';
import type { Check, PastValue } from '../types.ts';
import { DAY, type DealView, dealsOf, moneyOf } from './deal-view.ts';

const MOST_PUSHES = 3;
const MOST_DAYS = 90;

export const pushed: Check = {
  id: 'D04',
  version: 1,
  title: 'Close dates pushed again and again',
  about: `Open, and its close date was moved back ${MOST_PUSHES} times or more, by a day at least each, or by more than ${MOST_DAYS} days in all.`,
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'closedate'] },
  uses: { deals: ['hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  history: { deals: ['closedate'] },
  run(data) {
    const view = dealsOf(data);
    const rows: number[] = [];
    let most = 0;
    for (const { row, past } of pastOf(data, 'deals', 'closedate')) {
      if (view.open[row] !== 1) continue;
      const dates = past.map(({ value }) => instantOf(value)).filter((at) => !Number.isNaN(at));
      let pushes = 0;
      for (let at = 1; at < dates.length; at++) if ((dates[at] ?? 0) - (dates[at - 1] ?? 0) >= DAY) pushes++;
      const days = ((dates.at(-1) ?? 0) - (dates[0] ?? 0)) / DAY;
      if (pushes < MOST_PUSHES && days <= MOST_DAYS) continue;
      most = Math.max(most, pushes);
      rows.push(row);
    }
    return found(view.table, rows, () => ({
      amount: moneyOf(view, rows),
      statistic: { name: 'times pushed', value: most, threshold: MOST_PUSHES, n: rows.length },
      evidence: { 'deals with a close date that moves': rows.length },
      note: 'Their close dates move back again and again: what they are forecast for, they will hardly bring.',
      fix: tasksFor(data, view.table, rows, 'Agree on a close date with the buyer, or close this deal'),
    }));
  },
};

const instantOf = (value: string) => (/^-?\d{9,}$/.test(value) ? Number(value) : Date.parse(value));
const SKIPPED = 2;

export const wentBack: Check = {
  id: 'D05',
  version: 1,
  title: 'Stages gone back or skipped',
  about: `Open, and it went back to an earlier stage of its pipeline, or over ${SKIPPED} stages or more at once.`,
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline'] },
  uses: { deals: ['hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  history: { deals: ['dealstage'] },
  run(data) {
    const view = dealsOf(data);
    const back: number[] = [];
    const skipped: number[] = [];
    for (const { row, past } of pastOf(data, 'deals', 'dealstage')) {
      if (view.open[row] !== 1) continue;
      const steps = stepsOf(view, row, past);
      if (steps.some((step) => step < 0)) back.push(row);
      else if (steps.some((step) => step > SKIPPED)) skipped.push(row);
    }
    const kinds = [
      [
        'back',
        back,
        'These deals went back to an earlier stage, which makes conversion between stages meaningless.',
        'Check the stage of this deal: it went back',
      ],
      [
        'skipped',
        skipped,
        'These deals went over several stages at once, so what those stages ask for was not asked.',
        'Check what the skipped stages of this deal ask for',
      ],
    ] as const;
    return kinds.flatMap(([kind, rows, note, task]) =>
      found(view.table, rows, () => ({
        kind,
        severity: kind === 'back' ? 'medium' : 'low',
        amount: moneyOf(view, rows),
        evidence: { deals: rows.length },
        note,
        fix: tasksFor(data, view.table, rows, task),
      })),
    );
  },
};

/** By how many open stages of its present pipeline each move went; moves to and from closed stages are not counted. */
function stepsOf({ stages, stageOf }: DealView, row: number, past: readonly PastValue[]): number[] {
  const pipeline = stages[stageOf[row] ?? -1]?.pipeline;
  const path = stages
    .filter((one) => one.pipeline === pipeline && !one.stage.closed)
    .sort((a, b) => a.stage.order - b.stage.order)
    .map(({ stage }) => stage.id);
  const seen = past.map(({ value }) => path.indexOf(value)).filter((at) => at >= 0);
  return seen.slice(1).map((at, index) => at - (seen[index] ?? at));
}

const REOPENED_DAYS = 180;

export const reopened: Check = {
  id: 'D06',
  version: 1,
  title: 'Deals reopened after they were closed',
  about: `Was won or lost and went back to an open stage within the last ${REOPENED_DAYS} days.`,
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline'] },
  uses: { deals: ['hubspot_owner_id', 'amount', 'amount_in_home_currency'] },
  history: { deals: ['dealstage'] },
  run(data) {
    const view = dealsOf(data);
    const closed = new Map(view.stages.map(({ stage }) => [stage.id, stage.closed]));
    const rows: number[] = [];
    for (const { row, past } of pastOf(data, 'deals', 'dealstage')) {
      const again = past.some(
        ({ value, at }, index) =>
          closed.get(value) === false &&
          closed.get(past[index - 1]?.value ?? '') === true &&
          data.now - at < REOPENED_DAYS * DAY,
      );
      if (again) rows.push(row);
    }
    return found(view.table, rows, () => ({
      isState: true,
      amount: moneyOf(view, rows),
      evidence: { 'reopened deals': rows.length },
      note: 'Closed deals were opened again: revenue that was reported once has changed since.',
      fix: tasksFor(data, view.table, rows, 'Say why this deal was reopened, and check its amount and close date'),
    }));
  },
};
