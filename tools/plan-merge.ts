import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { objectType } from '../src/writes/input.ts';
import { showMerge } from '../src/writes/plan-merge.ts';

/** As merge_records takes them. */
export const mergeArguments = {
  objectType,
  ids: z.array(z.string()).meta({ shown: { type: 'array', items: { type: 'string' } } }),
  survivorId: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional().describe('Property: id of whose value stays'),
};

export const planMerge = defineTool({
  name: 'plan_merge',
  title: 'Plan a merge',
  description: `Show what merging records would keep, lose and set off; writes nothing.
Where ask is true, a person decides.`,
  toolset: 'quality',
  byDefault: true,
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object(mergeArguments),
  output: z.object({
    objectType: z.string(),
    survivor: z.string(),
    losers: z.array(z.string()),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.boolean(), z.null()]))),
    /** So many properties are the same in all of them, or only the survivor has them. */
    unchanged: z.number().int(),
    leftAlone: z.array(z.string()).optional(),
    apart: z
      .array(z.object({ pair: z.string(), by: z.string(), at: z.string(), reason: z.string().nullable() }))
      .optional(),
    digest: z.string().optional(),
    notes: z.array(z.string()),
  }),
  handler: (said, { crm, writes, quality: { apart } }) => showMerge({ crm, past: writes.past, apart }, said),
});
