/** Scores of a few records by the rules, with every reason. */

import { type Crm, type ObjectType, UserError } from '../crm/index.ts';
import { isReadOnly } from '../crm/values.ts';
import { propertiesOf, readBy, scoreOf } from '../enrich/scores/score.ts';
import type { Score, ScoreModel } from '../enrich/scores/types.ts';
import { propertyFacts } from './portal-facts.ts';
import { type RecordsAsked, recordsAsked, type SaidRecords } from './records-asked.ts';
import type { Enrichment } from './types.ts';

export interface ScoredLeads {
  /** The highest first. */
  readonly scores: readonly (Score & { readonly id: string })[];
  readonly failed: RecordsAsked['failed'];
  readonly notes: readonly string[];
}

/** @throws UserError `no_rules` for a type that the rules do not score */
export async function scoreLeads(
  crm: Crm,
  type: ObjectType,
  enrichment: Enrichment,
  said: SaidRecords,
): Promise<ScoredLeads> {
  const { models } = await enrichment.scoreRules();
  const model = models.find(({ objectType }) => objectType === type.name || objectType === type.id);
  if (model === undefined) {
    throw new UserError('no_rules', `The rules say nothing of ${type.plural.toLowerCase()}.`, {
      allowed: models.map(({ objectType }) => objectType),
      next: 'Score one of those allowed, or ask the person who runs this server for rules (--score-rules).',
    });
  }
  const there = propertyFacts(await crm.properties.of(type));
  const missing = propertiesOf(model).filter((name) => !there.has(name));
  const usable = without(model, new Set(missing));
  const { records, failed, notes } = await recordsAsked(crm, type, said, propertiesOf(usable));
  const now = enrichment.clock.now();
  const scores = records.map(({ id, properties }) => ({ id, ...scoreOf(properties, usable, now) }));
  return {
    scores: scores.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)),
    failed,
    notes: [
      ...notes,
      ...(missing.length > 0
        ? [`Rules about ${missing.join(', ')} did not count: the portal has no such property, or it may not be seen.`]
        : []),
    ],
  };
}

/** The name of a number property that scores can be written to. @throws UserError `not_possible` */
export async function scoreProperty(crm: Crm, type: ObjectType, said: string): Promise<string> {
  const property = (await crm.properties.of(type)).get(said);
  if (property.type === 'number' && !isReadOnly(property)) return property.name;
  throw new UserError('not_possible', `${property.name} cannot hold a score: it is no number that may be written.`, {
    property: property.name,
    next: 'Name a number property of your own; create_properties can make one.',
  });
}

/** What a rule cannot see must not count, neither for nor against. */
function without(model: ScoreModel, missing: ReadonlySet<string>): ScoreModel {
  const groups = model.groups.map((group) => ({
    ...group,
    rules: group.rules.filter((rule) => !readBy(rule).some((name) => missing.has(name))),
  }));
  return { ...model, groups };
}
