/** Rows by key. Keys that too many rows share are divided by a second one, and those that cannot be are told. */

import { type Codes, codes } from '../features/feature.ts';
import { type KeyReader, mixed, type Part, type Rule, type Valued } from './keys.ts';
import { keep, type RowKeys } from './row-keys.ts';

/** How rows of a kind are grouped. */
export interface Blocking {
  readonly rules: readonly Rule[];
  /** What too large blocks are divided by, one after the other. */
  readonly divideBy: readonly Part[];
}

export interface Blocks {
  readonly rule: string;
  /** Rows, block after block. */
  readonly rows: Codes;
  /** Where each block begins, and where the last one ends. */
  readonly starts: Codes;
  /** The key of each block. */
  readonly blockKeys: Codes;
  readonly oversized: readonly { readonly rule: string; readonly key: string; readonly rows: number }[];
}

/** Pairs that one rule may propose: some for each row, and enough for small tables to need no bounds. */
const pairsPerRow = 0.3;
const pairsAtLeast = 150_000;
/** Of a loose rule, whatever the table's size. */
const loosePairs = 60_000;
/** A block of so many is never divided. */
const smallBlock = 12;
/** Of the keys that were too common, so many are told. */
const toldAtMost = 20;

/** Groups rows by one rule, and puts the keys that they came to be grouped by among the others. */
export function blocksOf({ rules, divideBy }: Blocking, nth: number, reader: KeyReader, into: RowKeys): Blocks {
  const rule = rules[nth];
  if (rule === undefined) throw new RangeError(`There is no rule ${nth}.`);
  const { rows } = reader;
  const keys = reader.keys(rule);
  const entries = sorted(keys, rows);
  const cap =
    rule.loose === true ? largestBlock(entries, loosePairs) : largestBlock(entries, pairsAtLeast + pairsPerRow * rows);
  const seconds = (rule.loose === true ? [] : divideBy)
    .filter(({ feature }) => !rule.parts.some((part) => part.feature === feature))
    .flatMap((part) => reader.values(part).slice(0, 1));
  const oversized: { rule: string; key: string; rows: number }[] = [];
  const order: number[] = [];
  const kept = codes(entries.size);
  let used = 0;
  const starts: number[] = [0];
  const blockKeys: number[] = [];
  const take = (key: number, from: Uint32Array) => {
    blockKeys.push(key);
    kept.set(from, used);
    used += from.length;
    starts.push(used);
  };
  for (let from = 0; from < entries.size; ) {
    let to = from + 1;
    while (to < entries.size && entries.keys[to] === entries.keys[from]) to++;
    const size = to - from;
    if (size > 1 && size <= cap) take(entries.keys[from] ?? 0, entries.rows.subarray(from, to));
    else if (size > cap) order.push(from, to);
    from = to;
  }
  for (let at = 0; at < order.length; at += 2) {
    const [from, to] = [order[at] ?? 0, order[at + 1] ?? 0];
    const left = divided(entries, from, to, { keys, seconds, cap, take });
    if (left > 0) oversized.push({ rule: rule.name, key: reader.text(rule, entries.rows[from] ?? 0), rows: left });
  }
  keep(into, nth, keys);
  oversized.sort((a, b) => b.rows - a.rows || (a.key < b.key ? -1 : 1));
  return {
    rule: rule.name,
    rows: shared(kept.subarray(0, used)),
    starts: shared(starts),
    blockKeys: shared(blockKeys),
    oversized: oversized.slice(0, toldAtMost),
  };
}

interface Entries {
  readonly size: number;
  readonly keys: Uint32Array;
  readonly rows: Uint32Array;
  readonly slots: Uint8Array;
}

