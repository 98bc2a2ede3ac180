/** Columns of which nothing is known but what stands in them. */

import { alike, type Word, wordOf } from '../../names/word.ts';
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
  const words = new WordTexts(feature, texts);
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
      const { both, part } = words.likeness(x, y);
      if (both >= 0.85) return textLevel.nearly;
      if (part >= 0.9) return textLevel.part;
      if (both >= 0.55) return textLevel.similar;
      return both > 0.15 ? textLevel.word : textLevel.different;
    },
    holders(a, b, found) {
      const [x, y] = [codeAt(feature, 0, a), codeAt(feature, 0, b)];
      return found === textLevel.same ? holdersOf(feature, x) : words.rarestShared(x, y);
    },
    shown: (row) => texts.at(codeAt(feature, 0, row)),
  };
}

/** Of longer texts only whole words are compared: among many some are always alike. */
const shortText = 12;

/** Texts as the numbers of their words, made once. */
class WordTexts {
  readonly #texts: Texts;
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  /** By word. */
  readonly #holders: number[] = [];
  readonly #weights: number[] = [];
  readonly #made: (WordText | undefined)[];
  readonly #prepared: (Word | undefined)[] = [];
  readonly #alike = new Map<number, boolean>();

  constructor(feature: Feature, texts: Texts) {
    this.#texts = texts;
    this.#made = Array.from({ length: Math.min(remembered, feature.holders.length) });
    let rows = 0;
    for (let code = 1; code < feature.holders.length; code++) {
      const held = feature.holders[code] ?? 0;
      rows += held;
      for (const word of new Set(texts.at(code).split(' '))) {
        const number = this.#numbers.get(word) ?? this.#words.push(word) - 1;
        this.#numbers.set(word, number);
        this.#holders[number] = (this.#holders[number] ?? 0) + held;
      }
    }
    for (const held of this.#holders) this.#weights.push(Math.log2((rows + 1) / (held + 0.5)) + 0.1);
  }

  /** By weight: what both have of all that both have, and of what the shorter has. */
  likeness(x: number, y: number): { readonly both: number; readonly part: number } {
    const [one, two] = [this.#at(x), this.#at(y)];
    const short = one.words.length <= shortText && two.words.length <= shortText;
    const [left, right]: [number[], number[]] = [[], []];
    let shared = 0;
    for (let i = 0, j = 0; i < one.words.length || j < two.words.length; ) {
      const [p, q] = [one.words[i] ?? Infinity, two.words[j] ?? Infinity];
      if (p === q) shared += this.#weights[p] ?? 0;
      else if (short) (p < q ? left : right).push(Math.min(p, q));
      if (p <= q) i++;
      if (q <= p) j++;
    }
    for (const word of left) {
      const at = right.findIndex((other) => this.#areAlike(word, other));
      const other = right[at];
      if (other === undefined) continue;
      right.splice(at, 1);
      shared += 0.85 * Math.min(this.#weights[word] ?? 0, this.#weights[other] ?? 0);
    }
    return { both: (2 * shared) / (one.weight + two.weight), part: shared / Math.min(one.weight, two.weight) };
  }

  /** Rows with the rarest word that both have; 0 where they have none in common. */
  rarestShared(x: number, y: number): number {
    const two = this.#at(y).words;
    let rarest = 0;
    for (const word of this.#at(x).words) {
      const held = this.#holders[word] ?? 0;
      if ((rarest === 0 || held < rarest) && two.includes(word)) rarest = held;
    }
    return rarest;
  }

  #areAlike(one: number, two: number): boolean {
    const key = one < two ? one * 0x2000000 + two : two * 0x2000000 + one;
    const known = this.#alike.get(key);
    if (known !== undefined) return known;
    const [x, y] = [this.#words[one] ?? '', this.#words[two] ?? ''];
    const found =
      isSpelled(x) && isSpelled(y) && !isFartherThan(2, x, y) && alike(this.#wordAt(one), this.#wordAt(two)) >= 0.85;
    if (this.#alike.size < remembered) this.#alike.set(key, found);
    return found;
  }

  #wordAt(number: number): Word {
    const known = this.#prepared[number];
    if (known !== undefined) return known;
    const made = wordOf(this.#words[number] ?? '');
    this.#prepared[number] = made;
    return made;
  }

  #at(code: number): WordText {
    const known = this.#made[code];
    if (known !== undefined) return known;
    const words = [...new Set(this.#texts.at(code).split(' '))].map((word) => this.#numbers.get(word) ?? 0);
    words.sort((a, b) => a - b);
    const made = { words, weight: words.reduce((sum, word) => sum + (this.#weights[word] ?? 0), 0) };
    if (code < remembered) this.#made[code] = made;
    return made;
  }
}

/** Short words and those with digits are alike by chance: a model's number is another's but for one digit. */
function isSpelled(word: string): boolean {
  return word.length > 3 && !/\d/.test(word);
}

interface WordText {
  /** Rising. */
  readonly words: readonly number[];
  readonly weight: number;
}

const remembered = 1 << 18;

function isNear(x: number, y: number): boolean {
  return Math.abs(x - y) <= 0.02 * Math.max(Math.abs(x), Math.abs(y));
}

function dayNumber(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6))) / 86_400_000;
}
