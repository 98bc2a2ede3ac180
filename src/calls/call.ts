/**
 * One tool call, from raw arguments to plain data or the one error shape. MCP, plain HTTP and the library are each a thin
 * face of this; nothing here knows any of them.
 */

import { ApprovalNeeded } from '../approval/approval.ts';
import { createQuestions } from '../approval/questions.ts';
import { ANONYMOUS } from '../author.ts';
import { type CallError, callError } from '../call-error.ts';
import { servedTool, servedTools, tightenedPolicy } from '../catalogue/served-tools.ts';
import { systemRandom, within } from '../clock.ts';
import type { Crm } from '../crm/index.ts';
import { HubSpotError } from '../hubspot/errors.ts';
import type { CallOptions } from '../hubspot/index.ts';
import { lazy } from '../lazy.ts';
import { createSpending } from '../policy/budgets.ts';
import type { Policy } from '../policy/index.ts';
import { render } from '../text/index.ts';
import type { Tool } from '../tool.ts';
import { readArguments } from './arguments.ts';
import { type KnownScopes, requireScopes, usable } from './scopes.ts';
import { createTaint } from './taint.ts';
import type { Caller, Outcome, Toolbox, ToolboxParts } from './toolbox.ts';
import { type Asking, openWorkshop, withConfigured } from './workshop.ts';

/** What a model reads of an outcome. */
export function textOf(outcome: Outcome): string {
  return outcome.ok ? render(outcome.data, boundaryWord) : JSON.stringify(outcome.error);
}

/** Digits cost a model the least. */
function boundaryWord(): string {
  return String(Math.floor(systemRandom.float() * 1e6)).padStart(6, '0');
}

/** How long a list of tools waits for the token's scopes. */
const SCOPES_WAIT_MS = 1_000;
/** Calls end by themselves at their deadline; one that does not is given up this much later. */
const GRACE_MS = 2_000;
const late: unique symbol = Symbol('late');

