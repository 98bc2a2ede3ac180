/** Forgets what is old: logs that nobody writes to any more, and keys and claims that nobody will ask for again. */

import type { Clock } from '../clock.ts';
import type { Book } from './book.ts';
import type { Holding } from './call-index.ts';
import { type Claim, claim, claimAt, isKeyless, successor } from './claims.ts';
import type { Disk, FileName } from './disk.ts';
import { newestOfEach, writerOf } from './entry.ts';
import { timeOf } from './ids.ts';
import type { Processes } from './processes.ts';

export interface Retention {
  /** How long logs are kept; those with rows that are not settled, or with a job that has not ended, are kept longer. */
  readonly logsMs: number;
  /** How long a key stands for its call after that began. */
  readonly keysMs: number;
  /** How long the claims of calls without a key are kept: longer than any of them is the same call. */
  readonly keylessMs: number;
}

export const usualRetention: Retention = {
  logsMs: 30 * 86_400_000,
  keysMs: 2 * 86_400_000,
  keylessMs: 3_600_000,
};

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
  const mayGrow = newestOfEach(await disk.list('logs'));
  const over: string[] = [];
  for (const log of old) if (!(mayGrow.has(log) && (await processes.alive(writerOf(log))))) over.push(log);
  // Read only now: what is over is read to its end.
  const { calls, jobs } = await book.current();
  const going = over.filter((log) => timeOf(book.newestIn(log) ?? writerOf(log)) < before);
  const gone = expendable(going, [...calls.holdings(), ...jobs.holdings()]);
  for (const log of gone) await disk.remove(`logs/${log}`);
  if (gone.size > 0) await book.startAnew();
  const left = await book.current();
  for (const name of await disk.list('takes')) {
    const id = name.split('-')[0] ?? name;
    if (timeOf(id) < before && left.calls.find(id) === undefined && left.jobs.find(id) === undefined)
      await disk.remove(`takes/${name}`);
  }
}

/** Of the logs, those that hold nothing which is still needed beside what stays: a log that stays may keep others. */
function expendable(logs: readonly string[], holdings: readonly Holding[]): ReadonlySet<string> {
  const going = new Set(logs);
  for (let before = -1; before !== going.size; ) {
    before = going.size;
    for (const { logs: held, kept } of holdings) {
      if (kept || [...held].some((log) => !going.has(log))) for (const log of held) going.delete(log);
    }
  }
  return going;
}

async function cleanKeys({ disk, clock, book, processes, retention }: RetentionParts, keys: readonly string[]) {
  const now = clock.now();
  const old: { readonly key: FileName; readonly last: Claim; readonly alive: boolean }[] = [];
  for (const name of keys.filter((each) => !each.includes('-'))) {
    const key: FileName = `keys/${name}`;
    const last = (await chainOf(disk, key)).at(-1)?.[1];
    if (last === undefined || now - last.at <= (isKeyless(key) ? retention.keylessMs : retention.keysMs)) continue;
    old.push({ key, last, alive: await processes.alive(last.writer) });
  }
  // Read once for all of them, and after it was asked who is alive: what is gone by then writes nothing any more.
  const { calls, jobs } = await book.current();
  for (const { key, last, alive } of old) {
    const { token } = last;
    const known = calls.find(token) !== undefined;
    const over = isKeyless(key) ? known || !alive : !known && !alive;
    // A job that was begun long ago is found by whoever goes on with it without its key.
    if (!over && !calls.ended(token) && jobs.find(token) === undefined) continue;
    // Whoever claims it anew meanwhile waits for its end, or is waited for.
    const mine = { token: `${processes.me}.cleaned`, writer: processes.me, at: now };
    if ((await claim(disk, successor(key, last), mine)).token !== mine.token) continue;
    // The first link goes first: what is cut off from it is never looked at again.
    for (const [file] of await chainOf(disk, key)) await disk.remove(file);
  }
}

async function chainOf(disk: Disk, first: FileName): Promise<readonly (readonly [FileName, Claim])[]> {
  const found: (readonly [FileName, Claim])[] = [];
  for (let file = first; ; ) {
    const held = await claimAt(disk, file);
    if (held === undefined) return found;
    found.push([file, held]);
    file = successor(first, held);
  }
}
