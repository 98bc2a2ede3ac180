/** Puts the client together. */

import type { Clock, Random } from '../clock.ts';
import type { Fetch } from '../fetch.ts';
import { createAccount, createScopes } from './account.ts';
import { createAssociations } from './associations.ts';
import type { ExchangeEvent } from './client.ts';
import { createClient } from './client.ts';
import { createDataQuality } from './data-quality.ts';
import type { HubSpot } from './hubspot.ts';
import type { Ledger } from './ledger.ts';
import { createObjects } from './objects.ts';
import { createOwners } from './owners.ts';
import { checkedApiVersion, hostsOf } from './paths.ts';
import { createPipelines } from './pipelines.ts';
import { createProperties } from './properties.ts';
import { createQuota } from './quota.ts';
import { createSchemas } from './schemas.ts';
import { DEFAULT_API_VERSION } from './versions.ts';

export interface HubSpotOptions {
  /** The network (`createTransport`), the embedded portal, or a script. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  /** Asked before every call, and once more when HubSpot answers 401: a rotated token is used from then on. */
  readonly token: () => string | Promise<string>;
  /** An origin, HTTPS or on this machine; HubSpot's own if omitted. */
  readonly baseUrl?: string;
  /** Such as `2026-09`. */
  readonly apiVersion?: string;
  /** Milliseconds that a call may take unless it says otherwise; 30,000 if omitted. */
  readonly deadlineMs?: number;
  /** How many calls may wait for one budget; more are refused at once. */
  readonly maxWaiting?: number;
  /** Where quota is counted; in this process if omitted. */
  readonly ledger?: Ledger;
  /** Sees every request's outcome: no arguments, no records, no token. */
  log?(event: ExchangeEvent): void;
}

const DEADLINE_MS = 30_000;

/** Throws `invalid_argument` when the base URL or the version is not acceptable. Nothing is sent until a method is called. */
export function createHubSpot(options: HubSpotOptions): HubSpot {
  const { clock, maxWaiting, ledger } = options;
  const closing = new AbortController();
  const quota = createQuota(clock, {
    ...(maxWaiting === undefined ? {} : { maxWaiting }),
    ...(ledger ? { ledger } : {}),
  });
  const client = createClient({
    ...options,
    quota,
    hosts: hostsOf(options.baseUrl),
    apiVersion: checkedApiVersion(options.apiVersion ?? DEFAULT_API_VERSION),
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    closed: closing.signal,
    log: options.log?.bind(options),
    onError: (error) => scopes.deny(error),
  });
  const account = createAccount(client, (seen) => quota.learnDay(seen));
  const scopes = createScopes(() => account.introspect());

  return {
    objects: createObjects(client),
    associations: createAssociations(client),
    properties: createProperties(client),
    pipelines: createPipelines(client),
    owners: createOwners(client),
    schemas: createSchemas(client),
    account,
    dataQuality: createDataQuality(client),
    scopes,
    quota: () => quota.state(),
    breakers: () => client.breakers(),
    close: async () => closing.abort(),
  };
}
