/** What a message wants and how, by words alone: modest, the same every time, and deaf to what the text asks of us. */

import { phrases, spaced } from '../values/phrases.ts';
import {
  intentWords,
  negations,
  negativeWords,
  positiveWords,
  questionWords,
  unhurriedWords,
  urgentWords,
} from './data/message-words.ts';
import { languageOf } from './language.ts';
import { type Analysis, intents } from './types.ts';

const LONGEST = 20_000;
const intentPhrases = intents.flatMap((intent) => {
  const words = intentWords[intent];
  return words === undefined ? [] : [{ intent, words: phrases(words) }];
});
const questions = phrases(questionWords);
const positive = phrases(positiveWords);
const negative = phrases(negativeWords);
const urgent = phrases(urgentWords);
const unhurried = phrases(unhurriedWords);
const turned = phrases(negations);

/** Of equal weight the graver counts: to unsubscribe or cancel is said in passing. */
const gravity: Readonly<Partial<Record<Analysis['intent'], number>>> = {
  unsubscribe: 3,
  cancellation: 2.5,
  complaint: 1.3,
  thanks: 0.8,
  support: 1.1,
};

export function analyzeByWords(said: string): Analysis {
  const whole = said.slice(0, LONGEST);
  const text = spaced(withoutQuoted(whole), LONGEST);
  const language = languageOf(whole);
  const intent = intentOf(text, whole);
  const sentiment = sentimentOf(text, whole);
  const urgency = urgencyOf(text, whole);
  return {
    intent: intent.is,
    sentiment: sentiment.is,
    urgency: urgency.is,
    language: language.code,
    confidence: Math.min(
      intent.sure,
      sentiment.sure,
      urgency.sure,
      language.code === 'und' ? 0.3 : language.confidence,
    ),
  };
}

/** What was written before is not what is wanted now. */
function withoutQuoted(text: string): string {
  const own = text
    .split(/\r?\n/)
    .filter((line) => !/^\s*>/.test(line))
    .join('\n');
  const [before = ''] = own.split(
    /^[ \t]*-{2,}[ \t]*(?:original message|ursprungliche nachricht|message d.origine)\b.*$/im,
  );
  return before.trim() === '' ? text : before;
}

function intentOf(text: string, whole: string): Sure<Analysis['intent']> {
  const weights = intentPhrases
    .map(({ intent, words }) => ({ intent, weight: hits(text, words) * (gravity[intent] ?? 1) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  const [best, second] = weights;
  if (best === undefined) {
    const asks = /[?？؟]/.test(whole) || text.search(questions) >= 0;
    return asks ? { is: 'question', sure: 0.55 } : { is: 'other', sure: 0.3 };
  }
  const lead = (best.weight - (second?.weight ?? 0)) / best.weight;
  return { is: best.intent, sure: round(0.4 + 0.3 * lead + 0.05 * Math.min(2, best.weight)) };
}

function sentimentOf(text: string, whole: string): Sure<Analysis['sentiment']> {
  const good = polarity(text, positive);
  const bad = polarity(text, negative);
  // Thanks in advance are no praise.
  const balance = good.plain + bad.turned * 0.5 - (bad.plain + good.turned * 1.5) * 1.2 - shouting(whole);
  const is = balance > 0.9 ? 'positive' : balance < -0.9 ? 'negative' : 'neutral';
  return { is, sure: is === 'neutral' ? 0.5 : round(Math.min(0.75, 0.45 + 0.08 * Math.abs(balance))) };
}

function urgencyOf(text: string, whole: string): Sure<Analysis['urgency']> {
  const calm = hits(text, unhurried);
  const { plain } = polarity(text.replaceAll(unhurried, '-'), urgent);
  if (plain > 0) return { is: 'high', sure: round(Math.min(0.75, 0.5 + 0.1 * plain)) };
  if (calm > 0) return { is: 'low', sure: 0.65 };
  return shouting(whole) > 0.9 ? { is: 'high', sure: 0.4 } : { is: 'normal', sure: 0.5 };
}

interface Sure<T> {
  readonly is: T;
  readonly sure: number;
}

function hits(text: string, words: RegExp): number {
  return new Set(text.match(words) ?? []).size;
}

/** How many different words stand there as they are, and how many behind a negation within three words. */
function polarity(text: string, words: RegExp): { readonly plain: number; readonly turned: number } {
  const plain = new Set<string>();
  const reversed = new Set<string>();
  for (const match of text.matchAll(words)) {
    const before = text.slice(0, match.index).trimEnd().split(' ').slice(-NEAR).join(' ');
    (` ${before} `.search(turned) >= 0 ? reversed : plain).add(match[0]);
  }
  return { plain: plain.size, turned: reversed.size };
}

const NEAR = 3;

/** Capitals throughout, and marks of exclamation in a row. */
function shouting(text: string): number {
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase()).length;
  return (letters.length > 20 && capitals / letters.length > 0.7 ? 1 : 0) + (/!{3,}/.test(text) ? 0.5 : 0);
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