/** All keys with their rows, by key and then by row. A row that has a key twice is there once. */
function sorted(keys: readonly Uint32Array[], rows: number): Entries {
  let size = 0;
  for (const slot of keys) for (let row = 0; row < rows; row++) if (slot[row] !== 0) size++;
  let from = { keys: new Uint32Array(size), rows: new Uint32Array(size), slots: new Uint8Array(size) };
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let slot = 0; slot < keys.length; slot++) {
      const key = keys[slot]?.[row] ?? 0;
      if (key === 0) continue;
      if (heldBefore(keys, slot, row, key)) {
        const twice = keys[slot];
        if (twice !== undefined) twice[row] = 0;
        continue;
      }
      from.keys[at] = key;
      from.rows[at] = row;
      from.slots[at++] = slot;
    }
  }
  size = at;
  let to = { keys: new Uint32Array(size), rows: new Uint32Array(size), slots: new Uint8Array(size) };
  for (let shift = 0; shift < 33; shift += 11) {
    const counts = new Uint32Array(2049);
    for (let entry = 0; entry < size; entry++) {
      const digit = ((from.keys[entry] ?? 0) >>> shift) & 2047;
      counts[digit + 1] = (counts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 1; digit < counts.length; digit++) counts[digit] = (counts[digit] ?? 0) + (counts[digit - 1] ?? 0);
    for (let entry = 0; entry < size; entry++) {
      const digit = ((from.keys[entry] ?? 0) >>> shift) & 2047;
      const place = counts[digit] ?? 0;
      counts[digit] = place + 1;
      to.keys[place] = from.keys[entry] ?? 0;
      to.rows[place] = from.rows[entry] ?? 0;
      to.slots[place] = from.slots[entry] ?? 0;
    }
    [from, to] = [
      to,
      from.keys.length === size
        ? from
        : { keys: new Uint32Array(size), rows: new Uint32Array(size), slots: new Uint8Array(size) },
    ];
  }
  return { size, ...from };
}

function heldBefore(keys: readonly Uint32Array[], slot: number, row: number, key: number): boolean {
  for (let before = 0; before < slot; before++) if (keys[before]?.[row] === key) return true;
  return false;
}

/** The largest block with which all up to it make no more pairs than they may. */
function largestBlock({ keys, size }: Entries, pairs: number): number {
  const sizes = new Map<number, number>();
  for (let from = 0; from < size; ) {
    let to = from + 1;
    while (to < size && keys[to] === keys[from]) to++;
    sizes.set(to - from, (sizes.get(to - from) ?? 0) + 1);
    from = to;
  }
  let sum = 0;
  let cap = smallBlock;
  for (const each of [...sizes.keys()].sort((a, b) => a - b)) {
    sum += (sizes.get(each) ?? 0) * ((each * (each - 1)) / 2);
    if (sum > pairs) break;
    cap = Math.max(cap, each);
  }
  return cap;
}

/** Divides a block's rows by one second value after the other; what stays too large, or has none of them, is let go. */
function divided(
  entries: Entries,
  from: number,
  to: number,
  by: {
    readonly keys: readonly Uint32Array[];
    readonly seconds: readonly Valued[];
    readonly cap: number;
    take(key: number, rows: Uint32Array): void;
  },
): number {
  let left: number[] = [];
  for (let entry = from; entry < to; entry++) left.push(entry);
  const setKey = (entry: number, key: number) => {
    const slot = by.keys[entries.slots[entry] ?? 0];
    if (slot !== undefined) slot[entries.rows[entry] ?? 0] = key;
  };
  const key = entries.keys[from] ?? 0;
  for (const [nth, second] of by.seconds.entries()) {
    const groups = new Map<number, number[]>();
    const without: number[] = [];
    for (const entry of left) {
      const value = second(entries.rows[entry] ?? 0);
      if (value === 0) without.push(entry);
      else {
        const group = groups.get(value);
        if (group === undefined) groups.set(value, [entry]);
        else group.push(entry);
      }
    }
    left = without;
    for (const [value, group] of groups) {
      if (group.length > by.cap) {
        left.push(...group);
        continue;
      }
      const own = group.length > 1 ? mixed(mixed(key, nth + 1), value) : 0;
      for (const entry of group) setKey(entry, own);
      if (group.length > 1)
        by.take(
          own,
          Uint32Array.from(group, (entry) => entries.rows[entry] ?? 0),
        );
    }
    left.sort((a, b) => a - b);
  }
  for (const entry of left) setKey(entry, 0);
  return left.length;
}

function shared(values: ArrayLike<number>): Codes {
  const made = codes(values.length);
  made.set(values);
  return made;
}
