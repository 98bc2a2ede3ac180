/** The rules file of score_leads. The shipped JSON Schema is made of this. */

import * as z from 'zod';
import type { ScoreRules } from './types.ts';

/** The rules file cannot be used; the message says why, for whoever wrote it. */
export class ScoreRulesError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScoreRulesError';
  }
}

const MOST_POINTS = 1_000;
const points = z.number().min(-MOST_POINTS).max(MOST_POINTS);
const value = z.union([z.string(), z.number(), z.boolean()]);
const propertyName = z.string().min(1).describe("A property's internal name");

const filter = z.strictObject({
  propertyName,
  operator: z.enum([
    'EQ',
    'NEQ',
    'LT',
    'LTE',
    'GT',
    'GTE',
    'BETWEEN',
    'IN',
    'NOT_IN',
    'HAS_PROPERTY',
    'NOT_HAS_PROPERTY',
    'CONTAINS_TOKEN',
    'NOT_CONTAINS_TOKEN',
  ]),
  value: value.optional().describe('As HubSpot stores it; dates as 2026-01-31 or -30d'),
  highValue: value.optional().describe('For BETWEEN'),
  values: z.array(value).min(1).optional().describe('For IN, NOT_IN'),
});

const rule = z.strictObject({
  says: z.string().min(1).max(120).describe('Why it counts, in words'),
  points: points.describe('Negative where it speaks against'),
  filters: z.array(filter).max(18).default([]).describe('All of them have to match'),
  decay: z
    .strictObject({ propertyName, halfLifeDays: z.number().positive().max(36_500) })
    .optional()
    .describe('The points halve whenever so many days have passed since the date of this property'),
});

const group = z.strictObject({
  name: z.string().min(1).max(60),
  cap: points.min(0).optional().describe('All its rules together give no more'),
  floor: points.max(0).optional().describe('All its rules together take no more'),
  rules: z.array(rule).min(1).max(200),
});

const model = z
  .strictObject({
    objectType: z.string().min(1).describe('Such as contacts, companies, leads'),
    base: points.default(0).describe('What every record begins with'),
    min: points.default(0),
    max: points.default(100),
    bands: z
      .strictObject({ A: points, B: points })
      .default({ A: 60, B: 30 })
      .describe('From so many points; the rest is C'),
    groups: z.array(group).min(1).max(50),
  })
  .describe('How records of one type are scored');

/** Of this the JSON Schema that is shipped is made. */
export const scoreRulesFile = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  models: z.array(model).min(1).max(50),
});

/** @throws ScoreRulesError */
export function parseScoreRules(text: string): ScoreRules {
  const read = scoreRulesFile.safeParse(jsonOf(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ScoreRulesError(`It has a fault at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? ''}`);
  }
  const { version, models } = read.data;
  const seen = new Set<string>();
  for (const { objectType, min, max, bands, groups } of models) {
    if (seen.has(objectType)) throw new ScoreRulesError(`It has two models for ${objectType}.`);
    seen.add(objectType);
    if (min > max) throw new ScoreRulesError(`For ${objectType}, min is above max.`);
    if (bands.B > bands.A) throw new ScoreRulesError(`For ${objectType}, band B begins above band A.`);
    for (const each of groups.flatMap(({ rules }) => rules)) requireComplete(each, objectType);
  }
  return { version, models };
}

/** A filter that lacks its value would match nothing, and nobody would see why. */
function requireComplete({ says, filters }: z.output<typeof rule>, objectType: string): void {
  for (const { operator, value: one, highValue, values } of filters) {
    const needs =
      operator === 'IN' || operator === 'NOT_IN'
        ? values === undefined && 'values'
        : operator === 'BETWEEN'
          ? (one === undefined || highValue === undefined) && 'value and highValue'
          : !operator.endsWith('HAS_PROPERTY') && one === undefined && 'value';
    if (needs !== false) throw new ScoreRulesError(`For ${objectType}, “${says}”: ${operator} needs ${needs}.`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ScoreRulesError(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
