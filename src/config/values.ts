/** What the text of a flag or a variable may be, for options that are read alike. */

import * as z from 'zod';

/** A comma- or space-separated list. */
export const list = z.string().transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));

export const port = z.coerce
  .number({ error: 'expected a port' })
  .int('expected a port')
  .min(0, 'a port is 0 or more')
  .max(65535, 'a port is 65535 or less');

/** Goes into a header, so nothing invisible may be in it. The message must not repeat the secret. */
export const secret = z.string().regex(/^[\x21-\x7e]+$/, 'expected one line of visible ASCII without spaces');

/** Two letters, such as DE. */
export const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'expected two letters, such as DE')
  .transform((code) => code.toUpperCase());

export function wholeNumber(of: string, least: number, most: number) {
  const message = `expected a whole number of ${of} from ${least} to ${most}`;
  return z.coerce.number(message).int(message).min(least, message).max(most, message);
}

export const yesOrNo = z
  .union([z.boolean(), z.stringbool()], { error: 'expected true or false' })
  .optional()
  .transform((said) => said ?? false);

export const share = z.coerce
  .number({ error: 'expected a number from 0.01 to 1' })
  .min(0.01, 'expected 0.01 or more')
  .max(1, 'expected at most 1');
