/** Which passages of articles are about what a message asks: BM25 over passages, without anything learnt. */

import { wordsOf } from '../normal/fold.ts';
import { stopwords } from './data/message-words.ts';
import type { Article } from './types.ts';

export interface Passage {
  /** Of the article in the list, from 1. */
  readonly article: number;
  readonly text: string;
  readonly score: number;
  /** How many different words of the message it has. */
  readonly shared: number;
}

/** The usual constants of BM25. */
const K1 = 1.2;
const B = 0.75;
const LONGEST_PASSAGE = 360;
const LONGEST_TEXT = 50_000;
/** Endings say little: `invoices`, `invoiced` and `invoice` meet in their first letters. */
const STEM = 6;

const common = new Set(Object.values(stopwords).flatMap((words) => words.split(' ')));

/** The best first; equal ones in the order of the articles. None where nothing is shared. */
export function bestPassages(message: string, articles: readonly Article[]): readonly Passage[] {
  const asked = [...new Set(tokens(message))];
  const all = articles.flatMap(({ title, text }, at) =>
    passagesOf(text.slice(0, LONGEST_TEXT)).map((passage) => ({
      article: at + 1,
      text: passage,
      // The title says what all its passages are about.
      words: tokens(`${title} ${passage}`),
    })),
  );
  const mean = all.reduce((sum, { words }) => sum + words.length, 0) / Math.max(1, all.length);
  const rarity = new Map(
    asked.map((word) => {
      const having = all.filter(({ words }) => words.includes(word)).length;
      return [word, Math.log(1 + (all.length - having + 0.5) / (having + 0.5))];
    }),
  );
  return all
    .map(({ words, ...passage }) => {
      const hits = asked.map((word) => ({ word, count: words.filter((each) => each === word).length }));
      const score = hits.reduce((sum, { word, count }) => {
        const length = 1 - B + (B * words.length) / mean;
        return sum + ((rarity.get(word) ?? 0) * count * (K1 + 1)) / (count + K1 * length);
      }, 0);
      return { ...passage, score, shared: hits.filter(({ count }) => count > 0).length };
    })
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.score - a.score || a.article - b.article);
}

/** Words that mean something, cut to what their forms share. */
export function tokens(text: string): readonly string[] {
  return wordsOf(text)
    .filter((word) => word.length > 2 && !common.has(word))
    .map((word) => word.slice(0, STEM));
}

/** Sentences of a paragraph, together as far as they are short. */
function passagesOf(text: string): readonly string[] {
  return text.split(/\n{2,}/).flatMap((paragraph) => {
    const passages: string[] = [];
    for (const sentence of sentencesOf(paragraph)) {
      const last = passages.at(-1);
      if (last !== undefined && last.length + sentence.length < LONGEST_PASSAGE)
        passages[passages.length - 1] = `${last} ${sentence}`;
      else passages.push(sentence);
    }
    return passages;
  });
}

function sentencesOf(text: string): readonly string[] {
  return text
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=[.!?。！？])\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
