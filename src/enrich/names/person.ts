/** Whether two names can be of one person, and how they differ. */

import { particles } from '../normal/data/person-words.ts';
import { wordsOf } from '../normal/fold.ts';
import { type NameParts, readPersonName } from '../normal/person-name.ts';
import { type Alignment, align } from './align.ts';
import { alike, isVariant, likeness, type Word, wordOf } from './word.ts';

/**
 * How two names of persons compare, in words, the surest first. `part`: one leaves out what the other has; `nickname`: or
 * the name in another language; `similar`: each has what the other has not, beside much that both have; `generation`: a
 * father and his son; `missing`: one of them is no name.
 */
export type PersonNameLevel =
  | 'same'
  | 'same in another order'
  | 'spelling'
  | 'part'
  | 'nickname'
  | 'initial'
  | 'typo'
  | 'similar'
  | 'generation'
  | 'different'
  | 'missing';

export interface NameComparison<Level extends string> {
  /**
   * 0 to 1: 1 only for equal words; from about .9 spellings and typing errors; from about .75 what may well be one name
   * (nicknames, initials, parts left out); about .7 where little more than one word is known; below .6 another name.
   */
  readonly similarity: number;
  readonly level: Level;
}

/** A name made ready: comparing thousands with it costs its preparation once. */
export interface PreparedPersonName {
  /** Its words, folded; `''` where there is no name. */
  readonly text: string;
  readonly words: readonly Word[];
  /** How much each counts beside the others. */
  readonly weights: readonly number[];
  readonly contrasts: readonly number[];
  readonly generation: number;
  /** From a script that writes no vowels. */
  readonly abjad: boolean;
  /** The words behind `bin`, `ben`, `ibn`: whose child it is. */
  readonly fathers: readonly Word[];
  /** Its Chinese or Korean signs, in one order: one sign another is another name, though it may sound the same. */
  readonly ideographs: string;
}

/** How telling a word is, 1 for an ordinary one: lower for common words, higher for rare ones. */
export type Telling = (word: string) => number;

const abjads = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;

const ideographs = /[\p{Script=Han}\p{Script=Hangul}]/gu;
const filiations: ReadonlySet<string> = new Set(['bin', 'ben', 'ibn', 'bint', 'binti', 'binte', 'bte']);

/** @param telling of a folded word; every word counts alike if omitted */
export function preparePersonName(name: string | NameParts, telling?: Telling): PreparedPersonName {
  const parts = typeof name === 'string' ? { full: name } : name;
  const { first, middle, last, generation } = readPersonName(parts);
  const whole = `${last}${first}${middle}`;
  const foreign = !/^[\x20-\x7e]*$/.test(whole);
  const texts = [...wordsOf(first), ...wordsOf(middle), ...wordsOf(last)].map(withoutDigits);
  const weights = texts.map((text) => (particles.has(text) && texts.length > 1 ? 0.25 : (telling?.(text) ?? 1)));
  return {
    text: texts.join(' '),
    words: texts.map(wordOf),
    weights,
    contrasts: weights,
    generation,
    abjad: foreign && abjads.test(whole),
    fathers: texts.flatMap((text, at) => (at > 0 && filiations.has(texts[at - 1] ?? '') ? [wordOf(text)] : [])),
    ideographs: foreign ? (whole.match(ideographs) ?? []).sort().join('') : '',
  };
}

export function comparePersonNames(a: string | NameParts, b: string | NameParts): NameComparison<PersonNameLevel> {
  return comparePreparedPersonNames(preparePersonName(a), preparePersonName(b));
}

export function comparePreparedPersonNames(
  one: PreparedPersonName,
  two: PreparedPersonName,
): NameComparison<PersonNameLevel> {
  if (one.text === '' || two.text === '') return missing;
  // In one order, so that it does not matter who is compared with whom.
  const [a, b] = one.text <= two.text ? [one, two] : [two, one];
  const ofTwoGenerations = a.generation !== b.generation && a.generation !== 0 && b.generation !== 0;
  const otherSigns = a.ideographs !== b.ideographs && a.ideographs !== '' && b.ideographs !== '';
  if (a.text === b.text && !ofTwoGenerations && !otherSigns) return same;
  const found = align(a, b, a.abjad !== b.abjad);
  const { matched, agreement, against, surplus } = found;
  let similarity = agreement / matched || 0;
  // What each has and the other has not speaks against one name, however much else they share.
  similarity /= 1 + (1.5 * against) / Math.min(Math.max(matched, 1), 2);
  similarity /= 1 + ((found.whole > 1 ? 0.15 : 0.35) * surplus) / Math.max(matched, 1);
  // Initials fit everybody who has them: without one whole word in common they say next to nothing.
  if (found.whole === 0) similarity = Math.min(similarity, 0.5);
  if (!found.inOrder) similarity *= 0.98;
  if (a.fathers.length > 0 && b.fathers.length > 0 && !haveOneAlike(a.fathers, b.fathers)) similarity *= 0.7;
  if (otherSigns) similarity = Math.min(similarity, 0.5);
  if (ofTwoGenerations) return { similarity: Math.min(similarity, 0.5), level: 'generation' };
  return { similarity, level: levelOf(found, similarity, against, surplus) };
}

function haveOneAlike(a: readonly Word[], b: readonly Word[]): boolean {
  return a.some((one) => b.some((two) => alike(one, two) > 0 || isVariant(one, two)));
}

const missing: NameComparison<PersonNameLevel> = { similarity: 0, level: 'missing' };
const same: NameComparison<PersonNameLevel> = { similarity: 1, level: 'same' };

function levelOf(found: Alignment, similarity: number, against: number, surplus: number): PersonNameLevel {
  if (similarity < 0.6) return 'different';
  if (against > 0) return 'similar';
  if (found.worst === likeness.typo) return 'typo';
  if (found.worst === likeness.initial) return 'initial';
  if (found.worst === likeness.nickname || found.worst === likeness.variant) return 'nickname';
  if (surplus > 0) return 'part';
  if (found.worst === likeness.spelling) return 'spelling';
  return found.inOrder ? 'same' : 'same in another order';
}

const letters: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g' };

/** Digits among letters are letters that were misread, or written for fun: nobody's name has any. */
function withoutDigits(word: string): string {
  return /[a-z]/.test(word) ? word.replace(/\d/g, (digit) => letters[digit] ?? '') : word;
}
