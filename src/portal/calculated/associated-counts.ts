/** `num_associated_contacts` and its like. Source: HubSpot's default properties of companies, deals and tickets. */

import { type Calculation, on } from './calculated.ts';

const counts: readonly { property: string; on: readonly string[]; counted: string }[] = [
  { property: 'num_associated_contacts', on: ['0-2', '0-3', '0-5'], counted: '0-1' },
  { property: 'num_associated_deals', on: ['0-1', '0-2'], counted: '0-3' },
  { property: 'hs_num_associated_companies', on: ['0-5'], counted: '0-2' },
  { property: 'hs_num_of_associated_line_items', on: ['0-3'], counted: '0-8' },
];

/** Guess: archived records are not counted, and a contact without deals has no count at all. */
export const associatedCounts: readonly Calculation[] = counts.map(({ property, on: types, counted }) => ({
  appliesTo: on(...types),
  calculate(subject) {
    const count = subject.count(counted);
    return { [property]: count === 0 && subject.type.id === '0-1' ? undefined : String(count) };
  },
}));
