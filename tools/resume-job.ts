import * as z from 'zod';
import { jobReport } from '../src/jobs/index.ts';
import { defineTool } from '../src/tool.ts';

export const resumeJob = defineTool({
  name: 'resume_job',
  title: 'Resume a job',
  description: `Go on with an interrupted job exactly where it stopped: nothing is written twice, nothing left out.
Waits for its end while there is time; get_job tells the rest.`,
  toolset: 'journal',
  effect: 'overwrite',
  scopes: [],
  input: z.object({ jobId: z.string() }),
  output: z.object({ job: jobReport }),
  handler: async ({ jobId }, { jobs }) => ({ job: await jobs.resume(jobId) }),
});
