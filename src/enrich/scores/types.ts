/** What a score is made of. Contracts only. */

import type { FilterOperator } from '../../hubspot/index.ts';

/** The rules of one portal, from a file of its operator. */
export interface ScoreRules {
  readonly version: 1;
  readonly models: readonly ScoreModel[];
}

/** How records of one type are scored. */
export interface ScoreModel {
  /** As list_object_types names it. */
  readonly objectType: string;
  /** What every record begins with. */
  readonly base: number;
  /** What no score passes. */
  readonly min: number;
  readonly max: number;
  /** From so many points; the rest is C. */
  readonly bands: { readonly A: number; readonly B: number };
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  /** All its rules together give no more, and take no more. */
  readonly cap?: number | undefined;
  readonly floor?: number | undefined;
  readonly rules: readonly ScoreRule[];
}

export interface ScoreRule {
  /** Why it counts, in words. */
  readonly says: string;
  /** Negative where it speaks against. */
  readonly points: number;
  /** All of them have to match. */
  readonly filters: readonly ScoreFilter[];
  /** Its points halve whenever so many days have passed since the date of the property; without a date there are none. */
  readonly decay?: { readonly propertyName: string; readonly halfLifeDays: number } | undefined;
}

/** As in HubSpot's searches. A record without a value matches NOT_HAS_PROPERTY and nothing else. */
export interface ScoreFilter {
  readonly propertyName: string;
  readonly operator: FilterOperator;
  readonly value?: ScoreValue | undefined;
  readonly highValue?: ScoreValue | undefined;
  readonly values?: readonly ScoreValue[] | undefined;
}

export type ScoreValue = string | number | boolean;

export interface Score {
  readonly score: number;
  readonly band: 'A' | 'B' | 'C';
  /** What counted, the weightiest first; with `base`, caps and limits they add up to the score. */
  readonly reasons: readonly Reason[];
}

export interface Reason {
  readonly points: number;
  /** The group's name, `base` or `limit`. */
  readonly group: string;
  readonly says: string;
}
