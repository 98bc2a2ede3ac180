/** Reading many workflows at once, their ids in v2 and v3, and the marketing e-mails that they send. */

import { list, oneOf, optional, readBody, shape, text } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import { batchAnswer, checkSize, type RowError } from '../objects/batch-answer.ts';
import { nextPage, readLimit, readNames } from '../paging.ts';
import type { Call } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import type { FlowRoute } from './flow-route.ts';
import { flowOf, workflowIdOf } from './flows.ts';

/** Guess: as many as in other reads in batches. */
const MAX_INPUTS = 100;
/** The action that sends a marketing e-mail. */
const SEND_EMAIL = '0-4';

const readRequest = shape('ApiFlowBatchInput', {
  inputs: list(
    shape('ApiFlowBatchFetchFlowIdCoordinate', { flowId: text, type: oneOf('ApiFlowBatchFetchType', ['FLOW_ID']) }),
  ),
});
const mappingRequest = shape('ApiFlowBatchMigrationInput', {
  inputs: list(
    shape('ApiFlowBatchFetchMigrationCoordinate', {
      type: oneOf('ApiFlowBatchFetchMigrationType', ['FLOW_ID', 'WORKFLOW_ID']),
      flowId: optional(text),
      workflowId: optional(text),
      // What the published models call the same members.
      flowMigrationStatuses: optional(text),
      flowMigrationStatusForClassicWorkflows: optional(text),
    }),
  ),
});

export const flowBatchRoutes: readonly FlowRoute[] = [
  {
    method: 'POST',
    path: 'flows/batch/read',
    handle(call) {
      const { inputs } = readBody(call, readRequest);
      return rows(call, inputs, ({ flowId }) => flowOf(call, flowId));
    },
  },
  {
    method: 'POST',
    path: 'workflow-id-mappings/batch/read',
    handle(call) {
      const { inputs } = readBody(call, mappingRequest);
      return rows(call, inputs, (input) => {
        const ids =
          input.type === 'FLOW_ID'
            ? byFlow(call, input.flowId ?? input.flowMigrationStatuses ?? '')
            : call.store.flows.workflows.get(
                PORTAL,
                input.workflowId ?? input.flowMigrationStatusForClassicWorkflows ?? '',
              );
        if (!ids) throw notMapped();
        return { flowId: Number(ids.flowId), workflowId: Number(ids.workflowId) };
      });
    },
  },
  {
    method: 'GET',
    path: 'flows/email-campaigns',
    /** Guess: an e-mail's campaign has the id of its content, because nothing is sent here. */
    handle(call) {
      const flowIds = readNames(call, 'flowId');
      // As recorded.
      if (flowIds.length === 0) {
        throw new PortalError(400, {
          message: 'One or more flowId parameters are required for email campaign fetch.',
        });
      }
      const limit = readLimit(call, 100, 100);
      const after = Number(call.query.get('after') ?? 0);
      if (!Number.isSafeInteger(after) || after < 0) throw invalid(`Invalid after ${call.query.get('after')}`);
      const campaigns = flowIds.flatMap((flowId) =>
        emailsOf(call, flowId).map((id) => ({ emailCampaignId: id, emailContentId: id, flowId })),
      );
      return {
        status: 200,
        body: {
          results: campaigns.slice(after, after + limit),
          ...(campaigns.length > after + limit && { paging: nextPage(call, call.path, String(after + limit)) }),
        },
      };
    },
  },
];

function rows<T>(call: Call, inputs: readonly T[], read: (input: T) => unknown) {
  checkSize(inputs, MAX_INPUTS);
  const results: unknown[] = [];
  const errors: RowError[] = [];
  for (const input of inputs) {
    try {
      results.push(read(input));
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      const { message, category = 'OBJECT_NOT_FOUND' } = error.body;
      errors.push({ status: 'error', category, message, context: {} });
    }
  }
  return batchAnswer(call, 200, results, errors);
}

function byFlow(call: Call, flowId: string): { flowId: string; workflowId: string } | undefined {
  const workflowId = workflowIdOf(call, flowId);
  return workflowId === undefined ? undefined : { flowId, workflowId };
}

/** Guess: the words for a workflow without an id of the other kind. */
function notMapped(): PortalError {
  return new PortalError(404, { message: 'No mapping found', category: 'OBJECT_NOT_FOUND' });
}

function emailsOf(call: Call, flowId: string): string[] {
  const flow = call.store.flows.flows.get(PORTAL, flowId);
  const ids = (flow?.actions ?? []).flatMap(({ actionTypeId, fields }) => {
    if (actionTypeId !== SEND_EMAIL || typeof fields !== 'object' || fields === null) return [];
    const id: unknown = Reflect.get(fields, 'content_id');
    return typeof id === 'string' || typeof id === 'number' ? [String(id)] : [];
  });
  return [...new Set(ids)];
}
