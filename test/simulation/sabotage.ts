/** Parts of the product that can be left out on purpose, to prove that it would be noticed. */

export const SABOTAGES = ['skip-fsync', 'drop-epoch-guard', 'ignore-fingerprint'] as const;
export type Sabotage = (typeof SABOTAGES)[number];
