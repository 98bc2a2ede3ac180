/**
 * One tool call, from raw arguments to plain data or the one error shape. MCP, plain HTTP and the library are each a thin
 * face of this; nothing here knows any of them.
 */

import type { Account } from '../account/account.ts';
import { ApprovalNeeded, type ApprovalRequest } from '../approval/approval.ts';
import { createQuestions } from '../approval/questions.ts';
import { ANONYMOUS } from '../author.ts';
import { type CallError, callError } from '../call-error.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { servedTool, servedTools, tightenedPolicy } from '../catalogue/served-tools.ts';
import type { ToolDescription } from '../catalogue/tool-description.ts';
import { type Clock, type Random, systemRandom, within } from '../clock.ts';
import type { Crm } from '../crm/index.ts';
import type { ModelOptions } from '../enrich/openai/types.ts';
import type { ValueProvider } from '../enrich/values/types.ts';
import { HubSpotError } from '../hubspot/errors.ts';
import type { CallOptions } from '../hubspot/index.ts';
import type { Author, Journal } from '../journal/journal.ts';
import { lazy } from '../lazy.ts';
import type { Log } from '../log.ts';
import type { ApprovalStep } from '../observe/happening.ts';
import { createSpending } from '../policy/budgets.ts';
import type { Policy } from '../policy/index.ts';
import { render } from '../text/index.ts';
import type { Tool } from '../tool.ts';
import { readArguments } from './arguments.ts';
import { type KnownScopes, requireScopes, usable } from './scopes.ts';
import { createTaint } from './taint.ts';
import { type Asking, openWorkshop, withConfigured } from './workshop.ts';

/** Who asks, as far as a call cares. */
export interface Caller {
  /** {@link ANONYMOUS} if omitted. */
  readonly author?: Author;
  /** What the caller's person has been asked, or can be. */
  readonly approval?: {
    /** The face can show a person a form; otherwise the answer to a change that needs one is an error. */
    readonly canAsk: boolean;
    /** The state of the {@link Question} that a person has just said yes to. */
    readonly answered?: string;
  };
  /** What the request allows itself, each as its sender wrote it: less than the policy does, never more. */
  readonly tightenings?: readonly unknown[];
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  progress?(done: number, total?: number, message?: string): void;
}

/** What a face that can ask shows a person; after a yes it makes the same call again with the state. */
export interface Question {
  readonly request: ApprovalRequest;
  /** The request in words. */
  readonly message: string;
  /** Opaque; for ten minutes it proves what was asked. */
  readonly state: string;
}

export type Outcome =
  /** `failed`: the answer is whole, but it says that nothing of what was asked could be done. */
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>>; readonly failed: boolean }
  /** `question`: only for a caller that can ask. */
  | { readonly ok: false; readonly error: CallError; readonly question?: Question };

/** What a model reads of an outcome. */
export function textOf(outcome: Outcome): string {
  return outcome.ok ? render(outcome.data, boundaryWord) : JSON.stringify(outcome.error);
}

/** Digits cost a model the least. */
function boundaryWord(): string {
  return String(Math.floor(systemRandom.float() * 1e6)).padStart(6, '0');
}

/** The tools on an account: what every face of the server is made of. */
export interface Toolbox {
  readonly catalogue: Catalogue;
  /**
   * The tools that the policy and the token's scopes allow. Waits a moment for the scopes, and hides nothing while they
   * are unknown. Rejects with UserError `invalid_policy` when the caller's tightening cannot be read.
   */
  listed(caller?: Caller): Promise<readonly ToolDescription[]>;
  /** Never rejects. */
  call(name: string, said: unknown, caller?: Caller): Promise<Outcome>;
  /** How a call ends whose person was asked, and did not say yes. */
  declined(name: string, how: 'decline' | 'cancel', caller?: Caller): Outcome;
  /**
   * Reads for a resource, in the bounds of one call of the tool that shows the same. Rejects when that one would be refused,
   * and when the account cannot be opened.
   */
  crm(tool: string, caller?: Caller): Promise<Crm>;
  /** What was read there as the caller may have it: harmless, and with what strangers wrote said to be so. */
  show<T extends object>(found: T, caller?: Caller): Promise<T>;
  /** Lets jobs come to a place where they can be gone on with; calls are ended by their faces. */
  close(): Promise<void>;
}

export interface ToolboxParts {
  readonly catalogue: Catalogue;
  /** The operator's. */
  readonly policy: Policy;
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly deadlineMs: number;
  /** What the operator says the token's scopes are. */
  readonly scopes?: readonly string[] | undefined;
  /** Of links in text that stay what they are, beside HubSpot's own. */
  readonly linkHosts?: readonly string[] | undefined;
  /** Where writes are written down before they are sent; asked for once, with the first call. In memory if omitted. */
  readonly journal?: () => Promise<Journal>;
  /** Where the copy of the portal is kept that scans work on; asked for once, with the first scan. In memory if omitted. */
  readonly snapshotFolder?: () => Promise<string | undefined>;
  /** A file of naming conventions that checks hold records against. */
  readonly qualityRules?: string | undefined;
  /** The path of the operator's rules for scores. */
  readonly scoreRules?: string | undefined;
  /** The operator's own sources of values, in their order. */
  readonly providers?: readonly ValueProvider[] | undefined;
  /** Of phone numbers that name none. */
  readonly country?: string | undefined;
  /** The model that may be asked about pairs of records; none if omitted. */
  readonly model?: ModelOptions | undefined;
  /** Whether records are to say who wrote them, where they have the property for it. No, if omitted. */
  readonly attribution?: boolean;
  /** Told of questions to people, and of what came of them. */
  readonly approval?: (step: ApprovalStep) => void;
  /** For the operator, one line or a stack. */
  readonly log: Log;
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
    async crm(tool, caller = {}) {
      const { policy } = admitted(tool, caller);
      const { author = ANONYMOUS } = caller;
      return (await workshop.get()).forCall(callOptions(caller), author, asking(caller, policy)).crm;
    },
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
    const outcome = await failed(request.tool, error, caller);
    return question === undefined ? outcome : { ...outcome, question };
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
    const { harmlessIn } = await strangers.get();
    return { ok: false, error: harmlessIn(callError(thrown)) ?? unforeseen(name, thrown, caller) } as const;
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
