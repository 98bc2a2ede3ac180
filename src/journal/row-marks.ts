/** What the index keeps of a call's rows, as small as telling whether all of them are settled allows. */

import type { RowState } from './journal.ts';

export interface RowMarks {
  /** Ranges of rows whose state is final, both ends included, in order. */
  readonly final: readonly (readonly [from: number, to: number])[];
  /** The other rows that were sent, each with the latest of its states and what orders it. */
  readonly open: readonly (readonly [index: number, state: RowState, n: number])[];
}

export function mergeRows(all: readonly RowMarks[]): RowMarks {
  const final = new Set<number>();
  const open = new Map<number, readonly [index: number, state: RowState, n: number]>();
  for (const marks of all) {
    for (const [from, to] of marks.final) for (let index = from; index <= to; index++) final.add(index);
    for (const mark of marks.open) {
      const [index, state, n] = mark;
      if (state === 'applied' || state === 'rejected') final.add(index);
      else if (n >= (open.get(index)?.[2] ?? 0)) open.set(index, mark);
    }
  }
  const ranges: [number, number][] = [];
  for (const index of [...final].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return { final: ranges, open: [...open.values()].filter(([index]) => !final.has(index)) };
}

/** Some row may or may not have been applied. */
export function isOpen({ open }: RowMarks): boolean {
  return open.some(([, state]) => state === 'sent' || state === 'unknown');
}
