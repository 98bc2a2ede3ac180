export { createJournal } from './create-journal.ts';
export { fileDisk } from './file-disk.ts';
export { memoryDisk } from './memory-disk.ts';
export { JournalUnusable } from './unusable.ts';
