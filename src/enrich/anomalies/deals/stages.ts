/** What stages ask for: reasons, probabilities, filled properties; and whether deals are won as they were. */

import { interned, numbers } from '../../interned.ts';
import { isEmptyAt } from '../../table.ts';
import { rowsWhere } from '../columns.ts';
import { found } from '../found.ts';
import { groupsBy } from '../groups.ts';
import { stabilityIndex, twoProportions } from '../statistics/two-samples.ts';
import { tasksFor } from '../tasks.ts';
import type { Check, FindingDraft, PropertyFacts } from '../types.ts';
import { DAY, dealsOf, moneyOf } from './deal-view.ts';

const WITH_OWNER = ['hubspot_owner_id', 'amount', 'amount_in_home_currency'] as const;
const REASON_DAYS = 365;
/** Of won deals a reason is expected only where most have one. */
const USUALLY = 0.5;

export const noReason: Check = {
  id: 'D12',
  version: 1,
  title: 'Closed deals without a reason',
  about: `Lost within ${REASON_DAYS} days without a reason; won without one where at least half of the won deals have one.`,
  severity: 'low',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'closedate', 'closed_lost_reason'] },
  uses: { deals: ['closed_won_reason', ...WITH_OWNER] },
  run(data) {
    const view = dealsOf(data);
    const { table, won, lost, closes } = view;
    const kinds = [
      [
        'lost',
        lost,
        'closed_lost_reason',
        0,
        'Deals were lost and nobody wrote why: what to do better cannot be learnt from them.',
      ],
      ['won', won, 'closed_won_reason', USUALLY, 'Most won deals say why they were won; these do not.'],
    ] as const;
    return kinds.flatMap(([kind, flag, property, least, note]) => {
      const column = table.columns.get(property);
      if (column === undefined) return [];
      const closed = rowsWhere(table, (row) => flag[row] === 1 && data.now - (closes[row] ?? 0) < REASON_DAYS * DAY);
      const without = closed.filter((row) => isEmptyAt(column, row));
      const filled = 1 - without.length / closed.length;
      return found(table, filled >= least ? without : [], () => ({
        subject: kind,
        isState: true,
        amount: moneyOf(view, without),
        statistic: { name: 'share without a reason', value: 1 - filled, threshold: 0, n: closed.length },
        evidence: { property, 'without a reason': without.length },
        note,
        fix: tasksFor(data, table, without, 'Write down why this deal was closed'),
      }));
    });
  },
};

const MOST_POINTS = 0.4;

export const overridden: Check = {
  id: 'D15',
  version: 1,
  title: 'Probabilities far from those of the stage',
  about: 'Open, and its own or its forecast probability is more than 40 points from that of its stage.',
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'hs_deal_stage_probability'] },
  uses: { deals: ['hs_forecast_probability', ...WITH_OWNER] },
  run(data) {
    const view = dealsOf(data);
    const { table, open, stages, stageOf } = view;
    const said = ['hs_deal_stage_probability', 'hs_forecast_probability'].flatMap((name) => {
      const column = table.columns.get(name);
      return column === undefined ? [] : [numbers(column)];
    });
    const rows = rowsWhere(table, (row) => {
      const usual = stages[stageOf[row] ?? -1]?.stage.probability;
      if (open[row] !== 1 || usual === undefined) return false;
      return said.some((values) => Math.abs(shareOf(values[row] ?? Number.NaN) - usual) > MOST_POINTS);
    });
    return found(table, rows, () => ({
      amount: moneyOf(view, rows),
      evidence: { deals: rows.length },
      note: 'Somebody set a probability far from that of the stage, so weighted forecasts follow an opinion.',
      fix: tasksFor(
        data,
        table,
        rows,
        'Move this deal to the stage that its probability says, or take the probability back',
      ),
    }));
  },
};

// Guess: both are shares from 0 to 1; what is larger is taken for a percentage.
const shareOf = (value: number) => (value > 1 ? value / 100 : value);

const RECENT = 90;
const EARLIER = 365;
const FEWEST = 100;
const LEAST_CHANGE = 0.1;
const UNSTABLE = 0.25;

