/** Things that happen to machines, and to whoever shares them. Whatever ends comes back after a while. */

import { type Clock, type Random, sleep, within } from '../../src/clock.ts';
import type { LuaRedis } from '../hubspot/redis/lua-redis.ts';
import type { TornFolder } from '../journal/torn-disk.ts';
import type { Network } from './network.ts';
import type { Process } from './process.ts';
import { DEADLINE_MS } from './process.ts';

export interface Scene {
  readonly clock: Clock;
  readonly redis: LuaRedis | undefined;
  readonly network: Network;
  readonly folder: TornFolder;
  /** By place. */
  readonly processes: ReadonlyMap<number, Process>;
  /** Puts a new process into a place. */
  start(place: number): void;
  /** Calls that never ended, in words. */
  readonly endless: string[];
}

type Accident = (scene: Scene, random: Random) => Promise<void>;

const OFTEN: readonly Accident[] = [killed, killedWriting, powerCut];
const SELDOM: readonly Accident[] = [killedWriting, redisForgets, redisAway, diskInTrouble, tokenRefused, storm, storm];
const ACCIDENTS = [...OFTEN, ...OFTEN, ...OFTEN, ...SELDOM];
/** Where processes share their quota. */
const ACCIDENTS_OF_MANY = [...ACCIDENTS, storm, storm];

/** Lets one of them happen within so many milliseconds. */
export async function accident(scene: Scene, random: Random, withinMs: number): Promise<void> {
  await sleep(scene.clock, Math.ceil(random.float() * withinMs));
  const accidents = scene.redis === undefined ? ACCIDENTS : ACCIDENTS_OF_MANY;
  await accidents[Math.floor(random.float() * accidents.length)]?.(scene, random);
}

async function killed(scene: Scene, random: Random): Promise<void> {
  const [place, victim] = anyLiving(scene, random) ?? [];
  if (place === undefined) return;
  victim?.kill();
  await comeBack(scene, random, place);
}

/** In the middle of something that it writes down. */
async function killedWriting(scene: Scene, random: Random): Promise<void> {
  const [place, victim] = anyLiving(scene, random) ?? [];
  if (place === undefined || victim === undefined) return;
  victim.killIn(Math.floor(random.float() * 30));
  await within(scene.clock, 20_000, victim.died, undefined);
  victim.kill();
  await comeBack(scene, random, place);
}

async function powerCut(scene: Scene, random: Random): Promise<void> {
  const all = [...scene.processes].filter(([, each]) => each.alive());
  scene.folder.powerCut();
  await Promise.all(all.map(([place]) => comeBack(scene, random, place)));
}

async function redisForgets({ redis }: Scene): Promise<void> {
  redis?.flush();
}

async function redisAway({ clock, redis }: Scene, random: Random): Promise<void> {
  redis?.be(random.float() < 0.5 ? 'refusing' : 'frozen');
  await sleep(clock, Math.ceil(random.float() * 20_000));
  redis?.be('well');
}

async function diskInTrouble({ clock, folder }: Scene, random: Random): Promise<void> {
  folder.trouble = random.float() < 0.5 ? 'full' : 'io';
  await sleep(clock, Math.ceil(random.float() * 5_000));
  folder.trouble = undefined;
}

async function tokenRefused({ clock, network }: Scene, random: Random): Promise<void> {
  network.refuseToken(Math.ceil(random.float() * 2_000));
  await sleep(clock, 2_000);
}

/**
 * Everybody asks at once, for more than the quota allows. In every other storm Redis loses what is in use, and the last of
 * the processes, which waits for nothing yet, begins to ask just then.
 */
async function storm(scene: Scene, random: Random): Promise<void> {
  const { clock, processes, endless } = scene;
  const searching = random.float() < 0.8;
  const tool = searching ? 'search_records' : 'list_associations';
  const args = searching
    ? { objectType: 'companies', query: 'ground' }
    : { fromObjectType: 'contacts', ids: ['1'], toObjectType: 'companies' };
  const many = searching ? 10 + Math.floor(random.float() * 15) : 60;
  const all = [...processes.values()].filter((each) => each.alive());
  if (all.length === 0) return;
  const lost = random.float() < 0.5 ? redisLoses(scene, random) : Promise.resolve();
  await Promise.all(
    Array.from({ length: many }, async (_, n) => {
      const process = all[n % all.length];
      if (process === all.at(-1)) await lost;
      const call = process?.call(tool, args, { caller: `reader ${n}`, session: 'storm' });
      const ending = await within(clock, DEADLINE_MS + 10_000, Promise.race([call, process?.died]), 'endless' as const);
      if (ending === 'endless') endless.push(`A call of ${tool} in a storm never ended.`);
    }),
  );
}

/** It is emptied, or starts again with what it knew a while ago. */
async function redisLoses({ clock, redis }: Scene, random: Random): Promise<void> {
  if (redis === undefined) return;
  const startAgain = redis.dump();
  await sleep(clock, Math.ceil(random.float() * 1_500));
  if (random.float() < 0.5) redis.flush();
  else startAgain();
}

function anyLiving({ processes }: Scene, random: Random) {
  const living = [...processes].filter(([, each]) => each.alive());
  return living[Math.floor(random.float() * living.length)];
}

async function comeBack(scene: Scene, random: Random, place: number): Promise<void> {
  await sleep(scene.clock, Math.ceil(random.float() * 4_000));
  // Somebody else may have started it meanwhile.
  if (!scene.processes.get(place)?.alive()) scene.start(place);
}
