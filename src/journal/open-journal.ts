import type { Clock, Random } from '../clock.ts';
import { createJournal } from './create-journal.ts';
import { fileDisk } from './file-disk.ts';
import type { Journal } from './journal.ts';
import { memoryDisk } from './memory-disk.ts';

export interface OpenJournalParts {
  /** Where it is kept; undefined: in memory, gone with the process. See `journalFolder` of src/folder.ts. */
  readonly folder: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** For the operator, one line. */
  readonly onTrouble: (message: string) => void;
}

/** Touches no disk yet: what is wrong with the folder is said by whatever needs it first, as JournalUnusable. */
export function openJournal({ folder, ...parts }: OpenJournalParts): Journal {
  return createJournal({ ...parts, disk: folder === undefined ? memoryDisk() : fileDisk(folder) });
}
