/** A draft without a model: the passages that fit best, word for word, between a greeting and an end. */

import { bestPassages, tokens } from './passages.ts';
import type { Article, Draft, DraftSentence } from './types.ts';

const MOST_PASSAGES = 3;
/** So much of the best one's score a further passage needs. */
const NEAR_BEST = 0.5;
/** One shared word may be chance. */
const LEAST_SHARED = 2;

interface Phrases {
  readonly hello: string;
  readonly lead: string;
  readonly end: string;
}

const english: Phrases = {
  hello: 'Hello',
  lead: 'Thank you for your message. This may answer it:',
  end: 'Please write again if it does not.',
};
const phrases: ReadonlyMap<string, Phrases> = new Map(
  Object.entries({
    en: english,
    de: {
      hello: 'Guten Tag',
      lead: 'vielen Dank für Ihre Nachricht. Dies beantwortet sie vielleicht:',
      end: 'Schreiben Sie bitte noch einmal, wenn nicht.',
    },
    fr: {
      hello: 'Bonjour',
      lead: 'Merci pour votre message. Ceci y répond peut-être :',
      end: "Écrivez-nous si ce n'est pas le cas.",
    },
    es: {
      hello: 'Hola',
      lead: 'Gracias por su mensaje. Quizá esto lo responda:',
      end: 'Escríbanos de nuevo si no es así.',
    },
    it: {
      hello: 'Buongiorno',
      lead: 'Grazie per il Suo messaggio. Forse questo risponde:',
      end: 'Ci riscriva se non è così.',
    },
    pt: {
      hello: 'Olá',
      lead: 'Obrigado pela sua mensagem. Talvez isto responda:',
      end: 'Escreva-nos de novo se não for o caso.',
    },
    nl: {
      hello: 'Goedendag',
      lead: 'Dank u voor uw bericht. Misschien is dit het antwoord:',
      end: 'Schrijf ons gerust opnieuw als dat niet zo is.',
    },
  }),
);

export interface Answering {
  readonly message: string;
  readonly articles: readonly Article[];
  /** ISO 639-1 of the message. */
  readonly language: string;
  /** What the writer is greeted by. */
  readonly name?: string | undefined;
}

/** Undefined in a language of which we know none. */
export function greeting(language: string, name?: string): DraftSentence | undefined {
  const known = phrases.get(language);
  return known && helloBy(known, name);
}

function helloBy({ hello }: Phrases, name = ''): DraftSentence {
  return { text: `${hello}${name === '' ? '' : ` ${name}`},`, articles: [] };
}

/** Undefined where no article is about it. */
export function templateDraft({ message, articles, language, name }: Answering): Draft | undefined {
  const asked = new Set(tokens(message)).size;
  const passages = bestPassages(message, articles).filter(({ shared }) => shared >= Math.min(LEAST_SHARED, asked));
  const [best] = passages;
  if (best === undefined) return undefined;
  const near = passages.filter(({ score }) => score >= NEAR_BEST * best.score).slice(0, MOST_PASSAGES);
  const { lead, end } = phrases.get(language) ?? english;
  return {
    sentences: [
      greeting(language, name) ?? helloBy(english, name),
      { text: lead, articles: [] },
      ...near.map(({ text, article }) => ({ text, articles: [article] })),
      { text: end, articles: [] },
    ],
  };
}
