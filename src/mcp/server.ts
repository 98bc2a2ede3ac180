/**
 * The tools, prompts and resources as an MCP server. Only this file makes MCP results, annotations and error text; with
 * the files that serve it, it alone knows the SDK. One factory serves every protocol revision.
 */

import {
  type CallToolResult,
  type McpServerFactory,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
  type ToolAnnotations,
  type Tool as WireTool,
} from '@modelcontextprotocol/server';
import { prompts } from '../../prompts/index.ts';
import { instructions } from '../../prompts/instructions.ts';
import { callError } from '../call-error.ts';
import { textOf } from '../calls/call.ts';
import type { Caller, Outcome, Toolbox } from '../calls/toolbox.ts';
import type { ToolDescription } from '../catalogue/tool-description.ts';
import { UserError } from '../crm/user-error.ts';
import { resources } from '../resources/index.ts';
import { objectSchema } from '../resources/object-schema.ts';
import type { Effect } from '../tool.ts';
import { version } from '../version.ts';
import { ask, callerOf, refusalOf } from './mcp-caller.ts';
import { fillTemplate, matchTemplate } from './resource-address.ts';

/** Every hint is set: a client takes a missing one for the worst. Nothing here reaches beyond the one portal. */
const hints: Readonly<Record<Effect, ToolAnnotations>> = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  add: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  link: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  overwrite: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  archive: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  merge: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
};

/** Lists change only when the server is started anew, or with the token's scopes. */
const LIST_TTL_MS = 300_000;
const cacheHints = {
  'tools/list': { ttlMs: LIST_TTL_MS, cacheScope: 'private' },
  'prompts/list': { ttlMs: LIST_TTL_MS, cacheScope: 'private' },
  'resources/list': { ttlMs: LIST_TTL_MS, cacheScope: 'private' },
  'resources/templates/list': { ttlMs: LIST_TTL_MS, cacheScope: 'private' },
  'server/discover': { ttlMs: LIST_TTL_MS, cacheScope: 'private' },
} as const;

/** What `tools/list` says of a tool. */
export function wireTool({ name, title, description, effect, inputSchema, outputSchema }: ToolDescription): WireTool {
  return { name, title, description, inputSchema, outputSchema, annotations: { title, ...hints[effect] } };
}

/**
 * Makes one server for each connection or request, whichever revision its client speaks.
 * @param session of the one connection that is served; where each request stands alone, its client and principal are the session
 */
export function mcpServerFactory(toolbox: Toolbox, session?: string): McpServerFactory {
  return () => {
    const server = new Server(
      { name: 'hubspot-crm-mcp', title: 'HubSpot CRM', version },
      { instructions, capabilities: { tools: {}, prompts: {}, resources: {}, completions: {} }, cacheHints },
    );
    serveTools(server, toolbox, session);
    servePrompts(server);
    serveResources(server, toolbox, session);
    return server;
  };
}

function serveTools(server: Server, toolbox: Toolbox, session: string | undefined): void {
  server.setRequestHandler('tools/list', async (_request, context) => {
    const listed = await explained(() => toolbox.listed(callerOf(server, context, session)));
    return { tools: listed.map(wireTool) };
  });

  server.setRequestHandler('tools/call', async ({ params: { name, arguments: said } }, context) => {
    const caller = callerOf(server, context, session);
    const refusal = refusalOf(context);
    if (refusal !== undefined) return toolResult(name, toolbox.declined(name, refusal, caller));
    const outcome = await toolbox.call(name, said, caller);
    if (!outcome.ok && outcome.question !== undefined) return ask(outcome.question);
    return toolResult(name, outcome);
  });
}

/**
 * A model reads the text, a program the structured content. A failed call has only the text: 2025-era clients hold
 * structured content against the output schema even then, and would throw the message away.
 */
function toolResult(name: string, outcome: Outcome): CallToolResult {
  if (outcome.ok) {
    const { data, failed } = outcome;
    return {
      content: [{ type: 'text', text: textOf(outcome) }],
      structuredContent: { ...data },
      ...(failed && { isError: true }),
    };
  }
  const { error } = outcome;
  if (error.code === 'unknown_tool')
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message, { name, ...error });
  return { content: [{ type: 'text', text: textOf(outcome) }], isError: true };
}

