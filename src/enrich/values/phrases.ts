/** Lists of phrases, as the tables of words have them, looked for in a text. */

import { wordsOf } from '../normal/fold.ts';

/** The words of a text with single spaces between and around, as phrases are looked for in. */
export function spaced(text: string, longest = LONGEST): string {
  return ` ${wordsOf(text.slice(0, longest)).join(' ')} `;
}

/** A longer title or name is none. */
const LONGEST = 200;

/** Looks for any of `a; b c; d*`: whole words, `*` standing for any letters of one word. The longest phrase first. */
export function phrases(list: string): RegExp {
  const each = phrasesOf(list).toSorted((a, b) => wordCount(b) - wordCount(a) || b.length - a.length);
  return new RegExp(`(?<= )(?:${each.map((phrase) => phrase.replaceAll('*', '[a-z0-9]*')).join('|')})(?= )`, 'g');
}

/** What of a list is longer than one word, and what is not. */
export function byLength(list: string): { readonly long: string; readonly short: string } {
  const all = phrasesOf(list);
  return {
    long: all.filter((phrase) => phrase.includes(' ')).join(';'),
    short: all.filter((phrase) => !phrase.includes(' ')).join(';'),
  };
}

export function phrasesOf(list: string): readonly string[] {
  return list
    .split(';')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '');
}

function wordCount(phrase: string): number {
  return phrase.split(' ').length;
}
