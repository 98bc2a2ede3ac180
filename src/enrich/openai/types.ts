/** What the optional model is asked through, and what it costs. Contracts only. */

import type * as z from 'zod';
import type { Explanation } from '../duplicates/types.ts';

/** How much of a record leaves: as it is; in place of names and addresses how they compare; or only comparison levels. */
export type Redaction = 'none' | 'pseudonymised' | 'features';

/** The operator's. */
export interface ModelOptions {
  /** Servers on this machine need none. */
  readonly apiKey?: string | undefined;
  /** Of an endpoint that speaks Chat Completions, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly redaction: Redaction;
  /** Hard caps: US dollars in 24 hours, and pairs of one run. */
  readonly maxUsd: number;
  readonly maxPairs: number;
  /** US dollars per million tokens. */
  readonly prices: Prices;
}

export interface Prices {
  readonly input: number;
  readonly output: number;
}

/** Money that may be spent. What was reserved and not settled counts as spent. */
export interface Ledger {
  /** Undefined where the cap would be passed. */
  reserve(usd: number): Promise<Held | undefined>;
}

export interface Held {
  /** What it came to: never more than was reserved. */
  settle(usd: number): Promise<void>;
}

/** Answers by a hash of what was asked. */
export interface AnswerCache {
  cached(key: string): Promise<string | undefined>;
  cache(key: string, answer: string, at: number): Promise<void>;
}

/** One request to the model: instructions of ours, data of anybody, and the form of the answer. */
export interface Question<T> {
  /** What it is, as a word of letters and underscores. */
  readonly name: string;
  /** From prompts/. */
  readonly instructions: string;
  /** Goes as JSON into a delimited block; its texts are cleaned and cut by whoever asks. */
  readonly data: unknown;
  /** Objects and arrays of plain fields: limits on texts and numbers are the asker's to check. */
  readonly schema: z.ZodType<T>;
  /** What a full answer takes; what the model thinks counts. */
  readonly maxOutputTokens: number;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** `budget`: not asked, for it could pass a cap. `stopped`: the signal. Nothing is thrown. */
      readonly why: 'budget' | 'unavailable' | 'rejected' | 'stopped';
      /** A sentence of ours. */
      readonly note: string;
    };

/** A piece of work that asks several times, with a cap and a count of its own. */
export interface Run {
  /** Any failure is an answer; it does not reject. */
  ask<T>(question: Question<T>): Promise<Answer<T>>;
  readonly spent: Spent;
}

export interface Model {
  readonly options: ModelOptions;
  /** @param maxUsd of this run, beside the operator's cap */
  run(maxUsd: number, signal?: AbortSignal): Run;
  /** What asking costs at most, in US dollars: an answer cannot have more tokens, nor a request more than it has bytes. */
  bound(question: Question<unknown>): number;
}

export interface Spent {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  /** Answers that were not accepted. */
  readonly rejected: number;
}

/** Two records, as the matcher sees them. */
export interface PairToJudge {
  readonly a: Readonly<Record<string, string>>;
  readonly b: Readonly<Record<string, string>>;
  readonly explanation: Explanation;
  /** Properties that leave in no form: neither do comparisons that may rest on them. */
  readonly withheld?: readonly string[];
}

/** What was said of the pair of that place in the list. */
export interface Verdict {
  readonly nth: number;
  readonly verdict: 'same' | 'different' | 'unsure';
}

export interface Judging {
  readonly verdicts: readonly Verdict[];
  readonly spent: Spent;
  /** Pairs whose answer was known from before. */
  readonly cached: number;
  /** False where the offline result stands for some: not asked, not answered, or the budget was used up before the end. */
  readonly complete: boolean;
  /** Why not. */
  readonly note?: string;
}
