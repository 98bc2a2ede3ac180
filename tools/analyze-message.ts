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
    const [{ askAboutText }, { analyzeByModel }] = await Promise.all([
      import('../src/quality/ask-about-text.ts'),
      import('../src/enrich/openai/analyze-message.ts'),
    ]);
    const asked = await askAboutText(asking, message, (run, { redaction }) =>
      analyzeByModel({ ...message, redaction }, run),
    );
    if (asked.said === undefined) return { ...byWords, ...asked };
    const { said: answer, by } = asked;
    return answer.ok ? { ...answer.value, method: by } : { ...byWords, note: answer.note };
  },
});
