/**
 * The whole system on virtual time, from one seed: agents, processes that die, a network, a portal that fails in every way
 * it can be asked to, a Redis that forgets, a disk that loses what was not synced. Everything but these is the product.
 */

import { type Random, seededRandom, sleep } from '../../src/clock.ts';
import { openPolicy } from '../../src/policy/index.ts';
import { createLuaRedis } from '../hubspot/redis/lua-redis.ts';
import { tornDisk } from '../journal/torn-disk.ts';
import { accident } from './accidents.ts';
import { pursue, resume, type Story } from './agent.ts';
import { type Deed, makeDeed } from './deeds.ts';
import { planFaults } from './faults.ts';
import { LIMITS, openGround, START, type World } from './ground.ts';
import { readHoldings } from './holdings.ts';
import { judge, type Verdict } from './judge.ts';
import { network } from './network.ts';
import { type Process, type Surroundings, startProcess, TOKEN } from './process.ts';
import { fetchFor, journalFor, type Sabotage, scriptsFor } from './sabotage.ts';
import { Stuck, type VirtualTime, virtualTime } from './virtual-time.ts';

/** Longer than any world lasts, but for {@link LONG_AGO_MS}. */
const MOST_MS = 3_600_000;
const AGENTS_BEGIN_WITHIN_MS = 40_000;
const ACCIDENTS_WITHIN_MS = 60_000;
/** Time for what is settled later than its call: until HubSpot acts on no request any more, and a round. */
const AFTERMATH_MS = 330_000;
const MOST_PROCESSES = 3;
/** Longer than the journal keeps what is settled. */
const LONG_AGO_MS = 31 * 86_400_000;

export async function simulate(seed: number, sabotage?: Sabotage): Promise<Verdict> {
  const time = virtualTime(START);
  const dice = seededRandom(seed);
  const tier = dice.float() < 0.5 ? 'starter' : 'professional';
  const world = await openGround(seed, tier, time);
  try {
    return await time.until(
      play(seed, { ...world, time, dice, limits: LIMITS[tier], sabotage }),
      MOST_MS + LONG_AGO_MS,
    );
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    return {
      seed,
      writes: 0,
      written: 0,
      duplicates: [],
      lost: [],
      overQuota: [],
      unsettled: [error.message],
      other: [],
    };
  } finally {
    world.portal.close();
    world.remove();
    time.close();
  }
}

interface Stage extends World {
  readonly time: VirtualTime;
  readonly dice: Random;
  readonly limits: (typeof LIMITS)[keyof typeof LIMITS];
  readonly sabotage: Sabotage | undefined;
}

async function play(seed: number, { portal, ground, time, dice, limits, sabotage }: Stage): Promise<Verdict> {
  const branch = () => seededRandom(Math.floor(dice.float() * 2 ** 32));
  const many = 1 + Math.floor(dice.float() ** 1.7 * MOST_PROCESSES);
  const redis = many > 1 ? createLuaRedis(time, scriptsFor(sabotage)) : undefined;
  const trouble: string[] = [];
  const endless: string[] = [];
  const link = network(portal.fetch, time, branch());
  const surroundings: Surroundings = {
    clock: time,
    portal: fetchFor(sabotage, link.fetch),
    portalId: portal.describe().portalId,
    redis,
    policy: await openPolicy({ version: 1 }),
    aroundJournal: journalFor(sabotage, branch()),
    log: (message) => trouble.push(message),
  };
  const folder = tornDisk(branch(), { skipSync: sabotage === 'skip-fsync' });
  const processes = new Map<number, Process>();
  let started = 0;
  const start = (place: number) => {
    started += 1;
    processes.set(place, startProcess(`process ${started}`, surroundings, folder.process(), branch()));
  };
  const startAll = () => {
    for (let place = 0; place < many; place += 1) start(place);
  };
  const endAll = () => {
    for (const each of processes.values()) if (each.alive()) each.kill();
  };
  const chance = branch();
  const anyProcess = async (): Promise<Process> => {
    for (;;) {
      const living = [...processes.values()].filter((each) => each.alive());
      const chosen = living[Math.floor(chance.float() * living.length)];
      if (chosen !== undefined) return chosen;
      await sleep(time, 200);
    }
  };

  const stories: Story[] = [];
  const tellStory = async (deed: Deed, random: Random) => {
    const story = await pursue(deed, { clock: time, random, process: anyProcess });
    stories.push(story);
    const next = deed.next?.(story);
    if (next !== undefined) await tellStory(next, random);
  };
  const agent = async (number: number) => {
    const random = branch();
    const deed = makeDeed(number, random, ground);
    await sleep(time, Math.ceil(random.float() * AGENTS_BEGIN_WITHIN_MS));
    await Promise.all(
      Array.from({ length: deed.agents ?? 1 }, async (_, n) => {
        const own = n === 0 ? random : branch();
        if (n > 0) await sleep(time, Math.ceil(own.float() ** 2 * 2_000));
        await tellStory(deed, own);
      }),
    );
  };

  startAll();
  // Some worlds have a past that the journal may forget.
  if (dice.float() < 0.1) {
    await Promise.all(Array.from({ length: 3 }, (_, number) => agent(1_000 + number)));
    endAll();
    await sleep(time, LONG_AGO_MS);
    startAll();
  }
  planFaults(portal.control.faults, branch());
  const scene = { clock: time, redis, network: link, folder, processes, start, endless };
  const accidents = Array.from({ length: Math.floor(dice.float() * 4) }, () =>
    accident(scene, branch(), ACCIDENTS_WITHIN_MS),
  );
  await Promise.all(Array.from({ length: 4 + Math.floor(dice.float() * 9) }, (_, number) => agent(number)));
  await Promise.all(accidents);
  portal.control.faults.clear();

  // A last process finds what the others left, and settles it.
  endAll();
  const heir = startProcess('heir', { ...surroundings, redis: undefined }, folder.process(), branch());
  const ended = await inherit(heir, stories, endless);
  await sleep(time, AFTERMATH_MS);
  const requests = portal.control.requests() ?? [];
  const about = new Set(stories.flatMap(({ deed }) => (deed.about === undefined ? [] : [deed.about])));
  return judge({
    seed,
    stories: ended,
    holdings: await readHoldings(portal.fetch, about),
    requests: requests.filter(({ token }) => token === TOKEN),
    limits,
    journal: heir.journal,
    endless,
    trouble,
  });
}

/** Goes on with every job that stands still. Gives the stories as they end now. */
async function inherit(heir: Process, stories: readonly Story[], endless: string[]): Promise<readonly Story[]> {
  const ends = new Map<string, Story['beliefs']>();
  for (const { id, status } of await heir.journal.jobs.list()) {
    if (status === 'done' || status === 'failed' || status === 'cancelled') continue;
    const beliefs = await resume(heir, id, stories.find(({ jobId }) => jobId === id)?.deed);
    if (typeof beliefs === 'string') endless.push(beliefs);
    else ends.set(id, beliefs);
  }
  await heir.call('get_account', {}, { caller: 'operator', session: 'last' });
  return stories.map((story) => ({ ...story, beliefs: ends.get(story.jobId ?? '') ?? story.beliefs }));
}
