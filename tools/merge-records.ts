import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { writeReport } from '../src/writes/index.ts';
import { writeArguments } from '../src/writes/input.ts';
import { goneIn, planMergeWrite } from '../src/writes/plan-merge.ts';
import { mergeArguments } from './plan-merge.ts';

/** Said in plan_merge. */
const fields = mergeArguments.fields.meta({ shown: { type: 'object' } });

const input = z.object({ ...mergeArguments, fields, digest: z.string(), ...writeArguments });

const STALE = 'find_duplicates may show these records once more: its copy could not be told that they were merged.';

export const mergeRecords = defineTool({
  name: 'merge_records',
  title: 'Merge records',
  description: `Merge records: plan_merge's arguments and digest.
Cannot be undone. The id may change.`,
  toolset: 'quality',
  byDefault: true,
  effect: 'merge',
  scopes: ['crm.objects.{objectType}.read', 'crm.objects.{objectType}.write'],
  input,
  output: writeReport,
  async handler(said, { crm, writes, quality }) {
    const report = await writes.run(planMergeWrite({ crm, past: writes.past, apart: quality.apart }, said));
    const gone = report.dryRun ? [] : goneIn(report);
    if (gone.length === 0) return report;
    try {
      await quality.merged(await crm.objectTypes.resolve(said.objectType), gone);
      return report;
    } catch {
      // What was merged was merged: its report must not be lost for a copy that is read anew in any case.
      return { ...report, notes: [...(report.notes ?? []), STALE] };
    }
  },
});
