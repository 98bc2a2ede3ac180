/** Sends an operation: a slot of the quota, the token, one exchange, and again where that is safe and may help. */

import type { Clock, Random } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { Fetch, HttpMethod } from '../fetch.ts';
import type { RequestEnd } from './breaker.ts';
import { createBreaker } from './breaker.ts';
import type { DefinitionKind } from './cache.ts';
import { createCaches } from './cache.ts';
import type { Call } from './call.ts';
import { runCall, untilAborted } from './call.ts';
import { HubSpotError } from './errors.ts';
import type { Outcome } from './exchange.ts';
import { createExchange, READ_TIMEOUT_MS } from './exchange.ts';
import type { BreakerStates } from './hubspot.ts';
import type { OperationName } from './operations.ts';
import { OPERATIONS } from './operations.ts';
import type { Hosts, PathParameters, Query } from './paths.ts';
import { urlOf } from './paths.ts';
import type { Quota } from './quota.ts';
import { createRetryBudget, retryDelay } from './retry.ts';
import { createSecrets } from './secrets.ts';
import type { CallOptions } from './types.ts';

export interface ClientOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly token: () => string | Promise<string>;
  readonly hosts: Hosts;
  readonly apiVersion: string;
  readonly deadlineMs: number;
  readonly quota: Quota;
  readonly closed: AbortSignal;
  readonly log?: ((event: ExchangeEvent) => void) | undefined;
  onError(error: HubSpotError): void;
}

/** One request and what came of it. It holds no argument, no record and no token. */
export interface ExchangeEvent {
  readonly operation: OperationName;
  readonly method: HttpMethod;
  readonly attempt: number;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly correlationId?: string;
  /** Absent when HubSpot did what was asked. */
  readonly error?: HubSpotError['code'];
  /** Milliseconds the exchange took, and those it waited for quota before. */
  readonly tookMs: number;
  readonly waitedMs: number;
}

export interface Request {
  readonly path?: PathParameters;
  readonly query?: Query;
  readonly body?: unknown;
}

export interface Client {
  /** The token as it is now. Throws `unauthorized`. */
  token(): Promise<string>;
  /** Opens one call; everything sent inside shares its deadline. */
  run<T>(options: CallOptions | undefined, work: (call: Call) => Promise<T>): Promise<T>;
  /** The parsed body; undefined when HubSpot sent none. */
  send(operation: OperationName, request: Request, call: Call): Promise<unknown>;
  /** `run` and `send` in one. */
  once(operation: OperationName, request: Request, options?: CallOptions): Promise<unknown>;
  /** Opens the cache of one kind of definition. A caller may stop waiting; the request goes on for the others. */
  definitions<T>(kind: DefinitionKind): Definitions<T>;
  /** `once` for a write that changes definitions: whatever comes of it, these kinds are read anew. */
  redefine(
    kinds: readonly DefinitionKind[],
    operation: OperationName,
    request: Request,
    options?: CallOptions,
  ): Promise<unknown>;
  breakers(): BreakerStates;
}

/** Gives a definition by key, loading it where it is not known. The key names everything the answer depends on. */
export type Definitions<T> = (
  key: readonly string[],
  options: CallOptions | undefined,
  load: (call: Call) => Promise<T>,
) => Promise<T>;

