/**
 * The whole system on virtual time, from one seed: agents, processes that die, a network, a portal that fails in every way
 * it can be asked to, a Redis that forgets, a disk that loses what was not synced. Everything but these is the product.
 */

import { type Random, seededRandom, sleep, within } from '../../src/clock.ts';
import { SCRIPTS, type ScriptName } from '../../src/hubspot/redis/scripts.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openPolicy } from '../../src/policy/index.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { createLuaRedis } from '../hubspot/redis/lua-redis.ts';
import { tornDisk } from '../journal/torn-disk.ts';
import { pursue, type Story } from './agent.ts';
import { type Ground, makeDeed } from './deeds.ts';
import { planFaults } from './faults.ts';
import { ask, readHoldings } from './holdings.ts';
import { judge, type Verdict } from './judge.ts';
import { network } from './network.ts';
import { type Process, type Surroundings, startProcess, TOKEN } from './process.ts';
import type { Sabotage } from './sabotage.ts';
import { Stuck, virtualTime } from './virtual-time.ts';

const START = Date.UTC(2026, 10, 22);
/** Longer than any world lasts. */
const MOST_MS = 3_600_000;
const AGENTS_BEGIN_WITHIN_MS = 40_000;
/** Time for the last answers, and for what is settled later than its call: the index delay and a round. */
const AFTERMATH_MS = 90_000;
const MOST_PROCESSES = 3;
const CONTACTS = 80;
const COMPANIES = 5;

export async function simulate(seed: number, sabotage?: Sabotage): Promise<Verdict> {
  const time = virtualTime(START);
  const portal = await createPortal({
    clock: time,
    random: seededRandom(seed),
    seed: 'none',
    tier: 'professional',
    requestLog: 20_000,
    rules: { indexDelayMs: 5_000 },
  });
  try {
    return await time.until(play(seed, portal, time, sabotage), MOST_MS);
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    return { seed, writes: 0, duplicates: [], lost: [], overQuota: [], unsettled: [error.message], other: [] };
  } finally {
    portal.close();
    time.close();
  }
}

