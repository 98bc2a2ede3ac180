/** The journal of an account, where the configuration puts it. */

import type { Clock, Random } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Disk } from '../journal/disk.ts';
import type { Journal } from '../journal/journal.ts';
import { lazy } from '../lazy.ts';
import type { Account } from './account.ts';

export interface JournalSeams {
  readonly clock: Clock;
  readonly random: Random;
  /** For the operator, one line. */
  readonly log: (message: string) => void;
}

/** It neither touches a disk nor asks the account what it is before something has to be written down. */
export async function openAccountJournal(
  { journalDir, dataDir }: Pick<Config, 'journalDir' | 'dataDir'>,
  account: Account,
  { clock, random, log }: JournalSeams,
): Promise<Journal> {
  const { createJournal, fileDisk, memoryDisk } = await import('../journal/index.ts');
  const disk = lazy(async () => {
    const { journalFolder } = await import('../folder.ts');
    const portalId = async () => (await account.describe()).portalId;
    const folder = await journalFolder({ journalDir, dataDir, embedded: account.embedded }, portalId);
    return folder === undefined ? memoryDisk() : fileDisk(folder);
  });
  return createJournal({ disk: openedLate(() => disk.get()), clock, random, onTrouble: log });
}

function openedLate(open: () => Promise<Disk>): Disk {
  return {
    list: async (drawer) => (await open()).list(drawer),
    size: async (file) => (await open()).size(file),
    read: async (file, offset, length) => (await open()).read(file, offset, length),
    append: async (file) => (await open()).append(file),
    create: async (file, content) => (await open()).create(file, content),
    remove: async (file) => (await open()).remove(file),
    lock: async (file) => (await open()).lock(file),
  };
}
