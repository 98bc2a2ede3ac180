/** Amounts: missing, wild, made up. */

import { byValue, grouped, interned, numbers } from '../../interned.ts';
import { rowsWhere } from '../columns.ts';
import { changeFix, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import { groupsBy } from '../groups.ts';
import { normalTwoSided } from '../statistics/distributions.ts';
import { amountScale, centre, fences, median, robustZ } from '../statistics/robust.ts';
import { tasksFor } from '../tasks.ts';
import type { Check, FindingDraft, PortalData } from '../types.ts';
import { type DealView, dealsOf, moneyOf, unusualIn } from './deal-view.ts';

/** From this probability of its stage on, a deal has to have an amount. */
const LIKELY = 0.4;
const OUTLIER = 4;
const FEWEST = 30;
const FEWEST_FOR_FENCES = 8;
/** On the scale of logarithms: what is within four times the middle, or a quarter of it, is not far. */
const LEAST_FACTOR = Math.log(4);
const WITH_OWNER = ['hubspot_owner_id', 'amount_in_home_currency'] as const;

export const missingAmount: Check = {
  id: 'D07',
  version: 1,
  title: 'Likely deals without an amount',
  about:
    'Open, in a stage of 40 % or more, and the amount is missing, zero or negative; not in a pipeline where that is so of 80 %, which does not use amounts.',
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'amount'] },
  uses: { deals: WITH_OWNER },
  run(data) {
    const view = dealsOf(data);
    const { table, open, stageOf, stages, amount } = view;
    const likely = rowsWhere(
      table,
      (row) => open[row] === 1 && (stages[stageOf[row] ?? -1]?.stage.probability ?? 0) >= LIKELY,
    );
    const rows = unusualIn(
      view,
      likely,
      likely.filter((row) => !((amount[row] ?? Number.NaN) > 0)),
    );
    return found(table, rows, () => ({
      evidence: { 'without an amount': rows.length },
      note: 'Deals that are likely to be won count for nothing in the forecast: their amount is missing.',
      fix: tasksFor(data, table, rows, 'Enter the amount of this deal'),
    }));
  },
};

export const wildAmount: Check = {
  id: 'D08',
  version: 1,
  title: 'Amounts far from what is usual',
  about:
    'Within a pipeline and a currency, more than 4 robust deviations of log(1 + amount) from the median, and more than chance gives among so many deals; below 30 deals beyond three interquartile ranges; and in any case four times the median, or a quarter of it. High where it is tenfold its owner’s median.',
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'amount'] },
  uses: { deals: ['deal_currency_code', ...WITH_OWNER] },
  statistical: true,
  run(data) {
    const view = dealsOf(data);
    const groups = groupsOf(view);
    const drafts = [...groups].flatMap(([subject, rows]) => wildIn(data, view, subject, rows));
    return { drafts, tests: groups.size };
  },
};

function wildIn(data: PortalData, view: DealView, subject: string, rows: readonly number[]): FindingDraft[] {
  const { table, amount } = view;
  const scaled = rows.map((row) => amountScale(amount[row] ?? 0));
  const spread = centre(scaled);
  // Where nearly all cost the same, a discount would be far out, and so would a second year.
  const middle = { ...spread, deviation: Math.max(spread.deviation, LEAST_FACTOR / OUTLIER) };
  const fence = fences(scaled);
  const tested = rows.length >= FEWEST;
  const chanceOf = (value: number) => Math.min(1, rows.length * normalTwoSided(robustZ(value, middle)));
  const wild = rows.filter((_, index) => {
    const value = scaled[index] ?? 0;
    if (Math.abs(value - middle.median) < LEAST_FACTOR) return false;
    if (!tested) return rows.length >= FEWEST_FOR_FENCES && (value < fence.low || value > fence.high);
    return Math.abs(robustZ(value, middle)) > OUTLIER && chanceOf(value) < 0.01;
  });
  const worst = wild.reduce((far, row) => {
    const z = Math.abs(amountScale(amount[row] ?? 0) - middle.median);
    return z > Math.abs(amountScale(amount[far] ?? 0) - middle.median) ? row : far;
  }, wild[0] ?? 0);
  return found(table, wild, () => {
    const value = amountScale(amount[worst] ?? 0);
    return {
      kind: subject,
      severity: wild.some((row) => isTenfold(view, row)) ? 'high' : 'medium',
      amount: moneyOf(view, wild),
      statistic: tested
        ? {
            name: 'robust z of log amount',
            value: robustZ(value, middle),
            threshold: OUTLIER,
            n: rows.length,
            p: chanceOf(value),
          }
        : { name: 'log amount', value, threshold: value > fence.high ? fence.high : fence.low, n: rows.length },
      evidence: { amount: amount[worst] ?? 0, median: Math.round(Math.expm1(middle.median) * 100) / 100 },
      note: 'Amounts far from what this pipeline usually holds: often a few zeros too many, or another currency.',
      fix: tasksFor(data, table, wild, 'Confirm or correct the amount of this deal'),
    };
  });
}

