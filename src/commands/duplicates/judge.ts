import { type Clock, systemClock } from '../../clock.ts';
import { CommandFailure } from '../../command.ts';
import type { Judgement, Kind, Matcher } from '../../enrich/duplicates/types.ts';
import type { JudgedKind } from '../../enrich/openai/allowed.ts';
import type { AnswerCache, ModelOptions } from '../../enrich/openai/types.ts';

export interface JudgeCall {
  /** What may be spent; undefined where it is only said what it would cost. */
  readonly maxUsd: number | undefined;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
  readonly progress: (done: number, total: number) => void;
}

/** Says of uncertain pairs what a model does; nothing where it was only asked what that would cost. */
export type Judge = (matcher: Matcher, call: JudgeCall) => Promise<readonly Judgement[]>;

/**
 * Asked before the scan, as that may take long.
 * @throws CommandFailure for rows that no model judges
 */
export async function judgeOf(kind: Kind, options: ModelOptions): Promise<Judge> {
  const { isJudged } = await import('../../enrich/openai/index.ts');
  if (isJudged(kind)) return (matcher, call) => judge(matcher, kind, options, call);
  throw new CommandFailure(`No model is asked about ${kind}: --judge is for persons and organisations.`);
}

async function judge(
  matcher: Matcher,
  kind: JudgedKind,
  options: ModelOptions,
  { maxUsd, signal, tell, progress }: JudgeCall,
): Promise<readonly Judgement[]> {
  const { createModel, estimateTable, judgeTable } = await import('../../enrich/openai/index.ts');
  const model = createModel({ options, clock: systemClock, log: () => undefined });
  const parts = { model, cache: noCache, clock: systemClock satisfies Clock };
  if (maxUsd === undefined) {
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
