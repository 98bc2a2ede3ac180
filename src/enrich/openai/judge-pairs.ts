/** Asks a model about pairs of which the scan is unsure: what it says of each, or nothing. */

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { judgePairsVersion, judgePairs as prompt } from '../../../prompts/judge-pairs.ts';
import type { Clock } from '../../clock.ts';
import type { JudgedKind } from './allowed.ts';
import { type PairContent, pairContent } from './pair-content.ts';
import type { AnswerCache, Judging, Model, ModelOptions, PairToJudge, Question, Verdict } from './types.ts';

export interface JudgeParts {
  readonly model: Model;
  readonly cache: AnswerCache;
  readonly clock: Clock;
}

export interface JudgeOptions {
  readonly kind: JudgedKind;
  readonly maxUsd: number;
  readonly signal?: AbortSignal;
  progress?(done: number, total: number): void;
}

/** What judging would cost, before anything is spent. */
export interface Estimate {
  /** Within the cap in pairs, which counts those that have to be asked. Pairs of one content are one. */
  readonly pairs: number;
  /** Of them known from before, at no cost. */
  readonly cached: number;
  readonly likelyUsd: number;
  /** Every answer as long as can be, at the first try. */
  readonly mostUsd: number;
}

const PER_CALL = 10;
/** An unusable answer for a pair is asked for once more. */
const ROUNDS = 2;
/** Measured on English JSON; it only serves the estimate. */
const BYTES_PER_TOKEN = 3.5;
const TOKENS_OF_ANSWER = 70;
const MOST_TOKENS_OF_ANSWER = 150;

const answer = z.strictObject({
  verdicts: z.array(
    z.strictObject({
      pairId: z.string(),
      decisiveFields: z.array(z.string()),
      contradiction: z.string(),
      verdict: z.enum(['same', 'different', 'unsure']),
      confidence: z.number(),
    }),
  ),
});
type Said = z.output<typeof answer>['verdicts'][number];
type Word = Verdict['verdict'];

/** A coin that somebody tossed. */
const LEAST_CONFIDENCE = 0.6;

/** @param pairs in the order of what their verdict is worth: the cap in pairs cuts the end off */
export async function estimateJudging(
  pairs: readonly PairToJudge[],
  { model, cache }: Pick<JudgeParts, 'model' | 'cache'>,
  kind: JudgedKind,
): Promise<Estimate> {
  const { fresh, known } = await sorted(pairs, model.options, kind, cache);
  const questions = batches([...fresh.values()]).map((batch) => questionOf(batch, kind, model.options));
  const { prices } = model.options;
  const bytes = questions.reduce(
    (sum, { instructions, data }) => sum + Buffer.byteLength(instructions + JSON.stringify(data)),
    0,
  );
  return {
    pairs: fresh.size + known.size,
    cached: known.size,
    likelyUsd: ((bytes / BYTES_PER_TOKEN) * prices.input + fresh.size * TOKENS_OF_ANSWER * prices.output) / 1e6,
    mostUsd: questions.reduce((sum, question) => sum + Math.ceil(model.bound(question) * 1e6), 0) / 1e6,
  };
}

