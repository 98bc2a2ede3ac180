import * as z from 'zod';
import { failed, filterGroupsAsInSearch } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';

export const suggestValues = defineTool({
  name: 'suggest_values',
  title: 'Suggest values',
  description: `Propose values for empty or unclean properties, with reasons.
Writes nothing.`,
  toolset: 'quality',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType: z.string(),
    ids: z.array(z.string()).max(100).optional(),
    filterGroups: filterGroupsAsInSearch.optional(),
    properties: z.array(z.string()).optional(),
    useModel: z.boolean().optional(),
    overwrite: z.boolean().optional(),
  }),
  output: z.object({
    objectType: z.string(),
    /** How many were looked at. */
    records: z.int(),
    asOf: z.string(),
    proposals: z.array(
      z.object({
        id: z.string(),
        property: z.string(),
        now: z.string().optional(),
        value: z.string(),
        confidence: z.number(),
        source: z.string(),
        note: z.string(),
        evidence: z.string().optional(),
        others: z.array(z.object({ value: z.string(), source: z.string(), confidence: z.number() })).optional(),
        fingerprint: z.string(),
      }),
    ),
    call: z
      .object({
        tool: z.string(),
        arguments: z.object({
          objectType: z.string(),
          records: z.array(
            z.object({
              id: z.string(),
              properties: z.record(z.string(), z.string()),
              expected: z.record(z.string(), z.string()),
            }),
          ),
        }),
      })
      .optional(),
    usd: z.number().optional(),
    failed: failed.optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ objectType, ...said }, { crm, quality: { enrichment } }) {
    const enriching = await import('../src/quality/suggest-values.ts');
    const type = await crm.objectTypes.resolve(objectType);
    const { proposals, failed: lost, records, notes, usd } = await enriching.suggestValues(crm, type, enrichment, said);
    return {
      objectType: type.name,
      records,
      asOf: new Date(enrichment.clock.now()).toISOString(),
      proposals: proposals.map(({ now, others, mends: _mends, ...proposal }) => ({
        ...proposal,
        ...(now !== '' && { now }),
        ...(others.length > 0 && { others: [...others] }),
      })),
      ...(proposals.length > 0 && {
        call: enriching.updateCall(type.name, proposals, await crm.properties.of(type)),
        next: 'What a person says no to: dismiss_finding with its fingerprint, and it is not proposed again.',
      }),
      ...(usd !== undefined && { usd }),
      ...(lost.length > 0 && { failed: [...lost] }),
      ...(notes.length > 0 && { note: notes.join(' ') }),
    };
  },
});
