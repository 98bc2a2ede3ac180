import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type JudgedPair, measurePairs } from '../../src/enrich/measures/pairs.ts';
import type { Rates } from '../../src/enrich/measures/rates.ts';
import { truthOf } from '../../src/enrich/measures/truth.ts';
import { compareOrganisationNames } from '../../src/enrich/names/organisation.ts';
import { comparePersonNames } from '../../src/enrich/names/person.ts';

export interface NameFigures {
  readonly kind: string;
  readonly pairs: number;
  readonly best: Rates & { readonly threshold: number };
  /** With the best threshold of the other half, both ways: what is seen when the threshold is not chosen on the pairs. */
  readonly halves: number;
}

interface NamePair {
  readonly schema: string;
  readonly name1: string;
  readonly name2: string;
  readonly is_match: string;
}

/** How well names alone tell whether two are one. */
export function measureNames(path: string): readonly NameFigures[] {
  const pairs: readonly NamePair[] = parse(readFileSync(path), { columns: true, bom: true });
  const kinds = [...new Set(pairs.map(kindOf))].sort();
  return kinds.map((kind) => {
    const own = pairs.filter((pair) => kindOf(pair) === kind);
    const [even, odd] = [0, 1].map((half) => figuresOf(own.filter((_, n) => n % 2 === half)));
    const all = figuresOf(own);
    const halves = even && odd ? (even.at(odd.best.threshold).f1 + odd.at(even.best.threshold).f1) / 2 : 0;
    return { kind, pairs: own.length, best: all.best, halves };
  });
}

/** FollowTheMoney, whose schemas these are, knows several of organisations. */
function kindOf({ schema }: NamePair): string {
  if (['Company', 'LegalEntity', 'Organization'].includes(schema)) return 'organisations';
  return schema === 'Person' ? 'persons' : schema;
}

/** As a table of two rows for each pair of names. */
function figuresOf(pairs: readonly NamePair[]) {
  const truth = truthOf(pairs.flatMap(({ is_match }, n) => (is_match === 'true' ? [`${n}`, `${n}`] : ['', ''])));
  const judged = pairs.map(({ schema, name1, name2 }, n): JudgedPair => {
    const compare = schema === 'Person' ? comparePersonNames : compareOrganisationNames;
    return { a: 2 * n, b: 2 * n + 1, probability: compare(name1, name2).similarity };
  });
  return measurePairs(truth, judged);
}
