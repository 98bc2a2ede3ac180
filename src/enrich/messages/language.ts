/** Which language a text is in: by its script, else by the words that a language uses most. */

import { wordsOf } from '../normal/fold.ts';
import { stopwords } from './data/message-words.ts';

export interface Language {
  /** ISO 639-1; `und` where it cannot be told. */
  readonly code: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Kana before Han, for Japanese is written with both. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Devanagari}/gu, 'hi'],
];

const LONGEST = 4_000;
const lists = Object.entries(stopwords).map(([code, words]) => ({ code, words: new Set(words.split(' ')) }));

export function languageOf(said: string): Language {
  const text = said.slice(0, LONGEST);
  const letters = (text.match(/\p{L}/gu) ?? []).length;
  if (letters === 0) return { code: 'und', confidence: 0 };
  for (const [script, code] of scripts) {
    const share = (text.match(script) ?? []).length / letters;
    if (share > 0.3)
      return {
        code: code === 'ru' && /[іїєґ]/iu.test(text) ? 'uk' : code,
        confidence: Math.min(0.95, 0.6 + share / 2),
      };
  }
  const words = wordsOf(text);
  const [best, second] = lists
    .map(({ code, words: known }) => ({ code, hits: words.filter((word) => known.has(word)).length }))
    .toSorted((a, b) => b.hits - a.hits);
  // One word says little, and the next language may have nearly as many.
  if (best === undefined || best.hits === 0 || (words.length > 8 && best.hits / words.length < 0.08))
    return { code: 'und', confidence: 0 };
  const lead = (best.hits - (second?.hits ?? 0)) / best.hits;
  const enough = Math.min(1, best.hits / 5);
  return lead === 0
    ? { code: 'und', confidence: 0 }
    : { code: best.code, confidence: round(Math.min(0.95, 0.3 + 0.35 * lead + 0.35 * enough)) };
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
