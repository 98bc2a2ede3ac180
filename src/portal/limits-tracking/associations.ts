/**
 * Limits of association labels, and of how many records a record is linked with.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/limits-tracking/guide, compared 2026-11-22: near is 80 percent.
 * Guess: a limit that the account set for the unlabelled type is the one that is told; up to ten samples; their label is
 * what the record is called. The response's description once shows a limit of 50 labels: the documented 10 is told.
 */

import { MAX_LABELS } from '../associations/labels.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypeOf } from '../object-type-of.ts';
import { valueOf } from '../objects/present.ts';
import type { Call, Route } from '../route.ts';
import { MAX_LINKED_RECORDS } from '../store/association-limits.ts';
import type { Usage } from '../store/associations.ts';
import { byLabel, percentage, presentType, scopes, source } from './usage.ts';

const NEAR = 0.8;
const MAX_SAMPLES = 10;

const route = (name: string, answer: (call: Call) => unknown): Route => ({
  method: 'GET',
  path: `/crm/limits/associations/${name}`,
  scopes,
  budget: 'burst',
  source,
  handle: (call) => ({ status: 200, body: answer(call) }),
});

export const associationLimitRoutes: readonly Route[] = [
  route('labels', (call) => {
    const [from, to] = [typeIdOf(call, 'fromObjectTypeId'), typeIdOf(call, 'toObjectTypeId')];
    const pairs = new Map<string, { from: string; to: string; labels: string[] }>();
    for (const label of call.store.associationTypes.defined()) {
      if (label.label === null || (from ?? label.from) !== label.from || (to ?? label.to) !== label.to) continue;
      const name = `${label.from}/${label.to}`;
      const pair = pairs.get(name) ?? { from: label.from, to: label.to, labels: [] };
      pairs.set(name, pair);
      pair.labels.push(label.label);
    }
    const results = [...pairs.values()].flatMap((pair) => {
      const [fromType, toType] = [call.store.objectType(pair.from), call.store.objectType(pair.to)];
      if (!fromType || !toType) return [];
      return {
        fromObjectType: presentType(fromType),
        toObjectType: presentType(toType),
        allLabels: pair.labels,
        limit: MAX_LABELS,
        usage: pair.labels.length,
        percentage: percentage(pair.labels.length, MAX_LABELS),
      };
    });
    return { results };
  }),
  route('records/from', (call) => ({ results: summaries(call, high(call), ({ record }) => record.typeId) })),
  route('records/{fromObjectTypeId}/to', (call) => {
    const from = objectTypeOf(call, call.params['fromObjectTypeId'] ?? '');
    const found = high(call).filter(({ record }) => record.typeId === from.id);
    return { results: summaries(call, found, ({ toTypeId }) => toTypeId) };
  }),
  route('records/{fromObjectTypeId}/{toObjectTypeId}', (call) => {
    const from = objectTypeOf(call, call.params['fromObjectTypeId'] ?? '');
    const to = objectTypeOf(call, call.params['toObjectTypeId'] ?? '');
    const limit = limitOf(call, from.id, to.id);
    const found = high(call).filter(({ record, toTypeId }) => record.typeId === from.id && toTypeId === to.id);
    const reached = found.filter(({ count }) => count >= limit);
    const near = found.filter(({ count }) => count < limit);
    return {
      limit,
      totalRecordsAtLimit: reached.length,
      totalRecordsNearLimit: near.length,
      atLimitFromRecordSamples: reached.slice(0, MAX_SAMPLES).map((usage) => sample(call, from, usage)),
      nearLimitFromRecordSamples: near.slice(0, MAX_SAMPLES).map((usage) => ({
        ...sample(call, from, usage),
        usage: usage.count,
        percentage: percentage(usage.count, limit),
      })),
    };
  }),
];

function typeIdOf(call: Call, parameter: string): string | undefined {
  const said = call.query.get(parameter);
  return said === null || said === '' ? undefined : objectTypeOf(call, said).id;
}

function limitOf({ store }: Call, from: string, to: string): number {
  const unlabelled = store.associationTypes.unlabelled(from, to);
  return (unlabelled && store.associationLimits.of(unlabelled)) ?? MAX_LINKED_RECORDS;
}

/** Records that are near a limit or at it. */
function high(call: Call): Usage[] {
  const least = Math.min(MAX_LINKED_RECORDS, ...call.store.associationLimits.all().map((each) => each.maxToObjectIds));
  return call.store.associations
    .usage(Math.ceil(NEAR * least))
    .filter(({ record, toTypeId, count }) => count >= NEAR * limitOf(call, record.typeId, toTypeId));
}

/** The types of one end, and whether any record is near its limit or at it. */
function summaries(call: Call, found: readonly Usage[], typeIdOf: (usage: Usage) => string) {
  const types = call.store.objectTypes().filter(({ id }) => found.some((usage) => typeIdOf(usage) === id));
  const isAt = ({ record, toTypeId, count }: Usage) => count >= limitOf(call, record.typeId, toTypeId);
  return types.sort(byLabel).map((type) => {
    const own = found.filter((usage) => typeIdOf(usage) === type.id);
    return { ...presentType(type), hasRecordsAtLimit: own.some(isAt), hasRecordsNearLimit: !own.every(isAt) };
  });
}

function sample(call: Call, type: ObjectTypeFacts, { record: { id } }: Usage) {
  const record = call.store.records.get(type.id, id);
  const label = record && valueOf(type, record, type.primaryDisplayProperty);
  return { objectId: Number(id), label: label ?? id };
}
