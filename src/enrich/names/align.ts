/** Lays the words of two names side by side, each with the one of the other name that it is most like. */

import { alike, isNickname, isVariant, likeness, type Word, wordOf } from './word.ts';

export interface Words {
  readonly words: readonly Word[];
  /** How much each says where both names have it, or only one. */
  readonly weights: readonly number[];
  /** How much each says where the other name has something else in its place. */
  readonly contrasts: readonly number[];
}

export interface Alignment {
  /** Weight of the words that have a partner. */
  matched: number;
  /** The same, each pair as far as it is alike. */
  agreement: number;
  /** Of the words without a partner: what each name has and the other has not. */
  against: number;
  /** And what one of them has beyond that. */
  surplus: number;
  /** Pairs of whole words: more than an initial on either side. */
  whole: number;
  /** The least sure likeness among the pairs. */
  worst: number;
  /** Whether partners stand in the same order in both. */
  inOrder: boolean;
}

const most = 16;
const usedA = new Uint8Array(most);
const usedB = new Uint8Array(most);
const partner = new Int8Array(most);
const scores = new Float64Array(most * most);
const kinds = new Uint8Array(most * most);
const nickname = 0.9;
/** The same name in another language: few people bear two. */
const variant = 0.75;
/** How much an initial says of the word that it may stand for. */
const initial = 0.7;
let kind: number = likeness.none;

/**
 * @param abjad whether one of the two comes from a script without vowels
 * @returns read at once: the next call writes into the same object
 */
export function align(a: Words, b: Words, abjad: boolean): Alignment {
  const m = Math.min(a.words.length, most);
  const n = Math.min(b.words.length, most);
  result.matched = 0;
  result.agreement = 0;
  result.whole = 0;
  result.worst = likeness.same;
  result.inOrder = true;
  usedA.fill(0, 0, m);
  usedB.fill(0, 0, n);
  partner.fill(-1, 0, m);
  takeEqual(a, b, m, n);
  takeAlike(a, b, m, n, abjad);
  takeJoined(a, b, m, n, usedA, usedB);
  takeJoined(b, a, n, m, usedB, usedA);
  takeInitials(a, b, m, n, usedA, usedB);
  takeInitials(b, a, n, m, usedB, usedA);
  result.against = Math.min(left(a.contrasts, m, usedA), left(b.contrasts, n, usedB));
  result.surplus = Math.abs(left(a.weights, m, usedA) - left(b.weights, n, usedB));
  let last = -1;
  for (let i = 0; i < m; i++) {
    const at = partner[i] ?? -1;
    if (at === -1) continue;
    if (at < last) result.inOrder = false;
    last = at;
  }
  return result;
}

const result: Alignment = { matched: 0, agreement: 0, against: 0, surplus: 0, whole: 0, worst: 0, inOrder: true };

function takeEqual(a: Words, b: Words, m: number, n: number): void {
  for (let i = 0; i < m; i++) {
    const text = a.words[i]?.text;
    for (let j = 0; j < n; j++) {
      if (usedB[j] === 0 && b.words[j]?.text === text) {
        pair(a, b, i, j, 1, likeness.same);
        break;
      }
    }
  }
}

/** The best pair first, then the best of the rest: names are short. */
function takeAlike(a: Words, b: Words, m: number, n: number, abjad: boolean): void {
  for (let i = 0; i < m; i++) {
    const one = a.words[i];
    if (usedA[i] === 1 || one === undefined) continue;
    for (let j = 0; j < n; j++) {
      const two = b.words[j];
      if (usedB[j] === 1 || two === undefined) continue;
      scores[i * most + j] = scoreOf(one, two, abjad);
      kinds[i * most + j] = kind;
    }
  }
  for (;;) {
    let best = 0;
    let bestI = -1;
    let bestJ = -1;
    for (let i = 0; i < m; i++) {
      if (usedA[i] === 1) continue;
      for (let j = 0; j < n; j++) {
        if (usedB[j] === 1) continue;
        const score = scores[i * most + j] ?? 0;
        if (score > best) {
          best = score;
          bestI = i;
          bestJ = j;
        }
      }
    }
    if (bestI === -1) return;
    pair(a, b, bestI, bestJ, best, kinds[bestI * most + bestJ] ?? likeness.none);
  }
}

