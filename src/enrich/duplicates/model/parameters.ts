/** What each level of each factor is worth: shipped, and learnt from the table on top of it. */

import type { Factor, Level } from '../compare/factor.ts';

/** In bits; by factor, by level. */
export interface Parameters {
  /** Share of those that are the same. */
  readonly same: readonly Float64Array[];
  /** Share of the others; 0 where a level is neutral. */
  readonly others: readonly Float64Array[];
  /** How many duplicates a row has. */
  readonly matesPerRow: number;
  /** By factor, how much of what it says no other says too: 1 if all of it. */
  readonly weights: Float64Array;
}

/** How many pairs that are the same the shipped shares count as. */
export const samePseudo = 40;
/** How many random pairs the shipped shares of others count as. */
export const othersPseudo = 2000;
/** How many rows the shipped counts of mates count as. */
export const rowsPseudo = 300;
/** Duplicates of a row, as shipped. */
const matesShipped = 0.15;

export function shipped(factors: readonly Factor[], rows: number): Parameters {
  return {
    same: factors.map(({ levels }) => shares(levels.map(({ same }) => same))),
    others: factors.map(({ levels }) => Float64Array.from(levels, (level) => othersShipped(level, rows))),
    matesPerRow: matesShipped,
    weights: new Float64Array(factors.length).fill(1),
  };
}

export function othersShipped({ others }: Level, rows: number): number {
  if (others === 'neutral') return 0;
  if (typeof others === 'number') return others;
  return 'counted' in others ? others.counted : others.mates / Math.max(1, rows - 1);
}

export function isCounted(level: Level | undefined): boolean {
  return level !== undefined && typeof level.others === 'object' && 'counted' in level.others;
}

export function isMates(level: Level | undefined): boolean {
  return level !== undefined && typeof level.others === 'object' && 'mates' in level.others;
}

/** Level 0 stands aside: it is of pairs that cannot be compared. */
function shares(counts: readonly number[]): Float64Array {
  const sum = counts.reduce((all, each) => all + each, 0);
  return Float64Array.from(counts, (each) => each / sum);
}
