/** Duplicates and anomalies of a portal, as tools and commands ask for them. */

export { createQuality } from './create-quality.ts';
export type * from './types.ts';
