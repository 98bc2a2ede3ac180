/** A draft of a reply from the given articles alone: by a model where there is one, else from their best passages. */

import { languageOf } from '../enrich/messages/language.ts';
import { greeting, templateDraft } from '../enrich/messages/template.ts';
import type { Article, Draft } from '../enrich/messages/types.ts';
import { draftByModel } from '../enrich/openai/draft-reply.ts';
import { askAboutText } from './ask-about-text.ts';
import type { Message } from './message.ts';
import type { Enrichment } from './types.ts';

export interface DraftedReply {
  /** Absent where nothing in the articles answers. */
  readonly draft?: Draft;
  /** `template` or `model:<name>`. */
  readonly by: string;
  /** ISO 639-1 of the message. */
  readonly language: string;
  readonly notes: readonly string[];
}

export async function draftReply(
  message: Message,
  articles: readonly Article[],
  tone: string,
  asking: Enrichment['asking'],
): Promise<DraftedReply> {
  const { text, names, firstName } = message;
  const language = languageOf(text).code;
  const template = templateDraft({ message: text, articles, language, name: firstName });
  const asked = await askAboutText(asking, message, (run, { redaction }) =>
    draftByModel({ text, names, redaction }, articles, tone, run),
  );
  const notes: string[] = [];
  if (asked.said === undefined) notes.push(...(asked.note === undefined ? [] : [asked.note]));
  else {
    const { said, by } = asked;
    if (said.kind === 'unanswerable') return { by, language, notes: ['The model finds no answer in the articles.'] };
    if (said.kind === 'drafted') {
      const { sentences, struck } = said;
      const hello = greeting(language, firstName);
      return {
        draft: { sentences: [...(hello === undefined ? [] : [hello]), ...sentences] },
        by,
        language,
        notes: struck > 0 ? [`${struck} sentences of the model's were struck: no article bears them out.`] : [],
      };
    }
    notes.push(said.note);
  }
  return template === undefined
    ? { by: 'template', language, notes: [...notes, 'Nothing in the articles answers it.'] }
    : {
        draft: template,
        by: 'template',
        language,
        notes: [...notes, 'A template with the passages that share most words with the message; not written for it.'],
      };
}

/** The greeting and the end on lines of their own; what was taken from articles as it was. */
export function asText({ sentences }: Draft): string {
  return sentences
    .map(({ text, articles }, at) => {
      const before = sentences[at - 1];
      const parts = before === undefined ? '' : articles.length > 0 && before.articles.length > 0 ? ' ' : '\n\n';
      return `${parts}${text}`;
    })
    .join('');
}

const LONGEST_BEGINNING = 80;

/** Enough to find the sentence again in the draft. */
export function beginning(text: string): string {
  return text.length <= LONGEST_BEGINNING ? text : `${text.slice(0, LONGEST_BEGINNING - 1)}…`;
}
