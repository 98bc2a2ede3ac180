/** What a person pastes into their MCP client so that it uses the server that is running here. Never holds a secret. */

export interface ClientSetupFacts {
  /** Of the MCP endpoint. */
  readonly url: string;
  /** The absolute paths of Node and of the file it runs, for clients that start their own copy over stdio. */
  readonly node: string;
  readonly entry: string;
  /** Whether callers must send a secret. */
  readonly bearer: boolean;
  readonly embedded: boolean;
}

export function clientSetups({ url, node, entry, bearer, embedded }: ClientSetupFacts): string {
  const headers = bearer ? { headers: { Authorization: 'Bearer YOUR_HUBSPOT_MCP_BEARER' } } : {};
  const environment = embedded ? {} : { env: { HUBSPOT_ACCESS_TOKEN: 'YOUR_TOKEN' } };
  const name = 'hubspot-crm';
  const { origin, host } = new URL(url);
  return [
    section(
      'Claude Code',
      'run',
      `claude mcp add --transport http ${name} ${url}${bearer ? ' --header "Authorization: Bearer YOUR_HUBSPOT_MCP_BEARER"' : ''}`,
    ),
    section('Cursor', '~/.cursor/mcp.json', json({ mcpServers: { [name]: { url, ...headers } } })),
    section('VS Code', '.vscode/mcp.json', json({ servers: { [name]: { type: 'http', url, ...headers } } })),
    section(
      'Claude Desktop',
      'claude_desktop_config.json; it starts a copy of its own over stdio',
      json({ mcpServers: { [name]: { command: node, args: [entry], ...environment } } }),
    ),
    section(
      'ChatGPT',
      'it reaches only public https addresses, so a tunnel is needed; whoever knows its address can use it',
      `cloudflared tunnel --url ${origin} --http-host-header ${host}\nthen Settings > Connectors > Advanced > Developer mode > Create, with https://YOUR-TUNNEL/mcp`,
    ),
  ].join('\n\n');
}

function section(client: string, where: string, text: string): string {
  return `${client} (${where}):\n${text.replaceAll(/^/gm, '  ')}`;
}

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}
