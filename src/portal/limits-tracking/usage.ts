/** How limits and what is used of them are told. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';

export const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/limits-tracking/guide',
  compared: '2026-11-22',
};

/** Any scope for any type of records. */
export const scopes = (call: Call): string[] => [
  ...new Set(call.store.objectTypes().flatMap(({ scopes: { read, write } }) => [...read, ...write])),
];

/** In percent, with three decimals as in HubSpot's example; nothing of nothing is 0. */
export function percentage(usage: number, limit: number): number {
  return limit === 0 ? 0 : Number(((usage / limit) * 100).toFixed(3));
}

export function presentType({ id, labels }: ObjectTypeFacts) {
  return { objectTypeId: id, singularLabel: labels.singular, pluralLabel: labels.plural };
}

export const byLabel = (a: ObjectTypeFacts, b: ObjectTypeFacts): number =>
  a.labels.singular < b.labels.singular ? -1 : a.labels.singular > b.labels.singular ? 1 : 0;

const isCustom = ({ id }: ObjectTypeFacts): boolean => id.startsWith('2-');

export function overall(usage: number, limit: number) {
  return { overallLimit: limit, overallUsage: usage, overallPercentage: percentage(usage, limit) };
}

/** The counts of HubSpot's own types against a limit each, and those of custom ones against one together. */
export function byKind(
  types: readonly ObjectTypeFacts[],
  limits: { readonly each: (type: ObjectTypeFacts) => number; readonly custom: number },
  count: (type: ObjectTypeFacts) => number,
) {
  const custom = types.filter(isCustom).map((type) => ({ ...presentType(type), usage: count(type) }));
  const sum = custom.reduce((total, { usage }) => total + usage, 0);
  return {
    hubspotDefinedObjectTypes: types
      .filter((type) => !isCustom(type))
      .map((type) => limitAndUsage(type, limits.each(type), count(type))),
    customObjectTypes: { ...overall(sum, limits.custom), byObjectType: custom },
  };
}

export function limitAndUsage(type: ObjectTypeFacts, limit: number, usage: number) {
  return { ...presentType(type), limit, usage, percentage: percentage(usage, limit) };
}
