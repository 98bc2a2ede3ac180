/** A message or an article on its way to a model. */

import { cleanText } from './clean.ts';
import { namesInText } from './names-in-text.ts';

/** Also `zoe @ acme.com` and `zoe (at) acme.com`. */
export const ADDRESSES =
  /(?<![^\s@<>,;()[\]"])[^\s@<>,;()[\]"]+(?:[ ]?@[ ]?|[ ]?[([{][ ]?at[ ]?[)\]}][ ]?)[^\s@<>,;()[\]"']*[^\s@<>,;()[\]"'.:!?]/giu;

/** What is cut off is rarely what a message is about. */
const LONGEST = 4_000;

/** Without what cannot be seen, cut; paragraphs stay lines. */
export function longText(text: string, longest = LONGEST): string {
  const visible = text
    .slice(0, 4 * longest)
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => cleanText(line, longest))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  const characters = Array.from(visible);
  return characters.length <= longest ? visible : `${characters.slice(0, longest - 1).join('')}…`;
}

/**
 * A text without addresses, links, numbers from four digits on, the names that are given, and those that it gives away
 * itself: what stays says what is wanted. Other names cannot be known for names, and stay.
 */
export function maskedText(text: string, names: readonly string[]): string {
  const secret = [...names, ...namesInText(text)]
    .flatMap((name) => name.split(/[^\p{L}\p{M}]+/u))
    .filter((word) => word.length > 1)
    .map((word) => word.toLowerCase());
  const known = new Set(secret);
  return (
    text
      .replaceAll(ADDRESSES, '[e-mail]')
      .replaceAll(
        /(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s<>"']+|(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:\/[^\s<>"']*)?/giu,
        '[link]',
      )
      .replaceAll(/[+(]?\p{Nd}(?:(?:[\p{Zs}\p{Pd}()/.]+|[,_·])?\p{Nd})*/gu, withoutNumber)
      // Those of passports and cars have letters in them.
      .replaceAll(/(?<![\p{L}\p{Nd}])[\p{L}\p{Nd}]{1,100}/gu, withoutNumber)
      .replaceAll(/[\p{L}\p{M}]+/gu, (word) => (known.has(word.toLowerCase()) ? '[name]' : word))
  );
}

const LEAST_DIGITS = 4;

function withoutNumber(said: string): string {
  return said.replaceAll(/\P{Nd}/gu, '').length < LEAST_DIGITS ? said : '[number]';
}
