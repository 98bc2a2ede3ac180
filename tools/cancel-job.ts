import * as z from 'zod';
import { jobReport } from '../src/jobs/index.ts';
import { defineTool } from '../src/tool.ts';

export const cancelJob = defineTool({
  name: 'cancel_job',
  title: 'Cancel a job',
  description: `End a job for good. What is written stays; undo_changes can take it back.
Batches under way are finished first, and the report counts them.`,
  toolset: 'journal',
  effect: 'overwrite',
  scopes: [],
  input: z.object({ jobId: z.string() }),
  output: z.object({ job: jobReport }),
  handler: async ({ jobId }, { jobs }) => ({ job: await jobs.cancel(jobId) }),
});
