import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { writeReport } from '../src/writes/index.ts';
import { writeArguments } from '../src/writes/input.ts';
import { goneIn, planMergeWrite } from '../src/writes/plan-merge.ts';
import { mergeArguments } from './plan-merge.ts';

const input = z.object({ ...mergeArguments, digest: z.string(), ...writeArguments });

const STALE = 'find_duplicates may show these records once more: its copy could not be told that they were merged.';

export const mergeRecords = defineTool({
  name: 'merge_records',
  title: 'Merge records',
  description: `Merge records into one, as plan_merge has shown with the same arguments and this digest.
Cannot be undone. Refused when anything changed since. The record that stays may get a new id.`,
  toolset: 'quality',
  byDefault: true,
  effect: 'merge',
  scopes: ['crm.objects.{objectType}.read', 'crm.objects.{objectType}.write'],
  input,
  output: writeReport,
  async handler(said, { crm, writes, quality }) {
    const report = await writes.run(planMergeWrite(crm, writes.past, said));
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
