/**
 * Limits of records, properties, pipelines and custom object types.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/limits-tracking/guide, compared 2026-11-22; it shows the
 * limits of one Enterprise account. Guess: those of other types and tiers, of calculated properties and of custom objects.
 */

import { maxPipelines } from '../definitions/pipeline-rules.ts';
import { MAX_CUSTOM, MAX_CUSTOM_IN_ACCOUNT } from '../definitions/property-rules.ts';
import { MAX_TYPES } from '../definitions/schema-rules.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Tier } from '../limits.ts';
import type { Call, Route } from '../route.ts';
import { byKind, byLabel, limitAndUsage, overall, percentage, presentType, scopes, source } from './usage.ts';

const MAX_RECORDS = 15_000_000;
/** Types that are switched on one by one have fewer. */
const MAX_OF_LIBRARY_TYPES = 500_000;
const libraryTypes = new Set(['appointments', 'courses', 'listings', 'services']);
const maxCustomRecords: Readonly<Record<Tier, number>> = { starter: 0, professional: 0, enterprise: 500_000 };
const maxCalculated: Readonly<Record<Tier, number>> = { starter: 0, professional: 25, enterprise: 200 };

const maxRecords = ({ name }: ObjectTypeFacts) => (libraryTypes.has(name) ? MAX_OF_LIBRARY_TYPES : MAX_RECORDS);

const route = (name: string, answer: (call: Call) => unknown): Route => ({
  method: 'GET',
  path: `/crm/limits/${name}`,
  scopes,
  budget: 'burst',
  source,
  handle: (call) => ({ status: 200, body: answer(call) }),
});

export const definitionLimitRoutes: readonly Route[] = [
  route('records', (call) =>
    byKind(typesOf(call), { each: maxRecords, custom: maxCustomRecords[call.tier] }, ({ id }) =>
      call.store.records.count(id),
    ),
  ),
  route('pipelines', (call) => {
    const most = maxPipelines[call.tier];
    const types = typesOf(call).filter((type) => type.pipelines);
    return byKind(
      types,
      { each: () => most, custom: call.tier === 'enterprise' ? most : 0 },
      ({ id }) => call.store.pipelines.list(id).filter(({ archived }) => !archived).length,
    );
  }),
  route('custom-properties', (call) => {
    const byObjectType = typesOf(call).map((type) =>
      limitAndUsage(
        type,
        MAX_CUSTOM,
        countOf(call, type, ({ hubspotDefined }) => !hubspotDefined),
      ),
    );
    const sum = byObjectType.reduce((total, { usage }) => total + usage, 0);
    return { ...overall(sum, MAX_CUSTOM_IN_ACCOUNT), byObjectType };
  }),
  route('calculated-properties', (call) => {
    const byObjectType = typesOf(call).map((type) => ({
      ...presentType(type),
      usage: countOf(call, type, ({ hubspotDefined, calculated }) => calculated && !hubspotDefined),
    }));
    const sum = byObjectType.reduce((total, { usage }) => total + usage, 0);
    return { ...overall(sum, maxCalculated[call.tier]), byObjectType };
  }),
  route('custom-object-types', (call) => {
    const limit = call.tier === 'enterprise' ? MAX_TYPES : 0;
    const usage = typesOf(call).filter(({ id }) => id.startsWith('2-')).length;
    return { limit, usage, percentage: percentage(usage, limit) };
  }),
];

function typesOf({ store }: Call): ObjectTypeFacts[] {
  return store
    .objectTypes()
    .filter(({ emulated }) => emulated)
    .sort(byLabel);
}

function countOf({ store }: Call, type: ObjectTypeFacts, counts: (property: Property) => boolean): number {
  return store.properties.list(type.id).filter((property) => !property.archived && counts(property)).length;
}