function servePrompts(server: Server): void {
  server.setRequestHandler('prompts/list', () => ({
    prompts: prompts.map(({ name, title, description, arguments: args }) => ({
      name,
      title,
      description,
      arguments: [...args],
    })),
  }));

  server.setRequestHandler('prompts/get', ({ params }) => {
    const prompt = prompts.find(({ name }) => name === params.name);
    if (prompt === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no prompt "${params.name}".`);
    const given = params.arguments ?? {};
    const missing = prompt.arguments.find(({ name, required }) => required && !given[name]?.trim());
    if (missing)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `The prompt needs the argument "${missing.name}".`);
    return {
      description: prompt.description,
      messages: [{ role: 'user', content: { type: 'text', text: prompt.text(given) } }],
    };
  });
}

const JSON_TYPE = 'application/json';

function serveResources(server: Server, toolbox: Toolbox, session: string | undefined): void {
  const served = async (caller: Caller) => {
    const tools = new Set((await explained(() => toolbox.listed(caller))).map(({ name }) => name));
    return resources.filter(({ tool }) => tools.has(tool));
  };

  server.setRequestHandler('resources/templates/list', async (_request, context) => {
    const found = await served(callerOf(server, context, session));
    const resourceTemplates = found.map(({ name, title, description, uriTemplate }) => ({
      name,
      title,
      description,
      uriTemplate,
      mimeType: JSON_TYPE,
    }));
    return { resourceTemplates };
  });

  server.setRequestHandler('resources/list', async (_request, context) => {
    const caller = callerOf(server, context, session);
    const lists = (await served(caller)).map(async (resource) =>
      (await resource.list(await toolbox.crm(resource.tool, caller))).map(({ parts, title }) => ({
        uri: fillTemplate(resource.uriTemplate, parts),
        name: `${resource.name} ${Object.values(parts).join(' ')}`,
        title,
        mimeType: JSON_TYPE,
      })),
    );
    const { listed } = await toolbox.show({ listed: (await explained(() => Promise.all(lists))).flat() }, caller);
    return { resources: listed };
  });

  server.setRequestHandler('resources/read', async ({ params: { uri } }, context) => {
    for (const resource of resources) {
      const parts = matchTemplate(resource.uriTemplate, uri);
      if (parts === undefined) continue;
      const caller = callerOf(server, context, session);
      const found = await explained(() => toolbox.read(resource, (crm) => resource.read(parts, crm), caller));
      if (found === undefined) break;
      return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(found) }] };
    }
    throw new ResourceNotFoundError(uri);
  });

  server.setRequestHandler('completion/complete', async ({ params: { ref, argument, context: known } }, context) => {
    // An object type is the same thing wherever it is asked for; a prompt's other arguments are free text.
    const inPrompt = ref.type === 'ref/prompt' && argument.name === 'objectType';
    const resource = inPrompt
      ? objectSchema
      : resources.find(({ uriTemplate }) => ref.type === 'ref/resource' && uriTemplate === ref.uri);
    const caller = callerOf(server, context, session);
    if (resource === undefined || !(await served(caller)).includes(resource)) {
      return { completion: { values: [], hasMore: false } };
    }
    const values = await explained(async () => {
      const crm = await toolbox.crm(resource.tool, caller);
      return resource.complete(argument.name, argument.value, known?.arguments ?? {}, crm);
    });
    return {
      completion: { values: values.slice(0, COMPLETIONS), total: values.length, hasMore: values.length > COMPLETIONS },
    };
  });
}

/** As many as the protocol allows. */
const COMPLETIONS = 100;

/** Resources have no results that are errors: what failed is said in the protocol's own error. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const foreseen = callError(thrown);
    if (foreseen === undefined) throw thrown;
    const { harmlessIn } = await import('../text/reading.ts');
    const error = harmlessIn(foreseen);
    const code = thrown instanceof UserError ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
    throw new ProtocolError(code, error.message, error);
  }
}
