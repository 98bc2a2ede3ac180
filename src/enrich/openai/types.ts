/** What the optional model is asked through, and what it costs. Contracts only. */

import type { Explanation } from '../duplicates/types.ts';

/** How much of a record leaves: as it is; in place of names and addresses how they compare; or only comparison levels. */
export type Redaction = 'none' | 'pseudonymised' | 'features';

export interface ModelOptions {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly model: string;
  readonly redaction: Redaction;
  /** Properties that may leave, by object type; none beyond these. */
  readonly allowed: Readonly<Record<string, readonly string[]>>;
  /** Hard caps of one run. */
  readonly maxUsd: number;
  readonly maxPairs: number;
  /** US dollars per million tokens. */
  readonly prices: { readonly input: number; readonly output: number };
}

export interface PairToJudge {
  readonly pairId: string;
  readonly a: Readonly<Record<string, string>>;
  readonly b: Readonly<Record<string, string>>;
  readonly explanation: Explanation;
}

export interface Verdict {
  readonly pairId: string;
  readonly verdict: 'same' | 'different' | 'unsure';
  readonly confidence: number;
  /** What it counts, in bits: one more factor, never a proof. */
  readonly bits: number;
}

export interface Spent {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  readonly cached: number;
  /** Answers that were not accepted. */
  readonly rejected: number;
}

export interface Judging {
  readonly verdicts: readonly Verdict[];
  readonly spent: Spent;
  /** False where the offline result stands: nothing asked, nothing answered, or the budget was used up before the end. */
  readonly complete: boolean;
  readonly note?: string;
}
