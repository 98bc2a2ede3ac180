/** Duplicates and anomalies of a portal, as tools and commands ask for them. */

export { createQuality, type QualityCall, type QualityService } from './create-quality.ts';
export { pairFingerprint } from './pair-fingerprint.ts';
export type * from './types.ts';
