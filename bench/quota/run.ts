/** Runs several processes against one portal and one Redis, lets things go wrong, and reads the portal's own log. */

import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import * as z from 'zod';
import { sleep, systemClock, systemRandom, within } from '../../src/clock.ts';
import { leaveMark } from './leave-mark.ts';
import type { CallerKind, CallerReport, CallerSetup, PortalSetup } from './messages.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

export interface Run {
  readonly kind: CallerKind;
  readonly processes: number;
  /** Of all processes together. */
  readonly calls: number;
  readonly pattern: 'saturated' | 'idle, then burst';
  readonly jitterMs?: readonly [number, number];
  /** Each process believes in a time of day of its own, up to five minutes off. */
  readonly skewed?: boolean;
  readonly fault?: Fault;
  /** Calls that have not settled by then never will. */
  readonly patienceMs?: number;
}

export type Fault = 'kill half' | 'stop half' | 'flush' | 'restart' | 'restart with an old dump';

export interface RunResult {
  /** The most requests that the portal saw within any window of its limit. */
  readonly mostInWindow: number;
  readonly refused: number;
  readonly arrived: number;
  readonly fine: number;
  readonly failed: number;
  readonly unsettled: number;
  readonly reasons: readonly string[];
  /** Milliseconds from the first arrival to the last. */
  readonly spanMs: number;
  /** The rate as a share of limit / (window + mean round trip). */
  readonly share: number;
  readonly roundTripMs: number;
  /**
   * Milliseconds from the fault to the moment from which on the rate is 97 % of what is possible. Infinite when it never
   * was over two windows at least; 0 without a fault.
   */
  readonly fullRateAfterMs: number;
}

export const LIMIT = 190;
export const WINDOW_MS = 10_000;
export const FULL_RATE = 0.97;
/** After the first calls. */
const FAULT_AFTER_MS = 4_000;
/** Longer than any slot of theirs is held. */
const STOPPED_MS = 30_000;
/** Long enough for the counters of fixed windows to be in the middle of one. */
const IDLE_MS = 9_000;

const arrivalsMessage = z.object({
  arrivals: z.array(z.object({ at: z.number(), status: z.number().nullable() })),
});
const portalMessage = z.object({ url: z.string() });
const reportMessage = z.object({
  fine: z.number(),
  failed: z.number(),
  reasons: z.array(z.string()),
  roundTripMs: z.number(),
});

/** @param folder where `quota-portal.js` and `quota-caller.js` lie */
export async function run(folder: string, { jitterMs = [0, 0], ...given }: Run): Promise<RunResult> {
  const children: ChildProcess[] = [];
  const spawn = (file: string, setup: PortalSetup | CallerSetup) => {
    const child = fork(resolve(folder, file), [JSON.stringify(setup)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    return child;
  };
  const redis = await startRedis();
  try {
    const portal = spawn('quota-portal.js', { jitterMs });
    const { url } = portalMessage.parse(await messageOf(portal));
    const token = `pat-na1-${systemRandom.uuid()}`;
    await leaveMark(redis.url, token);
    const callers = Array.from({ length: given.processes }, (_, index) =>
      spawn('quota-caller.js', {
        kind: given.kind,
        portalUrl: url,
        redisUrl: redis.url,
        token,
        calls: Math.floor(given.calls / given.processes),
        idleMs: given.pattern === 'saturated' ? 0 : IDLE_MS,
        skewMs: given.skewed ? (index % 2 === 0 ? 1 : -1) * 300_000 : 0,
      }),
    );
    const survivors = given.fault === 'kill half' ? callers.slice(Math.ceil(callers.length / 2)) : callers;
    const reporting = survivors.map(async (child) => reportMessage.parse(await messageOf(child)));
    // On a busy machine it takes a while until they call.
    while (given.fault !== undefined && (await arrivalsAt(portal)).length < LIMIT / 2) await sleep(systemClock, 250);
    const faultAt = given.fault === undefined ? undefined : await causeFault(given.fault, redis, callers);
    const patience = given.patienceMs ?? 150_000;
    const reports = await Promise.all(reporting.map((report) => within(systemClock, patience, report, undefined)));
    const arrivals = await arrivalsAt(portal);
    const expected = survivors.length * Math.floor(given.calls / given.processes);
    return resultOf(arrivals, reports, expected, faultAt);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await redis.close();
  }
}

/** Gives the time of day at which it began. */
async function causeFault(fault: Fault, redis: RedisServer, callers: readonly ChildProcess[]): Promise<number> {
  const half = callers.slice(0, Math.ceil(callers.length / 2));
  if (fault === 'restart with an old dump') await redis.command('SAVE');
  await sleep(systemClock, FAULT_AFTER_MS);
  const began = systemClock.now();
  if (fault === 'kill half') {
    for (const child of half) child.kill('SIGKILL');
  } else if (fault === 'stop half') {
    for (const child of half) child.kill('SIGSTOP');
    await sleep(systemClock, STOPPED_MS);
    for (const child of half) child.kill('SIGCONT');
  } else if (fault === 'flush') await redis.command('FLUSHALL');
  else {
    await redis.kill();
    await sleep(systemClock, 2_000);
    await redis.start();
  }
  return began;
}

async function arrivalsAt(portal: ChildProcess) {
  portal.send('arrivals');
  return arrivalsMessage.parse(await messageOf(portal)).arrivals;
}

/** The next message of a process. Rejects when it ends without one. */
function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code, signal) => reject(new Error(`a process ended (${signal ?? code}) and said nothing`)));
  });
}

