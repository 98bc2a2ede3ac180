import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../../../src/enrich/duplicates/index.ts';
import { shippedWeight, type Word, weighed, weightOf } from '../../../src/enrich/openai/weigh.ts';
import { worthAsking } from '../../../src/enrich/openai/worth-asking.ts';
import { tableBuilder } from '../../../src/enrich/table.ts';

const word = (a: string, b: string, same: boolean, by: Word['by']): Word => ({ a, b, same, by });

/** Pairs of which a person said one thing, and a model the same of so many. */
const both = (right: number, of: number) =>
  Array.from({ length: of }, (_, i) => {
    const truth = i % 2 === 0;
    return [word(`a${i}`, `b${i}`, truth, 'person'), word(`a${i}`, `b${i}`, i < right === truth, 'model')];
  }).flat();

/** Ids in ascending order: 60 people, and then those from 101 on. */
const idAt = (row: number) => (row < 60 ? `${row + 1}` : `${row + 41}`);

const pair = (a: number, b: number, probability: number, veto?: string) => ({
  a,
  b,
  bits: 0,
  probability,
  ...(veto !== undefined && { veto }),
});

describe('The word of a model', () => {
  it('counts 3.5 bits for or against, once, however often it was said', () => {
    expect(weighed([word('1', '2', true, 'model'), word('2', '1', false, 'model')])).toEqual([
      { a: '2', b: '1', same: false, bits: -3.5 },
    ]);
  });

  it('counts nothing beside that of a person', () => {
    const words = [word('1', '2', false, 'person'), word('1', '2', true, 'model')];
    expect(weighed(words)).toEqual([{ a: '1', b: '2', same: false }]);
  });

  it('counts what persons found it worth, once there are enough that both judged', () => {
    expect(weightOf(both(10, 10))).toBe(shippedWeight);
    const good = weightOf(both(400, 400));
    expect(good.same).toBeGreaterThan(3.5);
    expect(good.same).toBeLessThanOrEqual(6);
    expect(good.measured).toBe(400);
    const coin = weightOf(both(200, 400));
    expect(coin.same).toBeLessThan(1);
    const liar = weightOf(both(0, 400));
    expect(Math.abs(liar.same) + Math.abs(liar.different)).toBe(0);
  });

  it('never makes two records certain, nor one of two with a veto', async () => {
    const names = ['firstname', 'lastname', 'email', 'phone', 'name_suffix'];
    const builder = tableBuilder('contacts', names);
    const people = Array.from({ length: 60 }, (_, i) => [`Name${i}`, `Surname${(i * 7) % 53}`]);
    for (const [i, [firstname = '', lastname = '']] of people.entries()) {
      builder.add(`${i + 1}`, {
        firstname,
        lastname,
        email: `${firstname}.${lastname}@host${i}.example`.toLowerCase(),
      });
    }
    builder.add('101', { firstname: 'John', lastname: 'Carver', email: 'jcarver@acme.example', phone: '+12025550143' });
    builder.add('102', { firstname: 'Jon', lastname: 'Carver', email: 'jonc@other.example' });
    builder.add('103', { firstname: 'John', lastname: 'Carver', name_suffix: 'Jr', phone: '+12025550143' });
    builder.add('104', { firstname: 'John', lastname: 'Carver', name_suffix: 'Sr', phone: '+12025550143' });
    builder.add('105', { firstname: 'Zoe', lastname: 'Quill' });
    const table = builder.build();
    const everything = table.rows;
    const judgements = Array.from({ length: everything - 60 }, (_, i) => 60 + i).flatMap((a, i, rows) =>
      rows.slice(i + 1).map((b) => ({ a: idAt(a), b: idAt(b), same: true, bits: 6 })),
    );
    const before = await findDuplicates(table, { kind: 'contacts', threads: 0, keepFrom: 0 });
    const after = await findDuplicates(table, { kind: 'contacts', threads: 0, keepFrom: 0, judgements });
    const sure = (scan: typeof before.scan) => scan.clusters.filter(({ band }) => band === 'certain').length;
    expect(sure(after.scan)).toBe(sure(before.scan));
    const vetoed = after.scan.pairs.filter(({ veto }) => veto !== undefined);
    expect(vetoed.length).toBeGreaterThan(0);
    for (const { a, b } of vetoed) {
      expect(after.scan.clusters.some(({ members }) => members.includes(a) && members.includes(b))).toBe(false);
    }
  });
});

describe('Pairs that are worth asking about', () => {
  it('are those in doubt, the most doubtful first, without vetoes and without what stronger links hold', () => {
    const pairs = [
      pair(0, 1, 0.98),
      pair(1, 2, 0.97),
      pair(0, 2, 0.6), // 0 and 2 are held together by 1.
      pair(3, 4, 0.7),
      pair(5, 6, 0.45),
      pair(7, 8, 0.19),
      pair(9, 10, 0.5, 'two tax numbers'),
      pair(4, 5, 0.93),
    ];
    const cluster = (members: number[]) => ({
      members,
      probability: 0.9,
      band: 'likely' as const,
      pairs: pairs.filter(({ a, b, probability }) => members.includes(a) && members.includes(b) && probability >= 0.5),
    });
    const asked = worthAsking({ pairs, clusters: [cluster([0, 1, 2]), cluster([3, 4]), cluster([9, 10])] });
    expect(asked.map(({ a, b }) => [a, b])).toEqual([
      [5, 6],
      [3, 4],
      [4, 5],
    ]);
  });
});
