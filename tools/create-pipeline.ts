import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkNewPipeline } from '../src/writes/check-pipelines.ts';
import { stageMetadata } from '../src/writes/definition-input.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const createPipeline = defineTool({
  name: 'create_pipeline',
  title: 'Create a pipeline',
  description: `Create a pipeline with its stages, in their order.
For deals, tickets and the other types that list_object_types shows with pipelines.`,
  toolset: 'schema',
  effect: 'add',
  scopes: ['crm.schemas.{objectType}.write'],
  input: z.object({
    objectType,
    label: z.string(),
    displayOrder: z.int().optional(),
    stages: z
      .array(z.strictObject({ label: z.string(), metadata: stageMetadata }))
      .min(1)
      .max(100),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'create_pipeline', input, check: () => checkNewPipeline(crm, input) }),
});