export function createClient(options: ClientOptions): Client {
  const { clock, quota } = options;
  const caches = createCaches(clock);
  const secrets = createSecrets();
  const breakers = { api: createBreaker(clock), forms: createBreaker(clock) };
  const retries = createRetryBudget(clock);
  const exchange = createExchange({ fetch: options.fetch, clock, quota, secrets });

  const givenToken = async () => {
    try {
      return (await options.token()).trim();
    } catch (cause) {
      // What its source says may hold a secret, or a path: it is for the operator, not for a model.
      const fields = { code: 'unauthorized', sent: 'no', retryable: true } as const;
      throw new HubSpotError('The HubSpot access token could not be read.', fields, { cause });
    }
  };

  const currentToken = async () => {
    const token = await givenToken();
    secrets.add(token);
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    const message = 'The HubSpot access token is empty or holds characters that no token has.';
    throw new HubSpotError(message, { code: 'unauthorized', sent: 'no', retryable: false });
  };

  const run: Client['run'] = (callOptions, work) => runCall(clock, callOptions, options, work);

  const send: Client['send'] = async (operation, request, call) => {
    const { meaning, method, budget, host } = OPERATIONS[operation];
    const breaker = breakers[host];
    const url = urlOf(options.hosts, options.apiVersion, operation, request.path ?? {}, request.query ?? {});
    const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
    /** The last failure that leaves open whether HubSpot acted. A later refusal does not settle that. */
    let doubt: HubSpotError | undefined;
    const tokenInTime = () => waited(untilAborted(call.signal, currentToken()), operation, doubt);
    let token = await tokenInTime();
    let renewed = false;

    for (let attempt = 1; ; attempt += 1) {
      const asked = clock.elapsed();
      const enter = async () => {
        breaker.check();
        const slot = await quota.enter(budget, {
          ...call,
          requestMs: meaning === 'read' ? READ_TIMEOUT_MS : undefined,
        });
        try {
          return { slot, ended: breaker.enter() };
        } catch (error) {
          slot.end('not_sent');
          throw error;
        }
      };
      const { slot, ended } = await waited(enter(), operation, doubt);
      const sent = clock.elapsed();
      const outcome = await exchange({ operation, url, token, ...body }, slot, call);
      const { json, error, ...answer } = outcome;
      ended(endOf(outcome, clock.elapsed() - sent));
      if (attempt === 1) retries.sent();
      const times = { tookMs: clock.elapsed() - sent, waitedMs: sent - asked };
      options.log?.({ operation, method, attempt, ...answer, ...(error ? { error: error.code } : {}), ...times });
      if (!error) return json;

      // A rotated token: HubSpot has done nothing, so even a create may be sent again, once.
      if (error.code === 'unauthorized' && !renewed) {
        renewed = true;
        const fresh = await tokenInTime();
        if (fresh !== token) {
          token = fresh;
          attempt -= 1;
          continue;
        }
      }
      options.onError(error);
      if (meaning !== 'read' && error.sent === 'maybe') doubt = error;
      const delay = call.signal.aborted ? undefined : retryDelay(error, meaning, attempt, options.random);
      if (delay === undefined || Math.max(delay, error.retryAfterMs ?? 0) >= call.left()) throw settled(error, doubt);
      if (breaker.isOpen() || !retries.mayRepeat()) throw settled(error, doubt);
      if (delay > 0) await waited(sleep(clock, delay, call.signal), operation, doubt);
    }
  };

  /** A call that is over gets nothing any more, not even what is known. */
  const isOver = ({ signal, deadlineMs = 1, deadlineAt = Number.POSITIVE_INFINITY }: CallOptions = {}) =>
    signal?.aborted === true || options.closed.aborted || deadlineMs <= 0 || deadlineAt <= clock.elapsed();

  const once: Client['once'] = (operation, request, callOptions) =>
    run(callOptions, (call) => send(operation, request, call));

  return {
    token: currentToken,
    run,
    send,
    once,
    definitions<T>(kind: DefinitionKind): Definitions<T> {
      const cache = caches.open<T>(kind);
      return (key, callOptions, load) => {
        const name = key.join('/');
        const known = cache.known(name);
        if (known !== undefined && !isOver(callOptions)) return Promise.resolve(known.value);
        return run(callOptions, (call) => {
          const loading = cache.get(name, () => run(undefined, load));
          return untilAborted(call.signal, loading);
        });
      };
    },
    async redefine(kinds, operation, request, callOptions) {
      try {
        return await once(operation, request, callOptions);
      } finally {
        caches.drop(...kinds);
      }
    },
    breakers: () => ({
      api: breakers.api.isOpen() ? 'open' : 'closed',
      forms: breakers.forms.isOpen() ? 'open' : 'closed',
    }),
  };
}

/** A request that ended sooner, at a deadline of its own call, says nothing about HubSpot. */
const LONG_SILENCE_MS = 10_000;

function endOf({ status, error }: Outcome, tookMs: number): RequestEnd {
  if (status !== undefined) return status >= 500 && status !== 501 ? 'failed' : 'answered';
  if (error?.code === 'network') return 'failed';
  return error?.code === 'deadline' && tookMs >= LONG_SILENCE_MS ? 'failed' : 'neither';
}

/** Waiting ends with the call; what had been sent before decides whether anything may have happened. */
async function waited<T>(waiting: Promise<T>, operation: OperationName, doubt: HubSpotError | undefined): Promise<T> {
  try {
    return await waiting;
  } catch (error) {
    if (!(error instanceof HubSpotError)) throw error;
    throw error.with({ operation, sent: doubt ? 'maybe' : 'no' });
  }
}

/** A refusal of the values themselves holds for the attempts before it as well; any other leaves their outcome open. */
function settled(error: HubSpotError, doubt: HubSpotError | undefined): HubSpotError {
  return doubt && error.code !== 'validation' ? error.with({ sent: 'maybe' }) : error;
}
