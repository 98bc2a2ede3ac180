/** The network: one `Fetch` over kept-alive connections. Nothing else imports undici, which loads on first use. */

import type { Fetch, NotSent } from '../fetch.ts';

export interface Transport {
  (...exchange: Parameters<Fetch>): ReturnType<Fetch>;
  /** Ends idle connections at once and the others when their exchange is over. */
  close(): Promise<void>;
}

/** Long enough for HubSpot's own limit of 100 s; a call's deadline, which comes with its signal, is usually earlier. */
const SILENCE_MS = 110_000;

const CONNECTIONS = 32;

/** Several times what 200 records full of long texts take. Whatever sends more must not fill this process's memory. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export function createTransport(): Transport {
  let loading: ReturnType<typeof load> | undefined;

  const fetch: Fetch = async ({ method, url, headers, body, signal }) => {
    const { agent, request } = await (loading ??= load());
    try {
      // undici follows no redirects unless told to: the token stays with the host it was meant for.
      const response = await request(url, {
        method,
        headers: { ...headers },
        dispatcher: agent,
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
      return { status: response.statusCode, headers: flat(response.headers), body: await response.body.text() };
    } catch (error) {
      throw wasNotSent(error) ? notSent(error) : error;
    }
  };

  const close = async () => {
    const loaded = await loading;
    await loaded?.agent.close();
  };
  return Object.assign(fetch, { close });
}

async function load() {
  const { Agent, request } = await import('undici');
  const agent = new Agent({
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: 5_000 },
    keepAliveTimeout: 10_000,
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  return { agent, request };
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const pairs = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? '')]);
  return Object.fromEntries(pairs);
}

/** Errors that come before the first byte: no address, no connection, no trust in the other side's certificate. */
function wasNotSent(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(wasNotSent);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const syscall = 'syscall' in error ? error.syscall : undefined;
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT)/.test(code)
  );
}

function notSent(error: unknown): Error & NotSent {
  const { message, code } = error instanceof AggregateError ? first(error) : described(error);
  return Object.assign(new Error(message, { cause: error }), { notSent: true as const, ...(code ? { code } : {}) });
}

const first = (error: AggregateError) => described(error.errors[0]);

function described(error: unknown): { message: string; code?: string } {
  if (!(error instanceof Error)) return { message: 'The connection failed.' };
  return 'code' in error && typeof error.code === 'string'
    ? { message: error.message, code: error.code }
    : { message: error.message };
}
