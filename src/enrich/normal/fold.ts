/** The forms of a text in which two spellings of one thing meet. */

import anyAscii from 'any-ascii';

/** Pictographs, flags, and what joins them. Digits and # are of \p{Emoji} too, and stay. */
const pictures = /\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u{1f3fb}-\u{1f3ff}]|\u{fe0e}|\u{fe0f}|\u{20e3}/gu;
/** Controls, invisible joiners and marks of direction; a surrogate without its half. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]+/gu;
const plainAscii = /^[\x20-\x7e]*$/;

/** As it would be shown: composed (NFKC), without what cannot be seen, single spaces, nothing at the ends. */
export function tidy(text: string): string {
  if (plainAscii.test(text)) return squeeze(text);
  return squeeze(
    text
      .replace(/[\t\r\n]+/g, ' ')
      .replace(unseen, '')
      .normalize('NFKC'),
  );
}

/** Lower-case ASCII, any script romanised, without pictures: `Ødegård`, `ØDEGÅRD` and `odegard` are one. */
export function fold(text: string): string {
  if (plainAscii.test(text)) return squeeze(text).toLowerCase();
  // Greek writes u with two letters; one by one they would be o and y.
  const shown = withoutPictures(tidy(text)).replace(/[\u03bf\u039f][\u03c5\u03cd\u03a5\u038e]/g, 'ou');
  return squeeze(anyAscii(shown).toLowerCase());
}

/**
 * The words of a text, folded: letters and digits. A mark inside a word (`O'Brien`, `Al Qa'ida`) and points between
 * single letters (`S.A.R.L.`) do not part it.
 */
export function wordsOf(text: string): readonly string[] {
  const all = fold(text);
  if (/^[a-z0-9]+$/.test(all)) return [all];
  const folded = all.replace(/['`\u2019]/g, '').replace(/\b([a-z0-9])\.(?=[a-z0-9](?:\.|\b(?![a-z0-9])))/g, '$1');
  return folded.match(/[a-z0-9]+/g) ?? [];
}

/** Letters and digits of the folded text in one piece. */
export function lettersOf(text: string): string {
  const folded = fold(text);
  return /^[a-z0-9]*$/.test(folded) ? folded : folded.replace(/[^a-z0-9]+/g, '');
}

/** The text without pictures: emoji, flags, and what joins them. */
export function withoutPictures(text: string): string {
  return plainAscii.test(text) ? text : text.replace(pictures, ' ');
}

function squeeze(text: string): string {
  return text.includes('  ') ? text.replace(/ {2,}/g, ' ').trim() : text.trim();
}
