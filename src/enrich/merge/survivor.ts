/** Which of several records is the one that stays: each reason is heard only where those before it say nothing. */

import { isProtected } from './consent.ts';
import { isExternalId } from './identity.ts';
import type { MergeInput, PropertyFacts, RecordNow } from './types.ts';
import { emailQuality } from './valid.ts';

/** Things of which HubSpot keeps a history on a record. */
const ACTIVITIES = ['notes', 'calls', 'emails', 'meetings', 'tasks', 'communications', 'postal_mail'];

interface Criterion {
  /** More is better. */
  readonly of: (record: RecordNow) => number;
  /** Why a record is better than another one. */
  readonly say: (own: number, other: number) => string;
}

export interface Survivor {
  readonly id: string;
  readonly reasons: readonly string[];
  /** In the order in which they are merged: the one that would have stayed next comes first. */
  readonly losers: readonly string[];
}

export function chooseSurvivor({ records, properties, survivor: said }: MergeInput): Survivor {
  const criteria = criteriaOf(properties);
  const ranked = records.toSorted((a, b) => compare(a, b, criteria));
  const [best] = ranked;
  const chosen = ranked.find(({ id }) => id === said) ?? best;
  if (best === undefined || chosen === undefined) throw new Error('There is nothing to choose from.');
  const losers = ranked.filter(({ id }) => id !== chosen.id);
  const reasons =
    said === undefined
      ? reasonsFor(chosen, losers, criteria)
      : [
          'chosen by the caller',
          ...(chosen.id === best.id
            ? []
            : [`${best.id} would stay otherwise: ${reasonsFor(best, [chosen], criteria).join(', ')}`]),
        ];
  return { id: chosen.id, reasons, losers: losers.map(({ id }) => id) };
}

function criteriaOf(properties: readonly PropertyFacts[]): readonly Criterion[] {
  const external = properties.filter(isExternalId).map(({ name }) => name);
  const settable = properties.filter(({ writable }) => writable).map(({ name }) => name);
  return [
    {
      of: ({ properties: held }) => Number(isProtected(held)),
      say: () => 'opted out, or on hold: that must not be lost',
    },
    { of: filled(external), say: () => 'known by an id of another system' },
    { of: ({ openDeals }) => openDeals, say: (own, other) => `open deals: ${own}, the other ${other}` },
    { of: ({ wonDeals }) => wonDeals, say: (own, other) => `won deals: ${own}, the other ${other}` },
    { of: activities, say: (own, other) => `activities: ${own}, the other ${other}` },
    { of: filled(settable), say: (own, other) => `properties filled: ${own}, the other ${other}` },
    { of: emailQuality, say: () => 'the better e-mail address' },
    { of: ({ createdAt }) => -createdAt, say: () => 'the oldest' },
  ];
}

function filled(names: readonly string[]): Criterion['of'] {
  return ({ properties }) => names.filter((name) => (properties[name] ?? '') !== '').length;
}

function activities({ associations }: RecordNow): number {
  return ACTIVITIES.reduce((sum, type) => sum + (associations[type] ?? []).length, 0);
}

/** The last resort is the id: the lowest one. */
function compare(a: RecordNow, b: RecordNow, criteria: readonly Criterion[]): number {
  for (const { of } of criteria) {
    const difference = of(b) - of(a);
    if (difference !== 0) return difference;
  }
  return byId(a.id, b.id);
}

/** Ids as numbers, the lowest first. */
function byId(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}

/** What decided against each of the others, and what else speaks for it. */
function reasonsFor(best: RecordNow, others: readonly RecordNow[], criteria: readonly Criterion[]): readonly string[] {
  const deciding = new Set(
    others.map((other) => criteria.find(({ of }) => of(best) !== of(other))).filter((found) => found !== undefined),
  );
  if (deciding.size === 0) return ['alike in everything; the lowest id'];
  return criteria
    .filter((criterion) => deciding.has(criterion) || others.every((other) => criterion.of(best) > criterion.of(other)))
    .map(({ of, say }) => say(of(best), Math.max(...others.map(of))));
}
