/** Share of false ones among what a run tells of, that the control allows. */
const FALSE_DISCOVERY_RATE = 0.01;

/**
 * Benjamini and Hochberg's control of the false discovery rate (J. R. Stat. Soc. B 57, 1995).
 * @param ps those told of; @param tests all that were made, at least as many
 * @returns the largest p that stands; below 0 if none does
 */
export function largestP(ps: readonly number[], tests: number, rate: number = FALSE_DISCOVERY_RATE): number {
  const ordered = ps.toSorted((a, b) => a - b);
  const made = Math.max(tests, ordered.length);
  for (let rank = ordered.length; rank > 0; rank--) {
    const p = ordered[rank - 1] ?? 1;
    if (p <= (rank / made) * rate) return p;
  }
  return -1;
}
