/** A real MCP client on the real server on a real portal in memory: what the tests of tools call through. */

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { Account } from '../src/account/account.ts';
import { createToolbox } from '../src/calls/call.ts';
import { createCatalogue } from '../src/catalogue/catalogue.ts';
import { describeTool } from '../src/catalogue/tool-description.ts';
import { type Clock, seededRandom, systemClock } from '../src/clock.ts';
import type { Config } from '../src/config/config.ts';
import type { ModelOptions } from '../src/enrich/openai/types.ts';
import type { ValueProvider } from '../src/enrich/values/types.ts';
import { createHubSpot } from '../src/hubspot/index.ts';
import type { Journal } from '../src/journal/journal.ts';
import { mcpServerFactory } from '../src/mcp/server.ts';
import { openPolicy, type PolicyFile } from '../src/policy/index.ts';
import { createPortal, type Portal } from '../src/portal/index.ts';
import type { Tool } from '../src/tool.ts';
import { tools as realTools } from '../tools/index.ts';
import { boundless } from './boundless.ts';

const TOKEN = 'pat-na1-harness';

export interface HarnessOptions {
  /** `none` if omitted: what an account has on its first day. */
  readonly seed?: 'demo' | 'none';
  /** The token's scopes; with them the account counts as a real one. All, on the embedded portal, if omitted. */
  readonly scopes?: readonly string[];
  readonly config?: Partial<
    Pick<Config, 'linkHosts' | 'toolsets' | 'readOnly' | 'profile' | 'deadlineMs' | 'attribution'>
  >;
  /** As a policy file says it; the default policy if omitted. */
  readonly policy?: Omit<PolicyFile, 'version'>;
  readonly tools?: readonly Tool[];
  readonly clock?: Clock;
  /** Whether the portal keeps to HubSpot's limits, and so the client; `off` if omitted. */
  readonly limits?: 'on' | 'off';
  /** What the account says it is; `embedded` if omitted. */
  readonly kind?: string;
  /** The portal's own if omitted. */
  readonly portalId?: number;
  /** In memory and new if omitted. */
  readonly journal?: Journal;
  /** Another connection's portal, which stays open: what a process finds that is started anew. */
  readonly portal?: Portal;
  /** The path of the operator's rules for data quality. */
  readonly qualityRules?: string;
  /** The path of a file of rules for scores. */
  readonly scoreRules?: string;
  readonly providers?: readonly ValueProvider[];
  /** The model that tools may ask. */
  readonly model?: ModelOptions;
  /** What the client's person does with a form; with `none` the client cannot show one. `accept` if omitted. */
  readonly approve?: 'accept' | 'decline' | 'cancel' | 'none';
}

export type Connection = Awaited<ReturnType<typeof connect>>;

export async function connect(options: HarnessOptions = {}) {
  const {
    seed = 'none',
    scopes,
    config,
    tools = realTools,
    clock = systemClock,
    limits = 'off',
    kind = 'embedded',
  } = options;
  const settings = {
    toolsets: ['crm', 'schema', 'journal', 'quality'],
    readOnly: false,
    deadlineMs: 60_000,
    ...config,
  } as const;
  const random = seededRandom(1);
  const portal =
    options.portal ??
    (await createPortal({
      clock,
      random,
      seed,
      limits,
      ...(scopes && { tokens: new Map([[TOKEN, scopes]]) }),
    }));
  const requests: string[] = [];
  const sent: string[] = [];
  const hubspot = createHubSpot({
    clock,
    random,
    token: () => TOKEN,
    ...(limits === 'off' && { ledger: boundless }),
    fetch: (request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      sent.push(`${request.method} ${decodeURIComponent(request.url)} ${String(request.body ?? '')}`);
      return portal.fetch(request);
    },
  });
  const account: Account = {
    embedded: scopes === undefined,
    hubspot: () => Promise.resolve(hubspot),
    describe: () => Promise.resolve({ kind, portalId: options.portalId ?? portal.describe().portalId }),
    close: () => hubspot.close(),
  };
  const log: string[] = [];
  const catalogue = createCatalogue(tools.map(describeTool), () => Promise.resolve(tools));
  const { toolsets, readOnly, profile } = settings;
  const policy = (await openPolicy({ version: 1, ...options.policy })).tightened({ toolsets, readOnly, profile });
  const { journal } = options;
  const toolbox = createToolbox({
    deadlineMs: settings.deadlineMs,
    attribution: config?.attribution ?? false,
    linkHosts: config?.linkHosts,
    catalogue,
    policy,
    random,
    account,
    clock,
    ...(options.model && { model: options.model }),
    qualityRules: options.qualityRules,
    scoreRules: options.scoreRules,
    providers: options.providers,
    ...(journal && { journal: () => Promise.resolve(journal) }),
    log: (message) => log.push(message),
  });
  const mcp = createMcpHandler(mcpServerFactory(toolbox));
  const { approve = 'accept' } = options;
  const client = new Client(
    { name: 'harness', version: '1.0.0' },
    { versionNegotiation: { mode: 'auto' }, capabilities: approve === 'none' ? {} : { elicitation: { form: {} } } },
  );
  const questions: string[] = [];
  if (approve !== 'none') {
    client.setRequestHandler('elicitation/create', ({ params: { message } }) => {
      questions.push(message);
      return approve === 'accept' ? { action: approve, content: { approve: true } } : { action: approve };
    });
  }
  const transport = new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
    fetch: (url, init) => mcp.fetch(new Request(url, init)),
  });
  await client.connect(transport);
  /** Calls a tool as a model does: `text` is what it reads, `data` what a program gets, `error` the one error shape. */
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const { content, structuredContent, isError = false } = await client.callTool({ name, arguments: args });
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    const failed = isError && structuredContent === undefined;
    return { text, isError, data: record(structuredContent), error: failed ? record(JSON.parse(text)) : {} };
  };
  return {
    client,
    portal,
    hubspot,
    toolbox,
    /** What was sent to the portal so far, as `METHOD /path`. */
    requests,
    /** The same with all that they said. */
    sent,
    /** What the client's person was asked so far. */
    questions,
    /** What the operator was told. */
    log,
    call,
    async close() {
      await client.close();
      await mcp.close();
      await hubspot.close();
      if (options.portal === undefined) portal.close();
    },
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
