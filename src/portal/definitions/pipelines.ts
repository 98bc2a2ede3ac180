/** `/crm/pipelines/{objectType}`. A deleted pipeline is gone: HubSpot keeps no archive of them. */

import { flag, integer, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound, PortalError } from '../errors.ts';
import type { Pipeline } from '../facts/definitions.ts';
import { objectTypeOf, schemaScopes } from '../object-type-of.ts';
import type { Call, Route } from '../route.ts';
import { auditOf, savePipeline } from './pipeline-audit.ts';
import {
  addPipelineProperties,
  checkNumber,
  checkOrder,
  checkPipelineLabel,
  checkUse,
  makePipeline,
  pipelineFacts,
  pipelineInput,
} from './pipeline-rules.ts';

const source = { page: 'developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide', compared: '2026-11-22' };

const pipelinePatch = shape('PipelinePatchInput', {
  label: optional(text),
  displayOrder: optional(integer),
  archived: optional(flag),
});

export function findPipeline(call: Call): Pipeline | undefined {
  return call.store.pipelines.get(objectTypeOf(call).id, call.params['pipelineId'] ?? '');
}

/** The body is not the usual one. @throws PortalError 404 */
export function requirePipeline(call: Call): Pipeline {
  const pipeline = findPipeline(call);
  if (!pipeline) throw new PortalError(404, { message: `No pipeline found with id ${call.params['pipelineId']}` });
  return pipeline;
}

export const pipelineRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/pipelines/{objectType}',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: { results: call.store.pipelines.list(objectTypeOf(call).id) } }),
  },
  {
    method: 'POST',
    path: '/crm/pipelines/{objectType}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      pipelineFacts(type);
      const input = readBody(call, pipelineInput);
      checkNumber(call, type);
      const pipeline = makePipeline(call, type, input);
      savePipeline(call, type.id, undefined, pipeline);
      addPipelineProperties(call.store, type);
      return { status: 201, body: pipeline };
    },
  },
  {
    method: 'GET',
    path: '/crm/pipelines/{objectType}/{pipelineId}',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle: (call) => ({ status: 200, body: requirePipeline(call) }),
  },
  {
    method: 'PUT',
    path: '/crm/pipelines/{objectType}/{pipelineId}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const known = requirePipeline(call);
      const pipeline = makePipeline(call, type, readBody(call, pipelineInput), known);
      const kept = new Set(pipeline.stages.map(({ id }) => id));
      checkUse(
        call,
        type,
        known.stages.filter(({ id }) => !kept.has(id)),
      );
      savePipeline(call, type.id, known, pipeline);
      return { status: 200, body: pipeline };
    },
  },
  {
    method: 'PATCH',
    path: '/crm/pipelines/{objectType}/{pipelineId}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const known = requirePipeline(call);
      const { label = known.label, displayOrder = known.displayOrder, archived } = readBody(call, pipelinePatch);
      // It is for bringing an archived pipeline back, and there are none. Guess: the words for `archived` in an update.
      if (archived !== undefined) throw invalid('archived can only be set to restore an archived pipeline');
      checkOrder(displayOrder);
      checkPipelineLabel(
        call.store.pipelines.list(type.id).filter((other) => other !== known),
        label,
      );
      const updatedAt = new Date(call.now).toISOString();
      const stages = known.stages.map((stage) => ({ ...stage, updatedAt }));
      const pipeline: Pipeline = { ...known, label, displayOrder, stages, updatedAt };
      savePipeline(call, type.id, known, pipeline);
      return { status: 200, body: pipeline };
    },
  },
  {
    method: 'DELETE',
    path: '/crm/pipelines/{objectType}/{pipelineId}',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const pipeline = findPipeline(call);
      if (!pipeline) throw notFound(`No pipeline found with id ${call.params['pipelineId']}`);
      checkUse(call, type, pipeline.stages);
      savePipeline(call, type.id, pipeline, undefined);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/crm/pipelines/{objectType}/{pipelineId}/audit',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const results = auditOf(call, objectTypeOf(call).id, 'pipeline', call.params['pipelineId'] ?? '');
      if (results.length === 0) requirePipeline(call);
      return { status: 200, body: { results } };
    },
  },
];
