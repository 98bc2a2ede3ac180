/** All that the logs of all processes say, found through indexes that are built when somebody first asks. */

import type { CallIndex } from './call-index.ts';
import { type CallEntry, type Entry, type Place, writerOf } from './entry.ts';
import { type CallFold, foldEntries } from './fold.ts';
import { createJobIndex, type JobIndex } from './job-index.ts';
import type { LogReader } from './log-reader.ts';
import { JournalUnusable } from './unusable.ts';

export interface Book {
  /** Everything that was written before the call; the indexes say it until the next one. */
  current(): Promise<Indexes>;
  /** A call as its entries tell it, with the process that began it; undefined when it is unknown or forgotten. */
  call(id: string): Promise<BookedCall | undefined>;
  /** In the order of the places. Rejects with JournalUnusable when one is not there any more; then all is read anew. */
  entries(places: readonly Place[]): Promise<readonly Entry[]>;
  /** The newest call or job that a log speaks of. */
  newestIn(log: string): string | undefined;
  /** Logs were removed: what was read of them is forgotten. */
  startAnew(): Promise<void>;
  close(): Promise<void>;
}

export interface Indexes {
  readonly calls: CallIndex;
  readonly jobs: JobIndex;
}

export interface BookedCall {
  readonly fold: CallFold;
  readonly writer: string;
}

/** @param written resolves when this process's own log can be read to its end */
export function createBook(reader: LogReader, written: () => Promise<void>): Book {
  let indexes: Promise<Indexes> | undefined;
  let last = new Map<string, string>();
  let reading: Promise<unknown> = Promise.resolve();

  /** Log by log, and each once, however many ask. */
  async function read(): Promise<Indexes> {
    await written();
    for (;;) {
      indexes ??= open();
      const into = indexes;
      const { calls, jobs } = await into;
      const put = (entry: Entry, place: Place) => {
        const id = 'call' in entry ? entry.call : entry.job;
        if (id > (last.get(place.log) ?? '')) last.set(place.log, id);
        if ('call' in entry) calls.add(entry, place);
        else jobs.add(entry, place, writerOf(place.log));
      };
      const { logs, removed } = await reader.unread();
      if (removed) await startAnew();
      else for (const log of logs) await inTurn(async () => into === indexes && reader.read(log, put));
      if (into === indexes) return into;
    }
  }

  /** Whoever is still searching in the old indexes finds there what was. */
  function startAnew(): Promise<void> {
    return inTurn(() => {
      reader.startAnew();
      indexes = undefined;
      last = new Map();
    });
  }

  /** One after the other: what is read is read once. */
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const next = reading.then(work);
    // The caller hears of a failure; the next in turn only waits for the end.
    reading = next.catch(() => undefined);
    return next;
  }

  async function entries(places: readonly Place[]): Promise<readonly Entry[]> {
    const found: Entry[] = [];
    for (const place of places) {
      const entry = await reader.readEntry(place);
      if (entry === undefined) {
        await startAnew();
        throw gone(place);
      }
      found.push(entry);
    }
    return found;
  }

  return {
    current: read,
    entries,
    async call(id) {
      const found = (await read()).calls.find(id);
      if (found === undefined) return undefined;
      const own = (await entries(found.places)).filter((entry): entry is CallEntry => 'call' in entry);
      return { fold: foldEntries(id, own), writer: found.writer };
    },
    newestIn: (log) => last.get(log),
    startAnew,
    async close() {
      const into = await indexes;
      await startAnew();
      into?.calls.close();
    },
  };
}

/** What was read before it was synced, and what the disk has lost since. It may come again, in a log after the trouble. */
function gone({ log, offset }: Place): JournalUnusable {
  return new JournalUnusable(
    `The journal's file logs/${log} does not hold any more what was read at byte ${offset}: the disk was or is in trouble. Try again; if it goes on, look after the disk.`,
  );
}

/** SQLite is loaded only when somebody asks. */
async function open(): Promise<Indexes> {
  return { calls: (await import('./call-index.ts')).createCallIndex(), jobs: createJobIndex() };
}
