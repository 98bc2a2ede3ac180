/** Several processes that share a quota, all of them in this one, on a Redis and a clock of the test. */

import * as fc from 'fast-check';
import type { Clock } from '../../../src/clock.ts';
import { seededRandom } from '../../../src/clock.ts';
import type { Ledger } from '../../../src/hubspot/ledger.ts';
import type { RedisLink } from '../../../src/hubspot/redis/link.ts';
import type { ScriptName } from '../../../src/hubspot/redis/scripts.ts';
import { SCRIPTS } from '../../../src/hubspot/redis/scripts.ts';
import { createSharedLedger } from '../../../src/hubspot/redis/shared-ledger.ts';
import { COLD_MS } from '../../../src/hubspot/redis/shared-windows.ts';
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
  const bodies = new Map<Ledger, Body>();
  const { shares, dayShare } = options;
  const open = () => {
    const body = createBody(clock, redis.link());
    const ledger = createSharedLedger({
      link: body.link,
      clock: body.clock,
      random,
      name: 'portal',
      log: (message) => log.push(message),
      ...(shares !== undefined && { shares }),
      ...(dayShare !== undefined && { dayShare }),
    });
    bodies.set(ledger, body);
    return ledger;
  };
  const ledgers = Array.from({ length: count }, open);
  await Promise.all(ledgers.map(async (ledger) => ledger.take('search', want)));
  await clock.advance(COLD_MS + 2_000);
  const [a = open(), b = open()] = ledgers;
  const change = (ledger: Ledger, what: Partial<Body['state']>) => Object.assign(bodies.get(ledger)?.state ?? {}, what);
  return {
    clock,
    redis,
    ledgers,
    a,
    b,
    log,
    open,
    /** It does nothing any more. */
    kill: (ledger: Ledger) => change(ledger, { stopped: true }),
    stop: (ledger: Ledger) => change(ledger, { stopped: true }),
    go: (ledger: Ledger) => bodies.get(ledger)?.go(),
    /** Its machine sleeps for so long before it sees the next answer. */
    sleep: (ledger: Ledger, ms: number) => change(ledger, { sleepMs: ms }),
    /** Only these do not reach Redis. */
    cut: (...those: readonly Ledger[]) => {
      for (const [ledger, { state }] of bodies) state.cut = those.includes(ledger);
    },
  };
}

type Body = ReturnType<typeof createBody>;

/** What a process runs on. */
function createBody(clock: FakeClock, link: RedisLink) {
  const state = { stopped: false, cut: false, sleepMs: 0 };
  let sleptMs = 0;
  let missed: (() => void)[] = [];
  const own: Clock = {
    now: () => clock.now() + sleptMs,
    elapsed: () => clock.elapsed(),
    after: (ms, task) => clock.after(ms, () => (state.stopped ? void missed.push(task) : task())),
  };
  return {
    state,
    clock: own,
    link: {
      ...link,
      async run(...script: Parameters<RedisLink['run']>) {
        if (state.cut) throw new Error('connection refused');
        const answer = await link.run(...script);
        sleptMs += state.sleepMs;
        state.sleepMs = 0;
        return answer;
      },
    },
    go() {
      state.stopped = false;
      for (const task of missed) task();
      missed = [];
    },
  };
}

export async function slots(ledger: Ledger, budget: 'burst' | 'search' = 'search'): Promise<Slot[]> {
  const taken: Slot[] = [];
  for (let next = await ledger.take(budget, want); isSlot(next); next = await ledger.take(budget, want))
    taken.push(next);
  return taken;
}

export const end = (list: readonly Slot[], ending: Ending = 'answered') => list.forEach((slot) => slot.end(ending));

/** What befalls Redis, or a process, and how long after what befell them before. */
interface Trouble {
  readonly afterMs: number;
  /** `old dump`: it starts again with what it knew when something befell it last. */
  readonly what: 'flush' | 'refusing' | 'refusing and flush' | 'frozen' | 'old dump' | 'death' | 'well';
}

/** HubSpot's limit in a second. */
export const SEARCHES = 5;

/** The most searches that HubSpot counts in a second, over so many stories; a story with too many ends it, and is told. */
export async function worst({ runs, spanMs }: { runs: number; spanMs: number }): Promise<number> {
  const troubles = fc.array(
    fc.record<Trouble>({
      afterMs: fc.integer({ min: 0, max: 20_000 }),
      what: fc.constantFrom(
        'flush',
        'refusing',
        'refusing and flush',
        'frozen',
        'old dump',
        'death',
        'well',
        'well',
        'well',
        'well',
      ),
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
  const { clock, redis, ledgers, kill } = await processes(given.count, { scripts: given.scripts });
  const random = seededRandom(given.seed);
  const counted: number[] = [];
  const until = clock.elapsed() + given.spanMs;
  const living = new Set(ledgers);
  const isOver = (ledger: Ledger) => clock.elapsed() >= until || !living.has(ledger);
  for (const ledger of ledgers)
    void busy(
      clock,
      ledger,
      () => random.float(),
      counted,
      () => isOver(ledger),
    );
  let startAgain = redis.dump();
  for (const { afterMs, what } of given.list) {
    await clock.advance(Math.min(afterMs, until - clock.elapsed()));
    if (what.includes('flush')) redis.flush();
    if (what === 'old dump') startAgain();
    startAgain = redis.dump();
    if (what === 'death') {
      const [victim] = living;
      if (victim && living.size > 1) {
        living.delete(victim);
        kill(victim);
      }
    }
    if (what.startsWith('refusing')) redis.be('refusing');
    else if (what === 'frozen' || what === 'well') redis.be(what);
  }
  await clock.advance(until - clock.elapsed());
  return counted;
}

async function busy(clock: FakeClock, ledger: Ledger, chance: () => number, counted: number[], isOver: () => boolean) {
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(Math.max(1, Math.round(ms)), resolve));
  while (!isOver()) {
    const taken = await ledger.take('search', want);
    if (isSlot(taken)) {
      const outMs = Math.round(chance() * 300);
      clock.after(outMs, () => counted.push(clock.elapsed()));
      clock.after(outMs + Math.round(chance() * 300), () => isOver() || taken.end('answered'));
      if (chance() < 0.2) await pause(chance() * 1_000);
    } else await pause('waitMs' in taken ? Math.min(taken.waitMs, 200) : 200);
  }
}

/** The most of them in any window that ends with one of them. */
export function mostIn(times: readonly number[], windowMs: number): number {
  return Math.max(0, ...times.map((at) => times.filter((other) => other > at - windowMs && other <= at).length));
}
