import { type Clock, within } from '../clock.ts';
import { type Crm, UserError } from '../crm/index.ts';
import type { CallOptions } from '../hubspot/index.ts';
import type { Author, Json, Jobs as Store, StoredCall, StoredJob } from '../journal/journal.ts';
import type { Writes } from '../writes/index.ts';
import type { BulkInput, BulkKind, BulkSubject } from './bulk.ts';
import { DIGEST_TTL_MS, digestOf, type Previewed, seenIn } from './digest.ts';
import { type ItemOutcome, outcomesOf } from './item-outcomes.ts';
import { toJson } from './json.ts';
import { type BulkReport, previewOf, takeSample, wholeOf } from './preview.ts';
import { type JobReport, type KnownJob, reportInFull, summarise } from './report.ts';
import { addInParts, addStream, type Running, runJob } from './runner.ts';
import { doneOf, newState, readState } from './state.ts';
import { type Input, readTask, type Task, type TaskKind, type TaskSearch } from './task.ts';

/** Jobs as one call sees them. A call that ends, however it does, ends no job. */
export interface Jobs {
  /**
   * Writes the rows of a tool's call: a small call at once. What is larger, or about all matches of a search, answers a
   * preview with a digest, and called again with that digest runs as a job; this waits for it while the call has time,
   * and the same call later joins it, or goes on with it where it stands still.
   */
  write<In extends BulkInput>(kind: BulkKind<In>, input: In): Promise<BulkReport>;
  /** Begins a job without a preview, for a command that has shown its own. Gives its id. */
  start(task: NewTask): Promise<string>;
  /** Waits for the end of a job while the call has time, and says how far it is. */
  follow(id: string): Promise<JobReport>;
  /** With the rows that failed, page by page. Throws UserError `not_found`. */
  report(id: string, after?: string): Promise<JobReport>;
  /** Newest first. */
  list(): Promise<readonly JobReport[]>;
  /** Begins no more batches, and answers when those under way are finished. */
  cancel(id: string): Promise<JobReport>;
  /** As {@link cancel}, but the job can be gone on with. */
  pause(id: string): Promise<JobReport>;
  /** Goes on with a job that stands still, exactly where it stopped, and follows it. */
  resume(id: string): Promise<JobReport>;
  /** What a job was begun with, for who made its kind. */
  task(id: string): Promise<Pick<Task, 'kind' | 'input'>>;
  /** What became of every item so far, in their order. */
  outcomes(id: string): AsyncIterable<ItemOutcome>;
}

export interface NewTask {
  /** The name of a kind that `createJobs` knows. */
  readonly kind: string;
  readonly input: Input;
  readonly work:
    | { readonly items: readonly Json[] }
    /** As many as are expected; they are written down as they come, and not held. */
    | { readonly stream: AsyncIterable<Json>; readonly count: number }
    | { readonly search: TaskSearch; readonly atMost: number };
}

export interface JobsParts {
  readonly clock: Clock;
  readonly store: Store;
  /** The calls that the batches of a job have made. */
  readonly callsOf: (job: string, before?: string) => Promise<readonly StoredCall[]>;
  /** Of the account that is written to. */
  portalId(): Promise<number>;
  kindOf(name: string): Promise<TaskKind | undefined>;
  readonly log: (message: string) => void;
}

/** What jobs know of one call. */
export interface JobsCall {
  readonly author: Author;
  readonly options: CallOptions;
  readonly crm: Crm;
  readonly writes: Writes;
  /** Reads and writes in the name of a job's author, what a person had to approve being approved already. */
  readonly open: (author: Author, signal?: AbortSignal) => { readonly crm: Crm; readonly writes: Writes };
  readonly progress: (done: number, total?: number, message?: string) => void;
}

export interface JobRoom {
  forCall(call: JobsCall): Jobs;
  /** Begins no more batches, and resolves when those under way are finished, or soon. The jobs can be gone on with. */
  close(): Promise<void>;
}

type Items = readonly Json[] | AsyncIterable<Json>;

interface Active {
  readonly known: KnownJob;
  readonly running: Running;
  readonly listeners: Set<() => void>;
}

/** How much of the time that is left a call waits for a job; the rest is for saying how far it is. */
const WAIT_SHARE = 0.9;

