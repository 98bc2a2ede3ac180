/** A disk as one process sees it that may die at any moment: then nothing it does arrives any more, and its locks are free. */

import type { Disk, DiskLock } from '../../src/journal/disk.ts';

export interface MortalDisk {
  readonly disk: Disk;
  readonly die: () => Promise<void>;
}

export function mortalDisk(shared: Disk): MortalDisk {
  let dead = false;
  const locks = new Set<DiskLock>();
  /** What a dead process waits for never comes. */
  const living = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) return new Promise<never>(() => {});
    return work();
  };
  return {
    disk: {
      list: (drawer) => living(() => shared.list(drawer)),
      size: (file) => living(() => shared.size(file)),
      read: (file, offset, length) => living(() => shared.read(file, offset, length)),
      append: (file) =>
        living(async () => {
          const opened = await shared.append(file);
          return {
            write: (bytes) => living(() => opened.write(bytes)),
            sync: () => living(() => opened.sync()),
            close: () => living(() => opened.close()),
          };
        }),
      create: (file, content) => living(() => shared.create(file, content)),
      remove: (file) => living(() => shared.remove(file)),
      lock: (file) =>
        living(async () => {
          const lock = await shared.lock(file);
          if (lock !== undefined) locks.add(lock);
          return lock;
        }),
    },
    die: async () => {
      dead = true;
      for (const lock of locks) await lock.release();
    },
  };
}
