/** A HubSpot that does what a test tells it to, and remembers what it was asked. */

import type { Clock, Random } from '../../src/clock.ts';
import { seededRandom, sleep, systemClock } from '../../src/clock.ts';
import type { Fetch, HttpMethod, HttpResponse } from '../../src/fetch.ts';
import type { HubSpot, HubSpotOptions, SearchRequest } from '../../src/hubspot/index.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { createLedger } from '../../src/hubspot/ledger.ts';
import type { Entrant } from '../../src/hubspot/quota.ts';
import { createQuota } from '../../src/hubspot/quota.ts';
import { createWindow } from '../../src/hubspot/window.ts';
import type { FakeClock } from '../fake-clock.ts';
import { fakeClock } from '../fake-clock.ts';

export const TOKEN = 'pat-na1-11111111-2222-3333-4444-555555555555';

/** What bodies of searches and batches hold; a test reads what its own requests do. */
export interface Body extends SearchRequest {
  readonly inputs: readonly Input[];
}

export interface Input {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly objectWriteTraceId?: string;
  readonly after?: string;
}

export interface Asked {
  readonly method: HttpMethod;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly token: string;
  /** When it arrived. */
  readonly at: number;
}

export type Answer = Partial<HttpResponse> & { readonly json?: unknown; readonly afterMs?: number };

/** Gives the answer, or throws what the network would throw. `undefined` never answers. */
export type Script = (asked: Asked, count: number) => Answer | undefined;

export interface Scripted {
  readonly hubspot: HubSpot;
  readonly clock: FakeClock;
  readonly asked: Asked[];
}

export function scripted(script: Script, options: Partial<HubSpotOptions> = {}): Scripted {
  const clock = fakeClock({ patient: true });
  const asked: Asked[] = [];
  const random: Random = options.random ?? seededRandom(1);
  const fetch: Fetch = async ({ method, url, headers, body }) => {
    const { pathname, searchParams } = new URL(url);
    const parsed: Body = JSON.parse(typeof body === 'string' ? body : '{}');
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    const entry = { method, path: pathname, query: searchParams, body: parsed, token, at: clock.elapsed() };
    asked.push(entry);
    const answer = script(entry, asked.length);
    if (!answer) return new Promise(() => {});
    if (answer.afterMs) await sleep(clock, answer.afterMs);
    const { status = 200, headers: given = {}, json } = answer;
    return { status, headers: given, body: answer.body ?? (json === undefined ? '' : JSON.stringify(json)) };
  };
  const hubspot = createHubSpot({ fetch, clock, random, token: () => TOKEN, ...options });
  return { hubspot, clock, asked };
}

/** A network error; with `notSent`, one from before the first byte. */
export function broken(notSent: boolean): Error {
  return Object.assign(new Error('the line broke'), notSent ? { notSent: true } : {});
}

export function record(id: string, properties: Record<string, string | null> = {}) {
  const time = '2026-01-01T00:00:00.000Z';
  return { id, properties: { hs_object_id: id, ...properties }, createdAt: time, updatedAt: time, archived: false };
}

/** A quota of so many slots a second, the same for every budget. */
export function narrowQuota(clock: Clock, limit: number, maxWaiting = 100) {
  const window = createWindow(clock, { limit, windowMs: 1_000 });
  const windows = { burst: window, search: window, associations: window };
  return createQuota(clock, { maxWaiting, ledger: createLedger(clock, { windows }) });
}

/** One that wants to send, of the usual priority, without an end. */
export function entrant({ signal = new AbortController().signal, ...who }: Partial<Entrant> = {}): Entrant {
  return { signal, priority: 5, left: () => Number.POSITIVE_INFINITY, ...who };
}

// The client loads Bottleneck when a call has to wait for the first time, in real time, which fake time must not overtake.
const warmUp = narrowQuota(systemClock, 1);
const slot = await warmUp.enter('burst', entrant());
const waiting = warmUp.enter('burst', entrant());
slot.end('not_sent');
await waiting;