/** Deals with an amount, by pipeline and currency. */
const groupsOf = ({ table, amount }: DealView) =>
  groupsBy(table, ['pipeline', 'deal_currency_code'], (row) => (amount[row] ?? Number.NaN) > 0);

/** Tenfold, or a tenth, of what its owner's deals usually hold. */
function isTenfold({ table, amount }: DealView, row: number): boolean {
  const column = table.columns.get('hubspot_owner_id');
  if (column === undefined) return false;
  const { starts, rows } = grouped(column);
  const code = interned(column).codes[row] ?? 0;
  const own = [...rows.subarray(starts[code] ?? 0, starts[code + 1] ?? 0)].map((other) => amount[other] ?? Number.NaN);
  return code !== 0 && (amount[row] ?? 0) > 10 * median(own.filter((value) => value > 0));
}

/** What people type when they do not know: no price looks like these. */
const TYPED: ReadonlySet<number> = new Set([111, 123, 1111, 1234, 11_111, 12_345, 111_111, 123_456, 999_999]);
/** And these where they are far from what else the pipeline holds; a ticket or a donation may well be 10. */
const PLACEHOLDERS: ReadonlySet<number> = new Set([1, 10, 11, 12, 99, 100, 999, 9999, 99_999]);
const FAR_FROM_MIDDLE = 10;
/** Where so few amounts are on so many deals, the pipeline has a price list, and a round price is one. */
const PRICES = 10;
const PRICED_SHARE = 0.8;
const PLACEHOLDER_SHARE = 0.01;
const ROUND_SHARE = 0.3;
const FEWEST_ALIKE = 3;
const FEWEST_DEALS = 50;

export const placeholderAmount: Check = {
  id: 'D09',
  version: 1,
  title: 'Amounts that look made up',
  about: `${FEWEST_ALIKE} deals and 1 % of a pipeline have what fingers type (1234, 11111), or a placeholder (1, 100, 99999) ten times away from the median; or 30 % have the same round thousand where there is no price list (80 % of the deals at ${PRICES} amounts). From ${FEWEST_DEALS} deals on.`,
  severity: 'low',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'amount'] },
  uses: { deals: WITH_OWNER },
  run(data) {
    const view = dealsOf(data);
    const { table, amount } = view;
    const byPipeline = groupsBy(table, ['pipeline'], (row) => (amount[row] ?? Number.NaN) > 0);
    return [...byPipeline].flatMap(([pipeline, rows]) => {
      if (rows.length < FEWEST_DEALS) return [];
      const alike = new Map<number, number[]>();
      for (const row of rows) {
        const value = amount[row] ?? 0;
        const same = alike.get(value);
        if (same === undefined) alike.set(value, [row]);
        else same.push(row);
      }
      const middle = median(rows.map((row) => amount[row] ?? 0));
      const most = [...alike.values()].map((same) => same.length).sort((a, b) => b - a);
      const priced = most.slice(0, PRICES).reduce((sum, count) => sum + count, 0) >= PRICED_SHARE * rows.length;
      const thresholdOf = (value: number) => {
        const far = value > FAR_FROM_MIDDLE * middle || middle > FAR_FROM_MIDDLE * value;
        if (TYPED.has(value) || (PLACEHOLDERS.has(value) && far)) return PLACEHOLDER_SHARE;
        return value % 1000 === 0 && !priced ? ROUND_SHARE : Number.POSITIVE_INFINITY;
      };
      return [...alike].flatMap(([value, same]) => {
        const share = same.length / rows.length;
        const threshold = thresholdOf(value);
        return found(table, same.length >= FEWEST_ALIKE && share >= threshold ? same : [], () => ({
          subject: `${pipeline} ${value}`,
          statistic: { name: 'share of deals', value: share, threshold, n: rows.length },
          evidence: { amount: value, deals: same.length },
          note: 'Many deals share an amount that people type when they do not know: averages and forecasts rest on it.',
          fix: tasksFor(data, table, same, 'Enter the true amount of this deal'),
        }));
      });
    });
  },
};

