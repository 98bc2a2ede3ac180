import { type Account, type AccountSummary, openAccount } from '../account.ts';
import { createToolbox, type Toolbox } from '../call.ts';
import { packageCatalogue } from '../catalogue.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { defineCommand, type Terminal } from '../command.ts';
import { type Config, refuseContradictions, serverOptions } from '../config.ts';
import { version } from '../version.ts';

export const serve = defineCommand({
  name: 'serve',
  summary: 'Let AI agents work a HubSpot CRM: MCP on stdio, or on HTTP with --http',
  options: serverOptions,

  async run(config, terminal) {
    refuseContradictions(config);
    const log = (message: string) => void terminal.stderr.write(`${withoutSecrets(message)}\n`);
    const clock = systemClock;
    const account = openAccount(config, {
      clock,
      random: systemRandom,
      log,
      portalOnSocket: config.http !== undefined,
    });
    const toolbox = createToolbox({ ...config, catalogue: packageCatalogue(config), account, clock, log });
    try {
      if (config.http === undefined) await onStdio(toolbox, account, config, terminal, log);
      else await onHttp(toolbox, account, { ...config, http: config.http }, terminal, log);
    } finally {
      await account.close();
    }
  },
});

type Log = (message: string) => void;

async function onStdio(
  toolbox: Toolbox,
  account: Account,
  { deadlineMs }: Config,
  { stdin, stdout, stderr, ended }: Terminal,
  log: Log,
): Promise<void> {
  const { serveStdio } = await import('../stdio.ts');
  const served = serveStdio(toolbox, { stdin, stdout, ended, clock: systemClock, lastWaitMs: deadlineMs, log });
  if (stdin.isTTY) {
    stderr.write(
      'Waiting for an MCP client: it starts this program itself and speaks JSON-RPC on stdin and stdout.\n' +
        'To try it by hand, serve HTTP with --http, or end with Ctrl-C.\n',
    );
  }
  let over = false;
  announce(toolbox, account, (line) => {
    if (!over) log(line);
  });
  await served;
  over = true;
}

/** The embedded portal is not opened for this line alone: a client that only lists tools need not wait for it. */
function announce(toolbox: Toolbox, account: Account, log: Log): void {
  const tell = (what: string) =>
    log(`hubspot-crm-mcp ${version} on stdio: ${toolbox.catalogue.enabled.length} tools on ${what}`);
  if (account.embedded) return tell('the embedded portal (no HUBSPOT_ACCESS_TOKEN)');
  account.describe().then(
    ({ kind, portalId }) => tell(`HubSpot account ${portalId} (${kind})`),
    (error: unknown) => tell(`a HubSpot account that did not say what it is: ${String(error)}`),
  );
}

async function onHttp(
  toolbox: Toolbox,
  account: Account,
  { http: port, bearer }: Config & { readonly http: number },
  { stdout, ended, entry }: Terminal,
  log: Log,
): Promise<void> {
  const [{ serveHttp }, { clientSetups }] = await Promise.all([import('../http.ts'), import('../client-setups.ts')]);
  const summary = await account.describe();
  const server = await serveHttp(toolbox, { port, bearer, clock: systemClock, log });
  const listed = await toolbox.listed();
  stdout.write(
    [
      `hubspot-crm-mcp ${version} serves ${listed.length} tools on ${nameOf(summary)}`,
      `  MCP         ${server.url}/mcp`,
      `  plain JSON  ${server.url}/v1/tools/{name}`,
      `  health      ${server.url}/healthz`,
      ...(summary.embedded?.url === undefined ? [] : [`  the portal  ${summary.embedded.url} (any pat-… bearer)`]),
      bearer === undefined
        ? '  Every program on this machine may call it; HUBSPOT_MCP_BEARER sets a secret.'
        : '  Callers must send the secret of HUBSPOT_MCP_BEARER.',
      '',
      clientSetups({
        url: `${server.url}/mcp`,
        entry,
        node: process.execPath,
        bearer: bearer !== undefined,
        embedded: account.embedded,
      }),
      '',
    ].join('\n'),
  );
  await ended;
  log('Ending: answering what has begun.');
  await server.close();
}

function nameOf({ kind, portalId, embedded }: AccountSummary): string {
  if (embedded === undefined) return `HubSpot account ${portalId} (${kind})`;
  const counts = Object.entries(embedded.records).filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const where = embedded.file === undefined ? 'in memory: changes are gone at exit' : `kept in ${embedded.file}`;
  return `the embedded portal (${where})\n  with ${total} records: ${counts.map(([type, count]) => `${count} ${type}`).join(', ')}`;
}

/** No code here puts a token into a message; this is for what a library might. */
function withoutSecrets(message: string): string {
  return message.replaceAll(/\bpat-[a-z0-9]+-[\w-]+/gi, 'pat-…').replaceAll(/\bBearer\s+[\w.~+/-]+=*/gi, 'Bearer …');
}
