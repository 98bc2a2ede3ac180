/**
 * One tool call, from raw arguments to plain data or the one error shape. MCP, plain HTTP and the library are each a thin
 * face of this; nothing here knows any of them.
 */

import type { Account } from './account.ts';
import type { ApprovalRequest } from './approval.ts';
import { readArguments } from './arguments.ts';
import { type CallError, callError } from './call-error.ts';
import type { Catalogue } from './catalogue.ts';
import { type Clock, within } from './clock.ts';
import type { Crm } from './crm/index.ts';
import { UserError } from './crm/user-error.ts';
import { nearest, quote } from './crm/words.ts';
import { HubSpotError } from './hubspot/errors.ts';
import type { CallOptions } from './hubspot/index.ts';
import type { Author, Journal } from './journal/journal.ts';
import { lazy } from './lazy.ts';
import { type KnownScopes, lacks, needsOf, scopesFor, usable } from './scopes.ts';
import { clean, render } from './text/index.ts';
import type { Tool } from './tool.ts';
import type { ToolDescription } from './tool-description.ts';
import { openWorkshop, withConfigured } from './workshop.ts';

/** Who asks, as far as a call cares. */
export interface Caller {
  /** {@link ANONYMOUS} if omitted. */
  readonly author?: Author;
  /** What the caller's person has been asked, or can be. */
  readonly approval?: {
    /** The face can show a person a form; otherwise the answer to a change that needs one is an error. */
    readonly canAsk: boolean;
    /** The digest that a person has said yes to. */
    readonly granted?: string;
  };
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  progress?(done: number, total?: number, message?: string): void;
}

export type Outcome =
  /** `failed`: the answer is whole, but it says that nothing of what was asked could be done. */
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>>; readonly failed: boolean }
  /** `approval`: ask a person, and call again with its digest granted. Only for a caller that can ask. */
  | { readonly ok: false; readonly error: CallError; readonly approval?: ApprovalRequest };

/** What a model reads of an outcome. */
export function textOf(outcome: Outcome): string {
  return outcome.ok ? render(outcome.data) : JSON.stringify(outcome.error);
}

/** The tools on an account: what every face of the server is made of. */
export interface Toolbox {
  readonly catalogue: Catalogue;
  /** The enabled tools that the token's scopes allow. Waits a moment for the scopes, and hides nothing while they are unknown. */
  listed(): Promise<readonly ToolDescription[]>;
  /** Never rejects. */
  call(name: string, said: unknown, caller?: Caller): Promise<Outcome>;
  /** Reads for resources, in the bounds of one call. Rejects when the account cannot be opened. */
  crm(caller?: Caller): Promise<Crm>;
}

export interface ToolboxParts {
  readonly catalogue: Catalogue;
  readonly account: Account;
  readonly clock: Clock;
  readonly deadlineMs: number;
  /** What the operator says the token's scopes are. */
  readonly scopes?: readonly string[] | undefined;
  readonly allowDestructive: boolean;
  /** Where writes are written down before they are sent; asked for once, with the first call. In memory if omitted. */
  readonly journal?: () => Promise<Journal>;
  /** For the operator, one line or a stack. */
  readonly log: (message: string) => void;
}

/** A caller that did not say who it is. */
export const ANONYMOUS: Author = { caller: 'unknown', session: 'unknown' };

/** How long a list of tools waits for the token's scopes. */
const SCOPES_WAIT_MS = 1_000;
/** Calls end by themselves at their deadline; one that does not is given up this much later. */
const GRACE_MS = 2_000;
const late: unique symbol = Symbol('late');

