/** What is read from a message, and what a draft of an answer is. Contracts only. */

export const intents = [
  'purchase',
  'support',
  'billing',
  'cancellation',
  'complaint',
  'scheduling',
  'unsubscribe',
  'thanks',
  'question',
  'other',
] as const;
export const sentiments = ['positive', 'neutral', 'negative'] as const;
export const urgencies = ['low', 'normal', 'high'] as const;

export interface Analysis {
  readonly intent: (typeof intents)[number];
  readonly sentiment: (typeof sentiments)[number];
  readonly urgency: (typeof urgencies)[number];
  /** ISO 639-1; `und` where it cannot be told. */
  readonly language: string;
  /** Of the weakest of the four, 0 to 1. */
  readonly confidence: number;
}

export interface Article {
  readonly title: string;
  readonly text: string;
  readonly url?: string | undefined;
}

/** One sentence of a draft, and the articles that it rests on, by their place in the list, from 1. */
export interface DraftSentence {
  readonly text: string;
  readonly articles: readonly number[];
}

export interface Draft {
  readonly sentences: readonly DraftSentence[];
}
