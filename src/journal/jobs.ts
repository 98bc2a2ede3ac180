import { type Clock, sleep } from '../clock.ts';
import type { Book } from './book.ts';
import { claim, claimAt, keyClaims, successor } from './claims.ts';
import type { Disk, FileName } from './disk.ts';
import type { JobEntry } from './entry.ts';
import type { IndexedJob } from './job-index.ts';
import type { Jobs, Json, StoredJob } from './journal.ts';
import type { LogWriter } from './log-writer.ts';
import type { Ownership } from './ownership.ts';
import type { Processes } from './processes.ts';
import { JournalUnusable } from './unusable.ts';

export interface JobsParts {
  readonly disk: Disk;
  readonly book: Book;
  readonly log: LogWriter;
  readonly clock: Clock;
  readonly ownership: Ownership;
  readonly processes: Processes;
  /** This process's name. */
  readonly me: string;
  readonly newId: () => string;
}

/** A job that this process is at. */
interface Own {
  readonly generation: number;
  items: number;
}

/** Who has claimed a key has its job on the disk a moment later, has given it back, or is gone. */
const MOMENT_MS = 20;
const MOST_MOMENTS = 250;

export function createJobs({ disk, book, log, clock, ownership, processes, me, newId }: JobsParts): Jobs {
  const own = new Map<string, Own>();

  /** Claims the key for a new job, or finds the job that has it. */
  async function claimed(chain: FileName): Promise<{ readonly id: string; readonly place?: FileName }> {
    let moments = 0;
    for (let place = chain; ; ) {
      const mine = { token: newId(), writer: me, at: clock.now() };
      const held = await claim(disk, place, mine);
      if (held.token === mine.token) return { id: mine.token, place };
      // Asked before the logs are read: what is gone by now writes nothing any more.
      const alive = await processes.alive(held.writer);
      if ((await indexed(held.token)) !== undefined) return { id: held.token };
      if (alive && moments === MOST_MOMENTS) throw new JournalUnusable(STUCK);
      moments += 1;
      if (alive) await sleep(clock, MOMENT_MS);
      // One that was given back has no successor.
      else if ((await claimAt(disk, place))?.token === held.token) place = successor(chain, held);
    }
  }

  async function indexed(id: string): Promise<IndexedJob | undefined> {
    return (await book.current()).jobs.find(id);
  }

  async function known(id: string): Promise<IndexedJob> {
    const job = await indexed(id);
    if (job === undefined) throw new Error(`The journal knows no job ${id}.`);
    return job;
  }

  async function stored(id: string, job: IndexedJob): Promise<StoredJob | undefined> {
    const places = [job.head, ...(job.checkpoint === undefined ? [] : [job.checkpoint.place])];
    const [first, last] = (await book.entries(places)).filter((entry): entry is JobEntry => 'job' in entry);
    if (first?.head === undefined) return undefined;
    const written = job.checkpoint?.status ?? 'running';
    const gone = written === 'running' && !own.has(id) && (await ownership.free(id, job));
    return {
      ...first.head,
      id,
      status: gone ? 'interrupted' : written,
      state: last?.checkpoint?.state ?? null,
    };
  }

  return {
    async create(job, key) {
      await log.ready();
      const { id, place } = key === undefined ? { id: newId() } : await claimed(keyClaims(job.portalId, `job ${key}`));
      if (key !== undefined && place === undefined) return { id, isNew: false };
      const { task, portalId, caller, session, run } = job;
      const head = { task, portalId, caller, session, at: clock.now(), ...(run !== undefined && { run }) };
      own.set(id, { generation: 0, items: 0 });
      const checkpoint = { number: 1, status: 'running', state: job.state, items: 0 } as const;
      try {
        await log.tryCommit({ job: id, generation: 0, head, checkpoint });
      } catch (error) {
        own.delete(id);
        // No log knows the job and its process lives, so nobody has made the claim that comes after this one.
        if (place !== undefined) await disk.remove(place);
        throw error;
      }
      return { id, isNew: true };
    },
    async addItems(id, list) {
      if (list.length === 0) return;
      const job = own.get(id);
      if (job === undefined) throw new Error(`The job ${id} is not run by this process.`);
      log.append({ job: id, generation: job.generation, items: { from: job.items, list } });
      job.items += list.length;
    },
    async items(id, from, count) {
      const { chunks } = await known(id);
      const needed = chunks.filter((chunk) => chunk.from < from + count && chunk.from + chunk.count > from);
      const found: Json[] = [];
      for (const entry of await book.entries(needed.map(({ place }) => place)))
        if ('job' in entry) found.push(...(entry.items?.list ?? []));
      const start = from - (needed[0]?.from ?? from);
      const asked = found.slice(start, start + count);
      // Nobody may take it for a shorter job.
      if (asked.length < Math.min(count, (own.get(id)?.items ?? 0) - from)) throw new JournalUnusable(ITEMS_AWAY);
      return asked;
    },
    async checkpoint(id, status, state) {
      const job = own.get(id);
      // Others may write checkpoints too, to end the job: the last number is looked up.
      const { generation, checkpoint: last } = await known(id);
      const number = (last?.number ?? 0) + 1;
      const items = job?.items ?? last?.items ?? 0;
      await log.commit({ job: id, generation, checkpoint: { number, status, state, items } });
      if (status !== 'running') own.delete(id);
    },
    async get(id) {
      const job = await indexed(id);
      return job === undefined ? undefined : stored(id, job);
    },
    async list(limit = 50) {
      const { jobs } = await book.current();
      const found: StoredJob[] = [];
      for (const id of jobs.ids()) {
        if (found.length === limit) break;
        const job = jobs.find(id);
        const each = job === undefined ? undefined : await stored(id, job);
        if (each !== undefined) found.push(each);
      }
      return found;
    },
    async adopt(id) {
      await log.ready();
      if (own.has(id)) return false;
      const before = await indexed(id);
      if (before === undefined || (await stored(id, before))?.status !== 'interrupted') return false;
      if ((await ownership.take(id, before)) === undefined) return false;
      // Read once more: its process may have written until it ended.
      const job = await known(id);
      if (job.checkpoint !== undefined && job.checkpoint.status !== 'running') return false;
      const generation = job.generation + 1;
      // Items that came after the last checkpoint may not all be on the disk, and its owner's place is before them.
      const items = job.checkpoint?.items ?? 0;
      await log.commit({ job: id, generation, taken: { items } });
      own.set(id, { generation, items });
      return true;
    },
  };
}

const ITEMS_AWAY = 'Items of this job are not in the journal at the moment: the disk was or is in trouble. Try again.';
const STUCK = 'Another process has begun this very job, and has not written it down for seconds.';
