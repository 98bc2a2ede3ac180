import { type Clock, systemClock } from '../../clock.ts';
import { CommandFailure } from '../../command.ts';
import { modelOptions } from '../../config/openai-options.ts';
import type { Judgement, Kind, Matcher } from '../../enrich/duplicates/types.ts';
import type { AnswerCache } from '../../enrich/openai/types.ts';
import type { DuplicatesOptions } from '../duplicates.ts';

export interface JudgeCall {
  readonly kind: Kind;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
  readonly progress: (done: number, total: number) => void;
}

/**
 * What a model says of uncertain pairs; nothing where it was only asked what that would cost.
 * @throws CommandFailure for rows that no model judges, UsageError for settings that cannot be
 */
export async function judge(
  matcher: Matcher,
  options: DuplicatesOptions,
  { kind, signal, tell, progress }: JudgeCall,
): Promise<readonly Judgement[]> {
  const { createModel, estimateTable, isJudged, judgeTable } = await import('../../enrich/openai/index.ts');
  if (!isJudged(kind))
    throw new CommandFailure(`No model is asked about ${kind}: --judge is for persons and organisations.`);
  const model = createModel({ options: modelOptions(options), clock: systemClock, log: () => undefined });
  const parts = { model, cache: noCache, clock: systemClock satisfies Clock };
  const maxUsd = options.judge;
  if (typeof maxUsd !== 'number') {
    const { pairs, likelyUsd, mostUsd } = await estimateTable(matcher, parts, kind);
    const { model: name, redaction } = model.options;
    tell(
      `${pairs} pairs could be judged by ${name}, for about ${dollars(likelyUsd)} and at most ${dollars(mostUsd)}; redaction: ${redaction}. Nothing was sent: --judge USD says what may be spent.`,
    );
    return [];
  }
  const { judging, judgements } = await judgeTable(matcher, parts, { kind, maxUsd, signal, progress });
  const { spent, verdicts, note } = judging;
  tell(
    `${verdicts.length} pairs were judged in ${spent.calls} calls for ${dollars(spent.usd)}.${note === undefined ? '' : ` ${note}`}`,
  );
  return judgements;
}

/** A file is scanned once, and what is in it is not kept. */
const noCache: AnswerCache = {
  cached: () => Promise.resolve(undefined),
  cache: () => Promise.resolve(),
};

function dollars(usd: number): string {
  return `${usd.toFixed(4)} US dollars`;
}
