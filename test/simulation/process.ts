/** One process of the server: the real toolbox, journal, client and quota on virtual time, which can be killed at any moment. */

import type { Account } from '../../src/account/account.ts';
import { createToolbox } from '../../src/calls/call.ts';
import type { Outcome } from '../../src/calls/toolbox.ts';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';
import { describeTool } from '../../src/catalogue/tool-description.ts';
import type { Clock, Random } from '../../src/clock.ts';
import type { Fetch } from '../../src/fetch.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { createSharedLedger } from '../../src/hubspot/redis/shared-ledger.ts';
import { createJournal } from '../../src/journal/index.ts';
import type { Journal } from '../../src/journal/journal.ts';
import type { Policy } from '../../src/policy/index.ts';
import { tools } from '../../tools/index.ts';
import type { LuaRedis } from '../hubspot/redis/lua-redis.ts';
import type { TornProcess } from '../journal/torn-disk.ts';

/** What all processes share. */
export interface Surroundings {
  readonly clock: Clock;
  readonly portal: Fetch;
  readonly portalId: number;
  /** Where processes share their quota; one alone counts for itself. */
  readonly redis: LuaRedis | undefined;
  readonly policy: Policy;
  readonly aroundJournal: (journal: Journal) => Journal;
  log(message: string): void;
}

export interface Process {
  readonly name: string;
  alive(): boolean;
  /**
   * For a caller that can show a person a form. Never settles once the process is killed.
   * @param answered the state of the question that the person has said yes to
   */
  call(tool: string, args: Readonly<Record<string, unknown>>, caller: CallerOf, answered?: string): Promise<Outcome>;
  /** From now on nothing of it happens any more; what it has sent arrives. */
  kill(): void;
  /** Kills it in the middle of one of its next operations on the disk. */
  killIn(operations: number): void;
  /** Resolves when it is killed. */
  readonly died: Promise<void>;
  readonly journal: Journal;
}

export interface CallerOf {
  readonly caller: string;
  readonly session: string;
  readonly signal?: AbortSignal;
}

export const TOKEN = 'pat-na1-simulation';
export const DEADLINE_MS = 30_000;

const catalogue = createCatalogue(tools.map(describeTool), () => Promise.resolve(tools));

/** @param disk the folder of the journal, as this process sees it; the process lives as long as its disk answers */
export function startProcess(name: string, world: Surroundings, disk: TornProcess, random: Random): Process {
  const never = new Promise<never>(() => undefined);
  const clock: Clock = {
    now: () => world.clock.now(),
    elapsed: () => world.clock.elapsed(),
    after: (ms, task) => world.clock.after(ms, () => disk.alive && task()),
  };
  /** What is asked of the world outside has an end only for the living. */
  const living = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!disk.alive) return never;
    const done = await work().then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    return disk.alive ? done() : never;
  };
  const link = world.redis?.link();
  const hubspot = createHubSpot({
    clock,
    random,
    token: () => TOKEN,
    fetch: (request) => living(() => world.portal(request)),
    ...(link !== undefined && {
      ledger: createSharedLedger({
        clock,
        random,
        name: 'simulation',
        link: { ...link, run: (script, keys, args) => living(() => link.run(script, keys, args)) },
      }),
    }),
  });
  const account: Account = {
    embedded: false,
    hubspot: () => Promise.resolve(hubspot),
    describe: () => Promise.resolve({ kind: 'STANDARD', portalId: world.portalId }),
    close: () => hubspot.close(),
  };
  const journal = world.aroundJournal(
    createJournal({
      disk,
      clock,
      random,
      onTrouble: (trouble) => world.log(`${name}: ${trouble}`),
    }),
  );
  const toolbox = createToolbox({
    catalogue,
    policy: world.policy,
    account,
    clock,
    random,
    deadlineMs: DEADLINE_MS,
    journal: () => Promise.resolve(journal),
    log: (message) => world.log(`${name}: ${message}`),
  });

  return {
    name,
    alive: () => disk.alive,
    call: (tool, args, { caller, session, signal }, answered) =>
      living(() =>
        toolbox.call(tool, args, {
          author: { caller, session },
          approval: { canAsk: true, ...(answered !== undefined && { answered }) },
          ...(signal && { signal }),
        }),
      ),
    kill: () => disk.kill(),
    killIn: (operations) => disk.killIn(operations),
    died: disk.killed,
    journal,
  };
}
