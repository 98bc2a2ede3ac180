import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkPipelineArchive } from '../src/writes/check-pipelines.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const archiveStages = defineTool({
  name: 'archive_stages',
  title: 'Archive pipeline stages',
  description: `Archive stages of a pipeline, by id or label.
HubSpot refuses while records are in a stage: move them first.`,
  toolset: 'schema',
  effect: 'archive',
  scopes: ['crm.schemas.{objectType}.write'],
  input: z.object({
    objectType,
    pipeline: z.string(),
    stages: z.array(z.string()).min(1).max(100),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'archive_stages', input, check: () => checkPipelineArchive(crm, input) }),
});
