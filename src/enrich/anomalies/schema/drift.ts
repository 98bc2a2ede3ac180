/** Whether records of late are filled as those before were. */

import { byValue, interned, numbers, times } from '../../interned.ts';
import { isEmptyAt, type Table } from '../../table.ts';
import { mostFrequent } from '../draft.ts';
import { found } from '../found.ts';
import { createdColumn } from '../series/creation.ts';
import { chiSquare, kolmogorovSmirnov, stabilityIndex, twoProportions } from '../statistics/two-samples.ts';
import { taskFor } from '../tasks.ts';
import type { Check, FindingDraft, PortalData, Tested } from '../types.ts';
import { filledIn, type Watched, watched, watchedNames } from './watched.ts';

const DAY = 86_400_000;
/** Set long after a record is made, so that young ones have none or others: what drifts there is age. */
const RIPENING: ReadonlySet<string> = new Set([
  'lifecyclestage',
  'hs_lead_status',
  'dealstage',
  'hs_pipeline_stage',
  'closed_lost_reason',
  'closed_won_reason',
  'hs_resolution',
  'hubspot_owner_id',
  'closedate',
]);

/** Rows by cohort: 1 is the newest, up to `edges.length`; 0 is older than all, or undated. */
function cohorts(data: PortalData, table: Table, edges: readonly number[]): Uint8Array | undefined {
  const column = createdColumn(table);
  if (column === undefined) return undefined;
  return Uint8Array.from(times(column), (created) => {
    const age = (data.now - created) / DAY;
    return age >= 0 ? edges.findIndex((edge) => age < edge) + 1 : 0;
  });
}

function testEach(
  data: PortalData,
  edges: readonly number[],
  holds: Parameters<typeof watched>[1],
  test: (one: Watched, cohort: Uint8Array) => FindingDraft[] | undefined,
): Tested {
  const byTable = new Map<Table, Uint8Array | undefined>();
  const drafts: FindingDraft[] = [];
  let tests = 0;
  for (const one of watched(data, holds)) {
    if (RIPENING.has(one.facts.name)) continue;
    if (!byTable.has(one.table)) byTable.set(one.table, cohorts(data, one.table, edges));
    const cohort = byTable.get(one.table);
    const tested = cohort && test(one, cohort);
    if (tested === undefined) continue;
    tests++;
    drafts.push(...tested);
  }
  return { drafts, tests };
}

const RECENT = 28;
const MIDDLE = 90;
const EARLIER = RECENT + 180;
const FEWEST_RECENT = 50;
const FEWEST_EARLIER = 200;
const LEAST_CHANGE = 0.1;
/** How much the time before may itself have moved: what fills slowly is less filled the younger it is. */
const STEADY = 0.05;

export const fillDrift: Check = {
  id: 'P03',
  version: 1,
  title: 'A property is filled less or more than before',
  about: `Records made in the last ${RECENT} days against the 180 before: two-proportion z and at least 10 points, where the time before was steady.`,
  severity: 'high',
  objectType: '*',
  needs: {},
  reads: watchedNames,
  statistical: true,
  run: (data) =>
    testEach(data, [RECENT, MIDDLE, EARLIER], undefined, ({ table, facts, column }, cohort) => {
      const of = [0, 0, 0, 0];
      const filled = [0, 0, 0, 0];
      for (let row = 0; row < table.rows; row++) {
        const at = cohort[row] ?? 0;
        of[at] = (of[at] ?? 0) + 1;
        if (!isEmptyAt(column, row)) filled[at] = (filled[at] ?? 0) + 1;
      }
      const [, recent = 0, middle = 0, early = 0] = of;
      const [, recentFilled = 0, middleFilled = 0, earlyFilled = 0] = filled;
      if (recent < FEWEST_RECENT || middle + early < FEWEST_EARLIER || middle === 0 || early === 0) return undefined;
      const now = recentFilled / recent;
      const before = (middleFilled + earlyFilled) / (middle + early);
      const steady = Math.abs(middleFilled / middle - earlyFilled / early) < STEADY;
      if (!steady || Math.abs(now - before) < LEAST_CHANGE) return [];
      const { p } = twoProportions(recentFilled, recent, middleFilled + earlyFilled, middle + early);
      const fell = now < before;
      const rows = rowsOf(cohort, 1, (row) => isEmptyAt(column, row) === fell);
      return found(table, rows, () => ({
        objectType: table.objectType,
        subject: facts.name,
        severity: fell ? 'high' : 'low',
        statistic: {
          name: 'change of share',
          value: now - before,
          threshold: LEAST_CHANGE,
          n: recent + middle + early,
          p,
        },
        evidence: {
          property: facts.name,
          'filled now': share(now),
          'filled before': share(before),
          ...sources(table, rows),
        },
        note: fell
          ? 'New records have this property much less often than those before: a form, an import or an app has stopped filling it.'
          : 'New records have this property much more often than those before: something has begun to fill it.',
        fix: taskFor(`Find out what changed in how ${facts.name} of ${table.objectType} is filled`),
      }));
    }),
};

function rowsOf(cohort: Uint8Array, wanted: number, holds: (row: number) => boolean): number[] {
  const rows = [];
  for (let row = 0; row < cohort.length; row++) if (cohort[row] === wanted && holds(row)) rows.push(row);
  return rows;
}

const share = (value: number) => Math.round(value * 1000) / 1000;

/** Where the records came from, most of them first. */
function sources(table: Table, rows: readonly number[]): Record<string, number> {
  const column = table.columns.get('hs_object_source_detail_1') ?? table.columns.get('hs_object_source_label');
  if (column === undefined) return {};
  const view = interned(column);
  const counts = new Map<string, number>();
  for (const row of rows) {
    const source = view.text(view.codes[row] ?? 0);
    if (source !== '') counts.set(`from ${source}`, (counts.get(`from ${source}`) ?? 0) + 1);
  }
  return mostFrequent(counts, 3);
}

