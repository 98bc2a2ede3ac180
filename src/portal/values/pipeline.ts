/** Checks of a record's pipeline and stage. Source of the words: bodies that public clients recorded. */

import type { Pipeline } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';

export interface PipelineProblem {
  readonly name: string;
  readonly message: string;
}

/** A type's pipelines in their order; none where the type has no pipelines or none is defined. */
export function pipelinesOf(store: Store, type: ObjectTypeFacts): Pipeline[] {
  if (!type.pipelines) return [];
  const pipelines = store.pipelines.list(type.id).filter((pipeline) => !pipeline.archived);
  return pipelines.sort((a, b) => a.displayOrder - b.displayOrder);
}

/**
 * Checks what a write makes of pipeline and stage, given the values that the record would have afterwards.
 * `pipeline` is what a record without one gets. Guess: a stage is looked for in the record's own pipeline only.
 */
export function checkPipeline(
  store: Store,
  type: ObjectTypeFacts,
  values: Readonly<Record<string, string | undefined>>,
): { problems: PipelineProblem[]; pipeline: string | undefined } {
  const pipelines = pipelinesOf(store, type);
  if (!type.pipelines || pipelines.length === 0) return { problems: [], pipeline: undefined };
  const { pipelineProperty, stageProperty } = type.pipelines;
  const said = values[pipelineProperty];
  const stage = values[stageProperty];
  const pipeline = said === undefined ? pipelines[0] : pipelines.find(({ id }) => id === said);
  if (!pipeline) {
    const message = `${said} is not a valid pipeline ID. Valid options are: [${pipelines.map(({ id }) => id).join(', ')}]`;
    return { problems: [{ name: pipelineProperty, message }], pipeline: undefined };
  }
  const stages = pipeline.stages.filter(({ archived }) => !archived).map(({ id }) => id);
  if (stage !== undefined && !stages.includes(stage)) {
    const message = `${stage} is not a valid pipeline stage ID. Valid options are: pipelineId=${pipeline.id} : [${stages.join(', ')}]`;
    return { problems: [{ name: stageProperty, message }], pipeline: undefined };
  }
  return { problems: [], pipeline: stage === undefined && said === undefined ? undefined : pipeline.id };
}
