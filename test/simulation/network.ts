/** The network between a process and the portal: slow by chance, and sometimes so slow that the caller has gone. */

import { type Clock, type Random, sleep } from '../../src/clock.ts';
import type { Fetch, HttpRequest, HttpResponse } from '../../src/fetch.ts';

/** Milliseconds one way, nearly always. */
const NEAR_MS = 120;
/** Milliseconds one way, now and then: shorter than the client takes a request to be on its way at most. */
const FAR_MS = 1_500;
const FAR_SHARE = 0.02;

export interface Network {
  readonly fetch: Fetch;
  /** For so long, as when a token is exchanged for another, nobody is let in with it. */
  refuseToken(ms: number): void;
}

/**
 * A request that has left arrives, whatever becomes of its sender. Whoever gives up, or is dead, only never hears of the
 * answer.
 */
export function network(portal: Fetch, clock: Clock, random: Random): Network {
  let refusedUntil = 0;
  const distance = () => Math.ceil(random.float() * (random.float() < FAR_SHARE ? FAR_MS : NEAR_MS));

  const exchange = async ({ signal: _signal, ...request }: HttpRequest): Promise<HttpResponse> => {
    await sleep(clock, distance());
    const response = clock.elapsed() < refusedUntil ? expired : await portal(request);
    await sleep(clock, distance());
    return response;
  };

  const fetch: Fetch = (request) =>
    new Promise((resolve, reject) => {
      const leave = () => reject(request.signal?.reason);
      if (request.signal?.aborted) return leave();
      request.signal?.addEventListener('abort', leave, { once: true });
      exchange(request)
        .then(resolve, reject)
        .finally(() => request.signal?.removeEventListener('abort', leave));
    });

  return {
    fetch,
    refuseToken(ms) {
      refusedUntil = clock.elapsed() + ms;
    },
  };
}

const expired: HttpResponse = {
  status: 401,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(
    JSON.stringify({ status: 'error', message: 'The token has expired.', category: 'EXPIRED_AUTHENTICATION' }),
  ),
};
