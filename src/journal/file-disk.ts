import type { Stats } from 'node:fs';
import { chmod, constants, link, lstat, mkdir, mkdtemp, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../folder.ts';
import type { AppendFile, Disk, Drawer } from './disk.ts';
import { JournalUnusable } from './unusable.ts';

const drawers: readonly Drawer[] = ['logs', 'locks', 'keys', 'takes'];
/** Nobody else on the machine reads what was written to the CRM. Windows knows neither modes nor owners. */
const OWN_FOLDER = 0o700;
const OWN_FILE = 0o600;
const WRITABLE_BY_OTHERS = 0o022;
const windows = process.platform === 'win32';

/**
 * A folder of the file system, made when it is first used. Its operations reject with JournalUnusable when the folder is
 * one that others could have changed.
 */
export function fileDisk(folder: string): Disk {
  let usable: Promise<void> | undefined;

  const ready = () => {
    usable ??= prepare(folder).catch((error: unknown) => {
      usable = undefined;
      throw error;
    });
    return usable;
  };

  async function pathOf(file: string): Promise<string> {
    await ready();
    return join(folder, file);
  }

  return {
    async list(drawer) {
      const names = await readdir(await pathOf(drawer));
      return names.filter((name) => !/-(wal|shm|journal)$/.test(name));
    },
    async size(file) {
      return (await unlessMissing(stat(await pathOf(file))))?.size;
    },
    async read(file, offset, length) {
      const handle = await unlessMissing(open(await pathOf(file), constants.O_RDONLY | constants.O_NOFOLLOW));
      if (handle === undefined) return new Uint8Array();
      try {
        // Asking for the size first keeps small what is set aside for a read at the end.
        const { size } = await handle.stat();
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        let done = 0;
        while (done < bytes.length) {
          const { bytesRead } = await handle.read(bytes, done, bytes.length - done, offset + done);
          if (bytesRead === 0) break;
          done += bytesRead;
        }
        return bytes.subarray(0, done);
      } finally {
        await handle.close();
      }
    },
    async append(file) {
      const path = await pathOf(file);
      const handle = await open(path, 'ax', OWN_FILE);
      await syncFolder(dirname(path));
      const opened: AppendFile = {
        write: async (bytes) => handle.appendFile(bytes),
        sync: async () => handle.datasync(),
        close: async () => handle.close(),
      };
      return opened;
    },
    async create(file, content) {
      const path = await pathOf(file);
      // Whole or not at all: the name is given to a file that is on the disk already.
      const aside = await mkdtemp(join(folder, 'new-'));
      const whole = join(aside, 'file');
      const handle = await open(whole, 'wx', OWN_FILE);
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      try {
        await link(whole, path);
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      } finally {
        await rm(aside, { recursive: true });
      }
      await syncFolder(dirname(path));
      return true;
    },
    async remove(file) {
      await unlessMissing(unlink(await pathOf(file)));
    },
    async lock(file) {
      const path = await pathOf(file);
      const { DatabaseInUse, openDatabase } = await import('../sqlite.ts');
      try {
        // SQLite has a lock that works on every system; the file never holds anything.
        const database = openDatabase({ file: path });
        if (!windows) await chmod(path, OWN_FILE);
        return {
          async release() {
            database.close();
          },
        };
      } catch (error) {
        if (error instanceof DatabaseInUse) return undefined;
        throw error;
      }
    },
  };
}

/** Makes the folder, or looks whether the one that is there can be trusted. */
async function prepare(folder: string): Promise<void> {
  try {
    await makeFolder(dirname(folder));
    await own(folder);
    for (const drawer of drawers) await own(join(folder, drawer));
  } catch (error) {
    if (error instanceof JournalUnusable) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new JournalUnusable(
      `The journal of writes cannot be kept in ${folder} (${why}), so nothing is written to HubSpot. Name a folder that this process can write with --journal-dir or HUBSPOT_MCP_JOURNAL_DIR.`,
      { cause: error },
    );
  }
}

async function own(folder: string): Promise<void> {
  await mkdir(folder, { mode: OWN_FOLDER }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  const wrong = whatIsWrong(await lstat(folder));
  if (wrong === undefined) return;
  throw new JournalUnusable(
    `The journal's folder ${folder} ${wrong}, so its records of what was written cannot be trusted, and nothing is written to HubSpot. Name another with --journal-dir or HUBSPOT_MCP_JOURNAL_DIR, or make it this user's own: chmod 700 ${folder}`,
  );
}

function whatIsWrong(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return 'is a symbolic link';
  if (!found.isDirectory()) return 'is no folder';
  if (windows) return undefined;
  if (process.getuid !== undefined && found.uid !== process.getuid()) return 'belongs to another user';
  return (found.mode & WRITABLE_BY_OTHERS) === 0 ? undefined : 'can be written by other users';
}

/** A new name is on the disk only when its folder is. Windows has no such thing, and refuses. */
async function syncFolder(folder: string): Promise<void> {
  if (windows) return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
