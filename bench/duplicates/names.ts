import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { findDuplicates } from '../../src/enrich/duplicates/index.ts';
import { type JudgedPair, measurePairs } from '../../src/enrich/measures/pairs.ts';
import type { Rates } from '../../src/enrich/measures/rates.ts';
import { truthOf } from '../../src/enrich/measures/truth.ts';
import { compareOrganisationNames } from '../../src/enrich/names/organisation.ts';
import { comparePersonNames } from '../../src/enrich/names/person.ts';
import { tableBuilder } from '../../src/enrich/table.ts';

export interface NameFigures {
  readonly kind: string;
  readonly pairs: number;
  readonly best: Rates & { readonly threshold: number };
  /** With the best threshold of the other half, both ways: what is seen when the threshold is not chosen on the pairs. */
  readonly halves: number;
  /** By the matcher, over a table of all these names and nothing else. */
  readonly matcher: Rates;
}

interface NamePair {
  readonly schema: string;
  readonly name1: string;
  readonly name2: string;
  readonly is_match: string;
}

/** How well names alone tell whether two are one. */
export function measureNames(path: string): Promise<readonly NameFigures[]> {
  const pairs: readonly NamePair[] = parse(readFileSync(path), { columns: true, bom: true });
  const kinds = [...new Set(pairs.map(kindOf))].sort();
  const figures = kinds.map(async (kind) => {
    const own = pairs.filter((pair) => kindOf(pair) === kind);
    const [even, odd] = [0, 1].map((half) => figuresOf(own.filter((_, n) => n % 2 === half)));
    const all = figuresOf(own);
    const halves = even && odd ? (even.at(odd.best.threshold).f1 + odd.at(even.best.threshold).f1) / 2 : 0;
    return { kind, pairs: own.length, best: all.best, halves, matcher: (await figuresOfMatcher(own)).best };
  });
  return Promise.all(figures);
}

/** FollowTheMoney, whose schemas these are, knows several of organisations. */
function kindOf({ schema }: NamePair): string {
  if (['Company', 'LegalEntity', 'Organization'].includes(schema)) return 'organisations';
  return schema === 'Person' ? 'persons' : schema;
}

function figuresOf(pairs: readonly NamePair[]) {
  return figuresBy(pairs, ({ schema, name1, name2 }) => {
    const compare = schema === 'Person' ? comparePersonNames : compareOrganisationNames;
    return compare(name1, name2).similarity;
  });
}

async function figuresOfMatcher(pairs: readonly NamePair[]) {
  const kind = pairs.every(({ schema }) => schema === 'Person') ? 'persons' : 'organisations';
  const rows = new Map<string, number>();
  const builder = tableBuilder(kind, ['name']);
  for (const name of new Set(pairs.flatMap(({ name1, name2 }) => [name1, name2]))) {
    builder.add(`${rows.size}`, { name });
    rows.set(name, rows.size);
  }
  const matcher = await findDuplicates(builder.build(), { kind, threads: 0 });
  return figuresBy(pairs, ({ name1, name2 }) => {
    const [a = 0, b = 0] = [rows.get(name1), rows.get(name2)];
    return a === b ? 1 : matcher.explain(a, b).probability;
  });
}

/** As a table of two rows for each pair of names. */
function figuresBy(pairs: readonly NamePair[], probabilityOf: (pair: NamePair) => number) {
  const truth = truthOf(pairs.flatMap(({ is_match }, n) => (is_match === 'true' ? [`${n}`, `${n}`] : ['', ''])));
  return measurePairs(
    truth,
    pairs.map((pair, n): JudgedPair => ({ a: 2 * n, b: 2 * n + 1, probability: probabilityOf(pair) })),
  );
}
