/** A word of a name, with all that is asked of it made ready, and how alike two are. */

import { remember } from '../normal/remember.ts';
import { meet, type NameClasses, nicknameClasses, variantClasses } from './name-classes.ts';
import { consonantsOf, soundOf } from './sound.ts';

export class Word {
  readonly text: string;
  /** Letters as bits, those that pass for each other as one: words with few in common need not be laid side by side. */
  readonly letters: number;
  readonly nicknames: NameClasses;
  readonly variants: NameClasses;
  readonly number: boolean;
  // Dear to find, and most words are told apart without them.
  #sound: string | undefined;
  #soundLetters: number | undefined;
  #consonants: string | undefined;

  constructor(text: string) {
    this.text = text;
    this.letters = bitsOf(text);
    this.nicknames = nicknameClasses(text);
    this.variants = variantClasses(text);
    this.number = /^\d+$/.test(text);
  }

  get sound(): string {
    this.#sound ??= soundOf(this.text);
    return this.#sound;
  }

  get soundLetters(): number {
    this.#soundLetters ??= bitsOf(this.sound);
    return this.#soundLetters;
  }

  get consonants(): string {
    this.#consonants ??= consonantsOf(this.text);
    return this.#consonants;
  }
}

/** How two words are the same, the surest first. */
export const likeness = { same: 0, spelling: 1, variant: 2, nickname: 3, typo: 4, initial: 5, none: 6 } as const;

export const wordOf: (text: string) => Word = remember((text) => new Word(text));

/**
 * How alike two words are by their letters: 1 for equal ones, .97 for such as sound alike, then by the edits that make one
 * sound of the other, of which those count less that ears and ways of romanising make: a vowel for a vowel, b for p. 0 as
 * soon as there are more than a slip or a way of spelling explains, for another word of the same beginning or the same
 * end is another name: Castro and Castillo.
 */
export function alike(a: Word, b: Word): number {
  if (a.text === b.text) return 1;
  if (a.number || b.number) return 0;
  if (a.sound === b.sound) return 0.97;
  // A slip of the finger (`Anglea`) can change the sound more than the letters.
  return (
    closeness(a.sound, b.sound, a.soundLetters ^ b.soundLetters) || closeness(a.text, b.text, a.letters ^ b.letters)
  );
}

function closeness(a: string, b: string, apart: number): number {
  const long = Math.max(a.length, b.length);
  const most = forgiven[Math.min(long, forgiven.length - 1)] ?? 0;
  // What they cannot cost less than: half for each letter left out, about a quarter for each of two vowels changed.
  const least = 0.5 * bits(apart & ~vowelBits) + 0.275 * bits(apart & vowelBits);
  if (least > most || Math.abs(a.length - b.length) > most * 2) return 0;
  const cost = costBetween(a, b, most);
  return cost > most ? 0 : 1 - cost / (long + 1);
}

/** What edits may cost together, by the length of the longer word. */
const forgiven: readonly number[] = [0, 0, 0, 0.6, 0.8, 1.05, 1.05, 1.3, 1.6, 1.7, 1.8, 2.1];

/** Whether one is a name that whoever bears the other is called by. */
export function isNickname(a: Word, b: Word): boolean {
  return meet(a.nicknames, b.nicknames);
}

export function isVariant(a: Word, b: Word): boolean {
  return meet(a.variants, b.variants);
}

const longest = 32;
const before = new Float64Array(longest + 1);
const last = new Float64Array(longest + 1);
const now = new Float64Array(longest + 1);
/** What it costs to take one letter for another, and to leave one out. */
const changes = new Float64Array(128 * 128).fill(1);
const drops = new Float64Array(128).fill(1);
fillCosts();

/** Infinite as soon as it must be more than `most`. */
function costBetween(x: string, y: string, most: number): number {
  const m = Math.min(x.length, longest);
  const n = Math.min(y.length, longest);
  let [one, two, three] = [before, last, now];
  two[0] = 0;
  for (let j = 1; j <= n; j++) two[j] = (two[j - 1] ?? 0) + (drops[y.charCodeAt(j - 1)] ?? 1);
  for (let i = 1; i <= m; i++) {
    const c = x.charCodeAt(i - 1);
    const dropC = drops[c] ?? 1;
    three[0] = (two[0] ?? 0) + dropC;
    let row = three[0] ?? 0;
    for (let j = 1; j <= n; j++) {
      const d = y.charCodeAt(j - 1);
      let least = (two[j - 1] ?? 0) + (c === d ? 0 : (changes[c * 128 + d] ?? 1));
      const dropped = (two[j] ?? 0) + dropC;
      if (dropped < least) least = dropped;
      const added = (three[j - 1] ?? 0) + (drops[d] ?? 1);
      if (added < least) least = added;
      if (i > 1 && j > 1 && c !== d && c === y.charCodeAt(j - 2) && d === x.charCodeAt(i - 2)) {
        const swapped = (one[j - 2] ?? 0) + 0.8;
        if (swapped < least) least = swapped;
      }
      three[j] = least;
      if (least < row) row = least;
    }
    // Swaps reach back two rows and cost most of an edit: nothing that is this far behind comes back.
    if (row > most + 0.8) return Infinity;
    [one, two, three] = [two, three, one];
  }
  return (two[n] ?? 0) + Math.max(x.length, y.length) - Math.max(m, n);
}

function fillCosts(): void {
  const groups: readonly (readonly [letters: string, cost: number])[] = [
    ['aeiou', 0.55],
    ['bp', 0.7],
    ['dt', 0.7],
    ['gk', 0.7],
    ['fv', 0.6],
    ['sc', 0.6],
    ['ck', 0.8],
    ['mn', 0.8],
    ['hk', 0.8],
  ];
  for (const [letters, cost] of groups) {
    for (const one of letters) for (const two of letters) changes[one.charCodeAt(0) * 128 + two.charCodeAt(0)] = cost;
  }
  for (const vowel of 'aeiou') drops[vowel.charCodeAt(0)] = 0.7;
  drops['h'.charCodeAt(0)] = 0.5;
}

const vowelBits = 0b11111;
const classes = ['a', 'e', 'i', 'o', 'u', 'bp', 'dt', 'gkhcs', 'mn', 'fv', 'j', 'l', 'q', 'r', 'w', 'x', 'y', 'z'];
const otherBit = 1 << classes.length;
/** By character; what is no letter is one class of its own. */
const bitOf = new Int32Array(128).fill(otherBit);
for (const [at, letters] of classes.entries()) for (const letter of letters) bitOf[letter.charCodeAt(0)] = 1 << at;

function bitsOf(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) found |= bitOf[text.charCodeAt(at)] ?? otherBit;
  return found;
}

function bits(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
