/** The plan of a merge, made of nothing but what the records are: the same for the same records, in whatever order. */

import { createHash } from 'node:crypto';
import { apartIn, refusalsOf } from './refusals.ts';
import { sideEffectsOf } from './side-effects.ts';
import { chooseSurvivor } from './survivor.ts';
import { chooseFields } from './survivorship.ts';
import type { MergeInput, MergePlan, RecordNow } from './types.ts';

/** Raised when the same records may be planned otherwise: a plan that was looked at under other rules does not hold. */
const RULES = 2;

export function planMerge(input: MergeInput): MergePlan {
  const { id, reasons, losers } = chooseSurvivor(input);
  const byId = new Map(input.records.map((record) => [record.id, record]));
  const records = [id, ...losers].flatMap((each) => byId.get(each) ?? []);
  const { fields, same, leftAlone } = chooseFields(input, records);
  const plan = {
    objectType: input.objectType,
    survivor: id,
    survivorReasons: reasons,
    losers,
    fields,
    same,
    leftAlone,
    sideEffects: sideEffectsOf(input, records, fields),
    refusals: refusalsOf({ ...input, survivor: id }),
    apart: apartIn(input),
  };
  return { ...plan, digest: digestOf([RULES, input.portalId, plan, records.map((each) => basis(each, input))]) };
}

/** What a record says and hangs on, without what changes by being looked at: HubSpot's own scores and times. */
function basis({ id, properties, associations, primary = '' }: RecordNow, input: MergeInput) {
  const settable = new Set(input.properties.filter(({ hubspots }) => !hubspots).map(({ name }) => name));
  const values = sorted(properties).filter(([name, value]) => settable.has(name) && (value ?? '') !== '');
  return [id, values, sorted(associations), primary];
}

function sorted(found: Readonly<Record<string, unknown>>) {
  return Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function digestOf(parts: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