export function createJobs(parts: JobsParts): JobRoom {
  const { clock, store, log } = parts;
  const active = new Map<string, Active>();
  /** Jobs that this process has begun or taken over; the journal gives them to no other while it lives. */
  const own = new Set<string>();
  /** One call at a time decides what becomes of a digest. */
  const beginning = new Map<string, Promise<string>>();

  const launch = (job: StoredJob, kind: TaskKind, open: JobsCall['open']): Active => {
    const known = { job, task: readTask(job.task), state: readState(job.state), status: 'running' } as const;
    const listeners = new Set<() => void>();
    const running = runJob({
      clock,
      store,
      job,
      task: known.task,
      kind,
      state: known.state,
      open: (signal) =>
        open({ caller: job.caller, session: job.session, ...(job.run !== undefined && { run: job.run }) }, signal),
      changed: () => {
        for (const listener of listeners) listener();
      },
      log,
    });
    const entry = { known, running, listeners };
    own.add(job.id);
    active.set(job.id, entry);
    void running.ended.then(() => active.delete(job.id));
    return entry;
  };

  const kindOf = async (name: string): Promise<TaskKind> => {
    const kind = await parts.kindOf(name);
    if (kind !== undefined) return kind;
    throw new UserError('not_possible', `This server cannot work on jobs of ${name}.`);
  };

  const stored = async (id: string): Promise<StoredJob> => {
    const job = await store.get(id);
    if (job !== undefined && job.portalId === (await parts.portalId())) return job;
    throw new UserError('not_found', `There is no job ${JSON.stringify(id)} of this account.`, {
      next: 'get_job without jobId lists the jobs.',
    });
  };

  const knownOf = (job: StoredJob): KnownJob => {
    const running = active.get(job.id);
    if (running !== undefined) return running.known;
    const state = readState(job.state);
    const standing = job.status === 'running' && (own.has(job.id) || state.stop !== undefined);
    return { job, task: readTask(job.task), state, status: standing ? 'interrupted' : job.status };
  };

  /** Takes a job that stands still; throws when another process is at it. */
  const take = async (job: StoredJob): Promise<void> => {
    if (own.has(job.id) || (await store.adopt(job.id))) return;
    throw new UserError('job_elsewhere', `Another process of this server is at job ${job.id}.`, {
      next: 'Ask there, or end that process; then the job can be gone on with here.',
    });
  };

  const addItems = async (id: string, items: Items): Promise<number> => {
    if (!('length' in items)) return addStream(store, id, items, toJson(newState()));
    await addInParts(store, id, items);
    return items.length;
  };

  const create = async (task: Task, items: Items | undefined, author: Author): Promise<string> => {
    const job = { ...author, portalId: await parts.portalId(), task: toJson(task), state: toJson(newState()) };
    const id = await store.create(job);
    if (items === undefined) return id;
    const count = await addItems(id, items);
    await store.checkpoint(id, 'running', toJson({ ...newState(), work: { from: 0, count } }));
    return id;
  };

  const findByDigest = async (digest: string): Promise<StoredJob | undefined> => {
    const jobs = await store.list(JOBS_SEARCHED);
    return jobs.find((job) => readTask(job.task).digest === digest);
  };

  function forCall(call: JobsCall): Jobs {
    const { author, options, progress } = call;

    const follow = async (id: string): Promise<void> => {
      const entry = active.get(id);
      if (entry === undefined) return;
      const { state, task } = entry.known;
      const tell = () => {
        const total = state.work?.count ?? task.matches;
        progress(doneOf(state), total, state.work === undefined ? 'Writing down the matching records' : inWords(state));
      };
      entry.listeners.add(tell);
      tell();
      await untilGivenUp(clock, options, entry.running.ended);
      entry.listeners.delete(tell);
    };

    const begin = async (kind: TaskKind, task: Task, items: Items | undefined): Promise<string> => {
      const id = await create(task, items, author);
      launch(await stored(id), kind, call.open);
      return id;
    };

    /** Goes on with a job that stands still. */
    const goOn = async (job: StoredJob): Promise<void> => {
      if (active.has(job.id) || (job.status !== 'running' && job.status !== 'interrupted')) return;
      await take(job);
      launch(await stored(job.id), await kindOf(readTask(job.task).kind), call.open);
    };

    const answer = async (id: string): Promise<BulkReport> => {
      await follow(id);
      const job = await reportInFull(store, knownOf(await stored(id)));
      const { applied, unchanged } = job;
      const notes = job.status === 'running' ? [STILL_RUNNING] : job.status === 'interrupted' ? [STANDS_STILL] : [];
      return {
        applied,
        unchanged,
        columns: [],
        rows: [],
        failed: [],
        unknown: [],
        job,
        ...(notes.length > 0 && { notes }),
      };
    };

    const preview = async <In extends BulkInput>(
      kind: BulkKind<In>,
      input: In,
      subject: BulkSubject,
      previewed: Previewed,
      refused?: { code: string; message: string },
    ) => {
      const sample = await takeSample(kind, input, subject, call);
      return previewOf(sample, digestOf(previewed, { matches: sample.matches, at: clock.now() }), refused);
    };

    return {
      async write(kind, input) {
        const subject = kind.bulkOf(input);
        if (subject === undefined) return call.writes.run(kind.whole(call.crm, input));
        const { caller } = author;
        const previewed = { tool: kind.name, input: saidIn(input), caller, portalId: await parts.portalId() };
        const { digest } = input;
        if (!digest || input.dryRun) return preview(kind, input, subject, previewed);
        const seen = seenIn(digest, previewed);
        if (seen === undefined) return preview(kind, input, subject, previewed, MISMATCH);
        const before = await findByDigest(digest);
        if (before !== undefined) {
          await goOn(before);
          return answer(before.id);
        }
        if (clock.now() - seen.at > DIGEST_TTL_MS) return preview(kind, input, subject, previewed, EXPIRED);
        const task = {
          kind: kind.name,
          input: kind.sharedOf(input),
          matches: seen.matches,
          digest,
          ...('search' in subject && { search: storedSearch(subject.search) }),
        };
        await call.writes.authorize(await wholeOf(kind, input, subject, { rows: seen.matches, digest }, call.crm));
        const begun = beginning.get(digest) ?? begin(kind, task, 'items' in subject ? subject.items : undefined);
        beginning.set(digest, begun);
        try {
          return await answer(await begun);
        } finally {
          beginning.delete(digest);
        }
      },
      async start({ kind, input, work }) {
        const items = 'items' in work ? work.items : 'stream' in work ? work.stream : undefined;
        const matches = 'items' in work ? work.items.length : 'stream' in work ? work.count : work.atMost;
        const search = 'search' in work ? { search: storedSearch(work.search) } : {};
        return begin(await kindOf(kind), { kind, input, matches, ...search }, items);
      },
      async follow(id) {
        await follow(id);
        return summarise(knownOf(await stored(id)));
      },
      report: async (id, after) => reportInFull(store, knownOf(await stored(id)), after),
      async list() {
        const portalId = await parts.portalId();
        const jobs = await store.list();
        return jobs.filter((job) => job.portalId === portalId).map((job) => summarise(knownOf(job)));
      },
      async cancel(id) {
        const job = await stored(id);
        const entry = active.get(id);
        if (entry !== undefined) {
          entry.running.end('cancelled');
          await untilGivenUp(clock, options, entry.running.ended);
        } else if (job.status === 'running' || job.status === 'interrupted') {
          // Where another process is at it, that one reads this before its next batch.
          await store.checkpoint(id, 'cancelled', job.state);
        }
        return reportInFull(store, knownOf(await stored(id)));
      },
      async pause(id) {
        const entry = active.get(id);
        entry?.running.end('stopped');
        await entry?.running.ended;
        return reportInFull(store, knownOf(await stored(id)));
      },
      async resume(id) {
        const job = await stored(id);
        if (!active.has(id) && job.status !== 'running' && job.status !== 'interrupted') throw ended(knownOf(job));
        await goOn(job);
        await follow(id);
        return reportInFull(store, knownOf(await stored(id)));
      },
      task: async (id) => readTask((await stored(id)).task),
      async *outcomes(id) {
        yield* outcomesOf(knownOf(await stored(id)), store, parts.callsOf);
      },
    };
  }

  return {
    forCall,
    async close() {
      const all = [...active.values()].map(({ running }) => running);
      for (const running of all) running.end('stopped');
      await within(clock, LAST_WAIT_MS, Promise.all(all.map((running) => running.ended)), undefined);
    },
  };
}

