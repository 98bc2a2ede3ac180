/** Texts that stand where a value is missing: they are no value, and must never count as one that two records share. */

import { keyboardRows, nobodies, nobodyDomains, placeholderWords } from './data/placeholders.ts';
import { fold, lettersOf, tidy } from './fold.ts';

/** The value as it would be shown, `''` where it stands for none. */
export function known(text: string): string {
  const shown = tidy(text);
  return isPlaceholder(shown) ? '' : shown;
}

const longest = 32;

/** Whether a text says nothing: `n/a`, `-`, `test`, `xxx`, `asdf`, `00000`. The empty text does not, it is none. */
export function isPlaceholder(text: string): boolean {
  const folded = fold(text);
  if (folded === '') return text.length > 0;
  const letters = lettersOf(folded);
  // Only marks: "-", "--", "???", ".".
  if (letters === '') return true;
  if (letters.length > longest) return false;
  return placeholderWords.has(letters) || isOneSign(letters) || isKeyboardRun(letters);
}

/** Whether a whole name is nobody's: `John Doe`, `Max Mustermann`, or each word of it is a placeholder. */
export function isNobody(name: string): boolean {
  const letters = lettersOf(name);
  if (letters === '') return name.length > 0;
  if (nobodies.has(letters) || isPlaceholder(name)) return true;
  const words = fold(name).match(/[a-z0-9]+/g) ?? [];
  return words.length > 1 && words.every((word) => placeholderWords.has(word));
}

/** Whether mail to the domain reaches nobody: `example.com`, `test.de`. */
export function isNobodysDomain(domain: string): boolean {
  return nobodyDomains.has(domain) || /(?:^|\.)(?:test|example|invalid|localhost)$/.test(domain);
}

/** Whether digits are typed for want of a number: all the same, or counting up or down. */
export function isPlaceholderNumber(digits: string): boolean {
  const { length } = digits;
  if (length < 5) return false;
  // The last seven: a country's or an area's digits may stand before them.
  let alike = 1;
  while (alike < 7 && alike < length && digits[length - 1 - alike] === digits[length - 1]) alike++;
  if (alike === Math.min(7, length)) return true;
  return '01234567890'.includes(digits) || '09876543210'.includes(digits);
}

/** `xxxxx`, `0000`; two letters alike may be initials, or a name (`Oo`). */
function isOneSign(letters: string): boolean {
  return /^([a-z0-9])\1{2,}$/.test(letters) || /^0{2,}$/.test(letters);
}

/** Five or more keys side by side (`asdfgh`, `lkjhg`), or a few that are typed again and again (`asdasdasd`, `abababab`). */
function isKeyboardRun(letters: string): boolean {
  if (letters.length < 5) return false;
  return runs.includes(letters) || /^([a-z]{2,4})\1{2,}$/.test(letters);
}

/** All rows, there and back. */
const runs = keyboardRows.flatMap((row) => [row, row.split('').toReversed().join('')]).join(' ');
