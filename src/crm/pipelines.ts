/** Pipelines and their stages, by id or label. */

import type { CallOptions, HubSpot, Pipeline, PipelineStage } from '../hubspot/index.ts';
import type { ObjectType } from './types.ts';
import { UserError } from './user-error.ts';
import { fold, pickOne, quote } from './words.ts';

export interface Stage {
  readonly pipeline: Pipeline;
  readonly stage: PipelineStage;
}

export function createPipelines(hubspot: Pick<HubSpot, 'pipelines'>, call: CallOptions) {
  async function of(type: ObjectType): Promise<readonly Pipeline[]> {
    if (!type.pipeline) {
      throw new UserError(
        'not_possible',
        `${type.plural} have no pipelines. See list_object_types for the types that do.`,
        {
          next: 'list_object_types',
        },
      );
    }
    return hubspot.pipelines.list(type.id, call);
  }

  async function resolve(type: ObjectType, said: string): Promise<Pipeline> {
    return pickOne(said, await of(type), 'pipeline', ({ id, label }) => ({ id, label }), {
      where: ` of ${type.plural.toLowerCase()}`,
    });
  }

  /** Every stage with this id, else with this label, in any pipeline; none is no error. */
  async function stagesNamed(type: ObjectType, said: string): Promise<readonly Stage[]> {
    const all = (await of(type)).flatMap((pipeline) => pipeline.stages.map((stage) => ({ pipeline, stage })));
    const byId = all.filter(({ stage }) => stage.id === said);
    return byId.length > 0 ? byId : all.filter(({ stage }) => fold(stage.label) === fold(said));
  }

  /** @param pipelineId where to look; without it the label must be in one pipeline only */
  async function resolveStage(type: ObjectType, said: string, pipelineId?: string): Promise<Stage> {
    const pipelines = await of(type);
    const pipeline = pipelineId === undefined ? undefined : pipelines.find(({ id }) => id === pipelineId);
    const stages = (pipeline ? [pipeline] : pipelines).flatMap((each) =>
      each.stages.map((stage) => ({ pipeline: each, stage })),
    );
    const where = pipeline ? ` in the pipeline ${quote(pipeline.label)}` : ` of ${type.plural.toLowerCase()}`;
    return pickOne(
      said,
      stages,
      'stage',
      (each) => ({ id: each.stage.id, label: each.stage.label, hint: each.pipeline.label }),
      {
        where,
        next: 'list_pipelines',
      },
    );
  }

  return { of, resolve, resolveStage, stagesNamed };
}
