/** Text from strangers as a reader may have it: what nobody would see of it is gone, and what is left is what is meant. */

import { cleanText } from './clean.ts';
import { hasMarkup, htmlText } from './html.ts';

/** Nearly all text of a CRM, and always legible: without `&` and `<`. */
const plain = /^[\t\n\x20-\x25\x27-\x3b\x3d-\x7e\u00a1-\u00ac\u00ae-\u017e\u2010-\u201e\u2022\u2026\u20ac]*$/;

/** Text inside text is wrapped no deeper by accident. */
const ROUNDS = 8;

/** Making legible what is legible changes nothing. */
export function legible(text: string): string {
  if (plain.test(text)) return text;
  let rest = text;
  for (let round = 0; round < ROUNDS; round++) {
    const before = rest;
    rest = cleanText(rest);
    if (hasMarkup(rest)) rest = htmlText(rest);
    if (rest === before) return rest;
  }
  // A stranger chooses how many rounds it takes. Without these there is nothing left to unwrap.
  return cleanText(rest.replace(/[<&]/g, ''));
}