async function play(
  seed: number,
  portal: Portal,
  time: ReturnType<typeof virtualTime>,
  sabotage: Sabotage | undefined,
): Promise<Verdict> {
  const dice = seededRandom(seed);
  const branch = () => seededRandom(Math.floor(dice.float() * 2 ** 32));
  const ground = await layGround(portal);
  const many = 1 + Math.floor(dice.float() * MOST_PROCESSES);
  const redis = many > 1 ? createLuaRedis(time, scripts(sabotage)) : undefined;
  const trouble: string[] = [];
  const world: Surroundings = {
    clock: time,
    portal: network(portal.fetch, time, branch()),
    portalId: portal.describe().portalId,
    redis,
    policy: await openPolicy({ version: 1 }),
    aroundJournal: sabotage === 'ignore-fingerprint' ? forgetful(branch()) : (journal) => journal,
    log: (message) => trouble.push(message),
  };
  const folder = tornDisk(branch(), { skipSync: sabotage === 'skip-fsync' });
  const processes = new Map<number, Process>();
  let started = 0;
  const start = (place: number) => {
    started += 1;
    processes.set(place, startProcess(`process ${started}`, world, folder.process(), branch()));
  };
  for (let place = 0; place < many; place += 1) start(place);

  const chance = branch();
  const anyProcess = async (): Promise<Process> => {
    for (;;) {
      const living = [...processes.values()].filter((each) => each.alive());
      const chosen = living[Math.floor(chance.float() * living.length)];
      if (chosen !== undefined) return chosen;
      await sleep(time, 200);
    }
  };

  /** Things that happen to machines. Whatever ends comes back after a while. */
  const accident = async (random: Random) => {
    await sleep(time, Math.ceil(random.float() * 1.5 * AGENTS_BEGIN_WITHIN_MS));
    const kind = random.float();
    const back = async (place: number) => {
      await sleep(time, Math.ceil(random.float() * 4_000));
      start(place);
    };
    if (kind < 0.1) return redis?.flush();
    if (kind < 0.2) {
      redis?.be(random.float() < 0.5 ? 'refusing' : 'frozen');
      await sleep(time, Math.ceil(random.float() * 20_000));
      return redis?.be('well');
    }
    if (kind < 0.75) {
      const place = Math.floor(random.float() * many);
      const victim = processes.get(place);
      if (!victim?.alive()) return;
      // At once, or in the middle of something that it writes down.
      if (kind < 0.4) victim.kill();
      else victim.killIn(Math.floor(random.float() * 30));
      await within(time, 20_000, victim.died, undefined);
      victim.kill();
      return back(place);
    }
    const all = [...processes].filter(([, each]) => each.alive());
    folder.powerCut();
    await Promise.all(all.map(([place]) => back(place)));
  };

  planFaults(portal.control.faults, branch());
  const accidents = Array.from({ length: Math.floor(dice.float() * 4) }, () => accident(branch()));
  const agents = Array.from({ length: 6 + Math.floor(dice.float() * 14) }, async (_, number): Promise<Story> => {
    const random = branch();
    const deed = makeDeed(number, random, ground);
    await sleep(time, Math.ceil(random.float() * AGENTS_BEGIN_WITHIN_MS));
    return pursue(deed, { clock: time, random, process: anyProcess });
  });
  const stories = await Promise.all(agents);
  await Promise.all(accidents);
  portal.control.faults.clear();

  // A last process finds what the others left, and settles it.
  for (const each of processes.values()) if (each.alive()) each.kill();
  const heir = startProcess('heir', { ...world, redis: undefined }, folder.process(), branch());
  await heir.call('get_account', {}, { caller: 'operator', session: 'last' });
  await sleep(time, AFTERMATH_MS);
  const requests = portal.control.requests() ?? [];
  const holdings = await readHoldings(portal.fetch);
  return judge({
    seed,
    stories,
    holdings,
    requests: requests.filter(({ token }) => token === TOKEN),
    journal: heir.journal,
    trouble,
  });
}

async function layGround(portal: Portal): Promise<Ground> {
  const make = async (type: string, properties: readonly Record<string, string>[]) => {
    const body = { inputs: properties.map((each) => ({ properties: each, associations: [] })) };
    const made = await ask(portal.fetch, 'POST', `/crm/v3/objects/${type}/batch/create`, body);
    return idsIn(made);
  };
  const contacts = await make(
    'contacts',
    Array.from({ length: CONTACTS }, (_, n) => ({ email: `g${n}@ground.test` })),
  );
  const companies = await make(
    'companies',
    Array.from({ length: COMPANIES }, (_, n) => ({ domain: `g${n}.test` })),
  );
  return {
    contact() {
      const next = contacts.pop();
      if (next === undefined) throw new Error('There are not enough contacts.');
      return next;
    },
    company: () => companies[contacts.length % companies.length] ?? '',
  };
}

function idsIn(answer: unknown): string[] {
  const list: unknown = typeof answer === 'object' && answer !== null && 'results' in answer ? answer.results : [];
  return (Array.isArray(list) ? list : []).map(({ id }: { id: unknown }) => String(id));
}

function scripts(sabotage: Sabotage | undefined): Readonly<Record<ScriptName, string>> {
  if (sabotage !== 'drop-epoch-guard') return SCRIPTS;
  const broken = (text: string) => text.replace(/-- epoch guard[\s\S]*?-- end of the epoch guard/, '');
  return {
    take: broken(SCRIPTS.take),
    end: broken(SCRIPTS.end),
    tell: broken(SCRIPTS.tell),
    meet: broken(SCRIPTS.meet),
    leave: broken(SCRIPTS.leave),
  };
}

/** No two calls are ever the same. */
function forgetful(random: Random): Surroundings['aroundJournal'] {
  return (journal: Journal) => ({
    ...journal,
    begin: ({ idempotencyKey: _key, ...call }) => journal.begin({ ...call, fingerprint: random.uuid() }),
  });
}
