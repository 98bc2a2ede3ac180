/** The account that the tools work on: a HubSpot account behind a token, or the embedded portal. */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Random } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { UserError } from '../crm/user-error.ts';
import type { Fetch } from '../fetch.ts';
import { makeFolder } from '../folder.ts';
import type { ExchangeEvent, HubSpot } from '../hubspot/index.ts';
import type { Ledger } from '../hubspot/ledger.ts';
import { lazy } from '../lazy.ts';
import { UsageError } from '../option.ts';
import type { Portal } from '../portal/index.ts';
import type { PortalServer } from '../portal/serve.ts';

/** What a person wants to know before an agent is let loose on it. */
export interface AccountSummary {
  /** HubSpot's word, such as STANDARD, SANDBOX or DEVELOPER_TEST; `embedded` for the portal in here. */
  readonly kind: string;
  readonly portalId: number;
  /** Of the embedded portal: its records by object type, where it answers, and its file (absent: in memory). */
  readonly embedded?: {
    readonly records: Readonly<Record<string, number>>;
    readonly url?: string;
    readonly file?: string;
  };
}

export interface Account {
  readonly embedded: boolean;
  /** The client; made when it is first asked for. Throws UserError `account_unavailable`; the next time it is tried anew. */
  hubspot(): Promise<HubSpot>;
  /** Asks the account what it is. Throws HubSpotError, or UserError as above. */
  describe(): Promise<AccountSummary>;
  close(): Promise<void>;
}

export type AccountConfig = Pick<
  Config,
  'accessToken' | 'accessTokenFile' | 'baseUrl' | 'dataDir' | 'seed' | 'deadlineMs'
> &
  Partial<Pick<Config, 'redisUrl' | 'redisShares' | 'dailyShare'>>;

export interface AccountParts {
  readonly clock: Clock;
  readonly random: Random;
  /** For the operator, one line or a stack. */
  readonly log: (message: string) => void;
  /** Hears of every request, of the client once it is made, and of each token that is used. */
  readonly observer?: AccountObserver;
  /** Puts the embedded portal on a socket of this machine, so that other HubSpot clients can use it too. */
  readonly portalOnSocket?: boolean;
  /** Whether the embedded portal enforces HubSpot's request limits; `on` if omitted. */
  readonly portalLimits?: 'on' | 'off';
}

export interface AccountObserver {
  request(event: ExchangeEvent): void;
  opened(hubspot: HubSpot): void;
  token(token: string): void;
}

/**
 * Opens nothing yet: a server that is only asked for its tools needs no account.
 * @throws UsageError when the token's file cannot be read
 */
export function openAccount(config: AccountConfig, parts: AccountParts): Account {
  const token = tokenSource(config, parts);
  return token === undefined ? embeddedAccount(config, parts) : hubspotAccount(config, parts, token);
}

function hubspotAccount(config: AccountConfig, parts: AccountParts, token: () => string): Account {
  const client = lazy(() => connect(config, parts, { token, baseUrl: config.baseUrl }));
  return {
    embedded: false,
    hubspot: () => client.get(),
    async describe() {
      const { accountType, portalId } = await (await client.get()).account.details();
      return { kind: accountType, portalId };
    },
    close: async () => (await client.peek())?.close(),
  };
}

/** Any token of HubSpot's form opens the embedded portal, with all scopes. */
const EMBEDDED_TOKEN = 'pat-na1-embedded-portal';

function embeddedAccount(config: AccountConfig, parts: AccountParts): Account {
  const opened = lazy(async () => {
    const { createPortal } = await import('../portal/index.ts');
    const { dataDir, seed } = config;
    const limits = parts.portalLimits ?? 'on';
    const file = dataDir === undefined ? {} : { file: join(dataDir, 'portal.sqlite') };
    const open = async () => {
      if (dataDir !== undefined) await makeFolder(dataDir);
      return createPortal({ clock: parts.clock, random: parts.random, seed, limits, ...file });
    };
    const portal = await open().catch((error: unknown) => {
      throw isFileTrouble(error) ? unavailable(error) : error;
    });
    const socket = parts.portalOnSocket ? await putOnSocket(portal, parts.log) : undefined;
    const reached = socket === undefined ? { fetch: portal.fetch } : { baseUrl: socket.url };
    const hubspot = await connect(config, parts, { token: () => EMBEDDED_TOKEN, ...reached });
    return {
      hubspot,
      summary(): AccountSummary {
        const { portalId, records } = portal.describe();
        return { kind: 'embedded', portalId, embedded: { records, ...file, ...(socket && { url: socket.url }) } };
      },
      async close() {
        await hubspot.close();
        await socket?.close();
        portal.close();
      },
    };
  });
  return {
    embedded: true,
    hubspot: async () => (await opened.get()).hubspot,
    describe: async () => (await opened.get()).summary(),
    close: async () => (await opened.peek())?.close(),
  };
}