const PEERS_WITH = 0.8;

export const wonForNothing: Check = {
  id: 'D11',
  version: 1,
  title: 'Won deals without an amount or line items',
  about: `Won with an amount of zero or none, unless 80 % of the pipeline's are; or without line items where ${100 * PEERS_WITH} % of at least ${FEWEST} won deals of the pipeline have them.`,
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'amount'] },
  uses: { deals: ['hs_num_of_associated_line_items', ...WITH_OWNER] },
  run(data) {
    const view = dealsOf(data);
    const { table, won, amount } = view;
    const all = rowsWhere(table, (row) => won[row] === 1);
    const nothing = unusualIn(
      view,
      all,
      all.filter((row) => !((amount[row] ?? Number.NaN) > 0)),
    );
    const column = table.columns.get('hs_num_of_associated_line_items');
    const items = column === undefined ? undefined : numbers(column);
    const byPipeline = groupsBy(table, ['pipeline'], (row) => items !== undefined && won[row] === 1);
    const bare = [...byPipeline].flatMap(([pipeline, rows]) => {
      const without = rows.filter((row) => !((items?.[row] ?? 0) > 0));
      const share = 1 - without.length / rows.length;
      return found(table, rows.length >= FEWEST && share >= PEERS_WITH ? without : [], () => ({
        subject: `line items ${pipeline}`,
        amount: moneyOf(view, without),
        statistic: { name: 'share of won deals with line items', value: share, threshold: PEERS_WITH, n: rows.length },
        evidence: { pipeline, 'without line items': without.length },
        note: 'Nearly all won deals of this pipeline say what was sold; these do not.',
        fix: tasksFor(data, table, without, 'Add the line items that were sold'),
      }));
    });
    return [
      ...found(table, nothing, () => ({
        kind: 'amount',
        evidence: { 'won without an amount': nothing.length },
        note: 'Deals were won for nothing: revenue reports miss them.',
        fix: tasksFor(data, table, nothing, 'Enter the amount for which this deal was won'),
      })),
      ...bare,
    ];
  },
};

export const currency: Check = {
  id: 'D18',
  version: 1,
  title: 'Deals in no currency, or in one that is not enabled',
  about:
    'The portal has several currencies and the deal with an amount names none, or it names one that the portal does not have.',
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['amount', 'deal_currency_code'] },
  run(data) {
    const { table, amount } = dealsOf(data);
    const column = table.columns.get('deal_currency_code');
    const [home] = data.currencies;
    if (column === undefined || home === undefined) return [];
    const { codes } = interned(column);
    const enabled = byValue(column, (code) => data.currencies.includes(code));
    const none =
      data.currencies.length > 1 ? rowsWhere(table, (row) => codes[row] === 0 && (amount[row] ?? Number.NaN) > 0) : [];
    const unknown = rowsWhere(table, (row) => codes[row] !== 0 && enabled[codes[row] ?? 0] === false);
    const kinds = [
      ['none', none, 'Deals in a portal of several currencies name none, and so count as the home currency.'],
      ['unknown', unknown, 'Deals name a currency that the portal does not have, so it has no rate for them.'],
    ] as const;
    return kinds.flatMap(([kind, rows, note]) =>
      found(table, rows, () => ({
        kind,
        evidence: { 'home currency': home, deals: rows.length },
        note,
        // Of a deal in another currency the home one would make another amount.
        ...fixOf(
          kind === 'unknown'
            ? tasksFor(data, table, rows, 'Correct the currency of this deal, or have it enabled in the portal')
            : changeFix(
                table,
                rows.map((row) => ({ row, properties: { deal_currency_code: home } })),
                'The home currency stands for the true one: HubSpot does not convert the amount.',
              ),
        ),
      })),
    );
  },
};
