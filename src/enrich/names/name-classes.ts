/** Which names go together, by number, so that comparing two is comparing numbers. */

import { nicknames } from './nicknames.ts';
import { variants } from './variants.ts';

/** Numbers of the entries that a name stands in. */
export type NameClasses = readonly number[];

const none: NameClasses = [];
/** Short forms end as their bearers like: Millie, Milly, Milli. */
const ending = /(?:ie|ey|ee|i)$/;
const called = classesOf(nicknames, (name) => name.replace(ending, 'y'));
const written = classesOf(variants, (name) => name);

/** What a name is shortened to, or short for; folded. */
export function nicknameClasses(name: string): NameClasses {
  return called.get(name.replace(ending, 'y')) ?? none;
}

/** The same name in other languages; folded. */
export function variantClasses(name: string): NameClasses {
  return written.get(name) ?? none;
}

/** Whether they have an entry in common. */
export function meet(a: NameClasses, b: NameClasses): boolean {
  for (const one of a) if (b.includes(one)) return true;
  return false;
}

function classesOf(entries: string, as: (name: string) => string): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [at, entry] of entries.split('|').entries()) {
    for (const name of new Set((entry.match(/[a-z-]+/g) ?? []).map(as))) {
      const numbers = found.get(name);
      if (numbers === undefined) found.set(name, [at]);
      else numbers.push(at);
    }
  }
  return found;
}
