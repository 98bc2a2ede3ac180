/** Street addresses, taken apart for comparison; no map knows them here. */

import { streetWords, unitWords } from './data/street-words.ts';
import { wordsOf } from './fold.ts';
import { known } from './placeholder.ts';

export interface Address {
  /** Of the house, folded: `12`, `12a`, `12-14`; `''` where there is none. */
  readonly number: string;
  /** The rest of the street's line, folded, each word in its short form: `['n', 'main', 'st']`. */
  readonly street: readonly string[];
  /** Of flat, suite, floor or box; `''` where there is none. */
  readonly unit: string;
  /** Letters and digits in upper case; of a ZIP+4 the first five. */
  readonly zip: string;
}

/** @param line street and number, in the order of any country, on one or more lines */
export function readAddress(line: string, zip = ''): Address {
  const words = wordsOf(
    known(line.slice(0, 400))
      .replace(/(\d)\s*[-\u2013]\s*(?=\d)/g, '$1to')
      .replace(/#/g, ' unit '),
  );
  let number = '';
  let unit = '';
  const street: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (
      unitWords.has(word) &&
      (street.length > 0 || hasNumber(words, at + 2)) &&
      /^(?:\d+[a-z]?|[a-z]\d*)$/.test(next)
    ) {
      unit ||= next;
      at++;
    } else if (number === '' && /^\d+(?:to\d+)?[a-z]?$/.test(word)) number = word.replace('to', '-');
    else street.push(...shortened(word));
  }
  return { number, street, unit, zip: readZip(zip) };
}

export function readZip(text: string): string {
  const letters = known(text)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '');
  return /^\d{9}$/.test(letters) ? letters.slice(0, 5) : letters;
}

function hasNumber(words: readonly string[], from: number): boolean {
  return words.slice(from).some((word) => /^\d/.test(word));
}

/** `hauptstrasse` and `haupt str.` are one street. */
function shortened(word: string): readonly string[] {
  const joined = /^(.{3,})(?:strasse|strase|straat|str)$/.exec(word);
  if (joined !== null) return [joined[1] ?? '', 'st'];
  const short = streetWords.get(word);
  return [short === 'strasse' || word === 'strasse' ? 'st' : (short ?? word)];
}
