/** An agent's side of the server: a real MCP client, with the server as its child process on stdio. */

import type { Client } from '@modelcontextprotocol/client';

export interface ToolAnswer {
  /** What a model reads. */
  readonly text: string;
  /** What a program reads; absent when the call failed. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

export interface Agent {
  /** The tools the server offers. */
  readonly tools: readonly string[];
  /**
   * Rejects only when the server is gone or the call was given up.
   * @param onProgress hears how far a long call is; `total` is absent while the server does not know it
   */
  call(
    tool: string,
    args: Readonly<Record<string, unknown>>,
    onProgress?: (done: number, total?: number) => void,
  ): Promise<ToolAnswer>;
  close(): Promise<void>;
}

/** The server ends a call at its own deadline, which comes first. */
const CALL_TIMEOUT_MS = 120_000;
const STDERR_KEPT = 4_000;

/**
 * @param server how the child is started: the file that Node runs, its arguments, and what its environment has beyond the
 *   few variables every process needs (so that a token reaches it only when it is given here)
 */
export async function startAgent(server: {
  readonly entry: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}): Promise<Agent> {
  const [{ Client: McpClient }, { getDefaultEnvironment, StdioClientTransport }] = await Promise.all([
    import('@modelcontextprotocol/client'),
    import('@modelcontextprotocol/client/stdio'),
  ]);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [server.entry, ...server.args],
    env: { ...getDefaultEnvironment(), ...server.environment },
    stderr: 'pipe',
  });
  let complaints = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-STDERR_KEPT);
  });
  const client: Client = new McpClient(
    { name: 'hubspot-crm-mcp-demo', version: '1' },
    { versionNegotiation: { mode: 'auto' }, capabilities: { elicitation: { form: {} } } },
  );
  // Whoever typed the command has said what is to be done, and the command asks for nothing else.
  client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { approve: true } }));
  const explained = (error: unknown) =>
    new Error(`The server gave no answer: ${error instanceof Error ? error.message : String(error)}\n${complaints}`);
  await client.connect(transport).catch((error: unknown) => {
    throw explained(error);
  });
  const { tools } = await client.listTools();
  return {
    tools: tools.map(({ name }) => name),
    async call(tool, args, onProgress) {
      const result = await client
        .callTool(
          { name: tool, arguments: { ...args } },
          {
            timeout: CALL_TIMEOUT_MS,
            ...(onProgress !== undefined && { onprogress: ({ progress, total }) => onProgress(progress, total) }),
          },
        )
        .catch((error: unknown) => {
          throw explained(error);
        });
      const text = result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
      const data = result.structuredContent;
      return { text, isError: result.isError === true, ...(isObject(data) && { data }) };
    },
    close: () => client.close(),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