function isFileTrouble(error: unknown): error is Error {
  return error instanceof Error && (/^Database(InUse|Unusable)$/.test(error.name) || 'syscall' in error);
}

function unavailable({ message }: Error): UserError {
  return new UserError('account_unavailable', `The embedded portal cannot be opened. ${message}`, {
    next: 'Ask the person who runs this server to free its data folder or to name another with --data-dir. The next call tries again.',
  });
}

async function putOnSocket(portal: Portal, log: AccountParts['log']): Promise<PortalServer> {
  const { servePortal } = await import('../portal/serve.ts');
  return servePortal(portal, { port: 0, onError: (error) => log(`The embedded portal failed: ${String(error)}`) });
}

interface Upstream {
  readonly token: () => string;
  readonly baseUrl?: string;
  /** The network, if omitted. */
  readonly fetch?: Fetch;
}

async function connect(config: AccountConfig, parts: AccountParts, upstream: Upstream): Promise<HubSpot> {
  const { clock, random } = parts;
  const [{ createHubSpot }, { createTransport }, ledger] = await Promise.all([
    import('../hubspot/index.ts'),
    import('../hubspot/transport.ts'),
    openLedger(config, parts, upstream),
  ]);
  const network = createTransport();
  const client = createHubSpot({
    fetch: network,
    ...upstream,
    clock,
    random,
    deadlineMs: config.deadlineMs,
    ledger,
    log: (event) => parts.observer?.request(event),
  });
  parts.observer?.opened(client);
  return {
    ...client,
    async close() {
      await client.close();
      await ledger.close();
      await network.close();
    },
  };
}

/** Where quota is counted: in Redis, if one is named; the embedded portal is this process's alone. */
async function openLedger(
  { redisUrl: url, redisShares: shares, dailyShare: dayShare, accessToken, accessTokenFile }: AccountConfig,
  { clock, random, log }: AccountParts,
  { token }: Upstream,
): Promise<Ledger> {
  const embedded = accessToken === undefined && accessTokenFile === undefined;
  if (url === undefined || embedded) {
    const { createLedger } = await import('../hubspot/ledger.ts');
    return createLedger(clock, dayShare === undefined ? {} : { share: dayShare });
  }
  const { openRedisLedger } = await import('../hubspot/redis/index.ts');
  return openRedisLedger({
    url,
    token: token(),
    clock,
    random,
    log,
    ...(shares !== undefined && { shares }),
    ...(dayShare !== undefined && { dayShare }),
  });
}

/**
 * Gives the token for each request: a file's is read again when the file has changed. While it is replaced it may be
 * missing or empty for a moment; until a token can be read again, the last one holds.
 */
function tokenSource(
  { accessToken, accessTokenFile }: AccountConfig,
  { log, observer }: Pick<AccountParts, 'log' | 'observer'>,
): (() => string) | undefined {
  if (accessTokenFile === undefined) {
    if (accessToken === undefined) return undefined;
    observer?.token(accessToken);
    return () => accessToken;
  }
  let token = '';
  let version = '';
  const read = () => {
    const { mtimeMs, size, ino } = statSync(accessTokenFile);
    const found = `${mtimeMs} ${size} ${ino}`;
    if (found === version) return;
    token = readFileSync(accessTokenFile, 'utf8').trim() || token;
    observer?.token(token);
    version = found;
  };
  try {
    read();
  } catch (error) {
    throw new UsageError(`HUBSPOT_ACCESS_TOKEN_FILE: ${wordsOf(error)}`);
  }
  if (token === '') throw new UsageError('HUBSPOT_ACCESS_TOKEN_FILE: the file is empty');
  let complained = false;
  return () => {
    try {
      read();
      complained = false;
    } catch (error) {
      if (!complained) log(`The token's file cannot be read, so the last token is used: ${wordsOf(error)}`);
      complained = true;
    }
    return token;
  };
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
