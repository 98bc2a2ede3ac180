/** Strikes from a draft what it does not have from the articles: nobody may be promised what nobody has written. */

import { NUMBER_WORDS, numbersIn } from '../openai/summary.ts';
import { phrases, spaced } from '../values/phrases.ts';
import type { Article, Draft, DraftSentence } from './types.ts';

export interface CheckedDraft {
  /** Each rests on an article: what greets or ends is left out without a word. */
  readonly sentences: readonly DraftSentence[];
  /** Why each struck sentence was struck, in words of ours. */
  readonly struck: readonly string[];
  /** Whether what is left still answers. */
  readonly stands: boolean;
}

const LONGEST_SENTENCE = 600;
/** What is no longer, and stands first or last, was to greet or to end. */
const LONGEST_COURTESY = 120;
const MOST_SENTENCES = 20;

/** Words by which something is promised or granted, in several languages. */
const promises = phrases(
  `guarantee*; promise*; warrant*; refund*; reimburs*; compensat*; discount*; free; free of charge; waive*; credit; credited; definitely; certainly; assure*; ensure*; immediately; always; never; legally; liable;
   garantie*; verspr*; zusicher*; erstatt*; ruckerstatt*; entschadig*; rabatt*; kostenlos*; gratis; kostenfrei*; gutschrift*; sofort; umgehend; immer; haftet; haften; gewahrleist*;
   garanti*; promet*; promess*; rembours*; remise; gratuit*; indemnis*; immediatement; toujours; reembols*; descuent*; compens*; garantiz*; siempre; inmediatamente; rimbors*; scont*; promett*; risarci*; sempre; descont*; garant*; terugbetal*; korting*; beloof*; beloven; vergoed*; altijd`,
);
const LINK =
  /(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s<>"')\]]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[^\s<>"')\]]*)?/giu;

export function checkDraft({ sentences }: Draft, message: string, articles: readonly Article[]): CheckedDraft {
  const struck: string[] = [];
  const kept: DraftSentence[] = [];
  const shown = sentences.slice(0, MOST_SENTENCES);
  if (sentences.length > shown.length) struck.push('too long');
  for (const [at, sentence] of shown.entries()) {
    const isEdge = at < 2 || at >= shown.length - 2;
    if (isEdge && sentence.articles.length === 0 && sentence.text.length <= LONGEST_COURTESY) continue;
    const fault = faultOf(sentence, message, articles);
    if (fault === undefined) kept.push({ text: sentence.text.trim(), articles: [...new Set(sentence.articles)] });
    else struck.push(fault);
  }
  return { sentences: kept, struck, stands: kept.length > 0 && struck.length <= kept.length };
}

function faultOf(
  { text, articles: cited }: DraftSentence,
  message: string,
  articles: readonly Article[],
): string | undefined {
  if (text.trim() === '') return 'empty';
  if (text.length > LONGEST_SENTENCE) return 'too long';
  if (/\]\(|[<>`]|\p{Cc}/u.test(text.replaceAll('\n', ' '))) return 'holds marks';
  const sources = cited.map((place) => articles[place - 1]);
  if (sources.includes(undefined)) return 'cites an article that is not there';
  if (cited.length === 0) return 'rests on no article';
  const given = sources.flatMap((article) =>
    article === undefined ? [] : [article.title, article.text, article.url ?? ''],
  );
  const source = given.join('\n');
  // What somebody wrote to us is no ground for a link or a promise; their own numbers may be repeated to them in others.
  if ((text.match(LINK) ?? []).some((link) => !has(source, link))) return 'has a link that is in no article';
  const about = spaced(source, source.length);
  const granted = spaced(text, LONGEST_SENTENCE).match(promises) ?? [];
  if (granted.some((word) => !about.includes(` ${word.slice(0, PROMISE_STEM)}`)))
    return 'promises what is in no article';
  const numbers = new Set([...numbersIn(source), ...(granted.length > 0 ? [] : numbersIn(message))]);
  if ([...numbersIn(text)].some((number) => !numbers.has(number))) return 'has a number that is in no article';
  const words = new RegExp(NUMBER_WORDS, 'giu');
  const isMadeUp = (text.match(words) ?? []).some((word) => !has(source, word));
  return isMadeUp ? 'has a number that is in no article' : undefined;
}

/** `refunded` rests on `refunds`. */
const PROMISE_STEM = 6;

function has(source: string, part: string): boolean {
  return source.toLowerCase().includes(part.toLowerCase().replace(/(?<![.,;:!?])[.,;:!?]+$/, ''));
}