/** How alike two words are, by whatever makes them most alike; its `kind` is left beside. */
function scoreOf(one: Word, two: Word, abjad: boolean): number {
  kind = likeness.none;
  if (one.text.length === 1 || two.text.length === 1) {
    if (one.text[0] !== two.text[0] || one.number || two.number) return 0;
    kind = likeness.initial;
    return initial;
  }
  const letters = alike(one, two);
  if (letters < nickname && isNickname(one, two)) {
    kind = likeness.nickname;
    return nickname;
  }
  if (letters < variant && isVariant(one, two)) {
    kind = likeness.variant;
    return variant;
  }
  if (letters > 0) {
    kind = letters >= 0.97 ? likeness.spelling : likeness.typo;
    return letters;
  }
  if (abjad && one.consonants.length > 1 && one.consonants === two.consonants) {
    kind = likeness.spelling;
    return 0.85;
  }
  return 0;
}

/** One word of `b` that is two to four of `a`, written apart: `Patr ushev`, `van der bilt`. */
function takeJoined(a: Words, b: Words, m: number, n: number, tookA: Uint8Array, tookB: Uint8Array): void {
  for (let j = 0; j < n; j++) {
    const whole = b.words[j];
    if (tookB[j] === 1 || whole === undefined || whole.text.length < 4) continue;
    for (let i = 0; i + 1 < m; i++) {
      let joined = '';
      let weight = 0;
      for (let to = i; to < m && to < i + 4 && tookA[to] === 0; to++) {
        joined += a.words[to]?.text ?? '';
        weight += a.weights[to] ?? 1;
        if (to === i || Math.abs(joined.length - whole.text.length) > 1) continue;
        const score = joined === whole.text ? 1 : alike(wordOf(joined), whole);
        if (score < 0.85) continue;
        tookA.fill(1, i, to + 1);
        tookB[j] = 1;
        const counts = (weight + (b.weights[j] ?? 1)) / 2;
        result.matched += counts;
        result.agreement += counts * Math.min(score, 0.97);
        result.whole++;
        result.worst = Math.max(result.worst, score === 1 ? likeness.spelling : likeness.typo);
        break;
      }
      if (tookB[j] === 1) break;
    }
  }
}

/** One word of `b` that is the initials of two or three of `a`: `JC` for `Jean-Claude`. */
function takeInitials(a: Words, b: Words, m: number, n: number, tookA: Uint8Array, tookB: Uint8Array): void {
  for (let j = 0; j < n; j++) {
    const initials = b.words[j]?.text ?? '';
    if (tookB[j] === 1 || initials.length < 2 || initials.length > 3) continue;
    for (let i = 0; i + initials.length <= m; i++) {
      let at = 0;
      while (at < initials.length && tookA[i + at] === 0 && a.words[i + at]?.text[0] === initials[at]) at++;
      if (at < initials.length) continue;
      tookA.fill(1, i, i + at);
      tookB[j] = 1;
      const counts = b.weights[j] ?? 1;
      result.matched += counts;
      result.agreement += counts * initial;
      result.worst = Math.max(result.worst, likeness.initial);
      break;
    }
  }
}

function pair(a: Words, b: Words, i: number, j: number, score: number, how: number): void {
  usedA[i] = 1;
  usedB[j] = 1;
  partner[i] = j;
  const counts = ((a.weights[i] ?? 1) + (b.weights[j] ?? 1)) / 2;
  result.matched += counts;
  result.agreement += counts * score;
  if (how !== likeness.initial && counts > 0.25) result.whole++;
  if (how > result.worst) result.worst = how;
}

function left(weights: readonly number[], length: number, taken: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < length; at++) if (taken[at] === 0) sum += weights[at] ?? 1;
  return sum;
}
