/** The jobs that this process is at: begun, taken over, gone on with, and left where others can go on with them. */

import { type Clock, within } from '../clock.ts';
import { UserError } from '../crm/index.ts';
import type { Author, Json, Jobs as Store, StoredJob } from '../journal/journal.ts';
import { toJson } from './json.ts';
import type { KnownJob } from './report.ts';
import { addInParts, addStream, type Running, type RunParts, runJob } from './runner.ts';
import { newState, readState } from './state.ts';
import { readTask, type Task, type TaskKind } from './task.ts';

export interface OwnJobsParts {
  readonly clock: Clock;
  readonly store: Store;
  /** Of the account that is written to. */
  portalId(): Promise<number>;
  kindOf(name: string): Promise<TaskKind | undefined>;
  readonly log: (message: string) => void;
}

/** Reads and writes in the name of a job's author. */
export type Open = (author: Author, signal?: AbortSignal) => ReturnType<RunParts['open']>;

export type Items = readonly Json[] | AsyncIterable<Json>;

/** A job that is running here. */
export interface Active {
  readonly known: KnownJob;
  readonly running: Running;
  readonly listeners: Set<() => void>;
}

export interface OwnJobs {
  /**
   * Begins a job, durable when it resolves; gives the id of the one there is where one was begun with this digest.
   * @throws UserError `not_possible`
   */
  begin(task: Task, items: Items | undefined, author: Author, open: Open): Promise<string>;
  /**
   * Goes on with a job that stands still, and does nothing with one that runs here or has ended.
   * @param items of a job that was ended before all of them were written down
   * @returns false where another process is at it
   */
  goOn(job: StoredJob, open: Open, items?: Items): Promise<boolean>;
  running(id: string): Active | undefined;
  /** @throws UserError `not_found` */
  stored(id: string): Promise<StoredJob>;
  known(job: StoredJob): KnownJob;
  /** Begins no more batches, and resolves when those under way are finished, or soon. */
  close(): Promise<void>;
}

/** How long batches under way are waited for when the process ends; the journal knows what was sent. */
const LAST_WAIT_MS = 10_000;

export function createOwnJobs(parts: OwnJobsParts): OwnJobs {
  const { clock, store, log } = parts;
  const active = new Map<string, Active>();
  /** The journal gives them to no other process while this one lives. */
  const own = new Set<string>();
  /** One call at a time begins the job of a digest, or goes on with a job. */
  const turns = new Map<string, Promise<unknown>>();

  async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(name);
    const mine = Promise.allSettled([before]).then(work);
    turns.set(name, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(name) === mine) turns.delete(name);
    }
  }

  function launch(job: StoredJob, kind: TaskKind, open: Open): void {
    const known = { job, task: readTask(job.task), state: readState(job.state), status: 'running' } as const;
    const listeners = new Set<() => void>();
    const author = { caller: job.caller, session: job.session, ...(job.run !== undefined && { run: job.run }) };
    const changed = () => {
      for (const listener of listeners) listener();
    };
    const { task, state } = known;
    const parts = { clock, store, job, task, kind, state, changed, log };
    const running = runJob({ ...parts, open: (signal) => open(author, signal) });
    active.set(job.id, { known, running, listeners });
    void running.ended.then(() => active.delete(job.id));
  }

  async function stored(id: string): Promise<StoredJob> {
    const job = await store.get(id);
    if (job !== undefined && job.portalId === (await parts.portalId())) return job;
    throw new UserError('not_found', `There is no job ${JSON.stringify(id)} of this account.`, {
      next: 'get_job without jobId lists the jobs.',
    });
  }

  async function kindOf(name: string): Promise<TaskKind> {
    const kind = await parts.kindOf(name);
    if (kind !== undefined) return kind;
    throw new UserError('not_possible', `This server cannot work on jobs of ${name}.`);
  }

  async function writeDown(id: string, items: Items): Promise<void> {
    const given = 'length' in items;
    if (given) await addInParts(store, id, items);
    const count = given ? items.length : await addStream(store, id, items, toJson(newState()));
    await store.checkpoint(id, 'running', toJson({ ...newState(), work: { from: 0, count } }));
  }

  async function goOn(id: string, open: Open, items: Items | undefined): Promise<boolean> {
    const job = await stored(id);
    if (active.has(id) || !canGoOn(job)) return true;
    const task = readTask(job.task);
    const kind = await kindOf(task.kind);
    if (!own.has(id) && !(await store.adopt(id))) return false;
    own.add(id);
    const { work } = readState((await stored(id)).state);
    if (work === undefined && task.search === undefined && items !== undefined) await writeDown(id, items);
    launch(await stored(id), kind, open);
    return true;
  }

  async function begin(task: Task, items: Items | undefined, author: Author, open: Open): Promise<string> {
    // One that nothing here can work on is not begun.
    await kindOf(task.kind);
    const job = { ...author, portalId: await parts.portalId(), task: toJson(task), state: toJson(newState()) };
    const { id, isNew } = await store.create(job, task.digest);
    if (isNew) own.add(id);
    await inTurn(id, () => goOn(id, open, items));
    return id;
  }

  return {
    begin: (task, items, author, open) =>
      task.digest === undefined
        ? begin(task, items, author, open)
        : inTurn(task.digest, () => begin(task, items, author, open)),
    goOn: ({ id }, open, items) => inTurn(id, () => goOn(id, open, items)),
    running: (id) => active.get(id),
    stored,
    known(job) {
      const running = active.get(job.id);
      if (running !== undefined) return running.known;
      const state = readState(job.state);
      const standing = job.status === 'running' && (own.has(job.id) || state.stop !== undefined);
      return { job, task: readTask(job.task), state, status: standing ? 'interrupted' : job.status };
    },
    async close() {
      const all = [...active.values()].map(({ running }) => running);
      for (const running of all) running.end('stopped');
      await within(clock, LAST_WAIT_MS, Promise.all(all.map((running) => running.ended)), undefined);
    },
  };
}

/** It has not ended; whether it stands still, only its process knows. */
export const canGoOn = ({ status }: Pick<StoredJob, 'status'>): boolean =>
  status === 'running' || status === 'interrupted';