export function createToolbox(parts: ToolboxParts): Toolbox {
  const { catalogue, account, clock, deadlineMs, log } = parts;
  const workshop = lazy(() => openWorkshop(parts));
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
    async listed() {
      await within(clock, SCOPES_WAIT_MS, learning, undefined);
      const known = scopes;
      // What 403s have taught refuses calls, but a list that shrinks while a model works would only confuse it.
      return known?.granted() === undefined
        ? catalogue.enabled
        : catalogue.enabled.filter((tool) => usable(tool.scopes, known));
    },
    async crm(caller = {}) {
      return (await workshop.get()).forCall(callOptions(caller), caller.author ?? ANONYMOUS).crm;
    },
    async call(name, said, caller = {}) {
      try {
        const description = enabledTool(catalogue, name);
        const tool = await catalogue.load(description);
        const input = readArguments(tool.input, said);
        refuseDestructive(tool, input);
        const data = await inTime(name, run(tool, input, caller));
        return { ok: true, data, failed: nothingDone(data) };
      } catch (thrown) {
        return { ok: false, error: clean(callError(thrown)) ?? unforeseen(name, thrown) };
      }
    },
  };

  async function run(tool: Tool, input: Record<string, unknown>, caller: Caller) {
    const opened = await workshop.get();
    const bound = opened.forCall(callOptions(caller), caller.author ?? ANONYMOUS, tool.effect);
    await requireScopes(tool, input, opened.scopes, bound.crm);
    const progress = (done: number, total?: number, message?: string) => caller.progress?.(done, total, message);
    return clean(tool.output.parse(await tool.handler(input, { ...bound, progress })));
  }

  /** A point in time, so that everything a call does shares it. */
  function callOptions({ signal, author = ANONYMOUS }: Caller): CallOptions {
    return {
      deadlineAt: clock.elapsed() + deadlineMs,
      caller: author.caller,
      ...(signal !== undefined && { signal }),
    };
  }

  function refuseDestructive(tool: Tool, input: Record<string, unknown>): void {
    const destructive =
      tool.effect === 'archive' || tool.effect === 'merge' || (tool.toolset === 'schema' && tool.effect !== 'read');
    if (!destructive || account.embedded || parts.allowDestructive || input['dryRun'] === true) return;
    throw new UserError(
      'destructive_not_allowed',
      `${tool.name} archives records or changes definitions, and this server was started without leave to do that on a real account. Nothing was sent.`,
      {
        next: 'Use dryRun to see what would happen, or ask the person to restart the server with --allow-destructive.',
      },
    );
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

  function unforeseen(name: string, thrown: unknown): CallError {
    log(`${name} failed unexpectedly: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
    return unexpected;
  }
}

const unexpected: CallError = {
  code: 'internal',
  message:
    'Something in this server failed, not in your call; its log says what. If the call writes, look whether it took effect before you repeat it.',
  retryable: false,
};

function enabledTool(catalogue: Catalogue, name: string): ToolDescription {
  const found = catalogue.find(name);
  if (found === undefined) {
    const names = catalogue.enabled.map((tool) => ({ id: tool.name, label: tool.title }));
    const near = nearest(name, names);
    const hint = near[0] === undefined ? '' : ` Did you mean ${near[0]}?`;
    const known = near.length > 0 ? { nearest: near } : { allowed: names.map(({ id }) => id) };
    throw new UserError('unknown_tool', `There is no tool ${quote(name)}.${hint}`, known);
  }
  if (found.hidden === 'read_only') {
    throw new UserError('read_only', `This server is read-only, and ${name} changes records. Nothing was sent.`, {
      next: 'Ask the person to make the change, or to restart the server without --read-only.',
    });
  }
  if (found.hidden === 'toolset') {
    const { toolset } = found.description;
    throw new UserError(
      'toolset_not_enabled',
      `${name} belongs to the toolset "${toolset}", which this server does not serve.`,
      {
        next: `Ask the person to restart the server with --toolsets ${[...catalogue.toolsets, toolset].join(',')}.`,
      },
    );
  }
  return found.description;
}

/** Refuses before any request what the token is known not to be allowed. */
async function requireScopes(
  tool: Tool,
  input: Readonly<Record<string, unknown>>,
  known: KnownScopes,
  crm: Crm,
): Promise<void> {
  const { fixed, perObjectType } = needsOf(tool.scopes);
  const missing = fixed.filter((scope) => lacks(known, [scope]));
  for (const needed of perObjectType) {
    const said = input[needed.argument];
    if (typeof said !== 'string') continue;
    const anyOf = scopesFor(await crm.objectTypes.resolve(said), needed);
    if (lacks(known, anyOf)) missing.push(...anyOf);
  }
  if (missing.length === 0) return;
  throw new UserError(
    'missing_scope',
    `The token lacks the scope ${missing.join(' or ')}, which ${tool.name} needs here. Nothing was sent.`,
    {
      missingScopes: missing,
      next: "Ask the person to add it to the token's app or service key and to restart the server.",
    },
  );
}

/** A report of writes of which not one was applied. */
function nothingDone(data: Readonly<Record<string, unknown>>): boolean {
  return data['applied'] === 0 && data['dryRun'] === undefined && (hasAny(data['failed']) || hasAny(data['unknown']));
}

function hasAny(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