export const winRate: Check = {
  id: 'D21',
  version: 1,
  title: 'Win rate changed',
  about: `By pipeline, of deals closed in the last ${RECENT} days against the ${EARLIER} before: two-proportion z, a change of 10 points at least, or a stability index above ${UNSTABLE}; from ${FEWEST} deals in both.`,
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'closedate'] },
  uses: { deals: WITH_OWNER },
  statistical: true,
  run(data) {
    const { table, won, lost, closes } = dealsOf(data);
    const age = (row: number) => (data.now - (closes[row] ?? Number.NaN)) / DAY;
    const byPipeline = groupsBy(table, ['pipeline'], (row) => (won[row] === 1 || lost[row] === 1) && age(row) >= 0);
    const drafts: FindingDraft[] = [];
    let tests = 0;
    for (const [pipeline, rows] of byPipeline) {
      const recent = rows.filter((row) => age(row) < RECENT);
      const earlier = rows.filter((row) => age(row) >= RECENT && age(row) < RECENT + EARLIER);
      if (recent.length < FEWEST || earlier.length < FEWEST) continue;
      tests++;
      const wins = recent.filter((row) => won[row] === 1).length;
      const earlierWins = earlier.filter((row) => won[row] === 1).length;
      const now = wins / recent.length;
      const before = earlierWins / earlier.length;
      const index = stabilityIndex([wins, recent.length - wins], [earlierWins, earlier.length - earlierWins]);
      if (Math.abs(now - before) < LEAST_CHANGE && index < UNSTABLE) continue;
      const { p } = twoProportions(wins, recent.length, earlierWins, earlier.length);
      drafts.push(
        ...found(table, recent, () => ({
          subject: pipeline,
          statistic: { name: 'change of win rate', value: now - before, threshold: LEAST_CHANGE, n: rows.length, p },
          evidence: {
            pipeline,
            'win rate now': rounded(now),
            'win rate before': rounded(before),
            'stability index': rounded(index),
          },
          note: 'Deals are won at another rate than in the year before: the market, the team, or how stages are used has changed.',
          fix: { tool: 'list_pipelines', arguments: { objectType: 'deals' }, reversible: true },
        })),
      );
    }
    return { drafts, tests };
  },
};

const rounded = (share: number) => Math.round(share * 1000) / 1000;

const EXPECTED_FILL = 0.95;
const FEWEST_PEERS = 50;
/** Other checks speak of these. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'amount',
  'closedate',
  'hubspot_owner_id',
  'dealname',
  'dealstage',
  'pipeline',
]);

export const missingForStage: Check = {
  id: 'D22',
  version: 1,
  title: 'Properties that deals in later stages have are missing',
  about: `A property that at least ${100 * EXPECTED_FILL} % of ${FEWEST_PEERS} or more deals in this stage of the pipeline or a later one have is empty. The portal’s own properties and next step, type and priority.`,
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline'] },
  uses: { deals: WITH_OWNER },
  reads: ({ properties }) => ({
    deals: [...(properties.get('deals')?.values() ?? [])].filter(isEntered).map(({ name }) => name),
  }),
  run(data) {
    const view = dealsOf(data);
    const { table, stages, stageOf, open, won } = view;
    const facts = [...(data.properties.get('deals')?.values() ?? [])].filter(isEntered);
    return facts.flatMap(({ name }) => {
      const column = table.columns.get(name);
      if (column === undefined) return [];
      const { codes } = interned(column);
      return stages.flatMap(({ pipeline, stage }, at) => {
        if (stage.closed) return [];
        const later = stages.map(
          (one) =>
            one.pipeline === pipeline &&
            one.stage.order >= stage.order &&
            (!one.stage.closed || (one.stage.probability ?? 0) >= 1),
        );
        let peers = 0;
        let filled = 0;
        const without: number[] = [];
        for (let row = 0; row < table.rows; row++) {
          const own = stageOf[row] ?? -1;
          if (later[own] !== true || (open[row] !== 1 && won[row] !== 1)) continue;
          peers++;
          if (codes[row] !== 0) filled++;
          else if (own === at) without.push(row);
        }
        if (peers < FEWEST_PEERS || filled < EXPECTED_FILL * peers) return [];
        return found(table, without, () => ({
          subject: `${pipeline}/${stage.id}/${name}`,
          amount: moneyOf(view, without),
          statistic: { name: 'share of peers with it', value: filled / peers, threshold: EXPECTED_FILL, n: peers },
          evidence: { property: name, stage: stage.label },
          note: 'Nearly all deals that came this far have this property; these do not.',
          fix: tasksFor(data, table, without, `Fill in ${name}, which deals in this stage have`),
        }));
      });
    });
  },
};

const SOME: ReadonlySet<string> = new Set(['dealtype', 'hs_priority', 'hs_next_step']);

function isEntered({ name, hubspotDefined, calculated }: PropertyFacts): boolean {
  return !calculated && !ELSEWHERE.has(name) && (!hubspotDefined || SOME.has(name));
}
