/** The local copy of a portal that scans work on, and what people said of what was found. */

export { openSnapshot, type SnapshotOptions } from './create-snapshot.ts';
export type * from './types.ts';
