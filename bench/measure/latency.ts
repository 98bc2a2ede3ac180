import { type Clock, sleep, systemClock } from '../../src/clock.ts';
import { inPairs } from '../pairs.ts';
import { type Figure, sampleOf } from '../sample.ts';
import { OURS, type Server, type ToolCall } from '../servers.ts';
import type { Sessions } from '../session.ts';

/** HubSpot allows 5 searches a second for the whole account: this is slow enough for one that arrives late. */
const SEARCH_EVERY_MS = 250;
/** Each server has its own 100 calls in 10 seconds, and takes every second turn. */
export const GET_EVERY_MS = 52;
const WARM_UP = 10;
const STAGES = ['lead', 'customer', 'opportunity', 'subscriber'];

/**
 * One call after another, the two servers by turns, no faster than HubSpot allows, so that no wait for quota is measured
 * and no call is refused.
 */
export async function measureLatency(
  sessions: Sessions,
  contactIds: readonly string[],
  calls: number,
  onPair: () => void,
): Promise<Figure[]> {
  const search = await compare('search', SEARCH_EVERY_MS, (server, round) =>
    server.calls.search(STAGES[round % STAGES.length] ?? ''),
  );
  const get = await compare('get', GET_EVERY_MS, (server, round) =>
    server.calls.getContact(contactIds[round % contactIds.length] ?? ''),
  );
  return [search, get];

  async function compare(
    what: string,
    everyMs: number,
    toolCall: (server: Server, round: number) => ToolCall,
  ): Promise<Figure> {
    // Before each call of either server, so that both find the machine as idle: the second of two calls in a row is faster.
    const pace = paced(everyMs, systemClock);
    const time = async (server: Server, round: number): Promise<number> => {
      await pace();
      const session = server === OURS ? sessions.ours : sessions.theirs;
      const began = systemClock.elapsed();
      await session.mustCall(toolCall(server, round));
      return systemClock.elapsed() - began;
    };
    await inPairs(WARM_UP, time);
    const pairs = await inPairs(calls, time, onPair);
    return {
      measure: `${what}, median of ${calls} calls`,
      unit: 'ms',
      ours: sampleOf(pairs.map((pair) => pair.ours)),
      theirs: sampleOf(pairs.map((pair) => pair.theirs)),
    };
  }
}

/** Resolves no sooner than `everyMs` after it last did. */
export function paced(everyMs: number, clock: Clock): () => Promise<void> {
  let next = clock.elapsed();
  return async () => {
    await sleep(clock, Math.max(0, next - clock.elapsed()));
    next = clock.elapsed() + everyMs;
  };
}
