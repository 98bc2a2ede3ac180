import type { AppendFile, Disk, DiskLock } from './disk.ts';
import { diskRefused } from './unusable.ts';

/** A disk whose every failure is a JournalUnusable: whoever asks the journal anything meets no other error of the system. */
export function refusingDisk(disk: Disk): Disk {
  return {
    list: (drawer) => reading(disk.list(drawer)),
    size: (file) => reading(disk.size(file)),
    read: (file, offset, length) => reading(disk.read(file, offset, length)),
    append: async (file) => {
      const opened = await writing(disk.append(file));
      const refusing: AppendFile = {
        write: (bytes) => writing(opened.write(bytes)),
        sync: () => writing(opened.sync()),
        close: () => writing(opened.close()),
      };
      return refusing;
    },
    create: (file, content) => writing(disk.create(file, content)),
    remove: (file) => writing(disk.remove(file)),
    lock: async (file) => {
      const lock = await writing(disk.lock(file));
      const refusing: DiskLock | undefined = lock && { release: () => writing(lock.release()) };
      return refusing;
    },
  };
}

const reading = <T>(work: Promise<T>) => telling('could not be read', work);
const writing = <T>(work: Promise<T>) => telling('could not be written', work);

async function telling<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw diskRefused(what, error);
  }
}
