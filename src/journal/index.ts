export { createJournal, type JournalParts } from './create-journal.ts';
export { memoryDisk } from './memory-disk.ts';
export { JournalUnusable } from './unusable.ts';
