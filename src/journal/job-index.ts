import type { Holding } from './call-index.ts';
import type { JobEntry, Place } from './entry.ts';
import type { JobStatus } from './journal.ts';

/** Where jobs stand in the logs. There are few of them, but they may be long: their items are not kept here. */
export interface JobIndex {
  add(entry: JobEntry, place: Place, writer: string): void;
  find(id: string): IndexedJob | undefined;
  /** Newest first. */
  ids(): readonly string[];
  /** The logs that each job stands in; `kept` says that it has not ended. */
  holdings(): readonly Holding[];
}

export interface IndexedJob {
  readonly head: Place;
  /** The process that began it. */
  readonly writer: string;
  readonly generation: number;
  /** Absent until the first one. */
  readonly checkpoint?: Checkpoint;
  /** In order and without gaps. */
  readonly chunks: readonly Chunk[];
}

export interface Chunk {
  readonly generation: number;
  readonly from: number;
  readonly count: number;
  readonly place: Place;
}

interface Checkpoint {
  readonly generation: number;
  readonly number: number;
  readonly status: Exclude<JobStatus, 'interrupted'>;
  readonly items: number;
  readonly place: Place;
}

interface Gathered {
  head?: Place;
  writer?: string;
  generation: number;
  /** All that it stands in. */
  readonly logs: Set<string>;
  checkpoint?: Checkpoint;
  /** Once somebody has ended a job, whoever still works at it cannot make it run again. */
  ended?: Checkpoint['status'];
  readonly chunks: Map<number, Chunk>;
  /** By the generation that it begins: how many items of earlier ones count. */
  readonly taken: Map<number, number>;
}

export function createJobIndex(): JobIndex {
  const jobs = new Map<string, Gathered>();

  return {
    add({ job: id, generation, head, items, checkpoint, taken }, place, writer) {
      const job: Gathered = jobs.get(id) ?? { generation: 0, logs: new Set(), chunks: new Map(), taken: new Map() };
      jobs.set(id, job);
      job.logs.add(place.log);
      job.generation = Math.max(job.generation, generation);
      if (head !== undefined) {
        job.head = place;
        job.writer = writer;
      }
      if (taken !== undefined) job.taken.set(generation, taken.items);
      if (items !== undefined) {
        const before = job.chunks.get(items.from);
        if (before === undefined || before.generation <= generation)
          job.chunks.set(items.from, { generation, from: items.from, count: items.list.length, place });
      }
      if (checkpoint === undefined) return;
      const { number, status, items: held } = checkpoint;
      if (status !== 'running') job.ended ??= status;
      const last = job.checkpoint;
      if (
        last === undefined ||
        generation > last.generation ||
        (generation === last.generation && number >= last.number)
      )
        job.checkpoint = { generation, number, status, items: held, place };
    },
    find(id) {
      const job = jobs.get(id);
      if (job?.head === undefined || job.writer === undefined) return undefined;
      const { head, writer, generation, checkpoint, ended } = job;
      return {
        head,
        writer,
        generation,
        ...(checkpoint !== undefined && { checkpoint: { ...checkpoint, status: ended ?? checkpoint.status } }),
        chunks: inOrder(job),
      };
    },
    ids: () => [...jobs.keys()].toSorted().toReversed(),
    // One whose beginning is lost can never be ended.
    holdings: () => [...jobs.values()].map(({ head, logs, ended }) => ({ logs, kept: head !== undefined && !ended })),
  };
}

/** Items that were never durable may have been lost in the middle, or been written anew by the next owner. */
function inOrder({ chunks, taken }: Gathered): readonly Chunk[] {
  const found: Chunk[] = [];
  for (let from = 0; ; ) {
    const chunk = chunks.get(from);
    if (chunk === undefined) return found;
    const limits = [...taken].filter(([generation]) => generation > chunk.generation).map(([, items]) => items);
    if (from + chunk.count > Math.min(...limits)) return found;
    found.push(chunk);
    from += chunk.count;
  }
}
