/** What nearly all records of a kind do is how the portal works, not a fault. */

/** Fewer say nothing of what is usual. */
const FEWEST = 20;
const MOST = 0.8;

/**
 * The rows, unless they are nearly all of those that were looked at.
 * @param of how many were looked at
 */
export function unlessUsual(rows: readonly number[], of: number, most: number = MOST): readonly number[] {
  return of >= FEWEST && rows.length > most * of ? [] : rows;
}
