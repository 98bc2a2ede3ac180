import { describe, expect, it } from 'vitest';
import { clustersOf } from '../../../src/enrich/duplicates/cluster/clusters.ts';
import type { Matcher, ScanOptions } from '../../../src/enrich/duplicates/types.ts';
import { textAt } from '../../../src/enrich/table.ts';
import { probability, rowOf, scanned, strangers } from './tables.ts';

const others = strangers(40);
const sunniva = { firstname: 'Sunniva', lastname: 'Aasen', email: 'sunniva@aasen.no', phone: '+4722334455' };
const three = ['a', 'b', 'c'].map((id) => ({ id, ...sunniva }));

/** What was not compared is of two. */
const ask = () => ({ probability: 0, vetoed: false });
const order = (a: number, b: number) => a - b;

type Words = NonNullable<ScanOptions['judgements']>;
const apart = (...pairs: readonly (readonly [string, string])[]): Words =>
  pairs.map(([a, b]) => ({ a, b, same: false }));
const clustersIn = ({ scan, table }: Matcher) =>
  scan.clusters.map(({ members }) => members.map((row) => textAt(table.ids, row)));

describe('A person who says that two records are two', () => {
  it('is right, though the records are the same in everything', async () => {
    expect(clustersIn(await scanned([...others, ...three.slice(0, 2)]))).toEqual([['a', 'b']]);
    const matcher = await scanned([...others, ...three.slice(0, 2)], { judgements: apart(['b', 'a']) });
    expect(clustersIn(matcher)).toEqual([]);
    const { veto, against, band } = matcher.explain(rowOf(matcher.table, 'a'), rowOf(matcher.table, 'b'));
    expect(veto).toBe('A person said that they are two.');
    expect(against[0]).toBe(veto);
    expect(band).toBeUndefined();
  });

  it('is right in a cluster of three too: the third is one of the two at most', async () => {
    const rows = [...others, ...three];
    expect(clustersIn(await scanned(rows))).toEqual([['a', 'b', 'c']]);
    const found = clustersIn(await scanned(rows, { judgements: apart(['a', 'b']) }));
    expect(found).toHaveLength(1);
    expect(found[0]).toHaveLength(2);
    expect(found[0]).toContain('c');
    const judgements = apart(['a', 'b'], ['a', 'c'], ['b', 'c']);
    expect(clustersIn(await scanned(rows, { judgements }))).toEqual([]);
  });

  it('is right against a model, HubSpot and a key that say otherwise', async () => {
    const matcher = await scanned([...others, ...three.slice(0, 2)], {
      judgements: [
        ...apart(['a', 'b']),
        { a: 'a', b: 'b', same: true, bits: 6 },
        { a: 'a', b: 'b', same: true, bits: 24, level: 'same serial' },
      ],
      proposed: [{ a: 'a', b: 'b' }],
    });
    expect(clustersIn(matcher)).toEqual([]);
  });

  it('is right however large the clusters are that would meet', () => {
    const [half, least] = [45, 0.5];
    const chain = (from: number) =>
      Array.from({ length: half }, (_, x) =>
        Array.from({ length: half - x - 1 }, (__, y) => ({
          a: from + x,
          b: from + x + y + 1,
          bits: 20,
          probability: 0.999,
        })),
      ).flat();
    const across = Array.from({ length: half }, (_, x) =>
      Array.from({ length: half }, (__, y) => ({ a: x, b: half + y, bits: 10, probability: 0.9 })),
    )
      .flat()
      .filter(({ a, b }) => a !== 7 || b !== half + 7);
    const all = [...chain(0), ...chain(half), ...across];
    expect(clustersOf(all, { ask, order, apart: [] }, least)).toHaveLength(1);
    const found = clustersOf(all, { ask, order, apart: [[7, half + 7]] }, least);
    expect(found.map(({ cluster }) => cluster.members.length)).toEqual([half, half]);
  });
});

describe('A person who says that two records are one', () => {
  const pair = [
    { id: 'a', firstname: 'Anna', lastname: 'Hollerbusch', company: 'Ardentia' },
    { id: 'b', firstname: 'Viktor', phone: '+12125550188' },
  ];
  const judgements: Words = [{ a: 'a', b: 'b', same: true }];

  it('is believed where a model would not be', async () => {
    const rows = [...others, ...pair];
    expect(probability(await scanned(rows, { judgements }), 'a', 'b')).toBeGreaterThan(0.99);
    const model = await scanned(rows, { judgements: [{ a: 'a', b: 'b', same: true, bits: 40 }] });
    expect(probability(model, 'a', 'b')).toBeLessThan(0.99);
  });

  it('is not, where another system has them under two ids, or another person says otherwise', async () => {
    const rows = three.slice(0, 2).map((row, nth) => ({ ...row, salesforcecontactid: `003A${nth}` }));
    expect(clustersIn(await scanned([...others, ...rows], { judgements }))).toEqual([]);
    for (const words of [
      [...judgements, ...apart(['a', 'b'])],
      [...apart(['a', 'b']), ...judgements],
    ]) {
      expect(clustersIn(await scanned([...others, ...three.slice(0, 2)], { judgements: words }))).toEqual([]);
    }
  });
});
