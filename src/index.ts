/**
 * The tools in process, for chatbot backends: the same tools, checks and errors as over MCP, without a server.
 *
 * ```ts
 * const crm = await createCrm({ accessToken });
 * const answer = await openai.responses.create({ model, input, tools: crm.openAiTools() });
 * // for each function call the model makes:
 * const { text } = await crm.call(name, JSON.parse(args));
 * ```
 */

import { type AccountConfig, openAccount } from './account/account.ts';
import { openAccountJournal } from './account/account-journal.ts';
import { accountSnapshotFolder } from './account/account-snapshot.ts';
import { openOperatorPolicy } from './account/operator-policy.ts';
import { refuseFolders } from './account/refuse-folders.ts';
import { authorOf } from './author.ts';
import { createToolbox, textOf } from './calls/call.ts';
import type { Outcome } from './calls/toolbox.ts';
import { packageCatalogue } from './catalogue/catalogue.ts';
import { systemClock, systemRandom } from './clock.ts';
import { refuseContradictions, serverOptions } from './config/config.ts';
import { modelOptions } from './config/openai-options.ts';
import type { ValueProvider } from './enrich/values/provider.ts';
import { operatorLine } from './operator-line.ts';
import { readOptions } from './option.ts';
import { inOptionNames, refuseOptions } from './refuse-options.ts';

export type { ProvidedRecord, ProvidedValue, ValueProvider } from './enrich/values/provider.ts';

/** Every option has the meaning and the default of its namesake on the command line. Nothing is read from the environment. */
export interface CrmOptions {
  readonly accessToken?: string | undefined;
  readonly accessTokenFile?: string | undefined;
  /** Works on an embedded portal instead of a HubSpot account. So do `seed` and `dataDir`, which only such a portal has. */
  readonly embedded?: boolean | undefined;
  readonly baseUrl?: string | undefined;
  readonly toolsets?: readonly ('default' | 'crm' | 'schema' | 'journal' | 'quality')[] | undefined;
  readonly readOnly?: boolean | undefined;
  readonly profile?: 'readonly' | 'chatbot' | 'revops' | 'full' | undefined;
  /** The path of a policy file. */
  readonly policy?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly redisUrl?: string | undefined;
  readonly redisShares?: number | undefined;
  readonly dailyShare?: number | undefined;
  readonly linkHosts?: readonly string[] | undefined;
  readonly deadlineMs?: number | undefined;
  readonly dataDir?: string | undefined;
  readonly journalDir?: string | undefined;
  readonly snapshotDir?: string | undefined;
  readonly attribution?: boolean | undefined;
  /** Adds the tools that ask a model; the options below are about it, and `openaiKey` it needs. */
  readonly openai?: boolean | undefined;
  readonly openaiKey?: string | undefined;
  readonly openaiUrl?: string | undefined;
  readonly openaiModel?: string | undefined;
  /** `0.4/1.6`: US dollars per million tokens. */
  readonly openaiPrices?: string | undefined;
  readonly openaiMaxUsd?: number | undefined;
  readonly openaiMaxPairs?: number | undefined;
  readonly openaiRedaction?: 'none' | 'pseudonymised' | 'features' | undefined;
  readonly seed?: 'demo' | 'none' | undefined;
  readonly country?: string | undefined;
  /** The path of a file of rules for find_anomalies and find_duplicates: naming conventions, keys of custom objects. */
  readonly qualityRules?: string | undefined;
  /** The path of a file of rules for score_leads. */
  readonly scoreRules?: string | undefined;
  /** Functions that propose values beside the rules of suggest_values, in the order that settles ties. */
  readonly providers?: readonly ValueProvider[] | undefined;
  /** Without it, changes that need a person give an error with a token, or are refused. */
  readonly onApproval?: OnApproval | undefined;
  /** Hears what an operator should know; silent if omitted. */
  readonly log?: ((message: string) => void) | undefined;
}

/** One tool as a model is told of it. */
export interface ToolDescription {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Whether it leaves the portal as it is. */
  readonly readOnly: boolean;
  /** JSON Schema 2020-12; the root is an object. */
  readonly inputSchema: object;
  readonly outputSchema: object;
}

export interface CallResult {
  /** What to hand to the model, also of a failed call. */
  readonly text: string;
  readonly isError: boolean;
  /** The tool's output, also when it says that nothing of what was asked could be done; then `isError` is true. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** `code`, `message`, `retryable` and what else helps; absent where there is `data`. */
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly retryable: boolean;
    /** Of `approval_needed`: what a person has to say yes to, and the token that the same call then takes. */
    readonly changes?: readonly string[];
    readonly approvalToken?: string;
    readonly next?: string;
  };
}

/** What a person has to say yes to before it happens. */
export interface ApprovalQuestion {
  readonly tool: string;
  /** Why it is asked: `archive`, `merge`, `definition`, `bulk`, `policy` or `tainted`. */
  readonly reason: string;
  /** One sentence, such as `Archive 3 contacts`. */
  readonly title: string;
  /** The exact change, one line each. What records say stands in quotation marks, and is not to be trusted. */
  readonly lines: readonly string[];
  /** All of it as one text to show. */
  readonly message: string;
}

/** Shows the question to a person and says whether they said yes. It may take its time: up to ten minutes. */
export type OnApproval = (question: ApprovalQuestion) => Promise<boolean>;

