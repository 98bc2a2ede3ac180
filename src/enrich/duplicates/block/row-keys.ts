/** The keys that rows came to be grouped by, one row's behind the other's: to hold two rows is to look in two places. */

import { type Codes, codes, type Features } from '../features/feature.ts';
import type { Rule } from './keys.ts';

export interface RowKeys {
  /** Of one row, for all rules and all ways in which each can choose its values. */
  readonly width: number;
  /** Where each rule's keys begin in a row, and where the last one's end. */
  readonly begins: readonly number[];
  readonly values: Codes;
}

/** Room for the keys of all rules. */
export function rowKeys(rules: readonly Rule[], features: Features, rows: number): RowKeys {
  const begins = [0];
  let width = 0;
  for (const { parts } of rules) {
    width += parts.reduce((ways, { feature }) => ways * (features.get(feature)?.slots.length ?? 0), 1);
    begins.push(width);
  }
  return { width, begins, values: codes(rows * width) };
}

/** Puts a rule's keys in their place. */
export function keep({ width, begins, values }: RowKeys, rule: number, keys: readonly Uint32Array[]): void {
  const begin = begins[rule] ?? 0;
  for (const [nth, slot] of keys.entries()) {
    for (let row = 0, at = begin + nth; row < slot.length; row++, at += width) values[at] = slot[row] ?? 0;
  }
}

/** The first of a's keys by a rule that b has too; 0 if there is none. */
export function sharedKey({ width, begins, values }: RowKeys, rule: number, a: number, b: number): number {
  const [begin, end] = [begins[rule] ?? 0, begins[rule + 1] ?? 0];
  const [inA, inB] = [a * width, b * width];
  for (let x = begin; x < end; x++) {
    const key = values[inA + x] ?? 0;
    if (key === 0) continue;
    for (let y = begin; y < end; y++) if (values[inB + y] === key) return key;
  }
  return 0;
}

/** Whether any of the first so many rules gave both a key. */
export function meetIn(keys: RowKeys, rules: number, a: number, b: number): boolean {
  for (let rule = 0; rule < rules; rule++) if (sharedKey(keys, rule, a, b) !== 0) return true;
  return false;
}
