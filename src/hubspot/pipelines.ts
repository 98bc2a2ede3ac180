/** Pipelines and their stages. */

import { expect, expectPage, isPipeline, isStage } from './answers.ts';
import type { Client } from './client.ts';
import type { Pipeline } from './definitions.ts';
import type { Pipelines } from './hubspot.ts';
import type { OperationName } from './operations.ts';
import type { PathParameters } from './paths.ts';
import type { CallOptions } from './types.ts';

export function createPipelines(client: Client): Pipelines {
  const pipelines = client.definitions<readonly Pipeline[]>('pipelines');
  // A stage's options are also the options of properties such as `dealstage`.
  const redefine = (
    operation: OperationName,
    path: PathParameters,
    body: object | undefined,
    options: CallOptions | undefined,
  ) => client.redefine(['pipelines', 'properties'], operation, body === undefined ? { path } : { path, body }, options);

  return {
    list: (objectType, options) =>
      pipelines([objectType], options, async (call) => {
        const answer = await client.send('pipelines.list', { path: { objectType } }, call);
        return expectPage('pipelines.list', answer, isPipeline).results;
      }),

    create: async (objectType, input, options) =>
      expect('pipelines.create', await redefine('pipelines.create', { objectType }, input, options), isPipeline),

    update: async (objectType, pipelineId, patch, options) => {
      const answer = await redefine('pipelines.update', { objectType, pipelineId }, patch, options);
      return expect('pipelines.update', answer, isPipeline);
    },

    archive: async (objectType, pipelineId, options) => {
      await redefine('pipelines.archive', { objectType, pipelineId }, undefined, options);
    },

    createStage: async (objectType, pipelineId, input, options) =>
      expect('stages.create', await redefine('stages.create', { objectType, pipelineId }, input, options), isStage),

    updateStage: async (objectType, pipelineId, stageId, patch, options) => {
      const answer = await redefine('stages.update', { objectType, pipelineId, stageId }, patch, options);
      return expect('stages.update', answer, isStage);
    },

    archiveStage: async (objectType, pipelineId, stageId, options) => {
      await redefine('stages.archive', { objectType, pipelineId, stageId }, undefined, options);
    },
  };
}