/** Never rejects for what the model or the way to it does: what is not answered is left out. */
export async function judgePairs(
  pairs: readonly PairToJudge[],
  { model, cache, clock }: JudgeParts,
  { kind, maxUsd, signal, ...told }: JudgeOptions,
): Promise<Judging> {
  const run = model.run(maxUsd, signal);
  const { contents, fresh, known } = await sorted(pairs, model.options, kind, cache);
  const cached = known.size;
  let left = [...fresh.values()];
  let rejected = 0;
  const reasons = new Set<string>();
  for (let round = 0; round < ROUNDS && left.length > 0 && reasons.size === 0; round++) {
    const heard = await Promise.all(batches(left).map(async (batch) => ({ batch, budget: await hear(batch) })));
    // Where several at once could have passed the cap, one after the other may still fit in.
    for (const { batch } of heard.filter(({ budget }) => budget !== undefined)) {
      if (reasons.size > 0) break;
      const budget = await hear(batch);
      if (budget !== undefined) reasons.add(budget);
    }
    left = left.filter(({ pairId }) => !known.has(pairId));
  }
  const verdicts = contents.flatMap(({ pairId }, nth) => {
    const verdict = known.get(pairId);
    return verdict === undefined ? [] : [{ nth, verdict }];
  });
  const overCap = pairs.length - contents.length;
  const notes = [
    ...reasons,
    ...(left.length > 0 && reasons.size === 0 ? [`Of ${left.length} pairs no usable answer came.`] : []),
    ...(overCap > 0 ? [`${overCap} pairs are over the cap of ${model.options.maxPairs}.`] : []),
  ];
  return {
    verdicts,
    spent: { ...run.spent, rejected: run.spent.rejected + rejected },
    cached,
    complete: notes.length === 0,
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };

  /** Gives the note where it would cost too much. */
  async function hear(batch: readonly PairContent[]): Promise<string | undefined> {
    if (reasons.size > 0) return undefined;
    const said = await run.ask(questionOf(batch, kind, model.options));
    if (!said.ok) {
      if (said.why === 'budget') return said.note;
      // A batch that cannot be answered is no reason not to ask the others.
      if (said.why !== 'rejected') reasons.add(said.note);
      return undefined;
    }
    const { words, rejected: unusable } = accepted(batch, said.value.verdicts);
    rejected += unusable;
    for (const [pairId, verdict] of words) {
      known.set(pairId, verdict);
      await cache.cache(keyOf(pairId, model.options, kind), verdict, clock.now());
    }
    told.progress?.(known.size, cached + fresh.size);
    return undefined;
  }
}

/** What was said once of a pair that was asked about, in bounds; everything else does not count. */
function accepted(batch: readonly PairContent[], said: readonly Said[]) {
  const asked = new Set(batch.map(({ pairId }) => pairId));
  const times = new Map<string, number>();
  for (const { pairId } of said) times.set(pairId, (times.get(pairId) ?? 0) + 1);
  const good = said.filter(
    ({ pairId, confidence }) => asked.has(pairId) && times.get(pairId) === 1 && confidence >= 0 && confidence <= 1,
  );
  const words = new Map<string, Word>(
    good.map(({ pairId, verdict, confidence }) => [pairId, confidence < LEAST_CONFIDENCE ? 'unsure' : verdict]),
  );
  const unanswered = batch.length - words.size;
  return { words, rejected: Math.max(said.length - good.length, unanswered) };
}

async function sorted(pairs: readonly PairToJudge[], options: ModelOptions, kind: JudgedKind, cache: AnswerCache) {
  const contents: PairContent[] = [];
  const known = new Map<string, Word>();
  const fresh = new Map<string, PairContent>();
  for (const pair of pairs) {
    if (fresh.size === options.maxPairs) break;
    const content = pairContent(pair, kind, options.redaction);
    contents.push(content);
    if (known.has(content.pairId) || fresh.has(content.pairId)) continue;
    const before = word.safeParse(await cache.cached(keyOf(content.pairId, options, kind)));
    if (before.success) known.set(content.pairId, before.data);
    else fresh.set(content.pairId, content);
  }
  return { contents, known, fresh };
}

const word = z.enum(['same', 'different', 'unsure']);

function keyOf(pairId: string, { baseUrl, model, redaction }: ModelOptions, kind: JudgedKind): string {
  const asked = JSON.stringify(['judge pairs', judgePairsVersion, baseUrl, model, redaction, kind, pairId]);
  return createHash('sha256').update(asked).digest('hex');
}

function questionOf(
  batch: readonly PairContent[],
  kind: JudgedKind,
  { redaction }: ModelOptions,
): Question<z.output<typeof answer>> {
  const who = kind === 'contacts' || kind === 'persons' ? prompt.persons : prompt.organisations;
  return {
    name: 'judge_pairs',
    instructions: [who, ...(redaction === 'none' ? [] : [prompt.redacted]), prompt.answer].join('\n\n'),
    data: { pairs: batch },
    schema: answer,
    maxOutputTokens: 100 + MOST_TOKENS_OF_ANSWER * batch.length,
  };
}

function batches(contents: readonly PairContent[]): readonly (readonly PairContent[])[] {
  return Array.from({ length: Math.ceil(contents.length / PER_CALL) }, (_, i) =>
    contents.slice(i * PER_CALL, (i + 1) * PER_CALL),
  );
}
