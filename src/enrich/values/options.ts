/** Values as a property takes them: of an enumeration nothing but its own options. */

import type { PropertyFacts } from '../anomalies/types.ts';
import { lettersOf, tidy } from '../normal/fold.ts';
import { phrasesOf } from './phrases.ts';

/** How else a key may be called, `;` between, and the wider key that will do. */
export type Names = Readonly<Record<string, { readonly names?: string; readonly wider?: string }>>;

/** The option's value that is or is called what was said; undefined where there is none, or where it is hidden. */
export function optionFor(property: PropertyFacts, said: string): string | undefined {
  const shown = property.options.filter(({ hidden }) => !hidden);
  const letters = lettersOf(said);
  if (letters === '') return undefined;
  const found =
    shown.find(({ value }) => value === said) ??
    shown.find(({ value }) => lettersOf(value) === letters) ??
    shown.find(({ label }) => lettersOf(label) === letters);
  return found?.value;
}

/** What the property takes for a key of ours, or for the next wider one; of free text its English name. */
export function valueForKey(property: PropertyFacts, key: string, names: Names): string | undefined {
  if (property.type !== 'enumeration') return titled(key);
  for (let at: string | undefined = key, steps = 0; at !== undefined && steps < 3; at = names[at]?.wider, steps++) {
    for (const name of [at, ...phrasesOf(names[at]?.names ?? '')]) {
      const option = optionFor(property, name);
      if (option !== undefined) return option;
    }
  }
  return undefined;
}

/** What somebody outside said, as the property takes it; undefined where it does not. */
export function acceptable(property: PropertyFacts, said: string): string | undefined {
  if (property.type === 'enumeration') return optionFor(property, said);
  const value = tidy(said.slice(0, LONGEST));
  if (value === '') return undefined;
  switch (property.type) {
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(value) ? value : undefined;
    case 'bool':
      return /^(?:true|false)$/i.test(value) ? value.toLowerCase() : undefined;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
    case 'datetime':
      return Number.isNaN(Date.parse(value)) ? undefined : value;
    default:
      return value;
  }
}

/** Whether an enumeration holds what is none of its options, hidden ones included. */
export function isOffList({ type, options }: PropertyFacts, value: string): boolean {
  return (
    type === 'enumeration' &&
    options.length > 0 &&
    value.split(';').some((each) => !options.some((option) => option.value === each.trim()))
  );
}

/** HubSpot's own limit on a text. */
const LONGEST = 65_536;

/** `human_resources` -> `Human Resources`. */
function titled(key: string): string {
  const words = key.toLowerCase().split('_');
  return words.map((word) => (word === 'vp' || word === 'it' ? word.toUpperCase() : capital(word))).join(' ');
}

function capital(word: string): string {
  return word === 'and' ? word : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