export interface CallSettings {
  readonly signal?: AbortSignal;
  /** Instead of that of the options. */
  readonly onApproval?: OnApproval;
  /** Who wrote, as the journal remembers it: the backend or its user. */
  readonly caller?: string;
  /** The conversation. After text from outside was read in one, its sensitive writes need approval. */
  readonly session?: string;
  /** The run of something larger that the call belongs to. */
  readonly run?: string;
  /** Allows this one call less than the policy does, as docs/policy.md says; it never allows more. */
  readonly tightening?: Readonly<Record<string, unknown>>;
  readonly onProgress?: (done: number, total?: number, message?: string) => void;
}

/** A function tool as OpenAI's Responses API takes it. */
export interface OpenAiTool {
  readonly type: 'function';
  readonly name: string;
  readonly description: string;
  readonly parameters: Record<string, unknown>;
  readonly strict: false;
}

/** A tool as Anthropic's Messages API takes it. */
export interface AnthropicTool {
  readonly name: string;
  readonly description: string;
  readonly input_schema: { type: 'object'; [keyword: string]: unknown };
}

export interface CrmTools {
  /** Those that the options enable and the token's scopes allow. */
  readonly tools: readonly ToolDescription[];
  openAiTools(): OpenAiTool[];
  anthropicTools(): AnthropicTool[];
  /** Never rejects: what went wrong is in the result. */
  call(name: string, args?: unknown, settings?: CallSettings): Promise<CallResult>;
  close(): Promise<void>;
}

/** Waits at most a second for the token's scopes. Throws when an option cannot be, or when there is no token and no word of an embedded portal. */
export async function createCrm(options: CrmOptions = {}): Promise<CrmTools> {
  const {
    log: tell = () => undefined,
    onApproval: ask,
    providers = [],
    toolsets,
    scopes,
    linkHosts,
    ...said
  } = options;
  await refuseOptions(options);
  const log = (message: string) => tell(operatorLine(message));
  const { config, policy, account } = await inOptionNames(async () => {
    const config = readOptions(
      serverOptions,
      { ...said, toolsets: toolsets?.join(','), scopes: scopes?.join(','), linkHosts: linkHosts?.join(',') },
      {},
    );
    refuseContradictions(config);
    await refuseFolders(config);
    const policy = await openOperatorPolicy(config);
    const account = openAccount(config satisfies AccountConfig, { clock: systemClock, random: systemRandom, log });
    return { config, policy, account };
  });
  const catalogue = packageCatalogue({ model: config.openai });
  const toolbox = createToolbox({
    ...config,
    policy,
    catalogue,
    account,
    ...(config.openai && { model: modelOptions(config) }),
    providers,
    clock: systemClock,
    random: systemRandom,
    journal: () => openAccountJournal(config, account, { clock: systemClock, random: systemRandom, log }),
    snapshotFolder: () => accountSnapshotFolder(config, account),
    log,
  });
  const listed = await toolbox.listed();
  const ownSession = systemRandom.uuid();
  return {
    tools: listed.map(({ name, title, description, effect, inputSchema, outputSchema }) => ({
      name,
      title,
      description,
      readOnly: effect === 'read',
      inputSchema,
      outputSchema,
    })),
    openAiTools: () =>
      listed.map(({ name, description, inputSchema }) => ({
        type: 'function',
        name,
        description,
        parameters: { ...inputSchema },
        strict: false,
      })),
    anthropicTools: () =>
      listed.map(({ name, description, inputSchema }) => ({
        name,
        description,
        input_schema: { ...inputSchema },
      })),
    async call(name, args, settings = {}) {
      const { signal, tightening, onProgress, onApproval = ask } = settings;
      const { caller = 'library', session = ownSession, run } = settings;
      const asking = {
        author: authorOf({ client: { name: caller }, session, run }),
        approval: { canAsk: onApproval !== undefined },
        ...(signal && { signal }),
        ...(tightening && { tightenings: [tightening] }),
        ...(onProgress && { progress: onProgress }),
      };
      const first = await toolbox.call(name, args, asking);
      if (onApproval === undefined) return result(first);
      const again = (answered: string) => toolbox.call(name, args, { ...asking, approval: { canAsk: true, answered } });
      const declined = (how: 'decline' | 'cancel') => toolbox.declined(name, how, asking);
      return result(await approved(first, { again, declined, onApproval, log }));
    },
    async close() {
      await toolbox.close();
      await account.close();
    },
  };
}

/** What is asked about may change while a person looks at it; it cannot go on for ever. */
const QUESTIONS = 5;

interface Approving {
  /** The same call, with what proves that a person was asked. */
  readonly again: (answered: string) => Promise<Outcome>;
  readonly declined: (how: 'decline' | 'cancel') => Outcome;
  readonly onApproval: OnApproval;
  readonly log: (message: string) => void;
}

/** Asks a person as long as the call needs it. What goes wrong while asking is no yes. */
async function approved(first: Outcome, { again, declined, onApproval, log }: Approving): Promise<Outcome> {
  let outcome = first;
  for (let asked = 0; asked < QUESTIONS && !outcome.ok && outcome.question !== undefined; asked++) {
    const { message, state, request } = outcome.question;
    const { tool, reason, title, lines } = request;
    try {
      const yes: unknown = await onApproval({ tool, reason, title, lines, message });
      if (yes !== true) return declined('decline');
    } catch (error) {
      log(`onApproval failed, which counts as no: ${error instanceof Error ? error.message : String(error)}`);
      return declined('cancel');
    }
    outcome = await again(state);
  }
  return outcome;
}

function result(outcome: Outcome): CallResult {
  const text = textOf(outcome);
  return outcome.ok
    ? { text, isError: outcome.failed, data: outcome.data }
    : { text, isError: true, error: outcome.error };
}
