/** How alike two words are, as far as factors need to know it; kept for words that are met again. */

import { alike, isNickname, isVariant, Word } from '../../names/word.ts';
import { editsBetween } from '../../normal/edits.ts';
import { bitsIn, type Feature, lettersIn, Texts } from '../features/feature.ts';

/** From the same to nothing in common. */
export const likeness = {
  none: 0,
  faint: 1,
  similar: 2,
  slip: 3,
  part: 4,
  initial: 5,
  variant: 6,
  same: 7,
} as const;

const remembered = 1 << 17;

/** Compares values of one feature by number. */
export class Likenesses {
  readonly #texts: Texts;
  readonly #values: (Value | undefined)[];
  readonly #pairs = new Float64Array(remembered).fill(-1);
  readonly #found = new Uint8Array(remembered);

  constructor(feature: Pick<Feature, 'texts'>) {
    this.#texts = new Texts(feature);
    this.#values = Array.from({ length: Math.min(keptValues, feature.texts.offsets.length) });
  }

  text(code: number): string {
    return this.#texts.at(code);
  }

  of(a: number, b: number): number {
    if (a === b) return likeness.same;
    const [low, high] = a < b ? [a, b] : [b, a];
    const pair = low * 0x4000000 + high;
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 15;
    if (this.#pairs[slot] === pair) return this.#found[slot] ?? 0;
    const found = this.#compare(low, high);
    this.#pairs[slot] = pair;
    this.#found[slot] = found;
    return found;
  }

  #compare(a: number, b: number): number {
    const [one, two] = [this.#value(a), this.#value(b)];
    const [x, y] = [one.joined, two.joined];
    if (x === y) return likeness.same;
    if (x.length === 1 || y.length === 1) return x[0] === y[0] ? likeness.initial : likeness.none;
    if (isNickname(one.word, two.word) || isVariant(one.word, two.word)) return likeness.variant;
    if ((one.words.length > 1 || two.words.length > 1) && shareWord(one.words, two.words)) return likeness.part;
    // Most names have so few letters in common that nothing else need be asked.
    if (2 * bitsIn(one.letters & two.letters) < Math.max(bitsIn(one.letters), bitsIn(two.letters)))
      return likeness.none;
    const sound = alike(one.word, two.word);
    if (sound < soundsSimilar && areFar(one, two)) return likeness.none;
    return letterLikeness(x, y, sound);
  }

  #value(code: number): Value {
    const found = this.#values[code];
    if (found !== undefined) return found;
    const text = this.#texts.at(code);
    const joined = text.replaceAll(' ', '');
    const made = { joined, words: text.split(' '), word: new Word(joined), letters: lettersIn(joined) };
    if (code < keptValues) this.#values[code] = made;
    return made;
  }
}

interface Value {
  /** Without spaces. */
  readonly joined: string;
  readonly words: readonly string[];
  readonly word: Word;
  /** Its letters and digits as bits. */
  readonly letters: number;
}

const keptValues = 1 << 17;

/** Whether letters alone make two not even faintly alike: told by what they cannot have in common. */
function areFar(one: Value, two: Value): boolean {
  const [x, y] = [one.joined, two.joined];
  const [m, n] = [x.length, y.length];
  const [aloneX, aloneY] = [bitsIn(one.letters & ~two.letters), bitsIn(two.letters & ~one.letters)];
  // Of longer texts edits count the beginning.
  if (m > 64 || n > 64) return false;
  // Each letter that only one has costs an edit, and is none that Jaro counts.
  if (Math.max(aloneX, aloneY, Math.abs(m - n)) < 4) return false;
  const common = Math.min(m - aloneX, n - aloneY);
  if (common <= 0) return true;
  let start = 0;
  while (start < 4 && start < m && start < n && x.charCodeAt(start) === y.charCodeAt(start)) start++;
  const jaro = (common / m + common / n + 1) / 3;
  return jaro + start * 0.1 * (1 - jaro) < faintFrom;
}

/** As `alike` finds it, and as Jaro and Winkler do. */
const soundsSimilar = 0.82;
const faintFrom = 0.78;

/** Whether one letter more, less, or other, or two neighbours swapped, make one text of the other. */
export function isOneSlip(x: string, y: string): boolean {
  let [from, endX, endY] = [0, x.length, y.length];
  if (Math.abs(endX - endY) > 1) return false;
  while (from < endX && from < endY && x.charCodeAt(from) === y.charCodeAt(from)) from++;
  while (endX > from && endY > from && x.charCodeAt(endX - 1) === y.charCodeAt(endY - 1)) {
    endX--;
    endY--;
  }
  const [m, n] = [endX - from, endY - from];
  if (m <= 1 && n <= 1) return m + n > 0;
  return m === 2 && n === 2 && x[from] === y[from + 1] && x[from + 1] === y[from];
}

/** Whether texts have too few letters in common for so many edits. */
export function isFartherThan(edits: number, x: string, y: string): boolean {
  return Math.abs(x.length - y.length) > edits || bitsIn(lettersIn(x) ^ lettersIn(y)) > 2 * edits;
}

/** By letters alone. */
export function letterLikeness(x: string, y: string, sound = 0): number {
  const long = Math.max(x.length, y.length);
  const edits = Math.abs(x.length - y.length) > 3 ? 4 : editsBetween(x, y);
  if (edits === 1 && long > 3) return likeness.slip;
  if (sound >= 0.95) return likeness.slip;
  if ((edits === 2 && long > 5) || sound >= soundsSimilar || edits === 1) return likeness.similar;
  if (x.length === y.length && long > 3 && lettersIn(x) === lettersIn(y) && sameLetters(x, y)) return likeness.similar;
  const jaro = jaroWinkler(x, y);
  if (jaro >= 0.9) return likeness.similar;
  return jaro >= faintFrom || (edits === 3 && long > 7) || (edits === 2 && long > 3) ? likeness.faint : likeness.none;
}

/** Jaro's likeness with Winkler's bonus for a common beginning, 0 to 1. */
function jaroWinkler(x: string, y: string): number {
  const [m, n] = [x.length, y.length];
  if (m === 0 || n === 0 || m > 64 || n > 64) return x === y ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(m, n) / 2) - 1);
  taken.fill(0, 0, n);
  let common = 0;
  for (let i = 0; i < m; i++) {
    const c = x.charCodeAt(i);
    const to = Math.min(n - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (taken[j] === 0 && y.charCodeAt(j) === c) {
        taken[j] = 1;
        order[common++] = c;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let moved = 0;
  let at = 0;
  for (let j = 0; j < n; j++) if (taken[j] === 1 && y.charCodeAt(j) !== order[at++]) moved++;
  const jaro = (common / m + common / n + (common - moved / 2) / common) / 3;
  let start = 0;
  while (start < 4 && start < m && start < n && x[start] === y[start]) start++;
  return jaro + start * 0.1 * (1 - jaro);
}

const taken = new Uint8Array(64);
const order = new Uint16Array(64);

function sameLetters(x: string, y: string): boolean {
  return x.split('').sort().join('') === y.split('').sort().join('');
}

/** Whether they share a word of some length. */
function shareWord(one: readonly string[], two: readonly string[]): boolean {
  for (const word of one) if (word.length > 2 && two.includes(word)) return true;
  return false;
}
