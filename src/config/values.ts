/** What the text of a flag or a variable may be, for options that are read alike. */

import * as z from 'zod';

/** A comma- or space-separated list. */
export const list = z.string().transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));

/** Goes into a header, so nothing invisible may be in it. The message must not repeat the secret. */
export const secret = z.string().regex(/^[\x21-\x7e]+$/, 'expected one line of visible ASCII without spaces');

/** Two letters, such as DE. */
export const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'expected two letters, such as DE')
  .transform((code) => code.toUpperCase());

/** Whoever misses it is told both ends. @param what it is, such as `US dollars` */
export function number(what: string, least: number, most: number) {
  const message = `expected ${what} from ${least} to ${most}`;
  return z.coerce.number(message).min(least, message).max(most, message);
}

/** As {@link number}, without a fraction. */
export function whole(what: string, least: number, most: number) {
  return number(what, least, most).int(`expected ${what} from ${least} to ${most}`);
}

export const port = whole('a port', 0, 65_535);

export const yesOrNo = z
  .union([z.boolean(), z.stringbool()], { error: 'expected true or false' })
  .optional()
  .transform((said) => said ?? false);

export const share = number('a number', 0.01, 1);
