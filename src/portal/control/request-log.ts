/** What arrived at a portal, in the order in which it arrived. */

import type { Clock } from '../../clock.ts';
import type { HttpRequest } from '../../fetch.ts';
import type { Delivery } from '../faults/delivery.ts';
import type { FaultKind } from '../faults/fault.ts';

export interface LoggedRequest {
  /** Milliseconds since the epoch with their fractions, on the real clock: never before that of an earlier request. */
  readonly arrival: number;
  /** The bearer; null for a request without one. */
  readonly token: string | null;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without its `?`; empty for none. */
  readonly query: string;
  /** The start of it as text, where it is longer than {@link MOST_BODY}; null for none. */
  readonly body: string | null;
  /** How long it was. */
  readonly bodyBytes: number;
  /** What was sent; null for no answer, or for none yet. */
  readonly status: number | null;
  /** What went wrong with it, because it was asked to. */
  readonly fault?: FaultKind;
}

export interface RequestLog {
  /** Notes an arrival; the function that it gives notes what came of it. */
  arrived(request: HttpRequest, fault: FaultKind | undefined): (delivery: Delivery) => void;
  list(): LoggedRequest[];
  /** How many were forgotten since the log was cleared, to make room. */
  readonly forgotten: number;
  clear(): void;
}

/** Bytes of a body that are kept. */
const MOST_BODY = 64 * 1024;
/** Characters of all requests together, before the oldest are forgotten. */
const MOST_TEXT = 64 * 1024 * 1024;

type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** Keeps at most `most` requests, and at least half as many of the last ones, unless they are too large. */
export function requestLog(clock: Clock, most: number): RequestLog {
  const started = clock.now() - clock.elapsed();
  let entries: Entry[] = [];
  let size = 0;
  let forgotten = 0;
  return {
    arrived(request, fault) {
      const [path = '', query = ''] = request.url.replace(/^https?:\/\/[^/]*/, '').split(/\?(.*)/s);
      const body = startOf(request.body);
      const entry: Entry = {
        arrival: started + clock.elapsed(),
        token: /^Bearer\s+(\S+)/i.exec(request.headers['authorization'] ?? '')?.[1] ?? null,
        method: request.method,
        path,
        query,
        body,
        bodyBytes: typeof request.body === 'string' ? Buffer.byteLength(request.body) : (request.body?.byteLength ?? 0),
        status: null,
        ...(fault !== undefined && { fault }),
      };
      entries.push(entry);
      size += sizeOf(entry);
      // A good many at once, so that not each request moves all others.
      if (entries.length > most || size > MOST_TEXT) {
        const gone = Math.ceil(entries.length / 4);
        for (const old of entries.splice(0, gone)) size -= sizeOf(old);
        forgotten += gone;
      }
      return (delivery) => {
        if ('response' in delivery) entry.status = delivery.response.status;
      };
    },
    list: () => entries.map((entry) => ({ ...entry })),
    get forgotten() {
      return forgotten;
    },
    clear() {
      entries = [];
      size = 0;
      forgotten = 0;
    },
  };
}

function sizeOf({ path, query, body, token }: Entry): number {
  return path.length + query.length + (body?.length ?? 0) + (token?.length ?? 0);
}

function startOf(body: string | Uint8Array | undefined): string | null {
  if (body === undefined || body.length === 0) return null;
  return typeof body === 'string' ? body.slice(0, MOST_BODY) : new TextDecoder().decode(body.subarray(0, MOST_BODY));
}