const MIX_RECENT = 90;
const MIX_EARLIER = MIX_RECENT + 365;
const MIX_HALF = MIX_RECENT + 180;
const FEWEST_MIX = 100;
const UNSTABLE = 0.25;
const MOST_OPTIONS = 50;

export const mixDrift: Check = {
  id: 'P04',
  version: 1,
  title: 'The values of a property are distributed otherwise than before',
  about: `Records made in the last ${MIX_RECENT} days against the year before, ${FEWEST_MIX} at least in each: stability index above ${UNSTABLE} for options, Kolmogorov-Smirnov distance above ${UNSTABLE} for numbers, where the year before was steady.`,
  severity: 'medium',
  objectType: '*',
  needs: {},
  reads: watchedNames,
  statistical: true,
  run: (data) =>
    testEach(
      data,
      [MIX_RECENT, MIX_HALF, MIX_EARLIER],
      ({ type }) => type === 'enumeration' || type === 'number',
      (one, cohort) => (one.facts.type === 'number' ? numbersMoved(one, cohort) : optionsMoved(one, cohort)),
    ),
};

function optionsMoved(one: Watched, cohort: Uint8Array): FindingDraft[] | undefined {
  const { codes, size } = interned(one.column);
  if (size > MOST_OPTIONS) return undefined;
  const counts = [0, 1, 2, 3].map(() => Array.from({ length: size }, () => 0));
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    const of = counts[cohort[row] ?? 0];
    if (code > 0 && of !== undefined) of[code - 1] = (of[code - 1] ?? 0) + 1;
  }
  const [, recent = [], middle = [], early = []] = counts;
  const before = middle.map((count, index) => count + (early[index] ?? 0));
  if (total(recent) < FEWEST_MIX || total(before) < FEWEST_MIX) return undefined;
  const index = stabilityIndex(recent, before);
  if (index <= UNSTABLE || stabilityIndex(middle, early) > UNSTABLE / 2) return [];
  return moved(one, cohort, {
    name: 'stability index',
    value: index,
    n: total(recent) + total(before),
    p: chiSquare(recent, before).p,
  });
}

function numbersMoved(one: Watched, cohort: Uint8Array): FindingDraft[] | undefined {
  const values = numbers(one.column);
  const [recent, middle, early] = [1, 2, 3].map((wanted) =>
    values.filter((value, row) => cohort[row] === wanted && !Number.isNaN(value)),
  );
  if (recent === undefined || middle === undefined || early === undefined) return undefined;
  const before = concat(middle, early);
  if (recent.length < FEWEST_MIX || before.length < FEWEST_MIX) return undefined;
  const { value, p } = kolmogorovSmirnov(recent, before);
  if (value <= UNSTABLE || kolmogorovSmirnov(middle, early).value > UNSTABLE / 2) return [];
  return moved(one, cohort, { name: 'Kolmogorov-Smirnov distance', value, n: recent.length + before.length, p });
}

function concat(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function moved(
  { table, facts, column }: Watched,
  cohort: Uint8Array,
  statistic: { name: string; value: number; n: number; p: number },
): FindingDraft[] {
  const rows = rowsOf(cohort, 1, (row) => !isEmptyAt(column, row));
  return found(table, rows, () => ({
    objectType: table.objectType,
    subject: facts.name,
    statistic: { ...statistic, threshold: UNSTABLE },
    evidence: { property: facts.name },
    note: 'Records of the last three months hold other values here than those of the year before.',
    fix: taskFor(`Find out why ${facts.name} of ${table.objectType} holds other values than before`),
  }));
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

const SWAMPED = 0.4;
const SAYS_NOTHING =
  /^(?:others?|other .{0,12}|unknown|not specified|unspecified|none|n\/?a|default|misc(?:ellaneous)?|sonstiges?|andere[rs]?|unbekannt|keine angabe|autres?|inconnue?|otr[oa]s?|desconocid[oa]|outr[oa]s?|desconhecid[oa]|altr[oiae]|sconosciut[oa]|overige?|onbekend|annat|okänd|inne|please select|select.*|-+)$/i;

export const swamped: Check = {
  id: 'P12',
  version: 1,
  title: 'Most records hold an option that says nothing',
  about: `An option such as “Other” or “Unknown” is on more than ${100 * SWAMPED} % of the records that have the property; from ${FEWEST_MIX} on.`,
  severity: 'medium',
  objectType: '*',
  needs: {},
  reads: watchedNames,
  run: (data) =>
    watched(data, ({ type }) => type === 'enumeration').flatMap(({ table, facts, column }) => {
      const { codes, counts } = interned(column);
      const labels = new Map(facts.options.map(({ value, label }) => [value, label]));
      const filled = filledIn(column, table.rows);
      const empties = byValue(column, (value) => SAYS_NOTHING.test((labels.get(value) ?? value).trim()));
      return empties.flatMap((empty, code) => {
        const count = counts[code] ?? 0;
        if (!empty || code === 0 || filled < FEWEST_MIX || count <= SWAMPED * filled) return [];
        const rows = [];
        for (let row = 0; row < codes.length; row++) if (codes[row] === code) rows.push(row);
        return found(table, rows, () => ({
          objectType: table.objectType,
          subject: facts.name,
          statistic: { name: 'share of records', value: count / filled, threshold: SWAMPED, n: filled },
          evidence: { property: facts.name, records: count },
          note: 'An option that says nothing is on most records: reports by this property tell nothing.',
          fix: taskFor(
            `Decide which options ${facts.name} of ${table.objectType} needs in place of the one that says nothing`,
          ),
        }));
      });
    }),
};
