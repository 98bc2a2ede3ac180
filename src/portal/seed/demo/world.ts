/** What every part of the demo works with. */

import type { Chance } from './chance.ts';
import type { Labels } from './definitions.ts';
import type { Ledger } from './ledger.ts';
import type { People } from './people.ts';
import { places } from './words.ts';

export interface World {
  readonly now: number;
  readonly chance: Chance;
  readonly ledger: Ledger;
  readonly people: People;
  readonly labels: Labels;
  /** A telephone number in this city. */
  readonly phone: (city: string) => string;
}

export const DAY_MS = 86_400_000;

/** `YYYY-MM-DD`, the value of a date property. */
export function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/**
 * Gives out telephone numbers of a city, none twice before three hundred are gone: who has the same number is the same
 * person. 555-0100 to 555-0199 are kept free for examples in every area code.
 */
export function createPhones(): (city: string) => string {
  const given = new Map<string, number>();
  return (city) => {
    const codes = (places.find(([name]) => name === city)?.[2] ?? '800').split(' ');
    const count = given.get(city) ?? 0;
    given.set(city, count + 1);
    const line = (Math.floor(count / codes.length) * 37) % 100;
    return `(${codes[count % codes.length]}) 555-01${String(line).padStart(2, '0')}`;
  };
}

/** A text as it can stand in an e-mail address or a domain. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}
