import * as z from 'zod';
import { failed, filterGroupsAsInSearch } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';

export const scoreLeads = defineTool({
  name: 'score_leads',
  title: 'Score leads',
  description: `Score records by the operator's rules: points, band A to C, and every reason.
Nothing is written; with scoreProperty it says the update_records call.`,
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
        reasons: z.array(z.object({ points: z.number(), note: z.string() })),
      }),
    ),
    call: z
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
  }),

  async handler({ objectType, scoreProperty: said, ...records }, { crm, quality: { enrichment } }) {
    const scoring = await import('../src/quality/score-leads.ts');
    const type = await crm.objectTypes.resolve(objectType);
    const property = said === undefined ? undefined : await scoring.scoreProperty(crm, type, said);
    const { scores, failed: lost, notes } = await scoring.scoreLeads(crm, type, enrichment, records);
    return {
      objectType: type.name,
      scores: scores.map(({ reasons, ...score }) => ({
        ...score,
        reasons: reasons.map(({ points, group, says }) => ({ points, note: `${group}: ${says}` })),
      })),
      ...(property !== undefined &&
        scores.length > 0 && {
          call: {
            tool: 'update_records',
            arguments: {
              objectType: type.name,
              records: scores.map(({ id, score }) => ({ id, properties: { [property]: score } })),
            },
          },
        }),
      ...(lost.length > 0 && { failed: [...lost] }),
      ...(notes.length > 0 && { note: notes.join(' ') }),
    };
  },
});
