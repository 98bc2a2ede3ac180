import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matcher } from '../../../src/enrich/duplicates/types.ts';
import { valueAt } from '../../../src/enrich/table.ts';
import { kinds, type Row, scanned, strangers } from './tables.ts';

const field = (...values: readonly string[]) => fc.constantFrom('', '', ...values);

/** Rows of few values, so that they share many. */
const row: fc.Arbitrary<Row> = fc.record({
  firstname: field('Anna', 'Ana', 'Robert', 'Bob', 'Marie', 'Dr. Marie', 'Smith', 'n/a', 'X'),
  lastname: field('Smith', 'Smyth', 'Smith Jr.', 'Smith Sr.', 'Keller', 'Anna', 'O\u2019Hara'),
  email: field('anna@acme.com', 'a.smith@acme.com', 'bob77@gmail.com', 'bob77@acme.com', 'broken@', 'info@acme.com'),
  phone: field('+12125550142', '(212) 555-0142', '+12125550143', '2125550142 x7', '0000000000'),
  company: field('Acme', 'Acme Inc', 'Keller & Sons'),
  city: field('Hull', 'Cork'),
  date_of_birth: field('1980-04-03', '1980-03-04', '1980', '1975-12-31'),
  address: field('12 Mill Lane', '12 Mill Ln', '14 Mill Lane'),
  zip: field('HU1', 'HU2'),
  salesforcecontactid: field('003A', '003B'),
  hs_parent_company_id: field('r0', 'r1'),
  name: field('Acme Corp', 'ACME', 'Acme Holding', 'Keller'),
  domain: field('acme.com', 'keller.de'),
});
const rows = fc.array(row, { minLength: 2, maxLength: 14 });
const kind = fc.constantFrom(...kinds);
const around = strangers(12);

/** Pairs by what their rows hold rather than by where they stand. */
function pairsOf({ scan, table }: Matcher): readonly string[] {
  const name = (at: number) => valueAt(table, 'tag', at);
  return scan.pairs
    .map(
      ({ a, b, probability, veto }) => `${[name(a), name(b)].sort().join(' ')} ${probability.toFixed(6)} ${veto ?? ''}`,
    )
    .sort();
}

describe('The matcher', { timeout: 60_000 }, () => {
  it('explains a score by evidence whose bits are the score, whichever of the two is named first', async () => {
    await fc.assert(
      fc.asyncProperty(rows, kind, async (some, of) => {
        const matcher = await scanned([...around, ...some], {
          kind: of,
          keepFrom: 0,
          judgements: [{ a: 'r12', b: 'r13', same: true }],
        });
        for (const { a, b, bits, probability, veto } of matcher.scan.pairs.slice(0, 30)) {
          const told = matcher.explain(b, a);
          expect(told).toEqual(matcher.explain(a, b));
          expect(told.probability).toBe(probability);
          expect(told.veto).toBe(veto);
          const sum = told.waterfall.reduce((all, each) => all + each.bits, 0);
          expect(1 / (1 + 2 ** -sum)).toBeCloseTo(probability, 9);
          const evidence = told.waterfall.filter((each) => !['calibration', 'gate', 'cluster'].includes(each.field));
          expect(evidence.reduce((all, each) => all + each.bits, 0)).toBeCloseTo(bits, 9);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('puts no vetoed pair into one cluster, and no row into two', async () => {
    await fc.assert(
      fc.asyncProperty(rows, kind, fc.constantFrom(0.05, 0.5, 0.95), async (some, of, from) => {
        const matcher = await scanned([...around, ...some], { kind: of, keepFrom: 0 });
        const clusters = matcher.clustersFrom(from);
        const members = clusters.flatMap((each) => each.members);
        expect(new Set(members).size).toBe(members.length);
        const within = clusters.flatMap((each) =>
          each.members.flatMap((x) => each.members.filter((y) => y > x).map((y) => matcher.explain(x, y).veto)),
        );
        expect(within.filter((veto) => veto !== undefined)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('finds the same pairs in whatever order the rows stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('contacts' as const, 'companies' as const),
        fc.infiniteStream(fc.nat()),
        async (some, of, keys) => {
          const tagged = [...around, ...some].map((each, nth) => ({ ...each, id: `t${nth}`, tag: String(nth) }));
          const order = tagged.map((each) => ({ each, key: keys.next().value }));
          const shuffled = order.sort((x, y) => x.key - y.key).map(({ each }) => each);
          const options = { kind: of, keepFrom: 0.01 };
          const [one, two] = [await scanned(tagged, options), await scanned(shuffled, options)];
          expect(pairsOf(two)).toEqual(pairsOf(one));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('joins the same of links that are as strong as each other, in whatever order their rows stand', async () => {
    const four: readonly Row[] = [
      { address: '12 Mill Lane' },
      { lastname: 'Keller', address: '12 Mill Ln', domain: 'acme.com' },
      { lastname: 'Smyth', address: '12 Mill Ln' },
      { lastname: 'Keller', email: 'info@acme.com' },
    ].map((each, nth) => ({ ...each, id: `t${nth}`, tag: String(nth) }));
    const turned = [2, 1, 0, 3].flatMap((nth) => four.slice(nth, nth + 1));
    const [one, two] = [await scanned(four, { keepFrom: 0.01 }), await scanned(turned, { keepFrom: 0.01 })];
    expect(pairsOf(two)).toEqual(pairsOf(one));
  });

  it('gives the same twice, and every pair once, by row', async () => {
    await fc.assert(
      fc.asyncProperty(rows, kind, async (some, of) => {
        const table = [...around, ...some];
        const [one, two] = [
          await scanned(table, { kind: of, keepFrom: 0 }),
          await scanned(table, { kind: of, keepFrom: 0 }),
        ];
        expect(JSON.stringify(two.scan)).toBe(JSON.stringify(one.scan));
        const places = one.scan.pairs.map(({ a, b }) => a * 1000 + b);
        expect(places).toEqual([...new Set(places)].sort((x, y) => x - y));
        expect(one.scan.pairs.every(({ a, b }) => a < b)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});
