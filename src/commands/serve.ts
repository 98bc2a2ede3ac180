import { type Account, type AccountSummary, openAccount } from '../account/account.ts';
import { openAccountJournal } from '../account/account-journal.ts';
import { accountSnapshotFolder } from '../account/account-snapshot.ts';
import { type Observation, openObservation } from '../account/observation.ts';
import { openOperatorPolicy } from '../account/operator-policy.ts';
import { refuseFolders } from '../account/refuse-folders.ts';
import { createToolbox } from '../calls/call.ts';
import type { Toolbox } from '../calls/toolbox.ts';
import { packageCatalogue } from '../catalogue/catalogue.ts';
import { systemClock, systemRandom, within } from '../clock.ts';
import { defineCommand, type Terminal } from '../command.ts';
import { type Config, refuseContradictions, serverOptions } from '../config/config.ts';
import { HUBSPOT_URL } from '../config/hubspot-options.ts';
import { modelOptions } from '../config/openai-options.ts';
import type { Log } from '../log.ts';
import { version } from '../version.ts';

export const serve = defineCommand({
  name: 'serve',
  summary: 'Let AI agents work a HubSpot CRM: MCP on stdio, or on HTTP with --http',
  options: serverOptions,

  async run(config, terminal) {
    refuseContradictions(config);
    await refuseAuditTarget(config);
    await refuseFolders(config);
    const clock = systemClock;
    const observation = openObservation(config, {
      clock,
      random: systemRandom,
      write: (text) => void terminal.stderr.write(text),
    });
    const { log } = observation;
    const policy = await openOperatorPolicy(config);
    const account = openAccount(config, {
      clock,
      random: systemRandom,
      log,
      observer: observation.account,
      portalOnSocket: config.http !== undefined,
    });
    if (account.embedded) warnOfIdle(config, log);
    const toolbox = observation.toolbox(
      createToolbox({
        ...config,
        catalogue: packageCatalogue({ model: config.openai }),
        ...(config.openai && { model: modelOptions(config) }),
        policy,
        account,
        clock,
        random: systemRandom,
        journal: observation.journal(() => openAccountJournal(config, account, { clock, random: systemRandom, log })),
        snapshotFolder: () => accountSnapshotFolder(config, account),
        approval: observation.hub.tell,
        log,
      }),
    );
    try {
      if (config.http === undefined) await onStdio(toolbox, account, config, terminal, log);
      else await onHttp(toolbox, account, { ...config, http: config.http }, terminal, observation);
    } finally {
      await observation.lastAlerts();
      await toolbox.close();
      await observation.close();
      await account.close();
    }
  },
});

/** What cannot be written is told before there is anything to write down. */
async function refuseAuditTarget({ audit }: Pick<Config, 'audit'>): Promise<void> {
  if (audit === undefined) return;
  const { refuseTargets } = await import('./out-file.ts');
  await refuseTargets([{ flag: '--audit', path: audit }], { force: true });
}

async function onStdio(
  toolbox: Toolbox,
  account: Account,
  { deadlineMs, dataDir }: Config,
  { stdin, stdout, stderr, ended }: Terminal,
  log: Log,
): Promise<void> {
  const { serveStdio } = await import('../mcp/stdio.ts');
  const served = serveStdio(toolbox, {
    stdin,
    stdout,
    ended,
    clock: systemClock,
    random: systemRandom,
    lastWaitMs: deadlineMs,
    log,
  });
  if (stdin.isTTY) {
    stderr.write(
      'Waiting for an MCP client: it starts this program itself and speaks JSON-RPC on stdin and stdout.\n' +
        'To try it by hand, serve HTTP with --http, or end with Ctrl-C.\n',
    );
  }
  let over = false;
  // A portal in memory is not opened for this line alone: a client that only lists tools need not wait for it.
  const what =
    account.embedded && dataDir === undefined
      ? Promise.resolve('the embedded portal (no HUBSPOT_ACCESS_TOKEN)')
      : account.describe().then(shortNameOf, (error: unknown) => unknownAccount(account, error));
  const announce = async () => {
    const [name, { length }] = await Promise.all([what, toolbox.listed()]);
    if (!over) log(`hubspot-crm-mcp ${version} on stdio: ${length} tools on ${name}`);
  };
  const announced = announce();
  await served;
  over = true;
  // What is in the middle of opening is closed when it is open.
  if (account.embedded) await announced;
}

/** What is said of HubSpot's side, and does nothing here. */
function warnOfIdle({ baseUrl, scopes }: Config, log: Log): void {
  const idle = [
    ...(baseUrl === HUBSPOT_URL ? [] : ['HUBSPOT_BASE_URL']),
    ...(scopes === undefined ? [] : ['HUBSPOT_MCP_SCOPES']),
  ];
  if (idle.length > 0) {
    log(`Without HUBSPOT_ACCESS_TOKEN the tools work on the embedded portal, where ${idle.join(', ')} does nothing.`);
  }
}

function shortNameOf({ kind, portalId, embedded }: AccountSummary): string {
  if (embedded === undefined) return `HubSpot account ${portalId} (${kind})`;
  return `the embedded portal (${embedded.file === undefined ? 'in memory: changes are gone at exit' : `kept in ${embedded.file}`})`;
}

function unknownAccount({ embedded }: Account, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return embedded ? `no account yet. ${why}` : `a HubSpot account that did not say what it is: ${why}`;
}

/** What is in here is waited for, however busy the machine is: it opens or is of no use. */
async function ownPortal(account: Account) {
  const summary = await account.describe();
  return { name: nameOf(summary), url: summary.embedded?.url };
}

/** HubSpot may answer later. */
function nameInTime(account: Account): Promise<string> {
  const described = account.describe().then(shortNameOf, (error: unknown) => unknownAccount(account, error));
  return within(systemClock, NAME_WAIT_MS, described, 'a HubSpot account that has not answered yet');
}

/** How long the start line waits for the account to say what it is. */
const NAME_WAIT_MS = 3_000;

async function onHttp(
  toolbox: Toolbox,
  account: Account,
  { http: port, bearer }: Config & { readonly http: number },
  { stdout, ended, entry }: Terminal,
  observation: Observation,
): Promise<void> {
  const { log } = observation;
  const [{ serveHttp }, { clientSetups }, monitor] = await Promise.all([
    import('../mcp/http.ts'),
    import('../mcp/client-setups.ts'),
    observation.monitor(),
  ]);
  const server = await serveHttp(toolbox, { port, bearer, clock: systemClock, log, monitor });
  try {
    const { name, url } = account.embedded ? await ownPortal(account) : { name: await nameInTime(account) };
    const listed = await toolbox.listed();
    stdout.write(
      [
        `hubspot-crm-mcp ${version} serves ${listed.length} tools on ${name}`,
        `  MCP         ${server.url}/mcp`,
        `  plain JSON  ${server.url}/v1/tools/{name}`,
        `  health      ${server.url}/healthz`,
        `  metrics     ${server.url}/metrics`,
        ...(url === undefined ? [] : [`  the portal  ${url} (any pat-… bearer)`]),
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
  } finally {
    await server.close();
  }
}

function nameOf(summary: AccountSummary): string {
  const { embedded } = summary;
  if (embedded === undefined) return shortNameOf(summary);
  const counts = Object.entries(embedded.records).filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const listed = counts.map(([type, count]) => `${count} ${type}`).join(', ');
  return `${shortNameOf(summary)}\n  with ${total} records: ${listed}`;
}
