/** How a name would be written, where somebody held shift down, or never touched it. */

import { legalForms } from './data/legal-forms.ts';
import { particles } from './data/person-words.ts';
import { tidy } from './fold.ts';

/** Legal forms that are not written in capitals throughout. */
const formSpellings: ReadonlyMap<string, string> = new Map(
  `GmbH Inc Ltd Limited Corp Corporation Incorporated Company Co Oy Oyj ApS Ltda Lda SpA Sp Pty Pte Pvt Sdn Bhd Kft mbH
  eV eG plc d.o.o s.r.o`
    .split(/\s+/)
    .map((form) => [form.toLowerCase(), form]),
);

/**
 * A person's name in its proper casing, where it is all upper or all lower case; as it is (tidied) where its letters are
 * mixed, for then somebody chose them. Knows `McDonald`, `O'Brien`, `de la Cruz`, `Jean-Luc`, `III`.
 */
export function properPersonName(text: string): string {
  const shown = tidy(text);
  if (!isOneCase(shown)) return shown;
  const words = shown.split(' ');
  return words
    .map((word, at) => (at > 0 && at < words.length - 1 && isParticle(word) ? word.toLowerCase() : personWord(word)))
    .join(' ');
}

/** The same for an organisation's name: legal forms and words without vowels keep their capitals (`IBM`, `BMW AG`). */
export function properOrganisationName(text: string): string {
  const shown = tidy(text);
  // One short word in capitals is an abbreviation.
  if (!isOneCase(shown) || /^[\p{Lu}&]{2,4}$/u.test(shown)) return shown;
  return shown
    .split(' ')
    .map((word, at) => organisationWord(word, at))
    .join(' ');
}

/** Whether its letters are all of one case though both exist: `ANN SMITH`, `ann smith`; one letter alone is no sign. */
export function isOneCase(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length < 2 || text.toLowerCase() === text.toUpperCase()) return false;
  return text === text.toUpperCase() || text === text.toLowerCase();
}

function isParticle(word: string): boolean {
  return particles.has(word.toLowerCase()) && word.length > 1 && !/^(?:st|saint|san|santa|o)$/i.test(word);
}

function personWord(word: string): string {
  if (/^(?:ii|iii|iv|vi{0,3})$/i.test(word)) return word.toUpperCase();
  return word
    .toLowerCase()
    .replace(/(^|[-'\u2019.(])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`)
    .replace(/(['\u2019])S$/u, '$1s');
}

function organisationWord(word: string, at: number): string {
  const bare = word.toLowerCase().replace(/(?<![.,])[.,]+$/, '');
  const form = formSpellings.get(bare);
  if (form !== undefined) return form + word.slice(bare.length);
  if (at > 0 && /^(?:and|of|the|for|in|on|at|by|und|et|de|der|die|des|y|e)$/.test(bare)) return word.toLowerCase();
  if (/\d/.test(word) || /^(?:\p{L}\.){2,}/u.test(word)) return word;
  if (word.includes('&') && bare.length <= 5) return word.toUpperCase();
  const capitals = (at > 0 && legalForms.has(bare) && bare.length <= 4) || !/[aeiouy\u00c0-\u024f]/i.test(bare);
  return capitals && bare.length <= 5 && /^[a-z&]+$/.test(bare) ? word.toUpperCase() : personWord(word);
}
