export { createJournal, type JournalParts } from './create-journal.ts';
export { fileDisk } from './file-disk.ts';
export { memoryDisk } from './memory-disk.ts';
export { type OpenJournalParts, openJournal } from './open-journal.ts';
export { JournalUnusable } from './unusable.ts';
