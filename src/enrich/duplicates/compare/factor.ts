/** One thing that speaks for or against two rows being the same. */

/** How two rows may compare by a factor. */
export interface Level {
  readonly words: string;
  /** Of a hundred pairs that are the same, how many compare so where both have a value: as shipped, before learning. */
  readonly same: number;
  /** How often rows that are not the same compare so. */
  readonly others: Chance;
}

/**
 * - a number: the share of random pairs
 * - `counted`: the share, as shipped, and that of each value by how many rows hold it (term frequency)
 * - `mates`: with how many other rows a row shares it: of identifiers, whose share depends on the table's size
 * - `neutral`: it says nothing, because something else has said it
 */
export type Chance = number | { readonly counted: number } | { readonly mates: number } | 'neutral';

/** The levels at which a pair's factors before this one compare, by the factor's place. */
export type Levels = Uint8Array;

export interface Factor {
  readonly field: string;
  /** By number; 0 is `missing`, and counts nothing. */
  readonly levels: readonly Level[];
  compare(a: number, b: number, levels: Levels): number;
  /** How many rows hold what two share, where a level is counted. */
  holders?(a: number, b: number, level: number): number;
  /** The value, as it was compared. */
  shown(row: number): string;
}

export const missing: Level = { words: 'missing', same: 0, others: 'neutral' };

export function level(words: string, same: number, others: Chance): Level {
  return { words, same, others };
}

/** What is learnt of two rows otherwise than by comparing values. */
export interface Gate {
  /** Why they are two, whatever the rest says. */
  veto(a: number, b: number): string | undefined;
  /** The most probability that they can have as they compare, and why. */
  most(a: number, b: number, levels: Levels): { readonly probability: number; readonly why: string } | undefined;
}

export interface Comparison {
  readonly factors: readonly Factor[];
  readonly gate: Gate;
  /** That factors may say one thing several times, as columns of which nothing is known do: learnt with more caution. */
  readonly correlated?: boolean;
}

/** The level of a factor by its place; `missing` of one that there is none of (-1). */
export function levelAt(levels: Levels, place: number): number {
  return place < 0 ? 0 : (levels[place] ?? 0);
}
