/** A grade for the data of each object type and of all: open arithmetic over what the scans found. Pure. */

import type { Finding } from '../anomalies/types.ts';

/** What of one object type is graded. */
export interface Graded {
  readonly objectType: string;
  readonly records: number;
  /** Of this type; those about its records count, others do not. */
  readonly findings: readonly Pick<Finding, 'severity' | 'recordIds' | 'total'>[];
  /** Records that would go if each likely cluster were merged into one; absent where none were looked for. */
  readonly extra?: number;
  /** Of how many records each property has a value, 0 to 1, by name. */
  readonly fill: ReadonlyMap<string, number>;
}

/** Each share is 0 to 1, and so is the score: the shares by their weights. */
export interface TypeGrade {
  objectType: string;
  letter: string;
  score: number;
  parts: { name: 'sound' | 'single' | 'filled'; share: number; weight: number }[];
}

export interface Grade {
  letter: string;
  score: number;
  formula: string;
  types: TypeGrade[];
}

const WEIGHTS = { sound: 50, single: 25, filled: 25 } as const;
/** So many times the share of double records is lost: a tenth of all being double is as bad as it gets. */
const DOUBLES_COUNT = 10;
const LETTERS = [
  ['A', 0.9],
  ['B', 0.8],
  ['C', 0.7],
  ['D', 0.6],
] as const;

/** What a record of a type is hardly of use without. */
const KEY_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  contacts: ['email', 'firstname', 'lastname', 'phone', 'lifecyclestage', 'hubspot_owner_id'],
  companies: ['name', 'domain', 'industry', 'country', 'hubspot_owner_id'],
  deals: ['dealname', 'amount', 'closedate', 'dealstage', 'hubspot_owner_id'],
  tickets: ['subject', 'hs_pipeline_stage', 'hs_ticket_priority', 'hubspot_owner_id'],
};

const FORMULA =
  'Sound (50 %): the share of records that no finding of high or medium severity names; where a finding names more than 50 records, as if findings met by chance. ' +
  'Single (25 %): 1 less 10 times the share of records that merging likely and certain duplicates would save. ' +
  `Filled (25 %): how many of the key properties have a value (${Object.entries(KEY_PROPERTIES)
    .map(([type, names]) => `${type}: ${names.join(', ')}`)
    .join('; ')}). ` +
  'What was not looked at is left out, and the rest weighs more. A from 90 %, B from 80 %, C from 70 %, D from 60 %, else F. In all: the mean of the types.';

/** @returns undefined where there are no records */
export function gradeOf(graded: readonly Graded[]): Grade | undefined {
  const types = graded.filter(({ records }) => records > 0).map(gradeOfType);
  if (types.length === 0) return undefined;
  const score = mean(types.map((each) => each.score));
  return { letter: letterOf(score), score, formula: FORMULA, types };
}

function gradeOfType({ objectType, records, findings, extra, fill }: Graded): TypeGrade {
  const rates = (KEY_PROPERTIES[objectType] ?? []).flatMap((property) => fill.get(property) ?? []);
  const parts: TypeGrade['parts'] = [
    { name: 'sound', share: soundShare(records, findings), weight: WEIGHTS.sound },
    ...(extra === undefined
      ? []
      : [
          {
            name: 'single' as const,
            share: Math.max(0, 1 - (DOUBLES_COUNT * extra) / records),
            weight: WEIGHTS.single,
          },
        ]),
    ...(rates.length === 0 ? [] : [{ name: 'filled' as const, share: mean(rates), weight: WEIGHTS.filled }]),
  ];
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const score = parts.reduce((sum, { share, weight }) => sum + share * weight, 0) / weights;
  return { objectType, letter: letterOf(score), score, parts };
}

/** A finding names its first 50 records alone: those of smaller ones are counted once each. */
function soundShare(records: number, findings: Graded['findings']): number {
  const grave = findings.filter(({ severity, recordIds }) => severity !== 'low' && recordIds.length > 0);
  const whole = grave.filter(({ recordIds, total }) => recordIds.length >= total);
  const large = grave.filter(({ recordIds, total }) => recordIds.length < total);
  const named = new Set(whole.flatMap(({ recordIds }) => recordIds)).size;
  return [named, ...large.map(({ total }) => total)].reduce(
    (share, affected) => share * (1 - Math.min(1, affected / records)),
    1,
  );
}

function letterOf(score: number): string {
  // A sum of shares that are whole percents must not fall short by what floating point loses.
  return LETTERS.find(([, from]) => score >= from - 1e-9)?.[0] ?? 'F';
}

const mean = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0) / shares.length;
