import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema, ListToolsResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { systemClock, systemRandom } from '../src/clock.ts';
import type { Server, ToolCall } from './servers.ts';

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: unknown;
}

export interface ToolAnswer {
  /** Everything a model reads, the text items joined. */
  readonly text: string;
  readonly isError: boolean;
}

/** One server process with one real MCP client on its stdio. */
export interface Session {
  readonly pid: number;
  /** Milliseconds from the spawn to the complete first answer to tools/list. */
  readonly startedInMs: number;
  readonly tools: readonly ToolDefinition[];
  /** Never rejects for a failed tool call: the answer says so. */
  call(call: ToolCall): Promise<ToolAnswer>;
  /** As `call`, but throws when the tool failed: for measurements in which every call has to succeed. */
  mustCall(call: ToolCall): Promise<ToolAnswer>;
  close(): Promise<void>;
}

/** One of each server, started on the same portal. */
export interface Sessions {
  readonly ours: Session;
  readonly theirs: Session;
}

/** Longer than any server here queues a call for. */
const CALL_TIMEOUT_MS = 120_000;
const STDERR_KEPT = 4_000;

/**
 * Starts `server` against the portal at `portalUrl`; the time starts just before the process is spawned. Each session has
 * a token of its own, which gives it the burst quota of an app of its own.
 */
export async function startSession(server: Server, portalUrl: string): Promise<Session> {
  const token = `pat-na1-${systemRandom.uuid()}`;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...server.args],
    env: { ...getDefaultEnvironment(), ...server.environment(portalUrl, token) },
    stderr: 'pipe',
  });
  let complaints = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-STDERR_KEPT);
  });
  const client = new Client({ name: 'bench', version: '1' });
  const began = systemClock.elapsed();
  // Not `client.listTools()`, which would also compile the output schemas and charge that to the server.
  const { tools } = await client
    .connect(transport)
    .then(() => client.request({ method: 'tools/list' }, ListToolsResultSchema))
    .catch((error: unknown) => {
      throw new Error(`${server.name} did not answer tools/list. ${String(error)}\n${complaints}`);
    });
  const startedInMs = systemClock.elapsed() - began;
  const { pid } = transport;
  if (pid === null) throw new Error(`${server.name} ended after tools/list.\n${complaints}`);

  async function call(toolCall: ToolCall): Promise<ToolAnswer> {
    const result = await client.request({ method: 'tools/call', params: { ...toolCall } }, CallToolResultSchema, {
      timeout: CALL_TIMEOUT_MS,
    });
    const texts = result.content.map((item) => (item.type === 'text' ? item.text : ''));
    return { text: texts.join('\n'), isError: result.isError === true };
  }

  return {
    pid,
    startedInMs,
    tools,
    call,
    async mustCall(toolCall) {
      const answer = await call(toolCall);
      if (answer.isError) {
        throw new Error(`${server.name}: ${toolCall.name} failed: ${answer.text.slice(0, 500)}\n${complaints}`);
      }
      return answer;
    },
    close: () => client.close(),
  };
}
