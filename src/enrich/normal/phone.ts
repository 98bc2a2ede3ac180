/** Telephone numbers, read by libphonenumber; and, for keys by the million, by digits where those settle it. */

import type { CountryCode } from 'libphonenumber-js/max';
import parse, { isSupportedCountry } from 'libphonenumber-js/max';
import { tidy } from './fold.ts';
import { isPlaceholderNumber } from './placeholder.ts';

export interface Phone {
  /** Equal where the same line is meant: E.164 where it can be told, else the digits; without extension. */
  readonly key: string;
  /** `+` and up to 15 digits; `''` where the number is too short or too long for its country. */
  readonly e164: string;
  readonly extension: string;
  /** ISO 3166-1 alpha-2 of the number itself; `''` where it cannot be told. */
  readonly country: string;
  /** Whether such a number is given out in its country. */
  readonly valid: boolean;
}

/**
 * Reads a number.
 * @param country ISO 3166-1 alpha-2, of numbers that name none
 * @returns undefined where there is no number: fewer than five digits, or digits typed for want of one (0000000000)
 */
export function readPhone(text: string, country: string): Phone | undefined {
  const shown = tidy(text).slice(0, 80);
  const digits = shown.replace(/\D+/g, '');
  if (digits.length < 5 || isPlaceholderNumber(digits)) return undefined;
  const home = countryOf(country);
  const found = parse(shown, home === undefined ? {} : { defaultCountry: home, extract: true });
  if (found === undefined || !found.isPossible()) {
    return { key: digits, e164: '', extension: found?.ext ?? '', country: '', valid: false };
  }
  return {
    key: found.number,
    e164: found.number,
    extension: found.ext ?? '',
    country: found.country ?? '',
    valid: found.isValid(),
  };
}

/** What `readPhone` gives as `key`, `''` where it gives nothing; many times faster for numbers written plainly. */
export function phoneKey(text: string, country: string): string {
  return readPhone(text, country)?.key ?? '';
}

function countryOf(text: string): CountryCode | undefined {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : undefined;
}
