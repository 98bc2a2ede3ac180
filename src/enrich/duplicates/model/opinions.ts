/** What people, models and HubSpot said of pairs. */

import { type Table, textAt } from '../../table.ts';
import type { Evidence, ScanOptions } from '../types.ts';

/** What a person's word counts, in bits. */
const person = { same: 9, different: -14 } as const;
/** What it counts that another source proposes the pair. */
const proposal = 3;

export interface Opinion {
  readonly evidence: readonly Evidence[];
  readonly bits: number;
}

export interface Opinions {
  /** Rows of which something was said; each pair once. */
  readonly pairs: readonly (readonly [a: number, b: number])[];
  of(a: number, b: number): Opinion | undefined;
  /** What persons said: calibration rests on it. */
  readonly judged: readonly { readonly a: number; readonly b: number; readonly same: boolean }[];
}

/** Of records that are not in the table nothing is known. */
export function opinionsOf(
  table: Table,
  { judgements = [], proposed = [] }: Pick<ScanOptions, 'judgements' | 'proposed'>,
): Opinions {
  const said = new Map<number, Evidence[]>();
  const judged: { a: number; b: number; same: boolean }[] = [];
  if (judgements.length + proposed.length === 0) return { pairs: [], judged, of: () => undefined };
  const rows = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) rows.set(textAt(table.ids, row), row);
  const add = (one: string, two: string, evidence: Evidence): readonly [number, number] | undefined => {
    const [x, y] = [rows.get(one), rows.get(two)];
    if (x === undefined || y === undefined || x === y) return undefined;
    const [a, b] = x < y ? [x, y] : [y, x];
    const key = a * table.rows + b;
    said.set(key, [...(said.get(key) ?? []), evidence]);
    return [a, b];
  };
  for (const { a, b, same, bits, level: called } of judgements) {
    const counts = bits ?? (same ? person.same : person.different);
    const level = called ?? `judged ${same ? 'the same' : 'different'}${bits === undefined ? '' : ' by a model'}`;
    const pair = add(a, b, { field: 'judgement', level, bits: counts });
    if (pair !== undefined && bits === undefined) judged.push({ a: pair[0], b: pair[1], same });
  }
  const listed = new Set<string>();
  for (const { a, b } of proposed) {
    // Said twice it is no surer.
    const key = a < b ? `${a}\n${b}` : `${b}\n${a}`;
    if (listed.has(key)) continue;
    listed.add(key);
    add(a, b, { field: 'proposed', level: 'held for duplicates by another source', bits: proposal });
  }
  return {
    pairs: [...said.keys()]
      .sort((x, y) => x - y)
      .map((key) => [Math.floor(key / table.rows), key % table.rows] as const),
    judged,
    of(a, b) {
      const evidence = said.get(a * table.rows + b);
      return evidence && { evidence, bits: evidence.reduce((sum, { bits }) => sum + bits, 0) };
    },
  };
}
