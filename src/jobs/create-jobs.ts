import { type Clock, within } from '../clock.ts';
import { type Crm, UserError } from '../crm/index.ts';
import type { CallOptions } from '../hubspot/index.ts';
import type { Author, Jobs as Store, StoredCall, StoredJob } from '../journal/journal.ts';
import { askedOf, type Writes } from '../writes/index.ts';
import type { BulkInput, BulkKind, BulkSubject } from './bulk.ts';
import { DIGEST_TTL_MS, digestOf, type Previewed, seenIn } from './digest.ts';
import { outcomesOf } from './item-outcomes.ts';
import type { Jobs } from './jobs.ts';
import { toJson } from './json.ts';
import { canGoOn, createOwnJobs, type Open, type OwnJobsParts } from './own-jobs.ts';
import { type BulkReport, previewOf, takeSample, wholeOf } from './preview.ts';
import { firstItems, type KnownJob, reportInFull, summarise } from './report.ts';
import { doneOf } from './state.ts';
import { readTask, type TaskSearch } from './task.ts';

export interface JobsParts extends OwnJobsParts {
  readonly store: Store;
  /** The calls that the batches of a job have made. */
  readonly callsOf: (job: string, before?: string) => Promise<readonly StoredCall[]>;
}

/** What jobs know of one call. */
export interface JobsCall {
  readonly author: Author;
  readonly options: CallOptions;
  readonly crm: Crm;
  readonly writes: Writes;
  /** Reads and writes in the name of a job's author, what a person had to approve being approved already. */
  readonly open: Open;
  readonly progress: (done: number, total?: number, message?: string) => void;
}

export interface JobRoom {
  forCall(call: JobsCall): Jobs;
  /** Begins no more batches, and resolves when those under way are finished, or soon. The jobs can be gone on with. */
  close(): Promise<void>;
}

/** How much of the time that is left a call waits for a job; the rest is for saying how far it is. */
const WAIT_SHARE = 0.9;

export function createJobs(parts: JobsParts): JobRoom {
  const { clock, store } = parts;
  const own = createOwnJobs(parts);

  const findByDigest = async (digest: string): Promise<StoredJob | undefined> => {
    const jobs = await store.list(JOBS_SEARCHED);
    return jobs.find((job) => readTask(job.task).digest === digest);
  };

  function forCall(call: JobsCall): Jobs {
    const { author, options, progress } = call;

    const follow = async (id: string): Promise<void> => {
      const entry = own.running(id);
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

    const answer = async (id: string): Promise<BulkReport> => {
      await follow(id);
      const job = await reportInFull(store, own.known(await own.stored(id)));
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
        const items = 'items' in subject ? subject.items : undefined;
        if (before !== undefined) {
          await own.goOn(before, call.open, items);
          return answer(before.id);
        }
        if (clock.now() - seen.at > DIGEST_TTL_MS) return preview(kind, input, subject, previewed, EXPIRED);
        const whole = await wholeOf(kind, input, subject, { rows: seen.matches, digest }, call.crm);
        const checked = await call.writes.authorize(whole);
        const task = {
          kind: kind.name,
          input: kind.sharedOf(input),
          matches: seen.matches,
          digest,
          asked: askedOf(whole),
          ...('search' in subject && { search: storedSearch(subject.search) }),
        };
        return answer(await own.begin(task, items && kind.withoutRepeats(items, checked), author, call.open));
      },
      async start({ kind, input, work }) {
        const items = 'items' in work ? work.items : 'stream' in work ? work.stream : undefined;
        const matches = 'items' in work ? work.items.length : 'stream' in work ? work.count : work.atMost;
        const search = 'search' in work ? { search: storedSearch(work.search) } : {};
        const asked = askedOf({ tool: kind, input });
        return own.begin({ kind, input, matches, asked, ...search }, items, author, call.open);
      },
      async follow(id) {
        await follow(id);
        return summarise(own.known(await own.stored(id)));
      },
      report: async (id, after) => reportInFull(store, own.known(await own.stored(id)), after),
      async list() {
        const portalId = await parts.portalId();
        const jobs = await store.list();
        return jobs.filter((job) => job.portalId === portalId).map((job) => summarise(own.known(job)));
      },
      async cancel(id) {
        const job = await own.stored(id);
        const entry = own.running(id);
        if (entry !== undefined) {
          entry.running.end('cancelled');
          await untilGivenUp(clock, options, entry.running.ended);
        } else if (canGoOn(job)) {
          // Where another process is at it, that one reads this before its next batch.
          await store.checkpoint(id, 'cancelled', job.state);
        }
        return reportInFull(store, own.known(await own.stored(id)));
      },
      async pause(id) {
        const entry = own.running(id);
        entry?.running.end('stopped');
        await entry?.running.ended;
        return reportInFull(store, own.known(await own.stored(id)));
      },
      async resume(id) {
        const job = await own.stored(id);
        if (own.running(id) === undefined && !canGoOn(job)) throw ended(own.known(job));
        if (!(await own.goOn(job, call.open))) throw elsewhere(id);
        await follow(id);
        return reportInFull(store, own.known(await own.stored(id)));
      },
      task: async (id) => readTask((await own.stored(id)).task),
      firstItems: async (id) => firstItems(store, own.known(await own.stored(id))),
      async *outcomes(id) {
        yield* outcomesOf(own.known(await own.stored(id)), store, parts.callsOf);
      },
    };
  }

  return { forCall, close: () => own.close() };
}

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

function elsewhere(id: string): UserError {
  return new UserError('job_elsewhere', `Another process of this server is at job ${id}.`, {
    next: 'Ask there, or end that process; then the job can be gone on with here.',
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
