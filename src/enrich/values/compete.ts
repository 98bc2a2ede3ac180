/** Of all that was said of a property, what is proposed. */

import { createHash } from 'node:crypto';
import type { PropertyFacts } from '../anomalies/types.ts';
import { isPlaceholder } from '../normal/placeholder.ts';
import { isOffList } from './options.ts';
import type { Candidate, Proposal, RecordToFill } from './types.ts';

export interface CompeteOptions {
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  /** Fingerprints of what somebody said no to. */
  readonly dismissed: ReadonlySet<string>;
  /** Whether values that are there and valid may be replaced. */
  readonly overwrite: boolean;
  /** 0 to 1. */
  readonly minConfidence: number;
}

/** What is proposed is read whole by a model, and said again to be written; what is longer is a text and no value. */
const LONGEST_VALUE = 500;

/**
 * One proposal at most for each property, in the order of their names. The more confident stands; of two that are equal,
 * rules before providers (in their order) before the model, as the candidates come.
 */
export function compete(
  record: RecordToFill,
  candidates: readonly Candidate[],
  options: CompeteOptions,
): readonly Proposal[] {
  const byProperty = grouped(candidates);
  return [...byProperty]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([property, all]) => {
      const facts = options.properties.get(property);
      if (facts === undefined) return [];
      const now = record.properties[property] ?? '';
      if (now.length > LONGEST_VALUE) return [];
      const isOpen = now === '' || isPlaceholder(now) || isOffList(facts, now) || options.overwrite;
      const fit = all.filter(
        ({ value, confidence, mends }) =>
          value !== now &&
          value !== '' &&
          value.length <= LONGEST_VALUE &&
          confidence >= options.minConfidence &&
          confidence <= 1 &&
          !isOffList(facts, value) &&
          (isOpen || mends === true) &&
          !options.dismissed.has(proposalFingerprint(record, property, value)),
      );
      const [best, ...rest] = fit.toSorted((a, b) => b.confidence - a.confidence);
      if (best === undefined) return [];
      const others = rest.filter(
        ({ value }, at) => value !== best.value && rest.findIndex((each) => each.value === value) === at,
      );
      return [
        {
          ...best,
          id: record.id,
          now,
          others: others.map(({ value, source, confidence }) => ({ value, source, confidence })),
        },
      ];
    });
}

function grouped(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const found = new Map<string, Candidate[]>();
  for (const each of candidates) found.set(each.property, [...(found.get(each.property) ?? []), each]);
  return found;
}

/** By what a proposal that was dismissed is known: as those of findings, 32 hexadecimal digits. */
export function proposalFingerprint(
  { objectType, id }: Pick<RecordToFill, 'objectType' | 'id'>,
  property: string,
  value: string,
): string {
  const text = JSON.stringify(['suggested value', objectType, id, property, value]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
