/** This process's own log: appended to by all of its calls at once, with one sync for those that wait at the same time. */

import type { Cancel, Clock } from '../clock.ts';
import type { AppendFile, Disk } from './disk.ts';
import { type Entry, logName } from './entry.ts';
import { encodeFrame } from './frame.ts';
import { diskRefused, type JournalUnusable } from './unusable.ts';

export interface LogWriter {
  /** Written down some time soon: whatever the disk does, the entry is not given up while this process lives. */
  append(entry: Entry): void;
  /** On the disk when it resolves, and all that was appended before. Rejects with JournalUnusable, and is not given up then either. */
  commit(entry: Entry): Promise<void>;
  /** As {@link commit}, but given up when it rejects. */
  tryCommit(entry: Entry): Promise<void>;
  /** Resolves when what was appended can be read. Never rejects. */
  written(): Promise<void>;
  /** Resolves when there is a log that can be written: the first, or a new one after trouble. Rejects with JournalUnusable. */
  ready(): Promise<void>;
  broken(): string | undefined;
  /** Written since this process began. */
  bytes(): number;
  close(): Promise<void>;
}

export interface LogWriterParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly writer: string;
  /** Called before each log is made. */
  readonly beforeLog: () => Promise<void>;
  /** A log that is longer gets a successor, as does one that is a day old. */
  readonly maxBytes: number;
}

interface Waiting {
  readonly entry?: Entry;
  /** Not given up when the disk refuses it. */
  readonly keep: boolean;
  readonly done?: () => void;
  readonly failed?: (error: JournalUnusable) => void;
}

/** How long after trouble the disk is not tried again. */
const PAUSE_MS = 1_000;

/** While nobody asks, it is tried slower and slower, as each time may leave an empty log behind. */
const LONGEST_PAUSE_MS = 60_000;

/** Logs are forgotten as a whole: those of a process that lives for months have to end, too. */
const LONGEST_MS = 86_400_000;

export function createLogWriter({ disk, clock, writer, beforeLog, maxBytes }: LogWriterParts): LogWriter {
  let file: AppendFile | undefined;
  let count = 0;
  let begun = 0;
  let offset = 0;
  let synced = 0;
  let total = 0;
  let queue: Waiting[] = [];
  /** Not known to be on the disk: after trouble, a new log begins with it. */
  let unsynced: Waiting[] = [];
  let trouble: { readonly error: JournalUnusable; readonly at: number } | undefined;
  let working: Promise<void> | undefined;
  let closing = false;
  let forgetRetry: Cancel | undefined;
  let retryMs = PAUSE_MS;

  async function drain(): Promise<void> {
    // What is asked for at the same moment goes in one write.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      try {
        await put(batch);
        trouble = undefined;
        retryMs = PAUSE_MS;
      } catch (error) {
        await fail(batch, error);
      }
    }
    working = undefined;
  }

  async function put(batch: readonly Waiting[]): Promise<void> {
    if (trouble !== undefined && !closing && clock.elapsed() - trouble.at < PAUSE_MS) throw trouble.error;
    const old = offset >= maxBytes || clock.elapsed() - begun >= LONGEST_MS;
    const log = file !== undefined && !old ? file : await next();
    const waiting = offset === 0 ? [...unsynced, ...batch] : batch;
    const frames = waiting.flatMap(({ entry }) => (entry ? [encodeFrame(JSON.stringify(entry), synced)] : []));
    const bytes = Buffer.concat(frames);
    unsynced = offset === 0 ? waiting.slice() : [...unsynced, ...batch];
    await log.write(bytes);
    offset += bytes.length;
    total += bytes.length;
    if (trouble === undefined && batch.every(({ done }) => done === undefined)) return;
    await log.sync();
    synced = offset;
    unsynced = [];
    for (const { done } of batch) done?.();
  }

  async function next(): Promise<AppendFile> {
    await beforeLog();
    await endLog();
    count += 1;
    const log = await disk.append(`logs/${logName(writer, count)}`);
    [file, begun, offset, synced] = [log, clock.elapsed(), 0, 0];
    return log;
  }

  async function endLog(): Promise<void> {
    if (file === undefined) return;
    await file.sync();
    unsynced = [];
    await file.close();
    file = undefined;
  }

  /** A file whose write or sync failed is never trusted again: the system may have dropped what it could not write. */
  async function fail(batch: readonly Waiting[], cause: unknown): Promise<void> {
    const error = diskRefused('could not be written', cause);
    if (trouble?.error !== error) trouble = { error, at: clock.elapsed() };
    const late = [...batch, ...queue];
    queue = [];
    const old = file;
    file = undefined;
    const kept = [...unsynced.filter((each) => !batch.includes(each)), ...late];
    unsynced = kept.flatMap(({ entry, keep }) => (keep && entry ? [{ entry, keep }] : []));
    // What closing has to say has been said.
    await old?.close().catch((again: unknown) => again);
    for (const { failed } of late) failed?.(error);
    if (unsynced.length > 0 && !closing) retryLater();
  }

  /** Nobody may ever write anything more, and what this process has learnt would end with it. */
  function retryLater(): void {
    if (forgetRetry !== undefined) return;
    const retry = () => {
      forgetRetry = undefined;
      if (trouble === undefined) return;
      retryMs = Math.min(2 * retryMs, LONGEST_PAUSE_MS);
      push({ keep: false });
    };
    forgetRetry = clock.after(retryMs, retry, { background: true });
  }

  function push(waiting: Waiting): void {
    queue.push(waiting);
    working ??= drain();
  }

  return {
    append: (entry) => push({ entry, keep: true }),
    commit: (entry) => new Promise((done, failed) => push({ entry, keep: true, done, failed })),
    tryCommit: (entry) => new Promise((done, failed) => push({ entry, keep: false, done, failed })),
    async written() {
      await working;
    },
    async ready() {
      if (file === undefined || trouble !== undefined)
        await new Promise<void>((done, failed) => push({ keep: false, done, failed }));
    },
    broken: () => trouble?.error.message,
    bytes: () => total,
    async close() {
      closing = true;
      forgetRetry?.();
      await working;
      if (file === undefined && unsynced.length > 0) push({ keep: false });
      await working;
      await endLog();
    },
  };
}
