/** How an answer reaches its caller: whole, or as networks and proxies bring it on a bad day. */

import { type Clock, sleep } from '../../clock.ts';
import type { HttpResponse } from '../../fetch.ts';

export type Delivery =
  | { readonly kind: 'whole'; readonly response: HttpResponse }
  /** The connection breaks before a word of it. */
  | { readonly kind: 'reset' }
  /** Nothing comes, and the connection stays. */
  | { readonly kind: 'hang' }
  /** The head promises the whole body; the connection breaks in the middle of it. */
  | { readonly kind: 'truncated'; readonly response: HttpResponse }
  /** `pieces` are the body, each when its time has come; they end with the signal's reason when the caller goes. */
  | { readonly kind: 'drip'; readonly response: HttpResponse; readonly pieces: AsyncIterable<Uint8Array> };

/** What a `Fetch` rejects with when the connection broke: nothing says whether the portal acted on the request. */
class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly code = 'ECONNRESET';
  constructor() {
    super('The connection was closed before the answer was complete (ECONNRESET).');
  }
}

/** Delivers as a `Fetch` does, for a caller in this process. @throws ConnectionLost, or the signal's reason */
export async function receive(delivery: Delivery, signal: AbortSignal | undefined): Promise<HttpResponse> {
  switch (delivery.kind) {
    case 'whole':
      return delivery.response;
    case 'reset':
    case 'truncated':
      throw new ConnectionLost();
    case 'hang':
      return endOf(signal);
    case 'drip': {
      const pieces: Uint8Array[] = [];
      for await (const piece of delivery.pieces) pieces.push(piece);
      const body = new Uint8Array(pieces.reduce((size, piece) => size + piece.byteLength, 0));
      let at = 0;
      for (const piece of pieces) {
        body.set(piece, at);
        at += piece.byteLength;
      }
      return { ...delivery.response, body };
    }
  }
}

/** Rejects with the signal's reason when it is aborted; never ends without one. */
export function endOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** More pieces would only cost timers. */
const MOST_PIECES = 200;

/** A body in small pieces, the last of which comes after `ms` milliseconds. */
export async function* drip(
  { body }: HttpResponse,
  { clock, ms, signal }: { clock: Clock; ms: number; signal: AbortSignal | undefined },
): AsyncGenerator<Uint8Array> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const count = Math.max(1, Math.min(bytes.byteLength, MOST_PIECES));
  const started = clock.elapsed();
  for (let piece = 0; piece < count; piece++) {
    // Whole milliseconds, of which timers know no parts, and from the start, so that they do not add up.
    const due = started + ((piece + 1) * ms) / count;
    await sleep(clock, Math.ceil(due - clock.elapsed()), signal);
    const [from, to] = [piece, piece + 1].map((each) => Math.floor((each * bytes.byteLength) / count));
    yield bytes.subarray(from, to);
  }
}
