import * as z from 'zod';
import { jobReport } from '../src/jobs/index.ts';
import { jobLine } from '../src/jobs/report.ts';
import { defineTool } from '../src/tool.ts';

export const getJob = defineTool({
  name: 'get_job',
  title: 'Get a job',
  description: `Tell how far a job is, and row by row what could not be written and why.
Without jobId it lists the jobs, newest first. failures pages with after.`,
  toolset: 'journal',
  effect: 'read',
  scopes: [],
  input: z.object({
    jobId: z.string().optional(),
    after: z.string().optional().describe('nextCursor of the last page of failures'),
  }),
  output: z.object({ job: jobReport.optional(), jobs: z.array(jobLine).optional() }),
  async handler({ jobId, after }, { jobs }) {
    if (jobId !== undefined) return { job: await jobs.report(jobId, after) };
    return { jobs: (await jobs.list()).map((job) => jobLine.parse(job)) };
  },
});
