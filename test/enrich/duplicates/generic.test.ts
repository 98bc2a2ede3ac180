import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/clock.ts';
import type { Matcher } from '../../../src/enrich/duplicates/types.ts';
import { type Row, rowOf, scanned } from './tables.ts';

const makers = ['Orbis', 'Kelvin', 'Tarn', 'Lumo', 'Vespa', 'Halden'];
const things = ['Pump', 'Valve', 'Motor', 'Sensor', 'Filter', 'Relay', 'Gauge', 'Switch', 'Drive', 'Coil'];
const uses = ['marine', 'steel', 'compact', 'outdoor', 'silent', 'heavy', 'digital', 'twin', 'fast', 'sealed'];

/** Products of a file of which nothing is known; of every fifth there is another row, said otherwise. */
function products(count: number, seed: number): readonly Row[] {
  const random = seededRandom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random.float() * from.length)] ?? '';
  return Array.from({ length: count }, (_, nth) => {
    const row = {
      id: `p${nth}`,
      label: `${pick(things)} ${pick(uses)} ${pick(uses)} ${String.fromCharCode(97 + (nth % 26))}${pick(things).toLowerCase()}ix`,
      maker: pick(makers),
      price: String(10 + Math.floor(random.float() * 3000)),
      made: `20${10 + Math.floor(random.float() * 15)}-0${1 + Math.floor(random.float() * 9)}-1${Math.floor(random.float() * 9)}`,
    };
    const again = {
      ...row,
      id: `q${nth}`,
      label: row.label.replace(' ', '  ').toUpperCase(),
      price: nth % 2 ? row.price : '',
    };
    return nth % 5 === 0 ? [row, again] : [row];
  }).flat();
}

const generic = (rows: readonly Row[]) => scanned(rows, { kind: 'generic', keepFrom: 0 });

const byPair = ({ scan }: Matcher) => new Map(scan.pairs.map(({ a, b, probability }) => [a * 10_000 + b, probability]));
const uuid = (nth: number) => `0b6f2c1e-77aa-4c1d-9e3f-${String(nth * 7919).padStart(12, '0')}`;

/** Of each pair of either, how far apart they are, at most. */
function moved(one: Matcher, two: Matcher): number {
  const [x, y] = [byPair(one), byPair(two)];
  return Math.max(
    ...[...new Set([...x.keys(), ...y.keys()])].map((key) => Math.abs((x.get(key) ?? 0) - (y.get(key) ?? 0))),
  );
}

describe('A table of which nothing is known', { timeout: 60_000 }, () => {
  it.each([1, 2, 3])('scores the same where a column stands in it twice (seed %i)', async (seed) => {
    const rows = products(200, seed);
    const plain = await generic(rows);
    for (const column of ['label', 'maker', 'price', 'made'] as const) {
      const twice = await generic(rows.map((row) => ({ ...row, copy: row[column] ?? '' })));
      expect(moved(plain, twice)).toBeLessThan(0.01);
    }
  });

  it('does not count what all rows have, nor what each has for itself', async () => {
    const rows = products(200, 4);
    const plain = await generic(rows);
    const constant = await generic(rows.map((row) => ({ ...row, source: 'import' })));
    expect(moved(plain, constant)).toBe(0);
    const numbered = rows.map((row, nth) => ({
      ...row,
      row_number: String(nth + 1),
      key: `K-${1000 + nth * 3}`,
      uuid: uuid(nth),
    }));
    expect(moved(plain, await generic(numbered))).toBe(0);
  });

  it('compares texts by their words, each by how rare it is', async () => {
    const rows = [
      ...products(150, 5),
      { id: 'a', label: 'marine qyxorblat', maker: 'Orbis' },
      { id: 'b', label: 'qyxorblat motor', maker: 'Orbis' },
      { id: 'd', label: 'motor outdoor', maker: 'Orbis' },
    ];
    const matcher = await generic(rows);
    const told = (x: string, y: string) => {
      const found = matcher.explain(rowOf(matcher.table, x), rowOf(matcher.table, y));
      return found.waterfall.find(({ field }) => field === 'label');
    };
    // One word of two each time: a rare one is most of what either says, a common one the least of it.
    expect(told('a', 'b')?.level).toBe('similar');
    expect(told('b', 'd')?.level).toBe('a word in common');
    expect(told('a', 'b')?.bits).toBeGreaterThan((told('b', 'd')?.bits ?? 0) + 2);
  });
});
