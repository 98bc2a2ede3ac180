/** A SQLite file that several processes use in turn: each opens it for a piece of work and closes it again. */

import { chmod, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Clock, sleep } from '../clock.ts';
import { UserError } from '../crm/user-error.ts';
import { makeFolder } from '../folder.ts';
import { type Database, DatabaseInUse, isDamage, isDiskFull, openDatabase } from '../sqlite.ts';

export interface SharedFile {
  /**
   * Does one piece of work, one at a time, in the order in which they were asked for.
   * @throws UserError `copy_in_use` when another process does not let go of the file, `disk_full`
   */
  use<T>(work: (db: Database) => T): Promise<T>;
  close(): Promise<void>;
}

export interface SharedFileOptions {
  /** Omitted: in memory. */
  readonly file?: string;
  readonly clock: Clock;
  /** Of the tables below; a file of another version is begun anew. */
  readonly version: number;
  /** Makes the tables of an empty database. */
  readonly schema: string;
  /** What makes a file of one version one of the next, by the version that it is of. */
  readonly upgrades?: Readonly<Record<number, string>>;
  /** What happens to a file that cannot be read: `drop` where all of it can be had again, else it is put aside. */
  readonly damaged: 'drop' | 'aside';
  /** For the operator. */
  readonly log: (message: string) => void;
}

/** Others write pages of records or load a table: a few seconds at most, of a million records. */
const WAIT_MS = 15_000;
const AGAIN_MS = 50;
const OWN_FILE = 0o600;
const OWN_FOLDER = 0o700;

class OtherVersion extends Error {
  override readonly name = 'OtherVersion';
}

export function sharedFile(options: SharedFileOptions): SharedFile {
  const { file, clock, version, schema, upgrades = {}, damaged, log } = options;
  let memory: Database | undefined;
  /** A full disk keeps a file from being closed, and what is not closed is locked: the next piece of work has it again. */
  let unclosed: Database | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function prepared(db: Database): Database {
    const found = db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version;
    if (found === version) return db;
    if (found !== undefined && found > 0 && found < version && upgrades[found] !== undefined) {
      const step = upgrades[found];
      db.transaction(() => {
        db.exec(step);
        db.exec(`PRAGMA user_version = ${found + 1}`);
      });
      return prepared(db);
    }
    if (found !== 0) throw new OtherVersion(`it is of version ${String(found)}, not ${version}`);
    db.transaction(() => {
      db.exec(schema);
      db.exec(`PRAGMA user_version = ${version}`);
    });
    return db;
  }

  async function opened(path: string): Promise<Database> {
    const until = clock.elapsed() + WAIT_MS;
    for (;;) {
      try {
        const db = openDatabase({ file: path });
        await chmod(path, OWN_FILE);
        return db;
      } catch (error) {
        if (!(error instanceof DatabaseInUse)) throw error;
        if (clock.elapsed() >= until) throw inUse(path);
        await sleep(clock, AGAIN_MS);
      }
    }
  }

  function close(db: Database): void {
    unclosed = undefined;
    try {
      db.close();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      unclosed = db;
    }
  }

  async function once<T>(path: string, work: (db: Database) => T): Promise<T> {
    try {
      const db = unclosed ?? (await opened(path));
      try {
        return work(prepared(db));
      } finally {
        close(db);
      }
    } catch (error) {
      throw isDiskFull(error) ? diskFull(path) : error;
    }
  }

  async function onFile<T>(path: string, work: (db: Database) => T): Promise<T> {
    await makeFolder(dirname(path), OWN_FOLDER);
    try {
      return await once(path, work);
    } catch (error) {
      if (!(error instanceof OtherVersion) && !isDamage(error)) throw error;
      await outOfTheWay(
        path,
        error instanceof OtherVersion ? 'was made by another version of this program' : 'was damaged',
      );
      return once(path, work);
    }
  }

  async function outOfTheWay(path: string, why: string): Promise<void> {
    for (const side of ['-wal', '-shm', '-journal']) await rm(`${path}${side}`, { force: true });
    if (damaged === 'drop') {
      await rm(path, { force: true });
      log(`${path} ${why} and is begun anew: what it held is read from HubSpot again.`);
      return;
    }
    const kept = `${path}.damaged-${clock.now()}`;
    await rename(path, kept);
    log(`${path} ${why}. It is kept as ${kept}, and a new one is begun: what it held does not count for now.`);
  }

  return {
    use(work) {
      const next = last.then(() => {
        if (file !== undefined) return onFile(file, work);
        memory ??= prepared(openDatabase());
        return work(memory);
      });
      last = next.catch(() => undefined);
      return next;
    },
    async close() {
      await last;
      if (unclosed !== undefined) close(unclosed);
      memory?.close();
      memory = undefined;
    },
  };
}

function diskFull(file: string): UserError {
  return new UserError('disk_full', `There is no room left on the disk of ${file}.`, {
    next: 'Ask the person who runs this server to make room, or to give another --snapshot-dir; then repeat the call, which goes on where it was.',
  });
}

function inUse(file: string): UserError {
  return new UserError('copy_in_use', `Another process has been working on ${file} for ${WAIT_MS / 1000} seconds.`, {
    next: 'Repeat the call in a minute. Processes that are to work side by side need --snapshot-dir folders of their own.',
  });
}