/** How long batches under way are waited for when the process ends; the journal knows what was sent. */
const LAST_WAIT_MS = 10_000;

/** Newest first, so many are looked through for the one that a digest began. */
const JOBS_SEARCHED = 1_000;

const MISMATCH = {
  code: 'digest_mismatch',
  message: 'The digest is not of a preview of this call: tool, arguments and caller have to be the same.',
};
const EXPIRED = { code: 'digest_expired', message: 'The preview of this digest is more than an hour old.' };
const STILL_RUNNING =
  'The job goes on by itself. The same call with the same digest waits for it again and tells how far it is.';
const STANDS_STILL = 'The job stands still. The same call with the same digest goes on with it where it stopped.';

const storedSearch = ({ objectType, filterGroups }: TaskSearch) => ({ objectType, filterGroups: toJson(filterGroups) });

/** What a person sees of the arguments. */
function saidIn(input: BulkInput): unknown {
  const { dryRun: _dryRun, digest: _digest, idempotencyKey: _key, approvalToken: _token, ...said } = input;
  return toJson(said);
}

function inWords({ applied, failed, unknown }: { applied: number; failed: number; unknown: number }): string {
  return `${applied} written${failed > 0 ? `, ${failed} failed` : ''}${unknown > 0 ? `, ${unknown} unknown` : ''}`;
}

function ended({ job, status }: KnownJob): UserError {
  return new UserError('job_ended', `Job ${job.id} is ${status}, so there is nothing to go on with.`, {
    next: 'get_job shows its report.',
  });
}

/** Resolves with the end of the job, or earlier when the call has no more time or nobody waits for its answer. */
async function untilGivenUp(
  clock: Clock,
  { deadlineAt, signal }: CallOptions,
  jobEnd: Promise<unknown>,
): Promise<void> {
  const left = deadlineAt === undefined ? undefined : WAIT_SHARE * (deadlineAt - clock.elapsed());
  const waited = left === undefined ? jobEnd : within(clock, left, jobEnd, undefined);
  if (signal === undefined) return void (await waited);
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const stop = () => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    signal.addEventListener('abort', stop);
    void waited.finally(stop);
  });
}
