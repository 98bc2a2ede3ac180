import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkPipelineUpdate } from '../src/writes/check-pipelines.ts';
import { stageMetadata } from '../src/writes/definition-input.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const updatePipeline = defineTool({
  name: 'update_pipeline',
  title: 'Update a pipeline',
  description: `Change a pipeline and its stages, and add stages to it.
Pipeline and stages by id or label. An entry of stages that names a stage changes it; one that names none adds a stage.`,
  toolset: 'schema',
  effect: 'overwrite',
  scopes: ['crm.schemas.{objectType}.write'],
  input: z.object({
    objectType,
    pipeline: z.string(),
    label: z.string().optional(),
    displayOrder: z.int().optional(),
    stages: z
      .array(
        z.strictObject({
          stage: z.string().optional(),
          label: z.string().optional(),
          displayOrder: z.int().optional(),
          metadata: stageMetadata,
        }),
      )
      .max(100)
      .optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'update_pipeline', input, check: () => checkPipelineUpdate(crm, input) }),
});
