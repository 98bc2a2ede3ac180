/** Telephone numbers, read by libphonenumber; for keys by the million, by their digits where those settle it. */

import parse, { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { fold } from './fold.ts';
import { isPlaceholderNumber } from './placeholder.ts';
import { remember } from './remember.ts';

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
 * Reads a number. About 30,000 a second: for keys there is `phoneKey`.
 * @param country ISO 3166-1 alpha-2, of numbers that name none
 * @returns undefined where there is no number: fewer than five digits, or digits typed for want of one (0000000000)
 */
export function readPhone(text: string, country: string): Phone | undefined {
  const shown = fold(text).slice(0, 80);
  const digits = shown.replace(/\D+/g, '');
  if (digits.length < 5 || isPlaceholderNumber(digits)) return undefined;
  const home = countryOf(country);
  // Nowhere does a national number begin with 00, so it is the way out of a country, if not out of this one.
  const found = parse(shown.replace(/^00/, '+'), home === undefined ? {} : { defaultCountry: home });
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
  let ofCountry = keys.get(country);
  if (ofCountry === undefined) {
    const home = country.trim().toUpperCase();
    const plan = plans.find((each) => each.country.includes(home));
    const read = remember((raw) => readPhone(raw, country)?.key ?? '');
    ofCountry = (raw) => plainKey(raw, plan) ?? read(raw);
    keys.set(country, ofCountry);
  }
  return ofCountry(text);
}

const keys = new Map<string, (text: string) => string>();

/** How the numbers of a country look that can be read by their digits. */
interface Plan {
  readonly country: readonly string[];
  readonly code: string;
  /** Dialled before a number within the country. */
  readonly trunk: string;
  /** Whether a number within the country is also written without it. */
  readonly bare: boolean;
  /** Numbers behind the trunk prefix or the code that no rule of the country's rewrites, and of a length that exists. */
  readonly number: RegExp;
}

const plans: readonly Plan[] = [
  { country: ['US', 'CA'], code: '1', trunk: '1', bare: true, number: /^[2-9]\d\d[2-9]\d{6}$/ },
  { country: ['GB'], code: '44', trunk: '0', bare: false, number: /^[1-37]\d{9}$/ },
  { country: ['DE'], code: '49', trunk: '0', bare: false, number: /^(?:[2-9]\d{8,9}|15\d{9}|1[67]\d{8,9})$/ },
  { country: ['FR'], code: '33', trunk: '0', bare: false, number: /^[1-79]\d{8}$/ },
  { country: ['NL'], code: '31', trunk: '0', bare: false, number: /^[1-7]\d{8}$/ },
  { country: ['BE'], code: '32', trunk: '0', bare: false, number: /^[1-9]\d{7}$/ },
  { country: ['CH'], code: '41', trunk: '0', bare: false, number: /^[2-7]\d{8}$/ },
  { country: ['AU'], code: '61', trunk: '0', bare: false, number: /^[23478]\d{8}$/ },
  { country: ['IN'], code: '91', trunk: '0', bare: false, number: /^[6-9]\d{9}$/ },
];

/** The key of a number written in digits, spaces and the usual marks; undefined where the library has to say. */
function plainKey(text: string, home: Plan | undefined): string | undefined {
  const digits = plainDigits(text);
  if (digits === '' || digits.length > 15) return undefined;
  if (digits.charCodeAt(0) === 43) {
    for (const plan of plans) {
      if (!digits.startsWith(plan.code, 1)) continue;
      return plan.number.test(digits.slice(plan.code.length + 1)) && !isPlaceholderNumber(digits.slice(1))
        ? digits
        : undefined;
    }
    return undefined;
  }
  if (home === undefined) return undefined;
  const national = digits.startsWith(home.trunk) ? digits.slice(home.trunk.length) : home.bare ? digits : '';
  if (!home.number.test(national) || isPlaceholderNumber(digits)) return undefined;
  return `+${home.code}${national}`;
}

/** The digits, with a plus before them if there is one; `''` where there is anything that may mean something else. */
function plainDigits(text: string): string {
  let digits = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += text[at];
    else if (code === 43 && digits === '') digits = '+';
    // Space, hyphen, point, brackets.
    else if (code !== 32 && code !== 45 && code !== 46 && code !== 40 && code !== 41) return '';
  }
  return digits;
}

function countryOf(text: string): CountryCode | undefined {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : undefined;
}
