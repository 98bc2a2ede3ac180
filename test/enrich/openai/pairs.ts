/** Pairs to judge, made by hand. */

import type { AnswerCache, PairToJudge } from '../../../src/enrich/openai/types.ts';

export function pairOf(a: Record<string, string>, b: Record<string, string>): PairToJudge {
  return {
    a,
    b,
    explanation: {
      probability: 0.5,
      waterfall: [
        { field: 'prior', level: 'any two records', bits: -14 },
        {
          field: 'name',
          level: 'nickname and same surname',
          a: 'SECRET-A',
          b: 'SECRET-B',
          bits: 9,
          rarity: '0.2 % of records',
        },
        { field: 'phone', level: 'different', a: 'SECRET-A', b: 'SECRET-B', bits: -1 },
        { field: 'judgement', level: 'judged the same', bits: 9 },
      ],
      forInShort: [],
      for: ['name: nickname (SECRET-A / SECRET-B)'],
      against: [],
    },
  };
}

export function pairsOf(count: number): readonly PairToJudge[] {
  return Array.from({ length: count }, (_, i) =>
    pairOf({ firstname: 'Robert', lastname: `Smith${i}` }, { firstname: 'Bob', lastname: `Smith${i}` }),
  );
}

export function memoryCache(): AnswerCache & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    cached: (key) => Promise.resolve(kept.get(key)),
    cache(key, answer) {
      kept.set(key, answer);
      return Promise.resolve();
    },
  };
}
