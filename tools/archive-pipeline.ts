import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkPipelineArchive } from '../src/writes/check-pipelines.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const archivePipeline = defineTool({
  name: 'archive_pipeline',
  title: 'Archive a pipeline',
  description: `Archive a pipeline with all its stages.
HubSpot refuses while records are in it: move them first. To remove single stages, use archive_stages.`,
  toolset: 'schema',
  effect: 'archive',
  scopes: ['crm.schemas.{objectType}.write'],
  input: z.object({
    objectType,
    pipeline: z.string(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'archive_pipeline', input, check: () => checkPipelineArchive(crm, input) }),
});
