/**
 * The embedded portal: HubSpot's API as one `Fetch` function over SQLite. It opens no socket and knows nothing of the
 * client that calls it.
 */

import type { Clock, Random } from '../clock.ts';
import type { Fetch, HttpRequest } from '../fetch.ts';
import { tokenOf } from './auth.ts';
import { calculate } from './calculated/index.ts';
import { type PortalControl, portalControl } from './control/control.ts';
import { requestLog } from './control/request-log.ts';
import { type Delivery, receive } from './faults/delivery.ts';
import { createFaults } from './faults/faults.ts';
import { createFrontDoor } from './front-door.ts';
import { createLimits, type LimitIncreases, type Tier } from './limits.ts';
import { type App, demoApp } from './oauth/app.ts';
import { keepLeadsLinked } from './objects/type-rules.ts';
import { type PortalTime, portalClock } from './portal-clock.ts';
import type { PortalContext, PortalRules } from './route.ts';
import { routes } from './routes.ts';
import { searchTables } from './search/search-tables.ts';
import { type Seed, seedPortal } from './seed/index.ts';
import { services } from './services.ts';
import { openStore, PORTAL, type Store } from './store/store.ts';

export interface PortalOptions {
  clock: Clock;
  random: Random;
  /** Omitted: in memory. */
  file?: string;
  /** What a portal holds that is new; one that is opened again stays as it is. */
  seed: Seed;
  /** The scopes of each token. Omitted: any `pat-…` bearer, with all scopes. */
  tokens?: ReadonlyMap<string, readonly string[]>;
  tier?: Tier;
  /** How many API limit increases the account has bought; none if omitted. */
  limitIncreases?: LimitIncreases;
  limits?: 'on' | 'off';
  /** What time the portal believes it is. Omitted: that of `clock`. */
  time?: PortalTime;
  /** How many requests it remembers for `control`; none if omitted. */
  requestLog?: number;
  /** Switches of HubSpot's; see PortalRules for what they are when omitted. */
  rules?: Partial<PortalRules>;
  /** Developers' apps that are installed in the portal. Omitted: one, with public secrets (oauth/app.ts). */
  apps?: readonly App[];
  /** Sends webhooks. Omitted: none are sent. */
  deliver?: Fetch;
}

export interface Portal {
  /** Answers by path and query; the URL's host means nothing to it. It rejects only where it has a bug or is asked to. */
  fetch: Fetch;
  /** The same, for a server that can break connections itself. */
  exchange(request: HttpRequest): Promise<Delivery>;
  readonly control: PortalControl;
  describe(): {
    portalId: number;
    accountType: string;
    /** Records that are not archived, by object type name. */
    records: Record<string, number>;
    file?: string;
  };
  close(): void;
}

/** Opens a portal. @throws DatabaseInUse when another process has the file open, PortalFileError for a bad seed */
export async function createPortal(options: PortalOptions): Promise<Portal> {
  const { random, file, tier = 'enterprise' } = options;
  const clock = portalClock(options.clock, options.time);
  const store = openStore({ ...(file !== undefined && { file }), nextStep: () => 1 + Math.floor(random.float() * 40) });
  calculate(store, clock);
  try {
    seedPortal(store, options.seed, clock.now());
  } catch (error) {
    store.close();
    throw error;
  }
  keepLeadsLinked(store, () => clock.now());
  store.onWrite(() => clock.wrote());
  const limits = createLimits({
    clock,
    tier,
    increases: options.limitIncreases ?? 0,
    enforced: options.limits !== 'off',
    timeZone: () => store.account.get(PORTAL, 'account')?.timeZone ?? 'UTC',
    requestId: () => random.uuid(),
  });
  const rules = { batchErrors: 'body' as const, writeValidation: false, indexDelayMs: 0, ...options.rules };
  const context: PortalContext = {
    store,
    searchTable: searchTables(store, { clock, delayMs: () => context.rules.indexDelayMs }),
    clock,
    outerClock: options.clock,
    random,
    tier,
    rules,
    deliver: options.deliver,
    tokenOf: tokenOf({ given: options.tokens, oauth: store.oauthTokens, now: () => clock.now() }),
    apps: options.apps ?? [demoApp],
    dailyUsage: () => limits.dailyUsage(),
  };
  const respond = createFrontDoor(routes, context, limits);
  const faults = createFaults({
    clock: options.clock,
    random,
    refusal: (policy) => limits.refusal(policy),
    setIndexDelay(ms = options.rules?.indexDelayMs ?? 0) {
      rules.indexDelayMs = ms;
    },
  });
  const log = options.requestLog === undefined ? undefined : requestLog(options.clock, options.requestLog);
  const running = services.map((service) => service(context));

  const exchange = async (request: HttpRequest): Promise<Delivery> => {
    const encounter = faults.meet(request);
    await encounter.travel();
    const answered = log?.arrived(request, encounter.fault?.kind);
    const delivery = await encounter.deliver(() => respond(request));
    answered?.(delivery);
    await encounter.travel();
    return delivery;
  };

  return {
    async fetch(request) {
      request.signal?.throwIfAborted();
      return receive(await exchange(request), request.signal);
    },
    exchange,
    control: portalControl({ clock, faults, log, store }),
    describe: () => describe(store, file),
    close() {
      for (const service of running) service.close();
      store.close();
    },
  };
}

function describe(store: Store, file: string | undefined): ReturnType<Portal['describe']> {
  const account = store.account.get(PORTAL, 'account');
  const records: Record<string, number> = {};
  for (const typeId of store.records.typeIds()) {
    records[store.objectType(typeId)?.name ?? typeId] = store.records.count(typeId);
  }
  return {
    portalId: account?.portalId ?? 0,
    accountType: account?.accountType ?? 'STANDARD',
    records,
    ...(file !== undefined && { file }),
  };
}
