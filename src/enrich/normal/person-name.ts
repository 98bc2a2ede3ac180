/** Names of persons, taken apart. */

import { degrees, faculties, generations, particles, pointedTitles, salutations, titles } from './data/person-words.ts';
import { fold, tidy, withoutPictures, wordsOf } from './fold.ts';
import { withoutAsides } from './notes.ts';
import { isPlaceholder } from './placeholder.ts';
import { remember } from './remember.ts';

export interface PersonName {
  /** As it would be shown, without titles, degrees and notes; `''` where there is none. Given names beyond the first are in `middle`. */
  readonly first: string;
  readonly middle: string;
  /** With its particles: `van der Berg`. */
  readonly last: string;
  /** 1 senior, 2 junior or II, 3 ...; 0 where none is said. */
  readonly generation: number;
}

export interface NameParts {
  readonly first?: string;
  readonly last?: string;
  /** The whole name in one text; counts where first and last are missing. */
  readonly full?: string;
}

/**
 * Takes a name apart: `Dr. Müller, Hans-Peter`, `John A. Smith Jr.`, or the two fields of a record, one of which may hold
 * the whole name. Placeholders are no name.
 */
export function readPersonName({ first = '', last = '', full = '' }: NameParts): PersonName {
  const given = cleanPersonName(first);
  const family = cleanPersonName(last);
  // Nearly all are like this.
  if (given !== '' && given === first && family !== '' && family === last && !/[\s,]/.test(first + last)) {
    return { first, middle: '', last, generation: 0 };
  }
  if (given !== '' && family !== '') return ofTwoFields(given, family, generationOf(`${first} ${last}`));
  const whole = given || family || cleanPersonName(full);
  const said = generationOf(given ? first : family ? last : full);
  if (whole === '') return { first: '', middle: '', last: '', generation: 0 };
  const comma = /^([^,]+),\s*(.+)$/.exec(whole);
  if (comma !== null) return split(comma[2] ?? '', comma[1] ?? '', said);
  const words = whole.split(' ');
  if (words.length === 1) {
    return { first: family === whole ? '' : whole, middle: '', last: family === whole ? whole : '', generation: said };
  }
  const at = familyFrom(words);
  return split(words.slice(0, at).join(' '), words.slice(at).join(' '), said);
}

/** The name as it would be shown, without titles, degrees, generation, pictures, quotes and notes (`(old)`); `''` for a placeholder. */
export const cleanPersonName: (text: string) => string = remember((text) => {
  const shown = tidy(text.length > 400 ? text.slice(0, 400) : text);
  if (shown === '' || isPlaceholder(shown)) return '';
  const plain = withoutPictures(withoutAsides(shown)).replace(
    /["\u201c\u201d\u201e\u00ab\u00bb*_#|<>{}[\]\\~^=+]/g,
    ' ',
  );
  // "Smith, Jr., John": what stands between commas and is no name goes.
  const segments = plain
    .split(',')
    .map((part) => part.trim())
    .filter((part, at) => part !== '' && (at === 0 || !part.split(' ').every(isAddition)));
  const words = segments
    .join(', ')
    .split(/[\s;]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const from = titlesIn(words);
  let to = words.length;
  while (to > from + 1 && isAddition(words[to - 1] ?? '')) to--;
  const kept = words
    .slice(from, to)
    .join(' ')
    .replace(/^[,\s]+|(?<![,\s])[,\s]+$/g, '');
  return isPlaceholder(kept) ? '' : kept;
});

function ofTwoFields(given: string, family: string, generation: number): PersonName {
  const inGiven = wordsOf(given);
  const inFamily = wordsOf(family);
  // "Ann Smith" / "Smith" and "Ann" / "Ann Smith": one field holds the whole name.
  if (inGiven.length > inFamily.length && endsWith(inGiven, inFamily)) {
    return split(given.split(' ').slice(0, -family.split(' ').length).join(' '), family, generation);
  }
  if (inFamily.length > inGiven.length && inFamily.slice(0, inGiven.length).join() === inGiven.join()) {
    return split(given, family.split(' ').slice(given.split(' ').length).join(' '), generation);
  }
  return split(given.replace(/,.*$/, ''), family.replace(/,.*$/, ''), generation);
}

function split(given: string, last: string, generation: number): PersonName {
  const [first = '', ...middle] = given.split(' ').filter((word) => word !== '');
  return { first, middle: middle.join(' '), last, generation };
}

/** Where the family name begins: the last word, with the particles before it. */
function familyFrom(words: readonly string[]): number {
  let at = words.length - 1;
  while (at > 1 && particles.has(bare(words[at - 1] ?? ''))) at--;
  return at;
}

function generationOf(text: string): number {
  const words = wordsOf(text);
  for (let at = words.length - 1; at > 0; at--) {
    const found = generations.get(words[at] ?? '');
    if (found !== undefined) return found;
  }
  return 0;
}

/** How many words at the start are titles. */
function titlesIn(words: readonly string[]): number {
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const letters = bare(word);
    // Alone, most of them may be a name after all.
    if (titles.has(letters) && (at < words.length - 1 || salutations.has(letters))) continue;
    if (at < words.length - 1 && pointedTitles.has(letters) && word.includes('.')) continue;
    if (at > 0 && faculties.has(letters)) continue;
    break;
  }
  return at;
}

function isAddition(word: string): boolean {
  const letters = bare(word);
  return degrees.has(letters) || generations.has(letters);
}

function bare(word: string): string {
  return fold(word).replace(/[^a-z0-9]+/g, '');
}

function endsWith(words: readonly string[], end: readonly string[]): boolean {
  return end.length > 0 && words.slice(-end.length).join() === end.join();
}
