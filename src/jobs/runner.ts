/** Works through one job: writes its items down, then batch after batch, several at once, a checkpoint after each. */

import { type Clock, sleep } from '../clock.ts';
import type { Crm } from '../crm/index.ts';
import type { Json, Jobs as Store, StoredJob } from '../journal/journal.ts';
import type { WriteReport, Writes } from '../writes/index.ts';
import { collectIds, MoreThanSeen } from './collect.ts';
import { toJson } from './json.ts';
import { isBrief, isPassing, nextDay, type Setback, setbackOf } from './setback.ts';
import { batchCount, isSettled, type JobState, rowsOf, type Stop, settleBatch } from './state.ts';
import { BATCH, type Task, type TaskKind, taskSearch } from './task.ts';

export interface RunParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly job: StoredJob;
  readonly task: Task;
  readonly kind: TaskKind;
  /** Where the job begins, or goes on. It changes as the job gets on. */
  readonly state: JobState;
  /** In the job's own time and name, with the rank of work that can wait. `signal` ends reading only. */
  readonly open: (signal?: AbortSignal) => { readonly crm: Crm; readonly writes: Writes };
  /** Called after every step that shows. */
  readonly changed: () => void;
  readonly log: (message: string) => void;
}

export type Ending = 'done' | 'failed' | 'cancelled' | 'stopped';

export interface Running {
  /** Never rejects; afterwards the last checkpoint is durable. */
  readonly ended: Promise<Ending>;
  /** Nothing new is begun; what is under way is finished and written down. `stopped` can be gone on with. */
  end(as: 'cancelled' | 'stopped'): void;
}

/**
 * Batches under way at once. Each is two or three requests one after the other, so at 300 ms a round trip these use up
 * the highest quota that HubSpot sells, 250 in 10 s; at a lower one they wait, behind everybody else.
 */
const AT_ONCE = 12;

/** So many times in a row a moment's waiting did not help, and the job waits for a person. A single batch is tried less often. */
const MAX_STRIKES = 6;
const MAX_TRIES = 5;
const FIRST_BREATH_MS = 1_000;
const LONGEST_BREATH_MS = 60_000;

