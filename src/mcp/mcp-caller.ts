/** The caller behind an MCP request, of whichever revision: who it is, how it hears of progress, and how its person is asked. */

import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Question } from '../approval/approval.ts';
import { authorOf, RUN_HEADER, RUN_META } from '../author.ts';
import type { Caller } from '../calls/toolbox.ts';
import { cleanText } from '../text/index.ts';
import { tighteningsOf } from './tightening.ts';

/** @param session of a connection that one client keeps; absent over HTTP */
export function callerOf(server: Server, context: ServerContext, session: string | undefined): Caller {
  const { mcpReq, http } = context;
  const tightenings = tighteningsOf((name) => http?.req?.headers.get(name), mcpReq._meta);
  const state: unknown = mcpReq.requestState();
  const said = introduction.parse(mcpReq.envelope ?? {});
  const canAsk = showsForms(said[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities());
  const progress = progressOf(context);
  return {
    author: authorOf({
      client: said[CLIENT_INFO_META_KEY] ?? server.getClientVersion() ?? programOf(context),
      principal: http?.authInfo?.clientId,
      session,
      run: mcpReq._meta?.[RUN_META] ?? http?.req?.headers.get(RUN_HEADER),
    }),
    approval: { canAsk, ...(typeof state === 'string' && saidYes(context) && { answered: state }) },
    ...(tightenings.length > 0 && { tightenings }),
    signal: mcpReq.signal,
    ...(progress !== undefined && { progress }),
  };
}

/** Over HTTP an older client's introduction is over when it calls; its requests still name the program. */
function programOf({ http }: ServerContext) {
  const agent = http?.req?.headers.get('user-agent');
  return typeof agent === 'string' ? { name: agent } : undefined;
}

/** How a 2026-07-28 client introduces itself with every request; an older one has done so once, for its connection. */
const introduction = z.object({
  [CLIENT_INFO_META_KEY]: z.object({ name: z.string(), version: z.string().optional() }).optional().catch(undefined),
  [CLIENT_CAPABILITIES_META_KEY]: z
    .object({ elicitation: z.object({ form: z.unknown(), url: z.unknown() }).partial().optional() })
    .optional()
    .catch(undefined),
});

interface Elicits {
  readonly elicitation?: { readonly form?: unknown; readonly url?: unknown } | undefined;
}

/** Before revisions knew of modes, a client that could elicit could show a form. */
function showsForms(capabilities: Elicits | undefined): boolean {
  const elicitation = capabilities?.elicitation;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** What the one question of a call is called in its request and its answer. */
const APPROVE = 'approve';
const form = z.object({ [APPROVE]: z.boolean().meta({ title: 'Yes, do this' }) });

/** A 2026-07-28 client asks and calls again; for older ones the SDK asks on the open connection and does the same. */
export function ask({ message, state }: Question): InputRequiredResult {
  const inputRequests = { [APPROVE]: inputRequired.elicit({ message, requestedSchema: form }) };
  return inputRequired({ inputRequests, requestState: state });
}

function saidYes({ mcpReq }: ServerContext): boolean {
  return acceptedContent(mcpReq.inputResponses, APPROVE, form)?.[APPROVE] === true;
}

/** What the person did instead of saying yes; undefined when they were not asked, or said it. */
export function refusalOf(context: ServerContext): 'decline' | 'cancel' | undefined {
  const answer = inputResponse(context.mcpReq.inputResponses, APPROVE);
  if (answer.kind !== 'elicit' || saidYes(context)) return undefined;
  return answer.action === 'cancel' ? 'cancel' : 'decline';
}

/** Progress goes only to a client that asked for it, and only forward. */
function progressOf({ mcpReq }: ServerContext): Caller['progress'] {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  let furthest = -1;
  return (done, total, message) => {
    if (done <= furthest) return;
    furthest = done;
    const params = {
      progressToken,
      progress: done,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message: cleanText(message) }),
    };
    // A client that has gone away learns nothing; the call itself ends through its signal.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
