/** Asks a model for a draft of a reply, and keeps of it what rests on the articles. */

import * as z from 'zod';
import { draftReply as instructions } from '../../../prompts/draft-reply.ts';
import { checkDraft } from '../messages/check-draft.ts';
import type { Article, DraftSentence } from '../messages/types.ts';
import { type MessageForModel, messageOf } from './analyze-message.ts';
import { cleanText } from './clean.ts';
import { createStandIns } from './stand-ins.ts';
import { longText, maskedText } from './text-for-model.ts';
import type { Run } from './types.ts';

const shape = z.strictObject({
  answerable: z.boolean(),
  sentences: z.array(z.strictObject({ text: z.string(), articles: z.array(z.int()) })),
});

export type Drafted =
  /** `struck`: so many sentences were left out, for they did not rest on the articles. */
  | { readonly kind: 'drafted'; readonly sentences: readonly DraftSentence[]; readonly struck: number }
  | { readonly kind: 'unanswerable' }
  | { readonly kind: 'failed'; readonly note: string };

const LONGEST_ARTICLE = 6_000;

export async function draftByModel(
  message: MessageForModel,
  articles: readonly Article[],
  tone: string,
  run: Run,
): Promise<Drafted> {
  const standIns = createStandIns();
  const hidden = (text: string) => (message.redaction === 'none' ? text : standIns.put(text));
  const sent = articles.map(({ title, text }, at) => ({
    number: at + 1,
    title: hidden(cleanText(title)),
    text: hidden(longText(text, LONGEST_ARTICLE)),
  }));
  const said = messageOf(message);
  const answer = await run.ask({
    name: 'draft_reply',
    instructions,
    data: { message: said, tone: maskedText(cleanText(tone), message.names), articles: sent },
    schema: shape,
    maxOutputTokens: 1_200,
  });
  if (!answer.ok) return { kind: 'failed', note: answer.note };
  if (!answer.value.answerable) return { kind: 'unanswerable' };
  // What the model did not see cannot be what it rests on.
  const { sentences, struck, stands } = checkDraft(answer.value, said, sent);
  if (!stands) return { kind: 'failed', note: "The model's draft did not rest on the articles." };
  return {
    kind: 'drafted',
    sentences: sentences.map((sentence) => ({ ...sentence, text: standIns.takeBack(sentence.text) })),
    struck: struck.length,
  };
}
