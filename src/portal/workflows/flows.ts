/** `/automation/…/flows`: workflows are defined, read, replaced by revision, and deleted. */

import { readBody } from '../body.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { nextPage, readLimit } from '../paging.ts';
import type { Call } from '../route.ts';
import type { Flow } from '../store/flows.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { definitionOf, readCreate, readPut } from './flow-input.ts';
import type { FlowRoute } from './flow-route.ts';

export const flowRoutes: readonly FlowRoute[] = [
  {
    method: 'GET',
    path: 'flows',
    handle(call) {
      const limit = readLimit(call, 100, 100);
      const after = call.query.get('after') ?? '';
      // Guess: the words for what is no cursor. The cursor is the id of the last flow that was given.
      if (!/^\d*$/.test(after)) throw invalid(`Invalid after ${after}`);
      const flows = call.store.flows.flows.list(PORTAL).filter(({ id }) => Number(id) > Number(after));
      const page = flows.slice(0, limit);
      const last = page.at(-1);
      return {
        status: 200,
        body: {
          results: page.map(listing),
          ...(last && flows.length > limit && { paging: nextPage(call, call.path, last.id) }),
        },
      };
    },
  },
  {
    method: 'POST',
    path: 'flows',
    handle(call) {
      const written = readBody(call, readCreate);
      const type = call.store.objectType(written.objectTypeId);
      // Guess: the words for a type that no workflow can have.
      if (type?.id !== written.objectTypeId) throw invalid(`${written.objectTypeId} is not a valid objectTypeId`);
      const { flows } = call.store;
      const flow = put(call, {
        ...definitionOf(call.store, type, written),
        id: flows.nextFlowId(),
        revisionId: '1',
        flowType: written.flowType ?? 'WORKFLOW',
        objectTypeId: written.objectTypeId,
        dataSources: written.dataSources ?? [],
        crmObjectCreationStatus: 'COMPLETE',
        createdAt: isoTime(call.now),
        updatedAt: isoTime(call.now),
      });
      if (flow.type === 'CONTACT_FLOW') {
        const workflowId = flows.nextWorkflowId();
        flows.workflows.put(PORTAL, workflowId, { workflowId, flowId: flow.id });
      }
      return { status: 201, body: flow };
    },
  },
  {
    method: 'GET',
    path: 'flows/{flowId}',
    handle: (call) => ({ status: 200, body: flowOf(call) }),
  },
  {
    method: 'PUT',
    path: 'flows/{flowId}',
    /** The whole definition; what a new one may not say (object type, data sources) stays. */
    handle(call) {
      const before = flowOf(call);
      const written = readBody(call, readPut);
      // Guess: status and words for a revisionId that is not the last.
      if (written.revisionId !== before.revisionId) {
        throw conflict(
          `The flow was changed since revision ${written.revisionId}; its revisionId is ${before.revisionId} now`,
        );
      }
      const type = call.store.objectType(before.objectTypeId);
      if (!type) throw invalid(`${before.objectTypeId} is not a valid objectTypeId`);
      const { id, flowType, objectTypeId, dataSources, crmObjectCreationStatus, createdAt } = before;
      const flow = put(call, {
        ...definitionOf(call.store, type, written, Number(before.nextAvailableActionId)),
        id,
        revisionId: String(Number(before.revisionId) + 1),
        flowType,
        objectTypeId,
        dataSources,
        crmObjectCreationStatus,
        createdAt,
        updatedAt: isoTime(call.now),
      });
      return { status: 200, body: flow };
    },
  },
  {
    method: 'DELETE',
    path: 'flows/{flowId}',
    /** For good; with it goes who was enrolled. */
    handle(call) {
      const { id } = flowOf(call);
      const { flows, revisions, workflows, enrollments } = call.store.flows;
      flows.delete(PORTAL, id);
      for (const { revisionId } of revisions.list(id)) revisions.delete(id, revisionId);
      for (const { contactId } of enrollments.list(id)) enrollments.delete(id, contactId);
      const workflowId = workflowIdOf(call, id);
      if (workflowId !== undefined) workflows.delete(PORTAL, workflowId);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: 'flows/{flowId}/revisions/{revisionId}',
    only: 'beta',
    handle(call) {
      const { id } = flowOf(call);
      const revision = call.store.flows.revisions.get(id, call.params['revisionId'] ?? '');
      if (!revision) throw notFound(`Revision ${call.params['revisionId']} of flow ${id} not found`);
      return { status: 200, body: { flow: revision } };
    },
  },
];

/** Guess: the words for a workflow that is not there. @throws PortalError 404 */
export function flowOf(call: Call, id = call.params['flowId'] ?? ''): Flow {
  const flow = call.store.flows.flows.get(PORTAL, id);
  if (!flow) throw notFound(`Flow ${id} not found`);
  return flow;
}

/** The id that v2 and v3 know a flow under; only contacts' flows have one. */
export function workflowIdOf(call: Call, flowId: string): string | undefined {
  return call.store.flows.workflows.list(PORTAL).find((workflow) => workflow.flowId === flowId)?.workflowId;
}

function put(call: Call, flow: Flow): Flow {
  call.store.flows.flows.put(PORTAL, flow.id, flow);
  call.store.flows.revisions.put(flow.id, flow.revisionId, flow);
  return flow;
}

function listing({ id, isEnabled, flowType, objectTypeId, revisionId, name, uuid, createdAt, updatedAt }: Flow) {
  return {
    id,
    isEnabled,
    flowType,
    objectTypeId,
    revisionId,
    ...(name !== undefined && { name }),
    ...(uuid !== undefined && { uuid }),
    createdAt,
    updatedAt,
  };
}
