/** Names of organisations, taken apart. */

import { legalForms, weakWords } from './data/legal-forms.ts';
import { tidy, wordsOf } from './fold.ts';
import { isPlaceholder } from './placeholder.ts';

export interface OrganisationName {
  /** Folded words, legal forms left out: `['deutsche', 'bank']`. All words where nothing else would be left. */
  readonly words: readonly string[];
  /** The words in one text without those that say nothing (`the`, `of`, `&`): equal cores are the first thing to look for. */
  readonly core: string;
  /** Legal forms as they were written, folded: `['gmbh']`. */
  readonly forms: readonly string[];
  /** Initials of the words, `''` where there are fewer than three. */
  readonly acronym: string;
}

const longestForm = 5;

/** Takes a name apart: `The Acme Widget Co., Ltd. (old)`. Placeholders have no words. */
export function readOrganisationName(text: string): OrganisationName {
  const shown = tidy(text.length > 400 ? text.slice(0, 400) : text);
  if (shown === '' || isPlaceholder(shown)) return { words: [], core: '', forms: [], acronym: '' };
  const all = wordsOf(shown.replace(/&/g, ' and ').replace(/\+/g, ' and '));
  const { words, forms } = withoutForms(all);
  const telling = words.filter((word) => (weakWords.get(word) ?? 1) > 0.1);
  return {
    words,
    core: (telling.length > 0 ? telling : words).join(' '),
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
  for (let length = Math.min(longestForm, all.length - at); length > 0; length--) {
    if (legalForms.has(all.slice(at, at + length).join(' '))) return length;
  }
  return 0;
}
