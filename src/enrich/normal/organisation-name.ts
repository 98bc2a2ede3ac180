/** Names of organisations, taken apart. */

import { leadingForms, legalForms, plainForms, weakWords } from './data/legal-forms.ts';
import { numberWords, romanNumerals, tens } from './data/number-words.ts';
import { organisationAbbreviations } from './data/organisation-abbreviations.ts';
import { editsBetween } from './edits.ts';
import { tidy, wordsOf } from './fold.ts';
import { withoutNotes } from './notes.ts';
import { isPlaceholder } from './placeholder.ts';

export interface OrganisationName {
  /**
   * Folded words, legal forms left out, numbers as digits, common abbreviations spelled out: `['deutsche', 'bank']`, `['brigade', '44']`. All words where
   * nothing else would be left.
   */
  readonly words: readonly string[];
  /** The words in one text without those that say nothing (`the`, `of`, `&`): equal cores are the first thing to look for. */
  readonly core: string;
  /** Legal forms as they were written, folded: `['gmbh']`. */
  readonly forms: readonly string[];
  /** Initials of the words, `''` where there are fewer than three. */
  readonly acronym: string;
}

const longestForm = 5;
const longForms = [...legalForms.keys()].filter((form) => form.length > 9 && !form.includes(' '));
const formStarts = new Set([...legalForms.keys()].map((form) => form.split(' ')[0] ?? ''));
/** Legal forms that stand in the name without a space. */
const easternForms =
  /股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|有限会社|合同会社|주식회사|유한회사|[(（](?:株|有|주)[)）]|㈱|㈜/gu;

/** Takes a name apart: `The Acme Widget Co., Ltd. (old)`. Placeholders have no words. */
export function readOrganisationName(text: string): OrganisationName {
  const shown = tidy(text.length > 400 ? text.slice(0, 400) : text);
  if (shown === '' || isPlaceholder(shown)) return { words: [], core: '', forms: [], acronym: '' };
  const all = wordsOf(
    withoutNotes(shown)
      .replace(easternForms, ' ')
      .replace(/[&+]/g, ' and ')
      .replace(/(?<![\p{L}\p{N}])(\p{L})\/(\p{L})(?:\/(\p{L}))?(?![\p{L}\p{N}])/gu, '$1$2$3'),
  );
  const { words: plain, forms } = withoutForms(all);
  const words = withDigits(plain);
  const telling = words.filter((word) => (weakWords.get(word) ?? 1) > 0.2);
  return {
    words,
    // AT&T is not T.
    core: (telling.join('').length > 2 ? telling : words).join(' '),
    forms,
    acronym: telling.length > 2 ? telling.map((word) => word[0] ?? '').join('') : '',
  };
}

/** Legal forms stand behind the name (`Acme GmbH`), in some countries before it (`OOO Acme`), rarely in it. */
function withoutForms(all: readonly string[]): { words: readonly string[]; forms: readonly string[] } {
  const forms: string[] = [];
  const words: string[] = [];
  for (let at = 0; at < all.length; ) {
    const length = formAt(all, at);
    if (length > 0) forms.push(all.slice(at, at + length).join(' '));
    else words.push(all[at] ?? '');
    at += Math.max(1, length);
  }
  return words.length > 0 ? { words, forms } : { words: all, forms: [] };
}

/** How many words from here are a legal form; the most there are. */
function formAt(all: readonly string[], at: number): number {
  if (!formStarts.has(all[at] ?? '')) return at === all.length - 1 && at > 0 && isNearlyForm(all[at] ?? '') ? 1 : 0;
  for (let length = Math.min(longestForm, all.length - at); length > 0; length--) {
    const form = all.slice(at, at + length).join(' ');
    if (legalForms.has(form) && (form.length > 4 || plainForms.has(form) || standsWhereFormsDo(all, at, length)))
      return length;
  }
  return 0;
}

/** A long form with a slip in it: `Aktiengeselschaft`. */
function isNearlyForm(word: string): boolean {
  return (
    word.length > 8 && longForms.some((form) => Math.abs(form.length - word.length) < 3 && editsBetween(form, word) < 3)
  );
}

/** Behind everything but other forms, or before everything: elsewhere two letters are a word (`Da Vinci`, `IP Solutions`). */
function standsWhereFormsDo(all: readonly string[], at: number, length: number): boolean {
  if (at === 0) return leadingForms.has(all[0] ?? '');
  return at + length === all.length || formAt(all, at + length) === all.length - at - length;
}

/** `forty four`, `third`, `3rd` and `iii` as digits. */
function withDigits(words: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const ten = tens.get(word);
    const unit =
      numberWords.get(words[at + 1] ?? '') ?? (/^[1-9]$/.test(words[at + 1] ?? '') ? Number(words[at + 1]) : 10);
    if (ten !== undefined && unit < 10) {
      found.push(String(ten + unit));
      at++;
      continue;
    }
    const number = ten ?? numberWords.get(word) ?? romanAt(words, at);
    found.push(number === undefined ? spelledOut(word) : String(number));
  }
  return found;
}

/** `intl` is `international`, `21st` is 21. */
function spelledOut(word: string): string {
  return organisationAbbreviations.get(word) ?? word.replace(/^(\d+)(?:st|nd|rd|th)$/, '$1');
}

/** A Roman numeral does not stand first; one letter is one only where it stands last. */
function romanAt(words: readonly string[], at: number): number | undefined {
  const word = words[at] ?? '';
  if (at === 0) return undefined;
  return word.length > 1 ? romanNumerals.get(word) : at === words.length - 1 ? { i: 1, v: 5, x: 10 }[word] : undefined;
}
