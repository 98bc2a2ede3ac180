/**
 * The actions of a workflow: each kind's members, and the graph that their connections draw. They are kept and given back,
 * never carried out.
 * Source: developers.hubspot.com/docs/api-reference/automation-automation-v4-v4/action-enrollment-reference, compared
 * 2026-11-22.
 */

import { integer, list, oneOf, optional, type Reader, shape, text } from '../body.ts';
import { invalid, type PortalError } from '../errors.ts';
import type { FlowAction } from '../store/flows.ts';
import { members } from './members.ts';

/** The documentation writes both. */
const edges = ['STANDARD', 'GOTO', 'GO-TO'] as const;

const connection = shape('ApiConnection', { edgeType: oneOf('ApiEdgeType', edges), nextActionId: text });

/** What leads on to the next action, wherever a kind has it. */
interface Leads {
  readonly connection?: Connection;
  readonly defaultBranch?: Connection;
  readonly branches?: readonly { readonly connection?: Connection }[];
}

interface Connection {
  readonly nextActionId: string;
}

const branch = shape('ApiBranch', { connection: optional(connection) });
const single = shape('ApiSingleConnectionAction', {
  actionTypeId: text,
  actionTypeVersion: optional(integer),
  connection: optional(connection),
});
const customCode = shape('ApiCustomCodeAction', {
  runtime: text,
  sourceCode: text,
  secretNames: optional(list(text)),
  connection: optional(connection),
});
const webhook = shape('ApiWebhookAction', {
  method: oneOf('ApiWebhookMethod', ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']),
  webhookUrl: text,
  connection: optional(connection),
});
const staticBranch = shape('ApiStaticBranchAction', {
  inputValue: members,
  staticBranches: list(branch),
  defaultBranch: optional(connection),
});
const listBranch = shape('ApiListBranchAction', { listBranches: list(branch), defaultBranch: optional(connection) });
const testBranch = shape('ApiAbTestBranchAction', {
  testBranches: list(shape('ApiConnection', { nextActionId: text })),
});

const kinds: Readonly<Record<string, Reader<Leads>>> = {
  SINGLE_CONNECTION: single,
  CUSTOM_CODE: customCode,
  WEBHOOK: webhook,
  STATIC_BRANCH(value, at) {
    const { staticBranches: branches, ...rest } = staticBranch(value, at);
    return { ...rest, branches };
  },
  LIST_BRANCH(value, at) {
    const { listBranches: branches, ...rest } = listBranch(value, at);
    return { ...rest, branches };
  },
  AB_TEST_BRANCH: (value, at) => ({
    branches: testBranch(value, at).testBranches.map((each) => ({ connection: each })),
  }),
};

const head = shape('ApiAction', { actionId: text, type: oneOf('ApiActionType', Object.keys(kinds)) });

/** An action as it came, and the ids of those that it leads to. */
export interface ReadAction {
  readonly action: FlowAction;
  readonly next: readonly string[];
}

export const readAction: Reader<ReadAction> = (value, at) => {
  const { actionId, type } = head(value, at);
  const leads = kinds[type]?.(value, at) ?? {};
  const connections = [leads.connection, leads.defaultBranch, ...(leads.branches ?? []).map((each) => each.connection)];
  return {
    action: { ...members(value, at), actionId, type },
    next: connections.flatMap((each) => (each === undefined ? [] : [each.nextActionId])),
  };
};

/** Guess: all words about actions that do not go together, and that a workflow with actions must say where it starts. @throws PortalError 400 */
export function checkGraph(actions: readonly ReadAction[], startActionId: string | undefined): void {
  const ids = new Set<string>();
  for (const { actionId } of actions.map(({ action }) => action)) {
    if (!/^[1-9]\d{0,8}$/.test(actionId)) throw refused(`actionId ${actionId} must be a positive whole number`);
    if (ids.has(actionId)) throw refused(`actionId ${actionId} is used more than once`);
    ids.add(actionId);
  }
  if (startActionId === undefined) {
    if (actions.length > 0) throw refused('startActionId is required when a workflow has actions');
  } else if (!ids.has(startActionId)) {
    throw refused(`startActionId ${startActionId} does not exist in actions`);
  }
  for (const { action, next } of actions) {
    const stray = next.find((id) => !ids.has(id));
    if (stray !== undefined) {
      throw refused(`nextActionId ${stray} of action ${action.actionId} does not exist in actions`);
    }
  }
}

function refused(message: string): PortalError {
  return invalid(message, { subCategory: 'AutomationFlowError.INVALID_ACTION' });
}
