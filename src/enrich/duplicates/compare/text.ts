/** Columns of which nothing is known but what stands in them. */

import { alike, wordOf } from '../../names/word.ts';
import { codeAt, type Feature, holdersOf, Texts } from '../features/feature.ts';
import { type Factor, level, missing } from './factor.ts';
import { isFartherThan, isOneSlip } from './likeness.ts';

/** How two amounts compare. */
export const numberLevel = { missing: 0, same: 1, near: 2, different: 3 } as const;
/** How two days compare. */
export const dateLevel = { missing: 0, same: 1, near: 2, slip: 3, month: 4, different: 5 } as const;

/** @param name as in `textFeatures` */
export function columnFactor(name: string, feature: Feature): Factor {
  const at = name.indexOf(':');
  const [content, field] = [name.slice(0, at), name.slice(at + 1)];
  const texts = new Texts(feature);
  const own = { field, shown: (row: number) => texts.at(codeAt(feature, 0, row)) };
  const sameHolders = (a: number) => holdersOf(feature, codeAt(feature, 0, a));
  const compared = (unlike: (x: string, y: string) => number) => (a: number, b: number) => {
    const [x, y] = [codeAt(feature, 0, a), codeAt(feature, 0, b)];
    return x === 0 || y === 0 ? 0 : x === y ? 1 : unlike(texts.at(x), texts.at(y));
  };
  switch (content) {
    case 'category':
      return {
        ...own,
        levels: [missing, level('same', 85, { counted: 0.2 }), level('different', 15, 0.8)],
        compare: compared(() => 2),
        holders: sameHolders,
      };
    case 'code':
      return {
        ...own,
        levels: [
          missing,
          level('same', 70, { counted: 0.0005 }),
          level('one character off', 10, 0.0005),
          level('different', 20, 0.998),
        ],
        compare: compared((x, y) => (Math.min(x.length, y.length) > 4 && isOneSlip(x, y) ? 2 : 3)),
        holders: sameHolders,
      };
    case 'number':
      return {
        ...own,
        levels: [
          missing,
          level('same', 60, { counted: 0.01 }),
          level('nearly the same', 10, 0.02),
          level('different', 30, 0.97),
        ],
        compare: compared((x, y) => (isNear(Number(x), Number(y)) ? numberLevel.near : numberLevel.different)),
        holders: sameHolders,
      };
    case 'date':
      return {
        ...own,
        levels: [
          missing,
          level('same day', 55, { counted: 0.002 }),
          level('within three days', 12, 0.01),
          level('one digit off', 8, 0.005),
          level('within a month', 8, 0.07),
          level('different', 17, 0.91),
        ],
        compare: compared((x, y) => {
          const days = Math.abs(dayNumber(x) - dayNumber(y));
          if (days <= 3) return dateLevel.near;
          if (isOneSlip(x, y)) return dateLevel.slip;
          return days <= 31 ? dateLevel.month : dateLevel.different;
        }),
        holders: sameHolders,
      };
    default:
      return textFactor(field, feature, texts);
  }
}

/** How two texts compare. */
export const textLevel = { missing: 0, same: 1, nearly: 2, part: 3, similar: 4, word: 5, different: 6 } as const;

/** Words, each by how rare it is in its column. */
function textFactor(field: string, feature: Feature, texts: Texts): Factor {
  const holders = new Map<string, number>();
  let rows = 0;
  for (let code = 1; code < feature.holders.length; code++) {
    const held = feature.holders[code] ?? 0;
    rows += held;
    for (const word of new Set(texts.at(code).split(' '))) holders.set(word, (holders.get(word) ?? 0) + held);
  }
  const weight = (word: string) => Math.log2((rows + 1) / ((holders.get(word) ?? 0) + 0.5)) + 0.1;
  const compareWords = (x: string, y: string) => wordLikeness(x, y, weight);
  return {
    field,
    levels: [
      missing,
      level('same', 45, { counted: 0.001 }),
      level('nearly the same', 20, { counted: 0.001 }),
      level('part of the other', 10, { counted: 0.002 }),
      level('similar', 12, { counted: 0.005 }),
      level('a word in common', 6, { counted: 0.1 }),
      level('different', 7, 0.88),
    ],
    compare(a, b) {
      const [x, y] = [codeAt(feature, 0, a), codeAt(feature, 0, b)];
      if (x === 0 || y === 0) return textLevel.missing;
      if (x === y) return textLevel.same;
      const { both, part } = compareWords(texts.at(x), texts.at(y));
      if (both >= 0.85) return textLevel.nearly;
      if (part >= 0.9) return textLevel.part;
      if (both >= 0.55) return textLevel.similar;
      return both > 0.15 ? textLevel.word : textLevel.different;
    },
    holders(a, b, found) {
      const [x, y] = [codeAt(feature, 0, a), codeAt(feature, 0, b)];
      if (found === textLevel.same) return holdersOf(feature, x);
      const shared = new Set(texts.at(y).split(' '));
      let rarest = 0;
      for (const word of texts.at(x).split(' ')) {
        const held = holders.get(word) ?? 0;
        if (shared.has(word) && (rarest === 0 || held < rarest)) rarest = held;
      }
      return rarest;
    },
    shown: (row) => texts.at(codeAt(feature, 0, row)),
  };
}

/** By weight: what both have of all that both have, and of what the shorter has. */
function wordLikeness(
  x: string,
  y: string,
  weight: (word: string) => number,
): { readonly both: number; readonly part: number } {
  const [one, two] = [[...new Set(x.split(' '))], [...new Set(y.split(' '))]];
  const left = new Set(two);
  let shared = 0;
  const [sumOne, sumTwo] = [sum(one, weight), sum(two, weight)];
  const alone: string[] = [];
  for (const word of one) {
    if (left.delete(word)) shared += weight(word);
    else alone.push(word);
  }
  if (one.length <= 12 && two.length <= 12) {
    for (const word of alone) {
      const found = [...left].find(
        (other) => !isFartherThan(3, word, other) && alike(wordOf(word), wordOf(other)) >= 0.85,
      );
      if (found === undefined) continue;
      left.delete(found);
      shared += 0.85 * Math.min(weight(word), weight(found));
    }
  }
  return { both: (2 * shared) / (sumOne + sumTwo), part: shared / Math.min(sumOne, sumTwo) };
}

function sum(words: readonly string[], weight: (word: string) => number): number {
  return words.reduce((all, word) => all + weight(word), 0);
}

function isNear(x: number, y: number): boolean {
  return Math.abs(x - y) <= 0.02 * Math.max(Math.abs(x), Math.abs(y));
}

function dayNumber(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6))) / 86_400_000;
}
