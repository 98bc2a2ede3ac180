/** A draft of a reply from the given articles alone: by a model where there is one, else from their best passages. */

import { languageOf } from '../enrich/messages/language.ts';
import { templateDraft } from '../enrich/messages/template.ts';
import type { Article, Draft } from '../enrich/messages/types.ts';
import { type Drafted, draftByModel } from '../enrich/openai/draft-reply.ts';
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
  { text, names, firstName }: Message,
  articles: readonly Article[],
  tone: string,
  asking: Enrichment['asking'],
): Promise<DraftedReply> {
  const language = languageOf(text).code;
  const template = templateDraft({ message: text, articles, language, name: firstName });
  const notes: string[] = [];
  if (asking !== undefined) {
    const { by, drafted } = await asking(async (run, { redaction, model }) => ({
      by: `model:${model}`,
      drafted:
        redaction === 'features'
          ? ({
              kind: 'failed',
              note: 'No model was asked: its redaction lets no text leave.',
            } as const satisfies Drafted)
          : await draftByModel({ text, names, redaction }, articles, tone, run),
    }));
    if (drafted.kind === 'drafted') {
      const { draft, struck } = drafted;
      const note = struck > 0 ? [`${struck} sentences of the model's were struck: no article bears them out.`] : [];
      return { draft, by, language, notes: note };
    }
    if (drafted.kind === 'unanswerable') return { by, language, notes: ['The model finds no answer in the articles.'] };
    notes.push(drafted.note);
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
