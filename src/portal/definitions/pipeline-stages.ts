/** `/crm/pipelines/{objectType}/{pipelineId}/stages`. A deleted stage is gone. */

import { flag, integer, optional, readBody, shape, text, textMap } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import type { Pipeline, PipelineStage } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypeOf, schemaScopes } from '../object-type-of.ts';
import type { Call, Route } from '../route.ts';
import { auditOf, savePipeline } from './pipeline-audit.ts';
import {
  checkLabel,
  checkOrder,
  checkStages,
  checkUse,
  makeStage,
  place,
  readMetadata,
  type StageInput,
  stageInput,
} from './pipeline-rules.ts';
import { findPipeline, requirePipeline } from './pipelines.ts';

const source = { page: 'developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide', compared: '2026-11-22' };

const stagePatch = shape('PipelineStagePatchInput', {
  label: optional(text),
  displayOrder: optional(integer),
  metadata: optional(textMap),
  archived: optional(flag),
});

/** @throws PortalError 404 */
function requireStage(call: Call, pipeline: Pipeline): PipelineStage {
  const stage = pipeline.stages.find(({ id }) => id === call.params['stageId']);
  if (!stage) throw new PortalError(404, { message: `No stage found with id ${call.params['stageId']}` });
  return stage;
}

function save(call: Call, type: ObjectTypeFacts, pipeline: Pipeline, stages: readonly PipelineStage[]): void {
  checkStages(type, pipeline.id, stages);
  const updatedAt = new Date(call.now).toISOString();
  savePipeline(call, type.id, pipeline, { ...pipeline, stages, updatedAt });
}

/** Replaces a stage by what was sent, or by what was sent of it; the stage as it then stands. */
function change(call: Call, pipeline: Pipeline, known: PipelineStage, sent: Partial<StageInput>): PipelineStage {
  const type = objectTypeOf(call);
  const { label = known.label, displayOrder = known.displayOrder, metadata = {} } = sent;
  checkLabel(
    pipeline.stages.filter((other) => other !== known),
    label,
  );
  checkOrder(displayOrder);
  const changed: PipelineStage = {
    ...known,
    label,
    metadata: readMetadata(type, { ...known.metadata, ...metadata }),
    updatedAt: new Date(call.now).toISOString(),
  };
  const stages = place(pipeline.stages, changed, displayOrder);
  save(call, type, pipeline, stages);
  return stages.find(({ id }) => id === known.id) ?? changed;
}

export const pipelineStageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/pipelines/{objectType}/{pipelineId}/stages',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: { results: requirePipeline(call).stages } }),
  },
  {
    method: 'POST',
    path: '/crm/pipelines/{objectType}/{pipelineId}/stages',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const pipeline = requirePipeline(call);
      const input = readBody(call, stageInput);
      const taken = call.store.pipelines
        .list(type.id)
        .some((other) => other.stages.some((stage) => stage.id === input.stageId));
      if (taken) {
        const message = `An existing active stage in another pipeline is already using stage id ${input.stageId}`;
        throw new PortalError(400, { message });
      }
      checkLabel(pipeline.stages, input.label);
      const made = makeStage(call, type, input);
      const stages = place(pipeline.stages, made, input.displayOrder);
      save(call, type, pipeline, stages);
      return { status: 201, body: stages.find(({ id }) => id === made.id) };
    },
  },
  {
    method: 'GET',
    path: '/crm/pipelines/{objectType}/{pipelineId}/stages/{stageId}',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: requireStage(call, requirePipeline(call)) }),
  },
  {
    method: 'PUT',
    path: '/crm/pipelines/{objectType}/{pipelineId}/stages/{stageId}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const pipeline = requirePipeline(call);
      const known = requireStage(call, pipeline);
      return { status: 200, body: change(call, pipeline, known, readBody(call, stageInput)) };
    },
  },
  {
    method: 'PATCH',
    path: '/crm/pipelines/{objectType}/{pipelineId}/stages/{stageId}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const pipeline = requirePipeline(call);
      const known = requireStage(call, pipeline);
      const { archived, ...sent } = readBody(call, stagePatch);
      // As with pipelines. Guess: the words for `archived` in an update of a stage.
      if (archived !== undefined) throw invalid('archived can only be set to restore an archived pipeline stage');
      return { status: 200, body: change(call, pipeline, known, sent) };
    },
  },
  {
    method: 'DELETE',
    path: '/crm/pipelines/{objectType}/{pipelineId}/stages/{stageId}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const pipeline = findPipeline(call);
      const stage = pipeline?.stages.find(({ id }) => id === call.params['stageId']);
      // HubSpot says 204 to whatever is not there.
      if (!pipeline || !stage) return { status: 204 };
      checkUse(call, type, [stage]);
      save(
        call,
        type,
        pipeline,
        pipeline.stages.filter((other) => other !== stage),
      );
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/crm/pipelines/{objectType}/{pipelineId}/stages/{stageId}/audit',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      // The stage's id is enough: HubSpot's own clients send no pipeline here.
      const results = auditOf(call, objectTypeOf(call).id, 'stage', call.params['stageId'] ?? '');
      if (results.length === 0) requireStage(call, requirePipeline(call));
      return { status: 200, body: { results } };
    },
  },
];
