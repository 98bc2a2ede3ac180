/** What people, models and HubSpot said of pairs. */

import { type Table, textAt } from '../../table.ts';
import type { Evidence, ScanOptions } from '../types.ts';

/** What a person's word counts, in bits: it stands for itself, whatever the records say. */
const person = { same: 40, different: -40 } as const;
/** What it counts that another source proposes the pair. */
const proposal = 3;

export interface Opinion {
  readonly evidence: readonly Evidence[];
  readonly bits: number;
  /** A person's own word, where there is one. */
  readonly person?: 'same' | 'different';
}

export interface Opinions {
  /** Rows of which something was said; each pair once. */
  readonly pairs: readonly (readonly [a: number, b: number])[];
  of(a: number, b: number): Opinion | undefined;
  /** Pairs that a person said are two: as good as a veto. */
  readonly apart: readonly (readonly [a: number, b: number])[];
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
  if (judgements.length + proposed.length === 0) return { pairs: [], judged, apart: [], of: () => undefined };
  const persons = new Map<number, 'same' | 'different'>();
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
    if (pair === undefined || bits !== undefined) continue;
    judged.push({ a: pair[0], b: pair[1], same });
    // Where both were said, the safer counts.
    const key = pair[0] * table.rows + pair[1];
    persons.set(key, same && persons.get(key) !== 'different' ? 'same' : 'different');
  }
  const listed = new Set<string>();
  for (const { a, b } of proposed) {
    // Said twice it is no surer.
    const key = a < b ? `${a}\n${b}` : `${b}\n${a}`;
    if (listed.has(key)) continue;
    listed.add(key);
    add(a, b, { field: 'proposed', level: 'held for duplicates by another source', bits: proposal });
  }
  const pairOf = (key: number) => [Math.floor(key / table.rows), key % table.rows] as const;
  return {
    pairs: [...said.keys()].sort((x, y) => x - y).map(pairOf),
    judged,
    apart: [...persons].flatMap(([key, word]) => (word === 'different' ? [pairOf(key)] : [])),
    of(a, b) {
      const key = a * table.rows + b;
      const evidence = said.get(key);
      const word = persons.get(key);
      return (
        evidence && {
          evidence,
          bits: evidence.reduce((sum, { bits }) => sum + bits, 0),
          ...(word !== undefined && { person: word }),
        }
      );
    },
  };
}