export function runJob({ clock, store, job, task, kind, state, open, changed, log }: RunParts): Running {
  /** Why nothing new is begun. */
  let over: { readonly as: Exclude<Ending, 'done'>; readonly stop?: Stop } | undefined;
  const ending = new AbortController();
  const underWay = new Set<number>();
  const tries = new Map<number, number>();
  let strikes = 0;
  let zone: string | undefined;
  let breath: Promise<void> = Promise.resolve();
  let resting = false;
  /** Length of the job's list in the journal; after a crash its end may belong to nothing. */
  let length = 0;
  let saving: Promise<void> = Promise.resolve();

  const end = (as: Exclude<Ending, 'done'>, stop?: Stop) => {
    over ??= { as, ...(stop !== undefined && { stop }) };
    ending.abort();
  };

  /** One change of the state after the other, each with its checkpoint. */
  const save = (change: () => Promise<void>): Promise<void> => {
    const earlier = saving;
    const saveNow = async () => {
      await earlier;
      await change();
      await store.checkpoint(job.id, 'running', toJson(state));
      // Whoever else may have ended it, in whichever process.
      if ((await store.get(job.id))?.status === 'cancelled') end('cancelled');
      changed();
    };
    const saved = saveNow();
    // The caller hears of a failure; whoever saves next only waits for the end.
    saving = saved.catch(() => undefined);
    return saved;
  };

  const append = async (items: readonly Json[]) => {
    const from = length;
    await addInParts(store, job.id, items);
    length += items.length;
    return { from, count: items.length };
  };

  const measure = async () => {
    const last = [...(state.work === undefined ? [] : [state.work]), ...state.failures];
    length = Math.max(0, ...last.map(({ from, count }) => from + count));
    for (let found = BATCH; found === BATCH; length += found) {
      found = (await store.items(job.id, length, BATCH)).length;
    }
  };

  const collect = async () => {
    if (task.search === undefined) {
      const message = 'It was ended before all its rows were written down. Nothing was written to HubSpot.';
      return end('failed', { code: 'incomplete', message, next: 'Begin it anew.' });
    }
    const search = taskSearch.parse(task.search);
    const ids = await collectIds(open(ending.signal).crm, search, task.matches, ending.signal);
    await save(async () => {
      state.work = await append(ids);
    });
  };

  const itemsAt = async (rows: readonly number[]): Promise<readonly Json[]> => {
    const base = state.work?.from ?? 0;
    const items: Json[] = [];
    for (let place = 0; place < rows.length; ) {
      const from = rows[place] ?? 0;
      // Rows that follow one another are read together.
      let count = 1;
      while (rows[place + count] === from + count) count += 1;
      items.push(...(await store.items(job.id, base + from, count)));
      place += count;
    }
    if (items.length !== rows.length) throw new Error(`Items of job ${job.id} are missing from the journal.`);
    return items;
  };

  const write = async (batch: number, rows: readonly number[]): Promise<WriteReport> => {
    const { crm, writes } = open();
    const plan = kind.nextBatch(crm, task.input, await itemsAt(rows));
    return writes.run({ ...plan, job: job.id, input: { ...plan.input, idempotencyKey: `${job.id}/${batch}` } });
  };

  const runBatch = async (batch: number): Promise<void> => {
    const rows = rowsOf(state, batch);
    const report = await write(batch, rows);
    const passed = report.failed.filter(({ code }) => isPassing(code));
    const worst = passed.find(({ code }) => !isBrief(code)) ?? passed[0];
    const tried = (tries.get(batch) ?? 0) + 1;
    tries.set(batch, tried);
    const again = worst !== undefined && (tried < MAX_TRIES || !isBrief(worst.code));
    // The door goes on with a call that it left for want of time; what it has ended needs a new one.
    const left = again && report.replayed !== true && passed.some(({ sent }) => !sent);
    if (!left) await settle(batch, rows, report, again ? passed.map(({ index }) => index) : []);
    if (worst === undefined) strikes = 0;
    else suffer(worst);
  };

  const settle = (batch: number, rows: readonly number[], report: WriteReport, back: readonly number[]) =>
    save(async () => {
      const lines = settleBatch(state, batch, rows, report, new Set(back));
      // What is put back is a batch of its own, and goes on counting.
      if (back.length > 0) tries.set(batchCount(state) - 1, tries.get(batch) ?? 0);
      if (lines.length === 0) return;
      const added = await append(lines);
      const last = state.failures.at(-1);
      if (last !== undefined && last.from + last.count === added.from) last.count += added.count;
      else state.failures.push(added);
    });

  /** Waits a moment, or ends the job where that cannot help. What fails meanwhile began before, and is the same trouble. */
  const suffer = ({ code, message, next, retryAfterMs = 0 }: Setback): void => {
    const brief = isBrief(code);
    if (over !== undefined || (brief && resting)) return;
    strikes += 1;
    if (!brief || strikes > MAX_STRIKES) {
      const resumeAt = code === 'daily_limit' && zone !== undefined ? nextDay(clock.now(), zone) : undefined;
      return end('stopped', { code, message, ...(next && { next }), ...(resumeAt !== undefined && { resumeAt }) });
    }
    resting = true;
    const ms = Math.max(retryAfterMs, Math.min(LONGEST_BREATH_MS, FIRST_BREATH_MS * 2 ** (strikes - 1)));
    // A job that is ended wakes up at once.
    breath = sleep(clock, ms, ending.signal)
      .catch(() => undefined)
      .finally(() => {
        resting = false;
      });
  };

  /** Asked for while there are calls to ask with. */
  const learnZone = async () => {
    zone = (await open().crm.account.details()).timeZone;
  };

  /** Does a step; what stands against it is a setback of the job. */
  const step = async (work: () => Promise<void>): Promise<void> => {
    await breath;
    if (over !== undefined) return;
    try {
      await work();
    } catch (error) {
      if (error instanceof MoreThanSeen)
        return end('failed', { code: 'more_matches', message: error.message, next: PREVIEW_AGAIN });
      if (error === ending.signal.reason) return; // What ended the job is known.
      const setback = setbackOf(error);
      if (setback === undefined) log(`Job ${job.id} failed unexpectedly: ${inWords(error)}`);
      suffer(setback ?? UNFORESEEN);
    }
  };

  const nextBatch = (): number | undefined => {
    if (over !== undefined) return undefined;
    const count = batchCount(state);
    for (let batch = state.settled; batch < count; batch += 1) {
      if (!isSettled(state, batch) && !underWay.has(batch)) return batch;
    }
    return undefined;
  };

  const worker = async (): Promise<void> => {
    for (let batch = nextBatch(); batch !== undefined; batch = nextBatch()) {
      const taken = batch;
      underWay.add(taken);
      await step(() => runBatch(taken));
      underWay.delete(taken);
    }
  };

  const collected = async (): Promise<void> => {
    if (state.work !== undefined || over !== undefined) return;
    await step(collect);
    return collected();
  };

  const run = async (): Promise<Ending> => {
    delete state.stop;
    await step(measure);
    await step(learnZone);
    await collected();
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await saving;
    const as = over?.as ?? 'done';
    if (over?.stop !== undefined) state.stop = over.stop;
    if (as !== 'stopped') state.endedAt = clock.now();
    try {
      await store.checkpoint(job.id, as === 'stopped' ? 'running' : as, toJson(state));
    } catch (error) {
      log(`Job ${job.id}: its end could not be written down. ${inWords(error)}`);
    }
    return as;
  };

  const ended = run().finally(changed);
  return { ended, end };
}

/** The journal reads a part as a whole, so a part should be no more than a few batches. */
const PART = 5 * BATCH;

export async function addInParts(store: Store, id: string, items: readonly Json[]): Promise<void> {
  for (let from = 0; from < items.length; from += PART) await store.addItems(id, items.slice(from, from + PART));
}

/** So many items wait for the disk at most. */
const UNWRITTEN = 10 * PART;

/** The same for items that are not all there yet; says how many there were. */
export async function addStream(store: Store, id: string, items: AsyncIterable<Json>, state: Json): Promise<number> {
  let part: Json[] = [];
  let count = 0;
  const add = async () => {
    await store.addItems(id, part);
    part = [];
    if (count % UNWRITTEN === 0) await store.checkpoint(id, 'running', state);
  };
  for await (const item of items) {
    part.push(item);
    count += 1;
    if (part.length === PART) await add();
  }
  await add();
  return count;
}

const PREVIEW_AGAIN = 'Call without digest for a new preview, and show it to the person.';
const UNFORESEEN: Setback = {
  code: 'internal',
  message: 'The job failed unexpectedly. The log of the server says more.',
};

const inWords = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
