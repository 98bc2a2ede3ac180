import * as z from 'zod';
import { UserError } from '../src/crm/index.ts';
import { readingNote, readingShape } from '../src/quality/reading-note.ts';
import type { JudgingReport } from '../src/quality/types.ts';
import { defineTool } from '../src/tool.ts';

const count = z.int().optional();
const usd = z.number().optional();

export const judgeDuplicates = defineTool({
  name: 'judge_duplicates',
  title: 'Judge uncertain duplicates',
  description: `Ask OpenAI about the uncertain pairs of contacts or companies; find_duplicates then counts it.
Without maxUsd it sends nothing and says what it would cost. With it, it spends a person's money, up to maxUsd.`,
  toolset: 'quality',
  effect: 'read',
  asksModel: true,
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType: z.string(),
    maxUsd: z.number().positive().optional(),
  }),
  output: z.object({
    ...readingShape,
    adjudicated: z.boolean().optional(),
    pairs: count,
    same: count,
    different: count,
    unsure: count,
    cached: count,
    rejected: count,
    calls: count,
    usd,
    likelyUsd: usd,
    mostUsd: usd,
    leftUsd: usd,
    model: z.string().optional(),
    redaction: z.string().optional(),
    sends: z.array(z.string()).optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ objectType, maxUsd }, { crm, quality }) {
    if (quality.judge === undefined) {
      throw new UserError('not_possible', 'No model may be asked here.', {
        next: 'find_duplicates works without one; whoever runs this server can turn one on (--openai).',
      });
    }
    const type = await crm.objectTypes.resolve(objectType);
    const found = await quality.judge(type, maxUsd === undefined ? {} : { maxUsd });
    return found.state === 'reading' ? readingNote(found, 'judge_duplicates') : told(found.result);
  },
});

function told({ model, redaction, sends, leftUsd, estimate, judging }: JudgingReport) {
  const common = { model, redaction, leftUsd: money(leftUsd) };
  if (estimate !== undefined) {
    const { pairs, cached, likelyUsd, mostUsd } = estimate;
    return {
      ...common,
      pairs,
      cached,
      likelyUsd: money(likelyUsd),
      mostUsd: money(mostUsd),
      sends: [...sends],
      note: 'Nothing was sent. It would be once maxUsd is given.',
      next: pairs === 0 ? 'find_duplicates' : 'Ask a person, then judge_duplicates with maxUsd.',
    };
  }
  if (judging === undefined) return common;
  const { verdicts, spent, cached, complete, note } = judging;
  const saying = (word: string) => verdicts.filter(({ verdict }) => verdict === word).length;
  return {
    ...common,
    adjudicated: complete,
    pairs: verdicts.length,
    same: saying('same'),
    different: saying('different'),
    unsure: saying('unsure'),
    cached,
    rejected: spent.rejected,
    calls: spent.calls,
    usd: money(spent.usd),
    ...(note !== undefined && { note }),
    next: 'find_duplicates counts what was said, as one piece of evidence among others.',
  };
}

const money = (amount: number) => Math.round(amount * 1e6) / 1e6;