export function createToolbox(parts: ToolboxParts): Toolbox {
  const { catalogue, account, clock, random, deadlineMs, log } = parts;
  const taint = createTaint();
  const questions = createQuestions({ clock, random, tell: parts.approval });
  const spending = createSpending(parts.policy.budgets, clock);
  const workshop = lazy(() => openWorkshop(parts, spending));
  const linkHosts = new Set(parts.linkHosts?.map((host) => host.toLowerCase()));
  const strangers = lazy(() => import('../text/reading.ts'));
  /** Scopes are learnt while the first client introduces itself. The embedded portal's are all there are. */
  let scopes: KnownScopes | undefined;
  const learning = account.embedded ? Promise.resolve() : learn();

  async function learn(): Promise<void> {
    try {
      const hubspot = await account.hubspot();
      scopes = withConfigured(hubspot, parts.scopes).scopes;
      if ((await hubspot.scopes.learn()) !== undefined || parts.scopes !== undefined) return;
      log('HubSpot did not tell the scopes of this token, so no tool is hidden. HUBSPOT_MCP_SCOPES can name them.');
    } catch (error) {
      log(`The scopes of the token could not be learnt: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    catalogue,
    async listed({ tightenings } = {}) {
      const served = servedTools(catalogue, tightenedPolicy(parts.policy, tightenings));
      await within(clock, SCOPES_WAIT_MS, learning, undefined);
      const known = scopes;
      // What 403s have taught refuses calls, but a list that shrinks while a model works would only confuse it.
      return known?.granted() === undefined ? served : served.filter((tool) => usable(tool.scopes, known));
    },
    async read({ tool }, work, caller) {
      const found = await work(await crm(tool, caller));
      return found && show(found, caller);
    },
    crm,
    close: async () => (await workshop.peek())?.close(),
    show,
    async call(name, said, caller = {}) {
      try {
        const { policy, served } = admitted(name, caller);
        const tool = await catalogue.load(served);
        const input = readArguments(tool.input, said);
        const data = await inTime(name, run(tool, input, caller, policy));
        return { ok: true, data, failed: nothingDone(data) };
      } catch (thrown) {
        if (thrown instanceof ApprovalNeeded) return unapproved(thrown, caller);
        return failed(name, thrown, caller);
      }
    },
    declined(name, how, caller = {}) {
      return { ok: false, error: questions.declined(catalogue.find(name)?.name ?? 'unknown', how, caller) };
    },
  };

  /** One call of the tool, off the caller's budget. Throws UserError. */
  function admitted(name: string, { author = ANONYMOUS, tightenings }: Caller) {
    const policy = tightenedPolicy(parts.policy, tightenings);
    const served = servedTool(catalogue, policy, name);
    spending.spend(author.caller, 'calls', 1);
    return { policy, served };
  }

  async function crm(tool: string, caller: Caller = {}): Promise<Crm> {
    const { policy } = admitted(tool, caller);
    const { author = ANONYMOUS } = caller;
    return (await workshop.get()).forCall(callOptions(caller), author, asking(caller, policy)).crm;
  }

  async function run(tool: Tool, input: Record<string, unknown>, caller: Caller, policy: Policy) {
    const opened = await workshop.get();
    const progress = (done: number, total?: number, message?: string) => caller.progress?.(done, total, message);
    const asked = asking(caller, policy, input);
    const bound = opened.forCall(callOptions(caller), caller.author ?? ANONYMOUS, asked, {
      effect: tool.effect,
      progress,
    });
    await requireScopes(tool, input, opened.scopes, bound.crm);
    const output = tool.output.parse(await tool.handler(input, { ...bound, progress }));
    return show(output, caller);
  }

  async function show<T extends object>(found: T, { author = ANONYMOUS }: Caller = {}): Promise<T> {
    const { data, taints } = (await strangers.get()).readingOf(found, linkHosts);
    if (taints) taint.add(author.session);
    return data;
  }

  function asking(caller: Caller, policy: Policy, input: Readonly<Record<string, unknown>> = {}): Asking {
    const { session } = caller.author ?? ANONYMOUS;
    return { policy, consent: questions.consent(caller, input['approvalToken']), tainted: () => taint.has(session) };
  }

  /** Nothing was sent: the person is asked where that can be done, and otherwise the model is told how to go on. */
  async function unapproved(needed: ApprovalNeeded, caller: Caller): Promise<Outcome> {
    const request = (await strangers.get()).harmlessIn(needed.request);
    const { error, question } = questions.ask(needed, request, caller);
    if (question === undefined) return failed(request.tool, error, caller);
    // Only the person reads what is quoted there.
    return { ok: false, error: callError(error) ?? unexpected, question };
  }

  /** A point in time, so that everything a call does shares it. */
  function callOptions({ signal, author = ANONYMOUS }: Caller): CallOptions {
    return {
      deadlineAt: clock.elapsed() + deadlineMs,
      caller: author.session,
      ...(signal !== undefined && { signal }),
    };
  }

  /** The promise, or an error when it outlives every deadline: a hung upstream must not hang the caller. */
  async function inTime<T>(name: string, work: Promise<T>): Promise<T> {
    const first = await within(clock, deadlineMs + GRACE_MS, work, late);
    if (first !== late) return first;
    work.catch((error: unknown) => log(`${name} failed after it was given up: ${String(error)}`));
    throw new HubSpotError(`${name} gave no answer within its ${deadlineMs} ms.`, {
      code: 'deadline',
      sent: 'maybe',
      retryable: false,
    });
  }

  async function failed(name: string, thrown: unknown, caller: Caller) {
    const foreseen = callError(thrown);
    const error = foreseen === undefined ? unforeseen(name, thrown, caller) : await show(foreseen, caller);
    return { ok: false, error } as const;
  }

  function unforeseen(tool: string, thrown: unknown, { author: { caller, session } = ANONYMOUS }: Caller): CallError {
    const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    log(`${tool} failed unexpectedly: ${what}`, { level: 'error', tool, caller, session });
    return unexpected;
  }
}

const unexpected: CallError = {
  code: 'internal',
  message:
    'Something in this server failed, not in your call; its log says what. If the call writes, look whether it took effect before you repeat it.',
  retryable: false,
};

/** A report of writes of which not one was applied. */
function nothingDone(data: Readonly<Record<string, unknown>>): boolean {
  return data['applied'] === 0 && data['dryRun'] === undefined && (hasAny(data['failed']) || hasAny(data['unknown']));
}

function hasAny(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
