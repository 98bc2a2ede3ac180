/** Several processes that share a quota, all of them in this one, on a Redis and a clock of the test. */

import * as fc from 'fast-check';
import { seededRandom } from '../../../src/clock.ts';
import type { Ledger } from '../../../src/hubspot/ledger.ts';
import type { ScriptName } from '../../../src/hubspot/redis/scripts.ts';
import { SCRIPTS } from '../../../src/hubspot/redis/scripts.ts';
import { COLD_MS, createSharedLedger } from '../../../src/hubspot/redis/shared-ledger.ts';
import type { Ending, Slot } from '../../../src/hubspot/window.ts';
import { isSlot } from '../../../src/hubspot/window.ts';
import type { FakeClock } from '../../fake-clock.ts';
import { fakeClock } from '../../fake-clock.ts';
import { createLuaRedis } from './lua-redis.ts';

export const want = { even: false, requestMs: 5_000 };

/** Some processes on one Redis that has been in use before. */
export async function processes(
  count: number,
  options: { shares?: number; scripts?: Readonly<Record<ScriptName, string>>; dayShare?: number } = {},
) {
  const clock = fakeClock();
  const redis = createLuaRedis(clock, options.scripts);
  const random = seededRandom(3);
  const log: string[] = [];
  const { shares, dayShare } = options;
  const open = () =>
    createSharedLedger({
      link: redis.link(),
      clock,
      random,
      name: 'portal',
      log: (message) => log.push(message),
      ...(shares !== undefined && { shares }),
      ...(dayShare !== undefined && { dayShare }),
    });
  const ledgers = Array.from({ length: count }, open);
  await Promise.all(ledgers.map(async (ledger) => ledger.take('search', want)));
  await clock.advance(COLD_MS + 2_000);
  const [a = open(), b = open()] = ledgers;
  return { clock, redis, ledgers, a, b, log, open };
}

export async function slots(ledger: Ledger, budget: 'burst' | 'search' = 'search'): Promise<Slot[]> {
  const taken: Slot[] = [];
  for (let next = await ledger.take(budget, want); isSlot(next); next = await ledger.take(budget, want))
    taken.push(next);
  return taken;
}

export const end = (list: readonly Slot[], ending: Ending = 'answered') => list.forEach((slot) => slot.end(ending));

/** What befalls Redis, and how long after what befell it before. */
interface Trouble {
  readonly afterMs: number;
  readonly what: 'flush' | 'refusing' | 'refusing and flush' | 'frozen' | 'well';
}

/** HubSpot's limit in a second. */
export const SEARCHES = 5;

/** The most searches that HubSpot counts in a second, over so many stories; a story with too many ends it, and is told. */
export async function worst({ runs, spanMs }: { runs: number; spanMs: number }): Promise<number> {
  const troubles = fc.array(
    fc.record<Trouble>({
      afterMs: fc.integer({ min: 0, max: 20_000 }),
      what: fc.constantFrom('flush', 'refusing', 'refusing and flush', 'frozen', 'well', 'well', 'well'),
    }),
    { maxLength: 6 },
  );
  let most = 0;
  const story = fc.asyncProperty(troubles, fc.integer({ min: 1, max: 4 }), fc.integer(), async (list, count, seed) => {
    const here = mostIn(await counting({ list, count, seed, scripts: SCRIPTS, spanMs }), 1_000);
    most = Math.max(most, here);
    return here <= SEARCHES;
  });
  await fc.assert(story, { numRuns: runs });
  return most;
}

/** A process that finds no Redis when it starts, some time later. */
export async function stranger(shares?: number): Promise<Ledger> {
  const { clock, redis, open } = await processes(0, shares === undefined ? {} : { shares });
  redis.be('refusing');
  const ledger = open();
  await ledger.take('burst', want);
  await clock.advance(COLD_MS + 1_000);
  return ledger;
}

/** When HubSpot counts each of the searches that some busy processes send. */
export async function counting(given: {
  readonly list: readonly Trouble[];
  readonly count: number;
  readonly seed: number;
  readonly scripts: Readonly<Record<ScriptName, string>>;
  readonly spanMs: number;
}): Promise<number[]> {
  const { clock, redis, ledgers } = await processes(given.count, { scripts: given.scripts });
  const random = seededRandom(given.seed);
  const counted: number[] = [];
  const until = clock.elapsed() + given.spanMs;
  for (const ledger of ledgers) void busy(clock, ledger, () => random.float(), counted, until);
  for (const { afterMs, what } of given.list) {
    await clock.advance(Math.min(afterMs, until - clock.elapsed()));
    if (what.includes('flush')) redis.flush();
    if (what.startsWith('refusing')) redis.be('refusing');
    else if (what === 'frozen' || what === 'well') redis.be(what);
  }
  await clock.advance(until - clock.elapsed());
  return counted;
}

async function busy(clock: FakeClock, ledger: Ledger, chance: () => number, counted: number[], until: number) {
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(Math.max(1, Math.round(ms)), resolve));
  while (clock.elapsed() < until) {
    const taken = await ledger.take('search', want);
    if (isSlot(taken)) {
      const outMs = Math.round(chance() * 300);
      clock.after(outMs, () => counted.push(clock.elapsed()));
      clock.after(outMs + Math.round(chance() * 300), () => taken.end('answered'));
      if (chance() < 0.2) await pause(chance() * 1_000);
    } else await pause('waitMs' in taken ? Math.min(taken.waitMs, 200) : 200);
  }
}

/** The most of them in any window that ends with one of them. */
export function mostIn(times: readonly number[], windowMs: number): number {
  return Math.max(0, ...times.map((at) => times.filter((other) => other > at - windowMs && other <= at).length));
}
