/** Forgets what is old: logs of processes that are gone, and keys and claims that nobody will ask for again. */

import type { Clock } from '../clock.ts';
import type { Book } from './book.ts';
import { type Claim, claimAt, successor } from './claims.ts';
import type { Disk, FileName } from './disk.ts';
import { writerOf } from './entry.ts';
import { timeOf } from './ids.ts';
import type { Processes } from './processes.ts';

export interface Retention {
  /** How long logs are kept; those with rows that are not settled are kept longer. */
  readonly logsMs: number;
  /** How long a key stands for its call after that began. */
  readonly keysMs: number;
}

export const usualRetention: Retention = { logsMs: 30 * 86_400_000, keysMs: 2 * 86_400_000 };

/** So many keys are no burden to the folder. */
const MANY_KEYS = 1_000;

export interface RetentionParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly book: Book;
  readonly processes: Processes;
  readonly retention: Retention;
}

/** Does nothing where there is little to clean, or where another process is at it. */
export async function cleanUp(parts: RetentionParts): Promise<void> {
  const { disk, clock, retention } = parts;
  const before = clock.now() - retention.logsMs;
  const old = (await disk.list('logs')).filter((log) => timeOf(writerOf(log)) < before);
  const keys = await disk.list('keys');
  if (old.length === 0 && keys.length < MANY_KEYS) return;
  const lock = await disk.lock('locks/cleaning');
  if (lock === undefined) return;
  try {
    await cleanKeys(parts, keys);
    await cleanLogs(parts, old, before);
  } finally {
    await lock.release();
  }
}

async function cleanLogs({ disk, book, processes }: RetentionParts, old: readonly string[], before: number) {
  const { calls } = await book.current();
  const alive = await processes.candidates();
  const going = old.filter((log) => !alive.has(writerOf(log)) && timeOf(book.newestIn(log) ?? writerOf(log)) < before);
  const gone = calls.expendable(new Set(going));
  for (const log of gone) await disk.remove(`logs/${log}`);
  if (gone.size > 0) await book.startAnew();
  const { calls: left, jobs } = await book.current();
  for (const name of await disk.list('takes')) {
    const id = name.split('-')[0] ?? name;
    if (timeOf(id) < before && left.find(id) === undefined && jobs.find(id) === undefined)
      await disk.remove(`takes/${name}`);
  }
}

async function cleanKeys({ disk, clock, book, processes, retention }: RetentionParts, keys: readonly string[]) {
  const before = clock.now() - retention.keysMs;
  for (const key of keys.filter((name) => !name.includes('-'))) {
    const chain = await chainOf(disk, `keys/${key}`);
    const last = chain.at(-1)?.[1];
    if (last === undefined || last.at >= before) continue;
    const call = await book.call(last.token);
    const gone = call === undefined && !(await processes.alive(last.writer));
    const over = gone || call?.fold.end !== undefined || (await isJob(book, last.token));
    // The first link goes first: what is cut off from it is never looked at again.
    if (over) for (const [file] of chain) await disk.remove(file);
  }
}

/** A job that was begun long ago is found by whoever goes on with it without its key. */
async function isJob(book: Book, id: string): Promise<boolean> {
  return (await book.current()).jobs.find(id) !== undefined;
}

async function chainOf(disk: Disk, first: FileName): Promise<readonly (readonly [FileName, Claim])[]> {
  const found: (readonly [FileName, Claim])[] = [];
  for (let file = first; ; ) {
    const claim = await claimAt(disk, file);
    if (claim === undefined) return found;
    found.push([file, claim]);
    file = successor(first, claim);
  }
}
