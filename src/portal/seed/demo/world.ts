/** What every part of the demo works with. */

import type { Chance } from './chance.ts';
import type { Labels } from './definitions.ts';
import type { Ledger } from './ledger.ts';
import type { People } from './people.ts';

export interface World {
  readonly now: number;
  readonly chance: Chance;
  readonly ledger: Ledger;
  readonly people: People;
  readonly labels: Labels;
}

export const DAY_MS = 86_400_000;

/** `YYYY-MM-DD`, the value of a date property. */
export function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A telephone number that nobody has: 555-0100 to 555-0199 are kept free for examples. */
export function phoneNumber(chance: Chance, area: string): string {
  return `(${area}) 555-01${String(chance.whole(0, 99)).padStart(2, '0')}`;
}

/** A text as it can stand in an e-mail address or a domain. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}
