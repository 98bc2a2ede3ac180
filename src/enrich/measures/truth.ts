/** What is known of a table: which rows are the same thing. */

/** All pairs of rows with the same value are true; a row without a value belongs to nobody. */
export interface Truth {
  readonly rows: number;
  /** By row, the number of its group; {@link NOBODY} where nothing is said of it. */
  readonly groupOf: Int32Array;
  /** Rows in each group. */
  readonly sizes: Uint32Array;
  /** True pairs, counted and not listed: large groups have more of them than there is memory for. */
  readonly pairs: number;
}

export const NOBODY = -1;

/** @param labels by row; empty for nobody */
export function truthOf(labels: Iterable<string>): Truth {
  const numbers = new Map<string, number>();
  const groups: number[] = [];
  const sizes: number[] = [];
  for (const label of labels) {
    if (label === '') {
      groups.push(NOBODY);
      continue;
    }
    const group = numbers.get(label) ?? numbers.size;
    numbers.set(label, group);
    groups.push(group);
    sizes[group] = (sizes[group] ?? 0) + 1;
  }
  return {
    rows: groups.length,
    groupOf: Int32Array.from(groups),
    sizes: Uint32Array.from(sizes),
    pairs: sizes.reduce((sum, size) => sum + pairsAmong(size), 0),
  };
}

/** Whether two rows are the same thing. */
export function isTrue({ groupOf }: Truth, a: number, b: number): boolean {
  const group = groupOf[a];
  return group !== undefined && group !== NOBODY && group === groupOf[b];
}

/** How many pairs so many rows make. */
export function pairsAmong(rows: number): number {
  return (rows * (rows - 1)) / 2;
}
