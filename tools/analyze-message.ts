import * as z from 'zod';
import { intents, sentiments, urgencies } from '../src/enrich/messages/types.ts';
import { defineTool } from '../src/tool.ts';

export const analyzeMessage = defineTool({
  name: 'analyze_message',
  title: 'Analyze a message',
  description: `Tell a message's intent, sentiment, urgency and language.
Of a text, or of a ticket, email, note, call or communication. By words alone, without a model, it is a hint.`,
  toolset: 'quality',
  effect: 'read',
  scopes: [],
  input: z.object({
    text: z.string().optional(),
    objectType: z.string().optional().describe('tickets if omitted'),
    recordId: z.string().optional(),
    useModel: z.boolean().optional().describe('false: words alone'),
  }),
  output: z.object({
    intent: z.enum(intents),
    sentiment: z.enum(sentiments),
    urgency: z.enum(urgencies),
    language: z.string(),
    confidence: z.number(),
    method: z.string(),
    note: z.string().optional(),
  }),

  async handler({ useModel = true, ...said }, { crm, quality: { enrichment } }) {
    const [{ messageAsked }, { analyzeByWords }] = await Promise.all([
      import('../src/quality/message.ts'),
      import('../src/enrich/messages/analyze.ts'),
    ]);
    const message = await messageAsked(crm, said);
    const byWords = { ...analyzeByWords(message.text), method: 'words' };
    const { asking } = enrichment;
    if (!useModel || asking === undefined) return byWords;
    const { analyzeByModel } = await import('../src/enrich/openai/analyze-message.ts');
    return asking(async (run, { redaction, model }) => {
      if (redaction === 'features')
        return { ...byWords, note: 'No model was asked: its redaction lets no text leave.' };
      const answer = await analyzeByModel({ ...message, redaction }, run);
      return answer.ok ? { ...answer.value, method: `model:${model}` } : { ...byWords, note: answer.note };
    });
  },
});
