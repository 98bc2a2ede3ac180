import * as z from 'zod';
import { failed, filterGroupsAsInSearch } from '../src/crm/schemas.ts';
import type { Reason } from '../src/enrich/scores/types.ts';
import { numbered } from '../src/quality/numbered.ts';
import type { ScoredLeads } from '../src/quality/score-leads.ts';
import { defineTool } from '../src/tool.ts';

const REASONS = 'reasons are numbers of rules, with the points behind a colon where they differ.';
const NEXT = 'Write the scores with update_records, as example does for the first record.';

export const scoreLeads = defineTool({
  name: 'score_leads',
  title: 'Score leads',
  description: `Score records by the operator's rules: points, band A to C, and every reason.
Writes nothing; with scoreProperty it shows the update_records call.`,
  toolset: 'quality',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType: z.string().default('contacts'),
    ids: z.array(z.string()).max(100).optional(),
    filterGroups: filterGroupsAsInSearch.optional(),
    scoreProperty: z.string().optional(),
  }),
  output: z.object({
    objectType: z.string(),
    scores: z.array(
      z.object({
        id: z.string(),
        score: z.number(),
        band: z.enum(['A', 'B', 'C']),
        /** Numbers of `rules`; behind a colon the points where a rule does not give all the same. */
        reasons: z.array(z.string()),
      }),
    ),
    rules: z.array(z.object({ rule: z.string(), points: z.number().nullable(), note: z.string() })).optional(),
    /** How the score of one record is written. */
    example: z
      .object({
        tool: z.string(),
        arguments: z.object({
          objectType: z.string(),
          records: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.number()) })),
        }),
      })
      .optional(),
    failed: failed.optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ objectType, scoreProperty: said, ...records }, { crm, quality: { enrichment } }) {
    const scoring = await import('../src/quality/score-leads.ts');
    const type = await crm.objectTypes.resolve(objectType);
    const property = said === undefined ? undefined : await scoring.scoreProperty(crm, type, said);
    const { scores, failed: lost, notes } = await scoring.scoreLeads(crm, type, enrichment, records);
    const told = scores.length > 0 ? [REASONS, ...notes] : notes;
    return {
      objectType: type.name,
      ...withRules(scores),
      ...(property !== undefined &&
        scores.length > 0 && { example: exampleOf(type.name, property, scores), next: NEXT }),
      ...(lost.length > 0 && { failed: [...lost] }),
      ...(told.length > 0 && { note: told.join(' ') }),
    };
  },
});

/** A few rules score all records: each is told once. */
function withRules(scores: ScoredLeads['scores']) {
  const rules = numbered<Pick<Reason, 'group' | 'says'>>();
  const given = new Map<string, Set<number>>();
  for (const { group, says, points } of scores.flatMap(({ reasons }) => reasons)) {
    const rule = rules.of({ group, says });
    given.set(rule, (given.get(rule) ?? new Set()).add(points));
  }
  const isOne = (rule: string) => given.get(rule)?.size === 1;
  return {
    ...(given.size > 0 && {
      rules: rules.all().map(({ number: rule, thing: { group, says } }) => {
        const [points = 0] = given.get(rule) ?? [];
        return { rule, points: isOne(rule) ? points : null, note: `${group}: ${says}` };
      }),
    }),
    scores: scores.map(({ reasons, ...score }) => ({
      ...score,
      reasons: reasons.map(({ group, says, points }) => {
        const rule = rules.of({ group, says });
        return isOne(rule) ? rule : `${rule}:${points}`;
      }),
    })),
  };
}

function exampleOf(objectType: string, property: string, [first]: ScoredLeads['scores']) {
  const records = first === undefined ? [] : [{ id: first.id, properties: { [property]: first.score } }];
  return { tool: 'update_records', arguments: { objectType, records } };
}