function resultOf(
  arrivals: readonly { at: number; status: number | null }[],
  reports: readonly (CallerReport | undefined)[],
  expected: number,
  faultAt: number | undefined,
): RunResult {
  const times = arrivals.map(({ at }) => at).toSorted((a, b) => a - b);
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const fine = sum(reports.map((report) => report?.fine ?? 0));
  const failed = sum(reports.map((report) => report?.failed ?? 0));
  const trips = reports.flatMap((report) => (report === undefined ? [] : [report.roundTripMs]));
  const roundTripMs = sum(trips) / Math.max(1, trips.length);
  const physical = LIMIT / (WINDOW_MS + roundTripMs);
  return {
    mostInWindow: mostIn(times, WINDOW_MS),
    refused: arrivals.filter(({ status }) => status === 429).length,
    arrived: times.length,
    fine,
    failed,
    unsettled: expected - fine - failed,
    reasons: [...new Set(reports.flatMap((report) => report?.reasons ?? []))],
    spanMs: Math.round(last - first),
    share: shareFrom(times, 0, physical),
    roundTripMs: Math.round(roundTripMs),
    fullRateAfterMs: faultAt === undefined ? 0 : Math.round(fullRateFrom(times, faultAt, physical) - faultAt),
  };
}

/**
 * From one arrival to the one that comes so many times the limit later, as late as there is one: every slot was used as
 * often in between, whether they come evenly or a window's worth at a time. 0 where less than `least` limits' worth follow.
 */
function shareFrom(times: readonly number[], index: number, physical: number, least = 1): number {
  const rounds = Math.floor((times.length - 1 - index) / LIMIT);
  const first = times[index];
  const last = times[index + rounds * LIMIT];
  if (rounds < least || first === undefined || last === undefined) return 0;
  return (rounds * LIMIT) / (last - first) / physical;
}

function fullRateFrom(times: readonly number[], since: number, physical: number): number {
  const index = times.findIndex((at, each) => at >= since && shareFrom(times, each, physical, 2) >= FULL_RATE);
  return times[index] ?? Number.POSITIVE_INFINITY;
}

/** HubSpot counts what came after `at - windowMs`, up to and with what came at `at`. */
function mostIn(times: readonly number[], windowMs: number): number {
  let most = 0;
  for (let start = 0, end = 0; end < times.length; end += 1) {
    while ((times[start] ?? 0) <= (times[end] ?? 0) - windowMs) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
