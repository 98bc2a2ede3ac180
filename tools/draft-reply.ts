import * as z from 'zod';
import { defineTool } from '../src/tool.ts';

export const draftReply = defineTool({
  name: 'draft_reply',
  title: 'Draft a reply',
  description: `Draft a reply to a text or ticket from articles alone.
Sends nothing. No draft: none answers.`,
  toolset: 'quality',
  effect: 'read',
  scopes: [],
  input: z.object({
    text: z.string().optional(),
    objectType: z.string().optional(),
    recordId: z.string().optional(),
    articles: z
      .array(
        z.object({
          title: z.string(),
          text: z.string(),
          url: z.string().optional(),
        }),
      )
      .max(20),
    tone: z.string().optional(),
    useModel: z.boolean().optional(),
  }),
  output: z.object({
    draft: z.string().optional(),
    by: z.string(),
    language: z.string(),
    /** Which sentence of the draft, by its beginning, rests on which articles, from 1. */
    citations: z.array(z.object({ sentence: z.string(), articles: z.array(z.int()) })).optional(),
    sources: z.array(z.object({ article: z.int(), title: z.string(), url: z.string().optional() })).optional(),
    note: z.string().optional(),
    next: z.string().optional(),
  }),

  async handler({ articles, tone = 'friendly', useModel = true, ...said }, { crm, quality: { enrichment } }) {
    const [{ messageAsked }, drafting] = await Promise.all([
      import('../src/quality/message.ts'),
      import('../src/quality/draft-reply.ts'),
    ]);
    const message = await messageAsked(crm, said);
    const asking = useModel ? enrichment.asking : undefined;
    const { draft, by, language, notes } = await drafting.draftReply(message, articles, tone, asking);
    const note = notes.length > 0 ? { note: notes.join(' ') } : {};
    if (draft === undefined) return { by, language, ...note };
    const { sentences } = draft;
    const cited = new Set(sentences.flatMap((sentence) => sentence.articles));
    return {
      by,
      language,
      draft: drafting.asText(draft),
      citations: sentences
        .filter((sentence) => sentence.articles.length > 0)
        .map(({ text, articles: places }) => ({ sentence: drafting.beginning(text), articles: [...places] })),
      sources: articles.flatMap(({ title, url }, at) =>
        cited.has(at + 1) ? [{ article: at + 1, title, ...(url !== undefined && { url }) }] : [],
      ),
      ...note,
      next: 'A person reads it before anybody sends it.',
    };
  },
});
