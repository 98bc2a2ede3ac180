import { sleep, systemClock } from '../../src/clock.ts';
import { residentMb } from '../memory.ts';
import { inPairs, type Pair } from '../pairs.ts';
import { type Figure, sampleOf } from '../sample.ts';
import type { Server } from '../servers.ts';
import { startSession } from '../session.ts';

/** Long enough for what a server does in the background after it has answered. */
const SETTLE_MS = 500;
const CONCURRENT = 100;

interface Start {
  readonly coldStartMs: number;
  readonly idleMb: number;
  readonly busyMb: number;
  readonly concurrentMs: number;
  readonly succeeded: number;
}

/**
 * A process of each server, fresh for every pair: spawn to the first tools/list answer, memory when idle, then 100 calls
 * at once and memory after them.
 */
export async function measureStart(
  portalUrl: string,
  contactIds: readonly string[],
  rounds: number,
  onPair: () => void,
): Promise<Figure[]> {
  const pairs = await inPairs(rounds, (server) => startOnce(server, portalUrl, contactIds), onPair);
  const both = (figure: (start: Start) => number) => ({
    ours: sampleOf(pairs.map((pair) => figure(pair.ours))),
    theirs: sampleOf(pairs.map((pair) => figure(pair.theirs))),
  });
  return [
    figure(
      'cold start: spawn to the first tools/list',
      'ms',
      both((start) => start.coldStartMs),
    ),
    figure(
      'resident memory, idle',
      'MB',
      both((start) => start.idleMb),
    ),
    figure(
      'resident memory after 100 concurrent gets',
      'MB',
      both((start) => start.busyMb),
    ),
    { measure: '100 concurrent gets: all answered', unit: 'ms', ...both((start) => start.concurrentMs) },
    { measure: '100 concurrent gets: succeeded', unit: 'calls', ...both((start) => start.succeeded) },
  ];
}

function figure(measure: string, unit: 'ms' | 'MB', sides: Pair<ReturnType<typeof sampleOf>>): Figure {
  return { measure, unit, ...sides, reach: { text: '≤ its own', reached: sides.ours.median <= sides.theirs.median } };
}

async function startOnce(server: Server, portalUrl: string, contactIds: readonly string[]): Promise<Start> {
  const session = await startSession(server, portalUrl);
  try {
    await sleep(systemClock, SETTLE_MS);
    const idleMb = await residentMb(session.pid);
    const began = systemClock.elapsed();
    const calls = Array.from({ length: CONCURRENT }, (_, index) =>
      session.call(server.calls.getContact(contactIds[index % contactIds.length] ?? '')),
    );
    const answers = await Promise.all(calls);
    const concurrentMs = systemClock.elapsed() - began;
    await sleep(systemClock, SETTLE_MS);
    return {
      coldStartMs: session.startedInMs,
      idleMb,
      busyMb: await residentMb(session.pid),
      concurrentMs,
      succeeded: answers.filter((answer) => !answer.isError).length,
    };
  } finally {
    await session.close();
  }
}
