/** What a value has to look like. Expressions of a policy run in linear time, whatever the value. */

import * as z from 'zod';

const day = z.iso.date();

export const format = z.union([
  z
    .enum(['email', 'phone', 'url', 'domain', 'date'])
    .describe('phone is E.164, such as +4930123456; date is 2026-11-22 or a time.'),
  z.strictObject({
    number: z
      .strictObject({ min: z.number().optional(), max: z.number().optional() })
      .describe('A number, in a range if one is given.'),
  }),
  z.strictObject({
    day: z.strictObject({ from: day.optional(), to: day.optional() }).describe('A date or time in a range of days.'),
  }),
  z.strictObject({ oneOf: z.array(z.string()).min(1) }),
  z
    .strictObject({ matches: z.string().min(1).max(1000), say: z.string().min(1).max(300).optional() })
    .describe('An RE2 expression that the whole value matches; `say` is what the caller is told.'),
]);

export type Format = z.output<typeof format>;

/** Whether a whole text matches. */
export type Matcher = (text: string) => boolean;

const EMAIL = /^[^\s@<>"(),:;[\]\\]{1,64}@(?=.{1,255}$)([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/i;
const PHONE = /^\+[1-9]\d{6,14}$/;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** What is wrong with a value, as the end of "must be ..."; undefined when nothing is. */
export function misfit(format: Format, value: string, matches: (pattern: string) => Matcher): string | undefined {
  if (typeof format === 'string') return fitsNamed(format, value) ? undefined : NAMED[format];
  if ('oneOf' in format) return format.oneOf.includes(value) ? undefined : `one of ${format.oneOf.join(', ')}`;
  if ('matches' in format) {
    return matches(format.matches)(value) ? undefined : (format.say ?? `text that matches ${format.matches}`);
  }
  if ('number' in format) {
    const { min, max } = format.number;
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const fits = Number.isFinite(number) && number >= (min ?? number) && number <= (max ?? number);
    return fits ? undefined : `a number${range(min, max)}`;
  }
  const { from, to } = format.day;
  const on = dayOf(value);
  const fits = on !== undefined && on >= (from ?? on) && on <= (to ?? on);
  return fits ? undefined : `a day${range(from, to)}`;
}

const NAMED = {
  email: 'an e-mail address',
  phone: 'a phone number such as +4930123456',
  url: 'an http or https address',
  domain: 'a domain such as example.com',
  date: 'a date such as 2026-11-22',
} as const;

function fitsNamed(name: keyof typeof NAMED, value: string): boolean {
  switch (name) {
    case 'email':
      return value.length <= 320 && EMAIL.test(value);
    case 'phone':
      return PHONE.test(value);
    case 'url':
      return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
    case 'domain':
      return value.length <= 253 && DOMAIN.test(value);
    case 'date':
      return dayOf(value) !== undefined;
  }
}

/** The day of a stored date or time: `2026-11-22`, `2026-11-22T10:00:00Z` or milliseconds since the epoch. */
function dayOf(value: string): string | undefined {
  const at = new Date(/^-?\d{1,15}$/.test(value) ? Number(value) : value);
  if (!/^(-?\d{1,15}|\d{4}-\d\d-\d\d([T ].*)?)$/.test(value) || Number.isNaN(at.getTime())) return undefined;
  return at.toISOString().slice(0, 10);
}

function range(low: string | number | undefined, high: string | number | undefined): string {
  return `${low === undefined ? '' : ` from ${low}`}${high === undefined ? '' : ` up to ${high}`}`;
}
