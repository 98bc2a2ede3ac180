/**
 * When a record entered and left each stage, and for how long it was there: of the pipeline for deals, tickets and leads,
 * of the lifecycle for contacts and companies.
 * Source: knowledge.hubspot.com/properties/stage-calculated-properties, compared 2026-11-22: while a record is in a
 * stage, the latest time in it is that of the time before.
 * Guess: the cumulative time, too, counts what is over; a stage that is entered again has no date of leaving until it is
 * left again; the older `hs_date_…` and `hs_time_in_…` say the same as the newer ones; `hs_v2_time_in_current_stage` is
 * the time at which it began; clearing the lifecycle stage clears every `hs_lifecyclestage_…_date`.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { stagePropertySuffix } from '../facts/properties/stage-properties.ts';
import { moment } from './amounts.ts';
import type { Calculation, Since, Subject } from './calculated.ts';

const LIFECYCLE = new Set(['0-1', '0-2']);

function stageProperty(type: ObjectTypeFacts): string | undefined {
  return LIFECYCLE.has(type.id) ? 'lifecyclestage' : type.pipelines?.stageProperty;
}

interface Stay {
  readonly entered: number;
  readonly left: number | undefined;
}

export const stageTimes: Calculation = {
  appliesTo: (type) => stageProperty(type) !== undefined,
  calculate(subject) {
    const property = stageProperty(subject.type) ?? '';
    const versions = subject.history(property);
    // Most contacts of a large import never were in a stage.
    if (versions.length === 0) return {};
    const result: Record<string, string | undefined> = {};
    const stays = staysOf(versions);
    for (const [stage, of] of stays) Object.assign(result, timesOf(stage, of));
    if (LIFECYCLE.has(subject.type.id)) Object.assign(result, lifecycleDates(subject, stays));
    const current = stays.get(subject.value(property) ?? '')?.at(-1)?.entered;
    result['hs_v2_date_entered_current_stage'] = moment(current);
    result['hs_v2_time_in_current_stage'] = moment(current);
    return result;
  },
};

/** The stays in each stage, oldest first. */
function staysOf(versions: readonly Since[]): Map<string, Stay[]> {
  const stays = new Map<string, Stay[]>();
  for (const [i, { value, at }] of versions.entries()) {
    if (value === '' || value === versions[i - 1]?.value) continue;
    const left = versions.slice(i + 1).find((next) => next.value !== value)?.at;
    stays.set(value, [...(stays.get(value) ?? []), { entered: at, left }]);
  }
  return stays;
}

function timesOf(stage: string, stays: readonly Stay[]): Record<string, string | undefined> {
  const over = stays.flatMap(({ entered, left }) => (left === undefined ? [] : [left - entered]));
  const last = stays.at(-1);
  const entered = moment(last?.entered);
  const left = moment(last?.left);
  const latest = over.at(-1);
  const time = latest === undefined ? undefined : String(latest);
  const suffix = stagePropertySuffix(stage);
  return {
    [`hs_v2_date_entered_${suffix}`]: entered,
    [`hs_v2_date_exited_${suffix}`]: left,
    [`hs_v2_latest_time_in_${suffix}`]: time,
    [`hs_v2_cumulative_time_in_${suffix}`]:
      over.length === 0 ? undefined : String(over.reduce((sum, ms) => sum + ms, 0)),
    [`hs_date_entered_${suffix}`]: entered,
    [`hs_date_exited_${suffix}`]: left,
    [`hs_time_in_${suffix}`]: time,
  };
}

const beforeCustomer = ['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity'];

function lifecycleDates({ value }: Subject, stays: ReadonlyMap<string, readonly Stay[]>) {
  const result: Record<string, string | undefined> = {};
  const entered = (stage: string) => stays.get(stage)?.at(-1)?.entered;
  const cleared = value('lifecyclestage') === undefined;
  for (const stage of stays.keys()) {
    result[`hs_lifecyclestage_${stage}_date`] = cleared ? undefined : moment(entered(stage));
  }
  const customer = entered('customer');
  for (const stage of beforeCustomer) {
    const since = entered(stage);
    const known = customer !== undefined && since !== undefined && customer >= since;
    result[`hs_time_to_move_from_${stage}_to_customer`] = known ? String(customer - since) : undefined;
  }
  return result;
}
